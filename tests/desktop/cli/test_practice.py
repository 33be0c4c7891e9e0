"""What people and Meta do is played at running practice gateways, from the command line."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.entry import run
from desktop.simulator.cloud.server import CloudSimulator
from desktop.simulator.server import Simulator
from desktop.simulator.waha.server import WahaSimulator

PLAYED = {"evolution": Simulator, "waha": WahaSimulator, "cloud": CloudSimulator}


async def play(gateway: str, arguments: Sequence[str]) -> tuple[int, Simulator]:
    """Run a command, as a person types it, beside a simulator."""
    async with PLAYED[gateway](["a"]) as simulator:
        code = await asyncio.to_thread(run, [*arguments, "--url", simulator.url], _no_window)
        return code, simulator


def _no_window(_options: Any) -> int:
    raise AssertionError("no window is wanted")


@pytest.mark.parametrize("gateway", PLAYED)
@pytest.mark.parametrize(
    "action",
    [
        ("reply", "--instance", "a", "--number", "5511988887777", "--text", "SAIR"),
        ("logout", "--instance", "a"),
        ("pair", "--instance", "a"),
        ("away", "--seconds", "0.1"),
        ("reply", "--instance", "a", "--number", "5511988887777", "--text", "SAIR", "--as", "lid", "--quoted", "last"),
    ],
)
async def test_people_act_at_every_gateway(gateway: str, action: Sequence[str]) -> None:
    code, _simulator = await play(gateway, ["--json", "practice", *action])
    assert code == 0


@pytest.mark.parametrize(
    "action",
    [
        ("quality", "--instance", "a"),
        ("messaging_limit", "--limit", "TIER_250"),
        ("preference", "--instance", "a", "--number", "5511988887777"),
        ("template", "--name", "boas_vindas", "--reason", "SCAM"),
    ],
)
async def test_meta_judges_at_the_cloud_api_only(action: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _simulator = await play("cloud", ["--json", "practice", *action])
    assert code == 0
    code, _simulator = await play("waha", ["--json", "practice", *action])
    assert code == 1
    refusal = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert refusal["error"] == "practice_refused"
    assert "There is no such control." in refusal["message"]


async def test_other_rules_and_settings_are_put_in_force(tmp_path: Path) -> None:
    file = tmp_path / "script.json"
    file.write_text('{"settings": {"is_licensed": false}, "rules": [{"do": {"status": 500}}]}')
    code, simulator = await play("evolution", ["practice", "script", "--file", str(file)])
    assert code == 0
    assert not simulator.world.behaviour.is_licensed
    assert len(simulator.world.faults.rules) == 1


async def test_a_script_that_cannot_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _simulator = await play("evolution", ["--json", "practice", "script", "--file", str(tmp_path / "none")])
    assert (code, json.loads(capsys.readouterr().out)["error"]) == (1, "script_unreadable")
