"""Tokens and what gateways answer: a key is used and kept, and seen nowhere. And what an operator sees of a bad one."""

import json
from pathlib import Path

from tests.desktop.cli.conftest import Cli, Ended, plain_draft
from tests.fakes.simulator_process import SimulatorProcess


def _files_with(folder: Path, needle: str) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"cadencia.db", "cadencia.log", "secrets.bin"} <= {path.name for path in files}
    return [path.name for path in files if needle.encode() in path.read_bytes()]


def test_a_token_appears_in_no_stream_log_or_database(cli: Cli, tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    faults = [{"status": 401}, {"garbage": "html"}, {"cut_after": True}]
    rules = [{"match": {"endpoint": "connectionState", "nth": [4 + n]}, "do": do} for n, do in enumerate(faults)]
    script.write_text(json.dumps(rules))
    said: list[str] = []
    with SimulatorProcess(("a",), script=script) as own:
        said.append(str(cli.add_instance(own, "a")))
        cli.import_people("Ana;11970000001")
        cli.create(plain_draft())
        commands = [("instance", "check", "a")] * 6 + [("instance", "list"), ("campaign", "preflight", "1")]
        for command in (*commands, ("campaign", "start", "1", "--wait"), ("events",), ("doctor",)):
            said += _streams(cli("--json", *command))
    said += _streams(cli("--json", "instance", "check", "a"))  # with a gateway that is gone
    assert len(own.api_key) > 12
    assert own.api_key not in str(said)
    assert _files_with(cli.home, own.api_key) == []


def _streams(ended: Ended) -> list[str]:
    return [ended.stdout, ended.stderr]


def test_a_wrong_token_is_taken_and_shown_as_refused(cli: Cli, gateway: SimulatorProcess) -> None:
    usual = ["instance", "add", "a", "--gateway", "evolution", "--url", gateway.url]
    assert cli.json(*usual, CADENCIA_TOKEN="wrong")["state"] == "unauthorised"
    assert cli.json("instance", "list")[0]["idle_reason"] == "disconnected"
    assert "refuses the key" in cli("--json", "instance", "check", "a").stderr
    (check,) = [check for check in cli.json("doctor")["checks"] if check["code"] == "gateway"]
    assert (check["level"], check["text"]) == ("amber", "a cannot send now: Access refused.")
    cli.import_people("Ana;11970000001")
    campaign = str(cli.create(plain_draft()))
    assert cli.refusal("campaign", "start", campaign)["error"] == "preflight_failed"


def test_an_unreachable_gateway_is_taken_with_an_unknown_state_and_a_note(cli: Cli) -> None:
    usual = ["instance", "add", "a", "--gateway", "evolution", "--url", "http://127.0.0.1:9"]
    ended = cli("--json", *usual, CADENCIA_TOKEN="key")
    assert ended.code == 0
    assert ended.json["state"] == "unknown"
    assert "127.0.0.1:9" in ended.stderr, "a person is told; a script reads the state"
    assert "key" not in ended.stderr.split()


def test_a_number_that_the_gateway_does_not_know_is_missing_there(cli: Cli, gateway: SimulatorProcess) -> None:
    assert cli.add_instance(gateway, "nobody")["state"] == "missing"


def test_additions_that_are_refused_leave_nothing_behind(cli: Cli, gateway: SimulatorProcess) -> None:
    usual = ["instance", "add", "a", "--gateway", "evolution", "--url"]
    assert cli.refusal(*usual, gateway.url, CADENCIA_TOKEN="")["error"] == "token_missing"
    assert cli.refusal(*usual, "gateway.example", CADENCIA_TOKEN="key")["error"] == "bad_url"
    zone = ["--timezone", "Mars/Olympus"]
    assert cli.refusal(*usual, gateway.url, *zone, CADENCIA_TOKEN="key")["error"] == "bad_timezone"
    cloud = ["instance", "add", "a", "--gateway", "cloud", "--url", "https://graph.facebook.com"]
    assert cli.refusal(*cloud, CADENCIA_TOKEN="key")["error"] == "cloud_ids_missing"
    assert cli.json("instance", "list") == []
    cli.add_instance(gateway, "a")
    assert cli.refusal(*usual, gateway.url, CADENCIA_TOKEN="key")["error"] == "instance_exists"
    assert cli.json("instance", "check", "a")["state"] == "connected", "the first one keeps its key"


def test_a_passphrase_protects_the_tokens(cli: Cli, gateway: SimulatorProcess) -> None:
    arguments = ["instance", "add", "a", "--gateway", "evolution", "--url", gateway.url]
    cli.json(*arguments, CADENCIA_TOKEN=gateway.api_key, CADENCIA_PASSPHRASE="right")
    checks = cli.json("doctor", CADENCIA_PASSPHRASE="right")["checks"]
    assert "keyring_passphrase" in [check["code"] for check in checks]
    assert cli.refusal("instance", "check", "a", CADENCIA_PASSPHRASE="wrong")["error"] == "secrets_locked"
    assert cli.refusal("instance", "check", "a")["error"] == "secrets_locked"
    broken = cli("--json", "doctor")
    assert broken.code == 1
    unusable = [check for check in broken.json["checks"] if check["code"] == "gateway_unusable"]
    assert unusable[0]["level"] == "red"
    assert unusable[0]["hint"]
