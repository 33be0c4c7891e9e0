"""The power fails while requests are unanswered: what is on the disk at that instant opens clean and repeats nothing.

The sender is frozen between a write and its answer, and its database file and log are copied as they are: that is what
a machine would find after a power cut at that instant, without the shared memory, which is gone then. Each copy is
looked at. The last one of each round becomes the home itself, for the next process to carry on from.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db.checks import check
from db.connection import Database
from tests.acceptance.desk import Child, Desk, assert_adds_up, assert_exactly_once, mobiles, received
from tests.acceptance.scene import Scene
from tests.fakes.simulator_process import SimulatorProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot freeze a process")

PEOPLE = 420
CUTS = 5
COPIES = 4  # of each round; the last is carried on from
LATENCY_MS = [30, 200]
# Longer than a request of a dead sender can still wait in this gateway.
ABSENT_AFTER_S = "2.5"
FILES = ("cadencia.db", "cadencia.db-wal")
LEFT = {"sending", "sent", "delivered", "read", "in_doubt"}


def test_five_power_cuts_between_write_and_answer(scene: Scene) -> None:
    desk, rng = scene.desk, random.Random(5)
    simulator = scene.simulate("a", "b", "c", rules=[{"match": {"endpoint": "send"}, "do": {"latency_ms": LATENCY_MS}}])
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = ABSENT_AFTER_S
    desk.add_instances(simulator, "--max-in-flight", "4")
    phones = mobiles(PEOPLE)
    desk.import_phones(phones)
    campaign = desk.create(simulator.instances)

    unanswered = 0
    for cut in range(CUTS):
        sender = desk.start("campaign", "start", str(campaign), "--wait")
        for number in range(COPIES):
            _when_some_are_in_flight(sender, desk, simulator, rng)
            copy = scene.folder / f"copy-{cut}-{number}"
            _freeze(sender)
            _copy_files(desk.home, copy)
            unanswered += _look_at(copy, set(received(simulator)))
            if number < COPIES - 1:
                sender.process.send_signal(signal.SIGCONT)
        sender.kill()
        if cut % 2:
            _tear(copy, rng)
        _put_back(copy, desk.home)
    last = desk.run("campaign", "start", str(campaign), "--wait")

    assert unanswered >= CUTS * COPIES, "hardly any copy was taken while a request was unanswered"
    assert_exactly_once(simulator, phones)
    assert last["status"] == "completed"
    assert_adds_up(last)
    assert last["sent"] + last["delivered"] + last["read"] == PEOPLE, last
    desk.assert_healthy()
    report = scene.folder / "proof.json"
    proof = desk.run("campaign", "report", str(campaign), "--format", "json", "--output", str(report))
    assert (proof["rows"], proof["verdict"]) == (PEOPLE, "proven")


def _when_some_are_in_flight(sender: Child, desk: Desk, simulator: SimulatorProcess, rng: random.Random) -> None:
    more, before = rng.randint(1, 10), len(simulator.recorded())
    sender.wait_for(lambda: len(simulator.recorded()) >= before + more, f"{more} more were accepted")
    sender.wait_for(lambda: desk.count("attempt WHERE outcome IS NULL") > 0, "a request was unanswered")


def _freeze(sender: Child) -> None:
    """Stop all threads of a process where they are, and wait until they are."""
    sender.process.send_signal(signal.SIGSTOP)
    _, status = os.waitpid(sender.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"it ended instead: {sender.complaints()}"


def _copy_files(home: Path, folder: Path) -> None:
    folder.mkdir()
    for name in FILES:
        shutil.copyfile(home / name, folder / name)


def _look_at(copy: Path, accepted: set[str]) -> int:
    """Open a copy of the copy; return how many requests were unanswered in it.

    Whoever the gateway had a request of is known in it as sent to, or maybe sent to: nobody of them waits.
    """
    looked_at = copy.with_name(copy.name + "-looked-at")
    _copy_files(copy, looked_at)
    database = Database(looked_at / FILES[0])
    try:
        assert database.read_sync(check) == []
    finally:
        database.close()
    with closing(sqlite3.connect(looked_at / FILES[0])) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        status = dict(opened.execute("SELECT phone, status FROM recipient").fetchall())
        open_attempts = opened.execute("SELECT count(*) FROM attempt WHERE outcome IS NULL").fetchone()[0]
    would_be_repeated = {phone: status.get(phone) for phone in accepted if status.get(phone) not in LEFT}
    assert not would_be_repeated, f"{copy.name}: {would_be_repeated}"
    return int(open_attempts)


def _tear(copy: Path, rng: random.Random) -> None:
    """Append what a log ends with when the power fails in the middle of a write that nobody was told of."""
    with (copy / FILES[1]).open("ab") as log:
        log.write(rng.randbytes(rng.randint(1, 4000)))


def _put_back(copy: Path, home: Path) -> None:
    """Make the copy the home's database: what was written after it never reached the disk."""
    for path in home.glob("cadencia.db*"):
        path.unlink()
    for name in FILES:
        shutil.copyfile(copy / name, home / name)
