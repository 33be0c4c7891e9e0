"""One engine sends at a time on one home: a lock of the operating system, which a killed process cannot keep."""

import json
import logging
import os
import socket
from types import TracebackType

from filelock import FileLock, Timeout

from desktop.domain.errors import KnownError
from desktop.paths import Home

log = logging.getLogger(__name__)

# Whoever only asks whether an engine runs holds the lock for a moment: that must not refuse a command. (The window
# tries again by itself, and may not block its thread.)
PATIENCE_S = 0.2


class EngineLock:
    """Holds the right to send. Use as a context manager, or `take` and `release`."""

    def __init__(self, home: Home, what: str) -> None:
        self._home, self._what = home, what
        self._lock = FileLock(home.engine_lock)

    def take(self, patience_s: float = 0.0) -> None:
        """Take the lock; blocks for at most `patience_s`.

        Raises:
            KnownError: `engine_busy`, saying who holds it.
        """
        try:
            self._lock.acquire(timeout=patience_s, poll_interval=0.02)
        except Timeout:
            who = holder(self._home) or "another process"
            raise KnownError(
                "engine_busy",
                f"Another engine already sends for this data folder: {who}.",
                "Use that one, or stop it first. Pausing, cancelling and reading work from here all the same.",
                holder=who,
            ) from None
        note = {"pid": os.getpid(), "host": socket.gethostname(), "what": self._what}
        try:
            self._home.holder_note.write_text(json.dumps(note), encoding="utf-8")
        except OSError as error:  # a full disk, a folder that may only be read: the lock counts, the note only tells
            log.warning("who holds the engine's lock could not be noted: %s", error.strerror)

    def release(self) -> None:
        """Give the lock back; a note that cannot be removed is overwritten by whoever takes it next."""
        if not self._lock.is_locked:
            return
        try:
            self._home.holder_note.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the note of the engine's lock could not be removed: %s", error.strerror)
        finally:
            self._lock.release()

    def __enter__(self) -> "EngineLock":
        self.take(PATIENCE_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def holder(home: Home) -> str | None:
    """Describe who holds the lock of this home, when that is known."""
    try:
        note = json.loads(home.holder_note.read_text(encoding="utf-8"))
        return f"{note['what']}, process {note['pid']} on {note['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_held(home: Home) -> bool:
    """Tell whether some engine sends on this home right now."""
    lock = FileLock(home.engine_lock, blocking=False)
    try:
        with lock:
            return False
    except Timeout:
        return True
