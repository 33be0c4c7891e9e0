"""What every test stands on: no screen, no keyring, no operator's data, and no log line that nobody announced.

The environment is set while pytest collects, before anything makes a QApplication or opens a keyring.
"""

import gc
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests never see the passwords of who runs them. A test of the keyring hands its own backend over.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
for _name in ("CADENCIA_HOME", "CADENCIA_DATABASE", "CADENCIA_LANG", "CADENCIA_TOKEN"):
    os.environ.pop(_name, None)

# No deadline: the cores are shared, and a slow example is no wrong example.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), print_blob=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


# Seconds of one processor: acceptance 400, the others between 10 and 30.
LONGEST_FIRST = (
    "acceptance",
    "tests/desktop/engine/test_engine.py",
    "tests/desktop/test_capsule.py",
    "tests/desktop/cli/test_backup.py",
    "tests/desktop/cli/test_access.py",
    "tests/desktop/cli/test_usage.py",
    "tests/desktop/cli/test_canary.py",
    "tests/db/test_isolation.py",
    "tests/db/test_checks.py",
    "tests/desktop/screens/test_editor_page.py",
    "tests/desktop/screens/test_contacts_page.py",
)

# asyncio's debug mode reports callbacks of 0.1 s and more. Cores that are shared steal that much from innocent ones.
SLOW_CALLBACK_S = 1.0


def is_stolen_time(record: logging.LogRecord) -> bool:
    """Tell whether this is asyncio's report of a callback that a busy machine alone may have made slow."""
    took = re.search(r"^Executing .* took (\d+\.\d+) seconds$", record.getMessage(), re.DOTALL)
    return record.name == "asyncio" and took is not None and float(took[1]) < SLOW_CALLBACK_S


class LogWatch(logging.Handler):
    """Collect what is logged at WARNING or worse, and hold it against what the test announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: list[logging.LogRecord] = []
        self._announced: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(record)

    def expect(self, pattern: str) -> None:
        """Announce that at least one line matches the regular expression `pattern` before the test ends."""
        self._announced.append(re.compile(pattern))

    def complaints(self) -> list[str]:
        """Return one sentence for each unannounced line and for each announced line that never came."""
        lines = [(record, f"{record.levelname} {record.name}: {record.getMessage()}") for record in self._seen]
        unannounced = [
            f"unannounced: {text}"
            for record, text in lines
            if not is_stolen_time(record) and not any(pattern.search(text) for pattern in self._announced)
        ]
        missing = [
            f"announced but never logged: {pattern.pattern}"
            for pattern in self._announced
            if not any(pattern.search(text) for _, text in lines)
        ]
        return unannounced + missing


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail the test on any log line of WARNING or worse that it did not announce with `log_watch.expect(...)`."""
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


def group_of(nodeid: str) -> str:
    """Return what stays in one process: the tests of a file, and all that start processes of their own."""
    path = nodeid.partition("::")[0]
    return "acceptance" if "/acceptance/" in path else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Share the groups out to the processes.

    Not by xdist's own `--dist loadgroup`: xdist 3.8 writes the group into a field that pytest 9 does not read any more,
    and then every test is a group of its own, and every process plays every acceptance scenario.
    """

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    return Groups(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, or one process would still be at it when the other has nothing left to do.

    The acceptance tests first of all: they wait for their children most of the time, while the others calculate.
    """
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(group_of(item.nodeid), len(places)))


# Python would collect in worker threads and inside destructors of Qt, which ends the run with a crash or for ever
# waiting (`desktop/collector.py`); here it is done between tests.
gc.disable()
MANY_OBJECTS = 50_000


@pytest.fixture(autouse=True)
def _collected_between_tests() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    yield
    if gc.get_count()[0] > MANY_OBJECTS:
        gc.collect(1)


@pytest.fixture(scope="module", autouse=True)
def _leaks_fail_the_module_that_left_them() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    """Collect here what a module left open, or the warning would hit whichever test runs when the collector does.

    Once a module and not once a test: a collection takes some 20 ms.
    """
    yield
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _application_for_windows(qapp: object) -> None:  # pyright: ignore[reportUnusedFunction]
    """Make it before anything else does: the words of a command make one without windows, and there is only one."""


@pytest.fixture(scope="session", autouse=True)
def _no_operator_data(tmp_path_factory: pytest.TempPathFactory) -> None:  # pyright: ignore[reportUnusedFunction]
    """Point the data folder at a throw-away place, for tests (and the processes they start) that do not choose one."""
    os.environ["CADENCIA_HOME"] = str(tmp_path_factory.mktemp("home-of-nobody"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty data folder of its own, and the processes that it starts too."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("CADENCIA_HOME", str(folder))
    return folder
