"""What one scenario plays with: a desk, and practice gateways. Made and cleared away without pytest, in any thread."""

import json
from pathlib import Path
from typing import Any

from tests.acceptance.desk import Desk
from tests.fakes.simulator_process import SimulatorProcess

# People are quicker here than in life; nobody answers unless a test wants it.
QUICK: dict[str, Any] = {"speed": 20, "delivered_share": 1, "read_share": 0.5, "reply_share": 0}


class Scene:
    """The props of one test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)
        self._started: list[SimulatorProcess] = []

    def simulate(
        self, *instances: str, rules: Any = (), settings: Any = QUICK, gateway: str = "evolution"
    ) -> SimulatorProcess:
        """Start a practice gateway with the rules of a script and settings of people's behaviour."""
        number = len(self._started)
        script = self.folder / f"script-{number}.json"
        script.write_text(json.dumps({"settings": settings, "rules": list(rules)}))
        record = self.folder / f"record-{number}.jsonl"
        simulator = SimulatorProcess(
            instances or ("a", "b", "c"), record=record, script=script, seed=number, gateway=gateway
        )
        self._started.append(simulator)
        return simulator.start()

    def close(self) -> None:
        """Leave no process behind, whatever happened."""
        self.desk.close()
        for simulator in self._started:
            simulator.__exit__(None, None, None)
