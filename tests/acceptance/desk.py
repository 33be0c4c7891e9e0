"""An operator's desk: a home, the real program as child processes, and what the practice gateway received."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes.simulator_process import SimulatorProcess

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, str(ROOT / "main.py")]
LOOK_EVERY_S = 0.01
LOOKS = 1000

ANY_PACE: dict[str, Any] = {"delay_s": [0, 0], "per_hour": None, "per_second": None, "burst": None}
TEXT = 'Olá {{nome|primeiro|"amigo"}}! {Tudo bem?|Como vai?}'


@dataclass(frozen=True, slots=True)
class Ended:
    """A child process that has ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """Return the one JSON document on stdout; anything else on it is an error."""
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stdout.splitlines()]


class Child:
    """A running `main.py`; stdout and stderr go to files, so that no pipe fills up."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        number = len(list(folder.glob("*.out")))
        self._out, self._err = folder / f"{number:03}.out", folder / f"{number:03}.err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [*MAIN, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=ROOT, env=environment
            )

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def written(self) -> str:
        """Return what is on stdout so far."""
        return self._out.read_text(encoding="utf-8")

    def complaints(self) -> str:
        """Return what is on stderr so far."""
        return self._err.read_text(encoding="utf-8")

    def wait_for(self, is_true: Callable[[], bool], what: str, timeout_s: float = 30.0) -> None:
        """Wait for something that this process brings about; fail at once when it has ended without."""

        def has_happened() -> bool:
            has_ended = not self.is_running
            happened = is_true()
            if has_ended and not happened:
                raise AssertionError(f"the process ended before {what}; stderr:\n{self.complaints()}")
            return happened

        wait_until(has_happened, timeout_s, what)

    def kill(self) -> None:
        """End it as a power cut does: no handler runs, nothing is flushed."""
        self.process.kill()
        self.process.wait(timeout=10)

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def wait(self, timeout_s: float = 50.0) -> Ended:
        try:
            code = self.process.wait(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"still running after {timeout_s} s; stderr:\n{self.complaints()}") from None
        return Ended(code, self.written(), self.complaints())


@dataclass(slots=True)
class Desk:
    """One home and how to run the program on it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])
    _children: list[Child] = field(default_factory=list[Child])

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def start(self, *arguments: str, **environment: str) -> Child:
        """Start the program with `--json`; environment variables may be added."""
        wanted = {**os.environ, "CADENCIA_HOME": str(self.home), "CADENCIA_LANG": "en"}
        wanted |= self.environment | environment
        wanted.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything at each start doubles its time
        child = Child(["--json", *arguments], wanted, self.folder / "children")
        self._children.append(child)
        return child

    def run(self, *arguments: str, expect: int = 0, **environment: str) -> Any:
        """Run a command to its end and return its JSON document."""
        ended = self.end(*arguments, **environment)
        assert ended.code == expect, f"{arguments} ended with {ended.code}: {ended.stdout}\n{ended.stderr}"
        return ended.json

    def end(self, *arguments: str, **environment: str) -> Ended:
        return self.start(*arguments, **environment).wait()

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        """Run a command that writes JSON lines."""
        ended = self.end(*arguments)
        assert ended.code == 0, ended.stderr
        return ended.lines

    def close(self) -> None:
        """Leave no process behind, whatever happened."""
        for child in self._children:
            if child.is_running:
                child.kill()

    # Usual steps ---------------------------------------------------------------------------------------------------

    def add_instances(self, simulator: SimulatorProcess, *more: str) -> None:
        """Add all instances of the simulator, all at the same time: the home must bear that too."""
        children = [self.start_add(simulator, name, *more) for name in simulator.instances]
        for child in children:
            ended = child.wait()
            assert ended.code == 0, f"{ended.stdout}\n{ended.stderr}"
            assert ended.json["state"] == "connected"

    def start_add(self, simulator: SimulatorProcess, name: str, *more: str) -> Child:
        usual = ["--gateway", simulator.gateway, "--url", simulator.url, "--min-gap-s", "0"]
        return self.start("instance", "add", name, *usual, *more, CADENCIA_TOKEN=simulator.api_key)

    def import_phones(self, phones: Iterable[str], name: str = "people.csv") -> None:
        path = self.folder / name
        rows = [f"Pessoa {n};{phone}" for n, phone in enumerate(phones)]
        path.write_text("\n".join(["Nome;Telefone", *rows]), encoding="utf-8")
        counts = self.run("contacts", "import", str(path))
        assert counts["rejected"] == 0, counts

    def create(self, instances: Sequence[str], **draft: Any) -> int:
        """Create a campaign to everybody, as fast as it goes, unless the draft says otherwise."""
        usual = {
            "name": "Natal",
            "audience": {"all": True},
            "messages": [{"text": TEXT}],
            "instances": list(instances),
            "rotation": "round_robin",
            "pace": ANY_PACE,
            "retry": {"attempts": 3, "base_s": 0.2, "max_s": 0.5},
        }
        path = self.folder / "draft.json"
        path.write_text(json.dumps(usual | draft), encoding="utf-8")
        return int(self.run("campaign", "create", str(path))["id"])

    def show(self, campaign: int) -> dict[str, Any]:
        return self.run("campaign", "show", str(campaign))

    def recipients(self, campaign: int) -> list[dict[str, Any]]:
        return self.lines("campaign", "recipients", str(campaign))

    def count(self, what: str) -> int:
        """Look into the database from outside; read-only, so that a dead sender's log is not tidied up by us."""
        for _ in range(LOOKS):
            try:
                with closing(sqlite3.connect(f"file:{self.home / 'cadencia.db'}?mode=ro", uri=True)) as database:
                    return int(database.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
            except sqlite3.OperationalError:
                # Nobody has it open for a moment, so there is no log to read along in, and read-only makes none.
                time.sleep(LOOK_EVERY_S)
        raise AssertionError("the database cannot be opened")

    def assert_healthy(self) -> None:
        """The doctor finds every counter equal to the rows, and nothing else broken."""
        found = self.run("doctor")
        assert found["ok"], found
        database = next(check for check in found["checks"] if check["code"] == "database")
        assert database["facts"]["problems"] == [], database


def assert_adds_up(status: Mapping[str, Any]) -> None:
    """The exclusive counts of a status object add up to its total."""
    names = ("pending", "sending", "retrying", "sent", "delivered", "read", "failed", "skipped", "in_doubt")
    assert sum(status[name] for name in names) == status["total"], status


def received(simulator: SimulatorProcess) -> Counter[str]:
    """Count the messages that the gateway really accepted, by phone (E.164)."""
    return Counter(f"+{row['number']}" for row in simulator.recorded())


def assert_exactly_once(simulator: SimulatorProcess, phones: Collection[str]) -> None:
    """Every one of `phones` was sent to once, and nobody else."""
    assert_none_twice_none_lost(received(simulator), phones)


def assert_none_twice_none_lost(counts: Counter[str], phones: Collection[str]) -> None:
    twice = {phone: n for phone, n in counts.items() if n > 1}
    lost = set(phones) - counts.keys()
    strange = counts.keys() - set(phones)
    assert not twice, f"{len(twice)} of {len(phones)} got it more than once: {dict(list(twice.items())[:5])}"
    assert not lost, f"{len(lost)} of {len(phones)} lost: {sorted(lost)[:5]}"
    assert not strange, f"{len(strange)} strangers: {sorted(strange)[:5]}"


def mobiles(n: int, area: int = 11) -> list[str]:
    """Return n different mobile phones."""
    return [f"+55{area}9{70_000_000 + number}" for number in range(n)]


def control(simulator: SimulatorProcess, action: str, **body: Any) -> Any:
    """Let something happen at the practice gateway, as `_control` of it offers (`away`, `pair`, `logout`, `script`)."""
    request = urllib.request.Request(
        f"{simulator.url}/_control/{action}",
        data=json.dumps(body).encode() if body else None,
        headers={"apikey": simulator.api_key, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def wait_until(is_true: Callable[[], bool], timeout_s: float = 30.0, what: str = "it") -> None:
    """Look again and again; real processes offer nothing to wait for."""
    ends = time.monotonic() + timeout_s
    while not is_true():
        assert time.monotonic() < ends, f"{what} did not happen within {timeout_s} s"
        time.sleep(LOOK_EVERY_S)
