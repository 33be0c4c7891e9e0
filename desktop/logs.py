"""Log files of the program: rotating, by level and by campaign, a JSON object a line; coloured on a terminal.

Nothing secret is ever passed to a logger (see `gateways/redact.py`). All the same every line goes through the mask of
credentials and phones on its way out: what a library puts into an exception is not ours.
"""

import faulthandler
import json
import logging
import logging.handlers
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from desktop.gateways.redact import mask

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
SIZE_BYTES = 5_000_000
KEEP = 5
# These write every request, with its address, at a level that we would otherwise want.
TALKATIVE = ("httpx", "httpcore", "socketio", "engineio", "asyncio", "alembic", "keyring", "aiohttp.access")

_COLOURS = {"DEBUG": "2", "INFO": "36", "WARNING": "33", "ERROR": "31", "CRITICAL": "1;31"}
_FRAME = '  File "'

log = logging.getLogger(__name__)


class LogFiles:
    """The handlers of this process, from `open` to `close`."""

    def __init__(self) -> None:
        self._handlers: list[logging.Handler] = []

    def open(self, folder: Path | None, level: str = "INFO", *, to_stderr: bool = True) -> None:
        """Write to files in `folder` (None: to no file) and, from WARNING up, to stderr; replaces what was before."""
        self.close()
        root = logging.getLogger()
        root.setLevel(level)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._add(_file(folder / "cadencia.log", logging.INFO))
            self._add(_file(folder / "errors.log", logging.ERROR))
            if root.level <= logging.DEBUG:  # apart, so that it does not bury the rest
                self._add(_file(folder / "debug.log", logging.DEBUG))
        if to_stderr:
            handler = logging.StreamHandler(sys.stderr)
            handler.setLevel(logging.WARNING)
            handler.setFormatter(TerminalFormatter(is_coloured=is_coloured(sys.stderr, os.environ)))
            self._add(handler)
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)

    def close(self) -> None:
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        self._handlers.clear()

    def _add(self, handler: logging.Handler) -> None:
        self._handlers.append(handler)
        logging.getLogger().addHandler(handler)


class RecentLines(logging.Handler):
    """Remembers the last lines, for a crash report."""

    def __init__(self, kept: int = 40) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[str] = deque(maxlen=kept)
        self.setFormatter(TerminalFormatter(is_coloured=False))

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record).split("\n", 1)[0])  # the report has the traceback

    def lines(self) -> list[str]:
        return list(self._lines)


def remember_recent() -> RecentLines:
    """Remember what is logged from now on."""
    recent = RecentLines()
    logging.getLogger().addHandler(recent)
    return recent


class FaultFile:
    """Python writes all stacks to `faults.log` when a fault of a C library ends it; all processes of a home share it.

    Attributes:
        left: what an earlier run left there; the file is emptied.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "faults.log"
        self.left = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        # Appending: another process that has it open writes behind the new end.
        self._stream = path.open("a", encoding="utf-8")
        if self.left:
            self._stream.truncate(0)
        faulthandler.enable(self._stream)

    def close(self) -> None:
        faulthandler.disable()
        self._stream.close()


Hear = Callable[[str, BaseException], None]


def catch_uncaught(hear: Hear | None = None) -> None:
    """Log what nobody caught: in the main thread, in other threads, and where Python can raise nothing.

    Args:
        hear: is told where it happened (main, thread) and what, on the thread on which it happened.
    """

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("uncaught %s", kind.__name__, exc_info=error)
        if hear is not None:
            hear("main", error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else "?"
        log.critical("uncaught %s in thread %s", args.exc_type.__name__, name, exc_info=args.exc_value)
        if hear is not None and args.exc_value is not None:
            hear("thread", args.exc_value)

    sys.excepthook = in_main
    threading.excepthook = in_thread
    sys.unraisablehook = _log_unraisable()


def _log_unraisable() -> Callable[["sys.UnraisableHookArgs"], None]:
    def hook(args: "sys.UnraisableHookArgs") -> None:
        # The object itself is only named by its type: its text may hold anything.
        what = args.err_msg or "ignored"
        log.error("%s in %s", what, type(args.object).__name__, exc_info=args.exc_value)

    return hook


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message; the traceback when there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
            "thread": record.threadName,
        }
        if record.exc_info:
            line["error"] = mask_traceback(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class TerminalFormatter(logging.Formatter):
    """For people: the level coloured when the stream is a terminal."""

    def __init__(self, *, is_coloured: bool) -> None:
        super().__init__(FORMAT)
        self._is_coloured = is_coloured

    def format(self, record: logging.LogRecord) -> str:
        text = mask_traceback(super().format(record))
        if not self._is_coloured:
            return text
        colour = _COLOURS.get(record.levelname, "0")
        return text.replace(record.levelname, f"\x1b[{colour}m{record.levelname}\x1b[0m", 1)


def mask_traceback(text: str) -> str:
    """Mask credentials and phones in each line; the lines that name a file stay whole."""
    return "\n".join(line if line.startswith(_FRAME) else mask(line) for line in text.split("\n"))


def is_coloured(stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Tell whether to colour: on a terminal only, and not where somebody has said no. Source: no-color.org."""
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return stream is not None and stream.isatty()


def _file(path: Path, level: int) -> logging.Handler:
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=SIZE_BYTES, backupCount=KEEP, encoding="utf-8")
    handler.setLevel(level)
    handler.setFormatter(JsonFormatter())
    return handler
