"""Exit codes, options and environment, refusals, and what goes to which stream."""

import inspect
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli import other_commands
from desktop.cli.commands import COMMANDS, load
from tests.conftest import LogWatch
from tests.desktop.cli.conftest import Cli, assert_shape, plain_draft
from tests.fakes.simulator_process import SimulatorProcess

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "arguments",
    [
        ("dance",),
        ("campaign",),
        ("campaign", "show"),
        ("campaign", "show", "one"),
        ("campaign", "recipients", "1", "--limit", "0"),
        ("instance", "add", "a"),
        ("instance", "add", "a", "--gateway", "telegram", "--url", "http://x"),
        ("instance", "add", "a", "--gateway", "evolution", "--url", "http://x", "--min-gap-s", "-1"),
        ("instance", "add", "a", "--gateway", "evolution", "--url", "http://x", "--daily-limit", "many"),
        ("contacts", "import", "f.csv", "--map", "name"),
        ("in-doubt", "resolve", "1"),
        ("in-doubt", "resolve", "1", "--as", "lost"),
        ("events", "--since", "yesterday"),
        ("simulator", "--instances", "a,a"),
        ("--lang", "fr", "doctor"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_so_on_stderr(cli: Cli, arguments: tuple[str, ...]) -> None:
    ended = cli("--json", *arguments)
    assert ended.code == 2
    assert ended.stdout == ""
    assert "usage: cadencia" in ended.stderr
    assert not list(cli.home.iterdir()), "nothing was opened"


def test_every_command_is_where_the_table_says() -> None:
    assert [key for key in COMMANDS if not inspect.iscoroutinefunction(load(*key))] == []


def test_help_is_no_mistake(cli: Cli) -> None:
    ended = cli("campaign", "--help")
    assert ended.code == 0
    for action in ("create", "list", "show", "preflight", "start", "pause", "resume", "cancel", "delete", "recipients"):
        assert action in ended.stdout


def test_the_options_may_stand_before_and_behind_the_command(cli: Cli, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    before = cli("--json", "--home", elsewhere, "campaign", "list")
    behind = cli("campaign", "list", "--json", "--home", elsewhere)
    assert before == behind
    assert before.json == []
    assert (elsewhere / "cadencia.db").exists()
    assert not list(cli.home.iterdir())


def test_the_home_and_the_database_come_from_the_environment(cli: Cli, tmp_path: Path) -> None:
    database = tmp_path / "other" / "team.db"
    database.parent.mkdir()
    cli.json("contacts", "opt-out", "11970000001", CADENCIA_DATABASE=f"sqlite:///{database}")
    assert cli.json("contacts", "list") == []
    assert len(cli.json("contacts", "list", CADENCIA_DATABASE=f"sqlite:///{database}")) == 1
    assert len(cli.json("--database", f"sqlite:///{database}", "contacts", "list")) == 1
    third = tmp_path / "third"
    cli.json("contacts", "list", CADENCIA_HOME=str(third))
    assert (third / "cadencia.db").exists()


def test_a_home_that_cannot_be_used_is_refused(cli: Cli, tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("not a folder")
    refused = cli.refusal("--home", str(occupied), "campaign", "list")
    assert refused["error"] == "home_unusable"
    assert str(occupied) in refused["message"]
    assert "--home" in refused["hint"]


def test_refusals_without_json_are_words_on_stderr(cli: Cli) -> None:
    ended = cli("campaign", "show", "7")
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert not ended.stderr.startswith("{")


def test_an_engine_elsewhere_is_named(cli: Cli, gateway: SimulatorProcess) -> None:
    from desktop.engine_lock import EngineLock
    from desktop.paths import Home

    cli.add_instance(gateway, "a")
    with EngineLock(Home(cli.home), "window"):
        refused = cli.refusal("run")
    assert refused["error"] == "engine_busy"
    assert f"window, process {os.getpid()}" in refused["message"]
    assert refused["hint"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.csv", None, "file_unreadable"),
        ("empty.csv", b"", "file_empty"),
        ("folder.csv", "folder", "file_unreadable"),
        ("book.csv", b"PK\x03\x04\x14\x00\x06\x00", "file_damaged"),
        ("words.csv", b"Nome;Cidade\nAna;Recife\n", "phone_column_missing"),
    ],
)
def test_files_that_cannot_be_imported(cli: Cli, tmp_path: Path, name: str, content: bytes | str | None, code: str):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    assert cli.refusal("contacts", "import", path)["error"] == code


def test_latin_1_and_utf_8_with_a_mark_are_read_alike(cli: Cli, tmp_path: Path) -> None:
    text = "Nome;Telefone;Cidade\nJosé Conceição;11970000001;São Paulo\n"
    for name, content in (("latin.csv", text.encode("latin-1")), ("mark.csv", text.encode("utf-8-sig"))):
        path = tmp_path / name
        path.write_bytes(content)
        cli.json("contacts", "import", path)
        (person,) = cli.json("contacts", "list")
        assert (person["name"], person["custom"]["cidade"]) == ("José Conceição", "São Paulo"), name


def test_columns_can_be_named_and_tags_given(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("A;B;C\nrua 1;11970000001;Ana\n", encoding="utf-8")
    mapping = ("--map", "phone=B", "--map", "name=C")
    counts = cli.json("contacts", "import", path, *mapping, "--tag", "natal", "--tag", "vip")
    assert counts["added"] == 1
    (person,) = cli.json("contacts", "list", "--tag", "vip")
    assert (person["name"], sorted(person["tags"])) == ("Ana", ["natal", "vip"])
    refused = cli.refusal("contacts", "import", path, "--map", "phone=Z")
    assert refused["error"] == "unknown_column"
    assert "Z" in refused["message"]


def test_the_region_decides_about_phones_without_a_country(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "pt.csv"
    path.write_text("Nome;Telefone\nRui;912 345 678\n", encoding="utf-8")
    cli.json("contacts", "import", path, "--region", "PT")
    assert cli.json("contacts", "list")[0]["phone"] == "+351912345678"
    assert cli.refusal("contacts", "import", path, "--region", "XX")["error"] == "unknown_region"


def test_refused_rows_go_to_the_file_that_was_named_with_their_reason(cli: Cli, tmp_path: Path) -> None:
    path, rejects = tmp_path / "people.csv", tmp_path / "no.csv"
    path.write_text('Nome;Telefone\nAna;"5,51198E+12"\nBia;11970000001\n', encoding="utf-8")
    assert cli.json("contacts", "import", path, "--rejects", rejects)["rejected"] == 1
    text = rejects.read_text(encoding="utf-8-sig")
    assert "scientific_notation" in text
    assert "5,51198E+12" in text
    for place in (tmp_path, path / "below-a-file" / "no.csv"):
        assert cli.refusal("contacts", "import", path, "--rejects", place)["error"] == "file_not_writable"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "line 1"),
        ("[]", "must be an object"),
        ('{"name": "x", "colour": 1}', "colour"),
        ("\xff", "UTF-8"),
    ],
)
def test_drafts_that_are_refused_say_where(cli: Cli, tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "draft.json"
    path.write_bytes(content.encode("latin-1"))
    refused = cli.refusal("campaign", "create", path)
    assert refused["error"] == "invalid_draft"
    assert words in refused["message"]
    assert cli.refusal("campaign", "create", tmp_path / "none.json")["error"] == "file_unreadable"


def test_portuguese_and_english(tmp_path: Path) -> None:
    answers = {
        lang: _main("--json", "campaign", "show", "3", home=tmp_path, CADENCIA_LANG=lang) for lang in ("en", "pt_BR")
    }
    errors = {lang: json.loads(answer.stdout) for lang, answer in answers.items()}
    for error in errors.values():
        assert_shape(error, {"error": str, "message": str, "hint": str})
        assert error["error"] == "campaign_not_found"
    assert errors["en"]["message"] != errors["pt_BR"]["message"]
    assert "campanha" in errors["pt_BR"]["message"].lower()


def test_whoever_reads_may_stop_reading(cli: Cli, tmp_path: Path) -> None:
    cli.import_people(*[f"P{n};11 9{70_000_000 + n}" for n in range(3000)])
    campaign = str(cli.create(plain_draft(audience={"all": True}, instances=[])))
    assert campaign == "1"
    command = f'"{sys.executable}" "{ROOT / "main.py"}" --json contacts list | head -c 100'
    environment = {**os.environ, "CADENCIA_HOME": str(cli.home)}
    for tail in (command, command.replace("contacts list", "events")):
        ended = subprocess.run(
            ["bash", "-o", "pipefail", "-c", tail], env=environment, capture_output=True, text=True, timeout=50
        )
        assert ended.stderr == ""
        assert ended.returncode == 0


def _main(*arguments: str, home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    wanted = {**os.environ, "CADENCIA_HOME": str(home), **environment}
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, env=wanted, capture_output=True, text=True, timeout=50, check=False)


def test_following_shows_what_other_processes_write(cli: Cli) -> None:
    cli.json("contacts", "opt-out", "11970000001")
    command = [sys.executable, str(ROOT / "main.py"), "--json", "events", "--follow", "--type", "opted_out"]
    environment = {**os.environ, "CADENCIA_HOME": str(cli.home), "CADENCIA_LANG": "en"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as follower:
        assert follower.stdout is not None
        first = json.loads(follower.stdout.readline())
        cli.json("contacts", "opt-out", "11970000002")
        second = json.loads(follower.stdout.readline())
        follower.send_signal(signal.SIGINT)
        assert follower.wait(20) == 130
    assert [event["phone"] for event in (first, second)] == ["+5511970000001", "+5511970000002"]
    assert first["id"] < second["id"]


def test_a_segment_is_created_shown_used_and_deleted(cli: Cli, tmp_path: Path) -> None:
    cli.import_people("Ana;11970000001;vip", "Beto;11970000002;", header="Nome;Telefone;Tags")
    file = tmp_path / "vips.json"
    file.write_text(json.dumps({"name": "VIPs", "rules": {"all": [{"tag": "vip"}]}}), encoding="utf-8")
    assert cli.json("segments", "create", file)["people"] == 1
    assert cli.json("segments", "show", "VIPs")["sample"] == [{"phone": "+5511970000001", "name": "Ana"}]
    assert [row["name"] for row in cli.json("segments", "list")] == ["VIPs"]
    campaign = cli.create(plain_draft(audience={"segment": "VIPs"}))
    checklist = cli("--json", "campaign", "preflight", str(campaign)).json
    assert {line["code"]: line["level"] for line in checklist["lines"]}["audience"] == "green"
    assert cli.json("segments", "rename", "VIPs", "Ouro") == {"name": "Ouro"}
    checklist = cli("--json", "campaign", "preflight", str(campaign)).json
    assert {line["code"]: line["level"] for line in checklist["lines"]}["audience"] == "green", "the draft follows"
    cli.json("segments", "delete", "Ouro")
    assert cli.refusal("segments", "show", "Ouro")["error"] == "segment_not_found"
    file.write_text('{"name": "x", "rules": {"all": [{"sql": "1"}]}}', encoding="utf-8")
    assert cli.refusal("segments", "create", file)["error"] == "bad_segment"


def test_what_nobody_foresaw_is_a_refusal_with_a_report_that_holds_nothing_private(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    async def broken(*_parts: object) -> int:
        raise ValueError("+55 11 97000-0001 refused, token: SEGREDO123")

    log_watch.expect("was not foreseen")
    monkeypatch.setattr(other_commands, "doctor", broken)
    ended = cli("--json", "doctor")
    assert ended.code == 1
    assert ended.json["error"] == "unforeseen"
    assert "ValueError" in ended.json["message"]
    (report,) = (cli.home / "crashes").glob("crash-*.txt")
    assert str(report) in ended.json["hint"]
    text = report.read_text(encoding="utf-8") + ended.stdout + ended.stderr
    assert "in broken" in text
    for private in ("97000", "SEGREDO"):
        assert private not in text


def test_a_database_without_a_driver_is_refused_in_words(cli: Cli) -> None:
    refused = cli.refusal("--database", "postgresql+nothing://u:geheim@127.0.0.1/x", "doctor")
    assert "geheim" not in str(refused)
