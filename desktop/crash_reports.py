"""Reports of errors that nobody foresaw: text that an operator can read, copy and hand on, with nothing private in it.

A traceback without the values of variables, phones and credentials masked, and the last lines of the log, which are
masked already. It must not show anything: `desktop/app/crashes.py` does, and the command line says where the file is.
"""

import hashlib
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.logs import mask_traceback

KEEP = 20  # files; the oldest goes first
MOST_CHARACTERS = 60_000  # of a traceback: one of endless recursion has a thousand frames

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrashReport:
    """`where` is main, thread, task, engine, start, command, previous_run; `path` is None when it is in no file."""

    kind: str
    where: str
    text: str
    path: Path | None


class CrashReporter:
    """Writes one report for each different error of this process; may be called from any thread.

    Args:
        folder: where the files go; made when the first one is written.
        recent: the last lines of the log, masked.
    """

    def __init__(self, folder: Path, recent: Callable[[], Sequence[str]], now: Callable[[], datetime]) -> None:
        self._folder, self._recent, self._now = folder, recent, now
        self._lock = threading.Lock()
        self._known: set[str] = set()

    def write(self, where: str, error: BaseException) -> CrashReport | None:
        """Write the report of an error; None when the same error, from the same line, has had its report."""
        name = fingerprint(error)
        with self._lock:
            if name in self._known:
                return None
            self._known.add(name)
        return self._keep(type(error).__name__, where, traceback_of(error), name)

    def write_fault(self, text: str) -> CrashReport:
        """Write the report of a run before this one, which died so that only its stacks were left."""
        name = hashlib.sha256(text.encode()).hexdigest()[:8]
        return self._keep("Fault", "previous_run", _without_home(text.strip()), name)

    def _keep(self, kind: str, where: str, trace: str, name: str) -> CrashReport:
        at = self._now()
        text = "\n".join([*_head(at, kind, where), "", trace, "", "Last lines of the log:", *self._recent(), ""])
        path = self._folder / f"crash-{at:%Y%m%d-%H%M%S}-{name}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            for old in reports_in(self._folder)[KEEP:]:
                old.unlink(missing_ok=True)
        except OSError as failure:  # the disk may be what is wrong
            log.warning("no crash report could be written: %s", failure.strerror)
            return CrashReport(kind, where, text, None)
        return CrashReport(kind, where, text, path)


def reports_in(folder: Path) -> list[Path]:
    """Return the reports of a folder, newest first."""
    return sorted(folder.glob("crash-*.txt"), reverse=True)


def traceback_of(error: BaseException) -> str:
    """Return the traceback of an error and of what led to it: no values of variables, phones and credentials masked."""
    text = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    if len(text) > MOST_CHARACTERS:
        half = MOST_CHARACTERS // 2
        text = f"{text[:half]}\n…\n{text[-half:]}"
    return _without_home(mask_traceback(text.rstrip()))


def fingerprint(error: BaseException) -> str:
    """Name an error by its kind and the lines that it came through, whatever it says."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno}" for frame in frames[-8:]]
    return hashlib.sha256("|".join([type(error).__name__, *lines]).encode()).hexdigest()[:8]


def _head(at: datetime, kind: str, where: str) -> list[str]:
    return [
        f"Cadência {_version('cadencia')}: {kind} ({where})",
        f"Time: {at.isoformat(timespec='seconds')}",
        f"System: {platform.platform()}, Python {sys.version.split()[0]}, Qt {_version('PySide6-Essentials')}",
    ]


def _version(package: str) -> str:
    """Return the version of what is installed, without loading it: a headless worker has no need of Qt."""
    # Late: it reads metadata with the e-mail package, for an error that most starts never see.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:  # a packaged program
        return "?"


def _without_home(text: str) -> str:
    """Take the name of the person out of the paths of files."""
    return text.replace(str(Path.home()), "~")
