"""Real processes: the program on a home of its own, and the practice gateway. Everything here is `acceptance`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.desk import Desk
from tests.fakes.simulator_process import SimulatorProcess

HERE = Path(__file__).parent
StartSimulator = Callable[..., SimulatorProcess]

# People are quicker here than in life; nobody answers unless a test wants it.
QUICK: dict[str, Any] = {"speed": 20, "delivered_share": 1, "read_share": 0.5, "reply_share": 0}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.acceptance)
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def start_simulator(tmp_path: Path) -> Iterator[StartSimulator]:
    """Start practice gateways; rules of a script and settings of people's behaviour may be given."""
    started: list[SimulatorProcess] = []

    def start(*instances: str, rules: Any = (), settings: Any = QUICK, away: Any = ()) -> SimulatorProcess:
        number = len(started)
        script = tmp_path / f"script-{number}.json"
        script.write_text(json.dumps({"settings": settings, "rules": list(rules), "away": list(away)}))
        simulator = SimulatorProcess(
            instances or ("a", "b", "c"), record=tmp_path / f"record-{number}.jsonl", script=script, seed=number
        )
        started.append(simulator)
        return simulator.start()

    yield start
    for simulator in started:
        simulator.__exit__(None, None, None)
