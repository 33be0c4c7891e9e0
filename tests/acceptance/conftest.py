"""Real processes: the program on a home of its own, and the practice gateway. Everything here is `acceptance`.

The scenarios spend most of their time waiting for processes, so they are played several at a time, in threads, while
pytest goes through them one by one and takes each result when it is there. They come first (`tests/conftest.py`):
beside a process that waits another one can calculate.
"""

import inspect
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.scene import Scene

HERE = Path(__file__).parent
AT_ONCE = 3
LONGEST = "test_kills.py"
LONGEST_S = 600  # for the hopelessly overloaded: it ends the whole run


class Stage:
    """Plays scenarios ahead of pytest."""

    def __init__(self, items: Sequence[pytest.Function], factory: pytest.TempPathFactory) -> None:
        self._executor = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="scene")
        self._scenes: list[Scene] = []
        self._factory = factory
        self._results = {item.nodeid: self._begin(item) for item in items}

    def result(self, item: pytest.Function) -> None:
        """Wait for the end of a scenario; raise what it raised."""
        self._results[item.nodeid].result()

    def close(self) -> None:
        """End everything, also what nobody waits for any more."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for scene in self._scenes:
            scene.close()
        self._executor.shutdown()

    def _begin(self, item: pytest.Function) -> "Future[None]":
        scene = Scene(self._factory.mktemp(item.originalname[:30]))
        self._scenes.append(scene)
        return self._executor.submit(_play, item, scene)


def _play(item: pytest.Function, scene: Scene) -> None:
    parameters: dict[str, Any] = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    try:
        item.obj(scene=scene, **parameters)
    finally:
        scene.close()


def _is_scenario(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "scene" in inspect.signature(item.obj).parameters


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.acceptance)
        item.add_marker(pytest.mark.timeout(LONGEST_S))
    # The longest first: whatever is played last should be short.
    ours.sort(key=lambda item: item.path.name != LONGEST)
    items[:] = ours + [item for item in items if item not in set(ours)]


@pytest.fixture(scope="session")
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Begin all collected scenarios when the first of them is wanted."""
    items = [item for item in request.session.items if HERE in item.path.parents and _is_scenario(item)]
    made = Stage([item for item in items if isinstance(item, pytest.Function)], tmp_path_factory)
    yield made
    made.close()


@pytest.fixture
def scene(stage: Any) -> Any:
    """Stand in for the scene of the test, which is already being played."""
    return stage


def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Take the result of a scenario instead of playing it here."""
    if not _is_scenario(pyfuncitem):
        return None
    stage = pyfuncitem.funcargs["scene"]
    assert isinstance(stage, Stage)
    stage.result(pyfuncitem)
    return True
