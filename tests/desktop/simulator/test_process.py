"""The simulator as a process: one line when ready, loopback only, a clean end."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.simulator_process import SimulatorProcess

pytestmark = pytest.mark.acceptance

ROOT = Path(__file__).resolve().parents[3]


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


ASKED_TWICE = """
import asyncio, os, signal
from desktop.simulator.server import serve

async def main():
    asyncio.get_running_loop().call_later(0.2, os.kill, os.getpid(), signal.SIGTERM)
    await serve(port=0, instances=["a"], script=None, record=None, seed=None)
    # The loop is about to close the socket that a signal would be written to.
    assert signal.set_wakeup_fd(-1) == -1
    os.kill(os.getpid(), signal.SIGTERM)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends it without asking")
def test_it_is_asked_to_end_once_and_whoever_asks_again_changes_nothing() -> None:
    command = [sys.executable, "-c", ASKED_TWICE]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
