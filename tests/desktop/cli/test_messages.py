"""The library of messages by command line, and the files of drafts."""

import json
from pathlib import Path

from tests.desktop.cli.conftest import Cli, plain_draft
from tests.fakes.simulator_process import SimulatorProcess


def test_messages_are_saved_found_and_used_again(cli: Cli, tmp_path: Path) -> None:
    picture = tmp_path / "oferta.pdf"
    picture.write_bytes(b"%PDF-1.4 oferta")
    media = {"kind": "document", "path": "oferta.pdf"}
    file = tmp_path / "message.json"
    file.write_text(json.dumps({"name": "Natal", "messages": [{"text": "Olá {{nome}}", "media": media}]}))
    saved = cli.json("messages", "save", file)
    kept = Path(saved["messages"][0]["media"]["path"])
    assert kept.is_relative_to(cli.home), "the file is copied into the home"
    assert kept.read_bytes() == picture.read_bytes()

    (row,) = cli.json("messages", "list", "--search", "ola OFERTA")
    assert (row["name"], row["variations"], row["text"], row["media"]) == ("Natal", 1, "Olá {{nome}}", ["document"])
    assert cli.json("messages", "list", "--search", "pascoa") == []

    campaign = cli.json("campaign", "create", cli.draft(plain_draft()), "--message", "natal")["id"]
    again = cli.json("messages", "take", str(campaign), "Natal de novo")
    assert again["messages"] == saved["messages"]
    assert cli.json("messages", "rename", "Natal de novo", "Ano novo")["name"] == "Ano novo"
    file.write_text(json.dumps(cli.json("messages", "show", "ano novo")))
    assert cli.json("messages", "save", file)["messages"] == saved["messages"], "what is shown can be saved"
    cli.json("messages", "delete", "Ano novo")
    assert cli.refusal("messages", "show", "Ano novo")["error"] == "saved_message_not_found"
    file.write_text('{"name": "x"}')
    assert cli.refusal("messages", "save", file)["error"] == "invalid_draft"
    refused = cli.refusal("campaign", "create", cli.draft(plain_draft()), "--message", "nada")
    assert refused["error"] == "saved_message_not_found"


def test_files_of_a_draft_are_copied_into_the_home(cli: Cli, tmp_path: Path) -> None:
    original = tmp_path / "oferta.pdf"
    original.write_bytes(b"%PDF-1.4 oferta")
    messages = [{"text": "Oi", "media": {"kind": "document", "path": str(original)}}]
    campaign = cli.create(plain_draft(messages=messages))
    original.unlink()
    lines = {
        line["code"]: line["level"] for line in cli("--json", "campaign", "preflight", str(campaign)).json["lines"]
    }
    assert lines["media"] == "green", "moving the original changes nothing"
    assert [path.name for path in (cli.home / "media").rglob("*.pdf")] == ["oferta.pdf"]


def test_a_message_of_a_draft_is_tried_on_ones_own_phone(cli: Cli, gateway: SimulatorProcess) -> None:
    cli.add_instance(gateway, "a")
    cli.import_people("Ana Souza;11 97000-0001")
    campaign = str(cli.create(plain_draft()))
    to_me = ("campaign", "test", campaign, "--instance", "a", "--phone", "11 97000-0009")
    sent = cli.json(*to_me, "--as", "+5511970000001")
    assert (sent["instance"], sent["phone"]) == ("a", "+5511970000009")
    assert sent["message_id"]
    (line,) = cli.lines("events", "--type", "test_sent")
    assert (line["instance"], line["campaign"], line["details"]) == ("a", int(campaign), {"outcome": "accepted"})
    assert cli.json("campaign", "show", campaign)["total"] == 0, "no result of the campaign"
    assert cli.refusal(*to_me)["error"] == "test_unwritable"
    assert cli.refusal(*to_me, "--variation", "2")["error"] == "no_message"
    assert cli.refusal(*to_me, "--as", "+5511970000002")["error"] == "contact_not_found"
    cli.json("contacts", "opt-out", "+5511970000009")
    assert cli.refusal(*to_me, "--as", "+5511970000001")["error"] == "opted_out"
