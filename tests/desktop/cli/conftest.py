"""Runs the command line inside the test's process (a fraction of a second instead of one), against a real gateway."""

import gc
import io
import json
import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.cli import entry
from tests.fakes.simulator_process import SimulatorProcess

Shape = Mapping[str, type | tuple[type, ...]]
OPTIONAL_TEXT = (str, type(None))
NUMBER = (int, float)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stdout.splitlines()]


@dataclass(slots=True)
class Cli:
    """The command line on one home."""

    home: Path
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str | Path, **environment: str) -> Ended:
        """Run a command with exactly these arguments."""
        out, err = io.StringIO(), io.StringIO()
        with self.monkeypatch.context() as patch, redirect_stdout(out), redirect_stderr(err), _process_put_back():
            for name, value in {"CADENCIA_HOME": str(self.home), "CADENCIA_LANG": "en", **environment}.items():
                patch.setenv(name, value)
            code = entry.run([str(argument) for argument in arguments], _no_window)
        return Ended(code, out.getvalue(), err.getvalue())

    def json(self, *arguments: str | Path, **environment: str) -> Any:
        """Run a command that succeeds and return its JSON document; stdout holds nothing else."""
        ended = self("--json", *arguments, **environment)
        assert ended.code == 0, ended
        assert "Traceback" not in ended.stderr
        assert ended.stdout.count("\n") == 1, "one document, one line"
        return ended.json

    def lines(self, *arguments: str | Path) -> list[dict[str, Any]]:
        ended = self("--json", *arguments)
        assert (ended.code, ended.stderr) == (0, ""), ended
        return ended.lines

    def refusal(self, *arguments: str | Path, **environment: str) -> dict[str, str]:
        """Run a command that is refused and return its error object."""
        ended = self("--json", *arguments, **environment)
        assert (ended.code, ended.stderr) == (1, ""), ended
        error = ended.json
        assert_shape(error, {"error": str, "message": str, "hint": str})
        assert error["message"]
        return error

    def add_instance(self, gateway: SimulatorProcess, name: str, *more: str) -> dict[str, Any]:
        usual = ["instance", "add", name, "--gateway", "evolution", "--url", gateway.url, "--min-gap-s", "0"]
        return self.json(*usual, *more, CADENCIA_TOKEN=gateway.api_key)

    def import_people(self, *rows: str, header: str = "Nome;Telefone") -> dict[str, Any]:
        path = self.home.parent / "people.csv"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return self.json("contacts", "import", path)

    def create(self, draft: Mapping[str, Any]) -> int:
        return int(self.json("campaign", "create", self.draft(draft))["id"])

    def draft(self, draft: Mapping[str, Any]) -> Path:
        path = self.home.parent / "draft.json"
        path.write_text(json.dumps(draft), encoding="utf-8")
        return path


def _no_window(options: object) -> int:
    raise AssertionError("no window here")


@contextmanager
def _process_put_back() -> Generator[None]:
    """Undo what a command does to its process: log handlers, a garbage collector that looks seldom, its language."""
    locale = QLocale()
    root, before, thresholds = logging.getLogger(), list(logging.getLogger().handlers), gc.get_threshold()
    level = root.level
    try:
        yield
    finally:
        app = QCoreApplication.instance()
        for translator in app.findChildren(QTranslator) if app is not None else ():
            app.removeTranslator(translator)
        QLocale.setDefault(locale)
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        root.setLevel(level)
        for handler in [handler for handler in root.handlers if handler not in before]:
            root.removeHandler(handler)
            handler.close()


def assert_shape(value: Mapping[str, Any], shape: Shape) -> None:
    """The object has exactly these fields, in this order, of these types. A boolean is no number."""
    assert list(value) == list(shape)
    for name, types in shape.items():
        allowed = types if isinstance(types, tuple) else (types,)
        assert type(value[name]) in allowed, f"{name} is {value[name]!r}"


def plain_draft(instances: Sequence[str] = ("a",), **more: Any) -> dict[str, Any]:
    """Return a draft that leaves at once, to everybody."""
    return {
        "name": "Natal",
        "audience": {"all": True},
        "messages": [{"text": "Olá {{nome|primeiro}}!"}],
        "instances": list(instances),
        "pace": {"delay_s": [0, 0], "per_hour": None, "per_second": None, "burst": None},
    } | more


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    """A practice gateway with the instances a, b and c, whose people are quick."""
    folder = tmp_path_factory.mktemp("gateway")
    script = folder / "script.json"
    script.write_text(json.dumps({"settings": {"speed": 50, "delivered_share": 1, "read_share": 1, "reply_share": 0}}))
    with SimulatorProcess(("a", "b", "c"), record=folder / "record.jsonl", script=script, seed=1) as simulator:
        yield simulator


@pytest.fixture
def cli(home: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Cli:
    """The command line on an empty home. `qapp`: the words need Qt's application, and there is one a process."""
    return Cli(home, monkeypatch)
