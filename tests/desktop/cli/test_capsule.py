"""`capsule …`: additions to the contract."""

from pathlib import Path

from tests.desktop.cli.conftest import Cli, plain_draft
from tests.fakes.simulator_process import SimulatorProcess

WORD = {"CADENCIA_PASSPHRASE": "correct horse"}


def test_a_campaign_is_handed_over_shown_taken_in_and_taken_back(
    cli: Cli, gateway: SimulatorProcess, tmp_path: Path
) -> None:
    cli.add_instance(gateway, "a")
    cli.import_people("Ana;11987654321", "Bia;11987654322")
    made = str(cli.create(plain_draft()))
    file = tmp_path / "natal.cadencia-capsule"
    assert cli.refusal("capsule", "export", made, file)["error"] == "passphrase_missing"
    exported = cli.json("capsule", "export", made, file, **WORD)
    assert (exported["people"], exported["handed_over"]) == (2, True)
    assert cli.refusal("campaign", "start", made)["error"] == "handed_over"
    there = Cli(tmp_path / "there", cli.monkeypatch)
    assert there.refusal("capsule", "show", file)["error"] == "wrong_passphrase"
    assert there.json("capsule", "show", file, **WORD)["waiting"] == 2
    done = there.json("capsule", "import", file, **WORD)
    assert (done["people"], done["added"]) == (2, 2)
    there.add_instance(gateway, "a")
    sent = there.json("campaign", "start", str(done["campaign_id"]), "--wait")
    assert (sent["status"], sent["total"]) == ("completed", 2)
    assert cli.json("capsule", "take-back", made) == {"id": int(made), "handed_over": False}
    opened = cli.json("capsule", "export", made, file, "--open")
    assert opened["handed_over"]
    assert there.json("capsule", "show", file)["name"] == "Natal"
