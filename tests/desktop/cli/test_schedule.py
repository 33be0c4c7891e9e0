"""`schedule …`: additions to the contract."""

from pathlib import Path

from tests.conftest import LogWatch
from tests.desktop.cli.conftest import Cli, plain_draft
from tests.fakes.simulator_process import SimulatorProcess

WORD = {"CADENCIA_PASSPHRASE": "correct horse"}


def test_backups_are_made_when_they_are_due_and_the_oldest_go(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    assert cli.refusal("schedule", "backup")["error"] == "passphrase_missing"
    planned = cli.json("schedule", "backup", "--folder", folder, "--every-h", "12", "--keep", "2", **WORD)["backup"]
    assert (planned["on"], planned["every_h"], planned["keep"], planned["passphrase"]) == (True, 12, 2, True)
    first = cli.json("schedule", "run", **WORD)["backup"]
    assert first["done_at"]
    assert len(list(folder.iterdir())) == 1
    cli.json("schedule", "run", **WORD)
    assert len(list(folder.iterdir())) == 1, "it is not due again"
    (file,) = folder.iterdir()
    restored = cli.json("restore", file, "--replace", **WORD)
    assert restored["campaigns"] == 0
    assert cli.json("schedule", "backup", "--off")["backup"]["on"] is False


def test_a_backup_that_fails_is_said_in_the_timeline_and_by_show(cli: Cli, tmp_path: Path, log_watch: LogWatch) -> None:
    log_watch.expect("backup_failed")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file is in the way")
    cli.json("schedule", "backup", "--folder", blocked, **WORD)
    failed = cli("--json", "schedule", "run", **WORD).json["backup"]
    assert (failed["done_at"], failed["failure"]) == (None, "file_not_writable")
    errors = [line for line in cli("--json", "events").lines if line["type"] == "error"]
    assert [line["details"] for line in errors] == [{"code": "backup_failed", "cause": "file_not_writable"}]


def test_what_ended_is_reported_on_once_in_each_chosen_form(
    cli: Cli, gateway: SimulatorProcess, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    cli.add_instance(gateway, "a")
    cli.import_people("Ana;11987654321")
    before = str(cli.create(plain_draft()))
    cli.json("campaign", "start", before, "--wait")
    planned = cli.json("schedule", "reports", "--folder", folder, "--format", "csv", "--format", "json")["reports"]
    assert (planned["on"], planned["when"], planned["formats"]) == (True, "end", ["csv", "json"])
    cli.json("schedule", "run")
    assert not folder.exists(), "what ended before was nobody's wish"
    later = str(cli.create(plain_draft() | {"name": "Ofertas: 50 % / só hoje"}))
    cli.json("campaign", "start", later, "--wait")
    cli.json("schedule", "run")
    names = sorted(file.name for file in folder.iterdir())
    assert [name[10:] for name in names] == [
        f"-{later}-Ofertas-50-só-hoje.csv",
        f"-{later}-Ofertas-50-só-hoje.json",
    ]
    for file in folder.iterdir():
        file.unlink()
    cli.json("schedule", "run")
    assert list(folder.iterdir()) == []
    cli.json("schedule", "reports", "--when", "day", "--hour", "0")
    assert cli.json("schedule", "show")["reports"]["when"] == "day"
