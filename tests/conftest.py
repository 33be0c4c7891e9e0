"""What every test stands on: no screen, no keyring, no operator's data, and no log line that nobody announced.

The environment is set while pytest collects, before anything makes a QApplication or opens a keyring.
"""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests never see the passwords of who runs them. A test of the keyring hands its own backend over.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
for _name in ("CADENCIA_HOME", "CADENCIA_DATABASE", "CADENCIA_LANG", "CADENCIA_TOKEN"):
    os.environ.pop(_name, None)

# No deadline: the cores are shared, and a slow example is no wrong example.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), print_blob=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


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
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self._seen]
        unannounced = [f"unannounced: {text}" for text in lines if not any(p.search(text) for p in self._announced)]
        missing = [
            f"announced but never logged: {pattern.pattern}"
            for pattern in self._announced
            if not any(pattern.search(text) for text in lines)
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
