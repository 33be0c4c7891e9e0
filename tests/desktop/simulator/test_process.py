"""The simulator as a process: one line when ready, loopback only, a clean end."""

import asyncio
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.simulator_process import SimulatorProcess

pytestmark = pytest.mark.acceptance


async def test_it_says_where_it_is_and_ends_cleanly_on_sigterm() -> None:
    process = await asyncio.to_thread(SimulatorProcess(["vendas-1", "vendas-2"], seed=1).start)
    headers = {"apikey": process.api_key}
    async with (
        aiohttp.ClientSession(process.url, headers=headers) as session,
        session.get("/instance/fetchInstances") as answer,
    ):
        rows = await answer.json()
    assert process.instances == ["vendas-1", "vendas-2"]
    assert [(row["name"], row["connectionStatus"]) for row in rows] == [("vendas-1", "open"), ("vendas-2", "open")]
    assert await asyncio.to_thread(process.stop) == 0


def test_it_listens_on_loopback_only() -> None:
    with SimulatorProcess() as process:
        port = int(process.url.rpartition(":")[2])
        addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}
        for address in addresses - {"127.0.0.1", "127.0.1.1"}:
            with pytest.raises(OSError), socket.create_connection((str(address), port), timeout=1):
                pass
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass


def test_a_wrong_script_keeps_it_from_starting(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "script.json"
    script.write_text('[{"do": {"status": 418}}]', encoding="utf-8")
    with pytest.raises(RuntimeError, match="ended with code 1"):
        SimulatorProcess(script=script).start()
    assert "rules[0].do.status" in capfd.readouterr().err
