"""The practice gateway as a real process, for tests that kill things."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_ROOT = Path(__file__).resolve().parents[2]
_BODY = """
import asyncio, json, sys
from pathlib import Path
from desktop.simulator.cloud.server import CloudSimulator
from desktop.simulator.server import Simulator, serve
from desktop.simulator.waha.server import WahaSimulator
options = json.loads(sys.argv[1])
for name in ("script", "record"):
    options[name] = Path(options[name]) if options[name] else None
gateway = {"evolution": Simulator, "waha": WahaSimulator, "cloud": CloudSimulator}[options.pop("gateway")]
asyncio.run(serve(**options, gateways=[gateway]))
"""


class SimulatorProcess:
    """Start a simulator in its own process, read its ready line, stop or kill it.

    Args:
        script: a script file, see `desktop/simulator/script.py`.
        record: the file of accepted messages.
    """

    def __init__(
        self,
        instances: Sequence[str] = ("vendas-1",),
        *,
        record: Path | None = None,
        script: Path | None = None,
        port: int = 0,
        seed: int | None = None,
        gateway: str = "evolution",
    ) -> None:
        self.record = record
        self.gateway = gateway
        self._options: dict[str, Any] = {
            "instances": list(instances),
            "record": str(record) if record else None,
            "script": str(script) if script else None,
            "port": port,
            "seed": seed,
            "gateway": gateway,
        }
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.api_key = ""
        self.instances: list[str] = []
        self.ready: dict[str, Any] = {}  # its whole ready line

    def start(self) -> Self:
        """Start the process and wait for its ready line; a restart takes the same port again."""
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        command = [sys.executable, "-c", _BODY, json.dumps(self._options)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT, env=environment)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the simulator ended with code {self.wait()}")
        ready = json.loads(line)
        self.ready = ready
        self.url, self.api_key, self.instances = ready["url"], ready["api_key"], ready["instances"]
        self._options["port"] = int(self.url.rpartition(":")[2])
        return self

    def kill(self) -> None:
        """Kill the process without warning."""
        self._end(lambda process: process.kill())

    def stop(self) -> int:
        """Ask the process to end, as SIGTERM does, and return its exit code."""
        return self._end(lambda process: process.terminate())

    def wait(self) -> int:
        """Wait for the end that the process chose itself and return its exit code."""
        return self._end(lambda process: None)

    def recorded(self) -> list[dict[str, Any]]:
        """Return the record file's lines, without one that is just being written."""
        assert self.record is not None
        lines = self.record.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self.kill()

    def _end(self, how: Any) -> int:
        assert self._process is not None
        how(self._process)
        code = self._process.wait(timeout=10)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None
        return code
