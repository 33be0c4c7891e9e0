"""One engine a home: the lock is the operating system's, and says who holds it."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from desktop.domain.errors import KnownError
from desktop.engine_lock import EngineLock, holder, is_held
from desktop.paths import Home
from tests.conftest import LogWatch

ROOT = Path(__file__).resolve().parents[2]


def test_a_second_engine_is_refused_and_told_who_the_first_is(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert not is_held(home)
    with EngineLock(home, "window"):
        assert is_held(home)
        assert holder(home) == f"window, process {os.getpid()} on {os.uname().nodename}"
        with pytest.raises(KnownError) as refused:
            EngineLock(home, "run").take()
        assert refused.value.code == "engine_busy"
        assert f"window, process {os.getpid()}" in refused.value.message
        assert holder(home) is not None, "the refused one leaves the note of the first alone"
    assert not is_held(home)
    assert holder(home) is None
    with EngineLock(home, "run"):
        assert is_held(home)


def test_asking_does_not_take_the_lock_from_anybody(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert not is_held(home)
    with EngineLock(home, "run"):
        assert is_held(home)
        assert is_held(home)
        with pytest.raises(KnownError):
            EngineLock(home, "run").take()


def test_an_engine_is_not_refused_because_somebody_just_asks(tmp_path: Path) -> None:
    home = Home(tmp_path)
    asker = FileLock(home.engine_lock, thread_local=False)
    asker.acquire()
    soon = threading.Timer(0.05, asker.release)
    soon.start()
    with EngineLock(home, "run"):
        assert is_held(home)
    soon.join()


def test_releasing_what_was_refused_changes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with EngineLock(home, "window"):
        refused = EngineLock(home, "run")
        with pytest.raises(KnownError):
            refused.take()
        refused.release()
        assert is_held(home)
        assert holder(home) is not None


def test_a_note_that_cannot_be_written_or_removed_keeps_nobody_from_sending_or_ending(
    tmp_path: Path, log_watch: LogWatch
) -> None:
    log_watch.expect("could not be noted")
    log_watch.expect("could not be removed")
    home = Home(tmp_path)
    home.holder_note.mkdir()  # neither written nor unlinked, like a file in a folder that may only be read
    with EngineLock(home, "run"):
        assert is_held(home)
    assert not is_held(home)


def test_homes_do_not_disturb_each_other(tmp_path: Path) -> None:
    with EngineLock(_home(tmp_path / "a"), "run"), EngineLock(_home(tmp_path / "b"), "run"):
        assert is_held(Home(tmp_path / "a"))


def test_a_killed_process_keeps_no_lock(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from desktop.paths import Home\n"
        "from desktop.engine_lock import EngineLock\n"
        "lock = EngineLock(Home(Path(sys.argv[1])), 'run')\n"
        "lock.take(); print('held', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    home = Home(tmp_path)
    with pytest.raises(KnownError) as refused:
        EngineLock(home, "window").take()
    assert f"process {child.pid}" in refused.value.message
    child.kill()
    child.wait(10)
    child.stdout.close()
    with EngineLock(home, "window"):
        assert f"process {os.getpid()}" in (holder(home) or "")


@pytest.mark.parametrize("note", ["", "{", "[]", '{"pid": 1}'])
def test_a_broken_note_makes_nobody_stumble(tmp_path: Path, note: str) -> None:
    home = Home(tmp_path)
    with EngineLock(home, "window"):
        home.holder_note.write_text(note, encoding="utf-8")
        assert holder(home) is None
        with pytest.raises(KnownError, match="another process"):
            EngineLock(home, "run").take()


def _home(folder: Path) -> Home:
    folder.mkdir()
    return Home(folder)
