"""Log files of the program: rotating, everything and errors apart, a JSON object a line; coloured on a terminal.

Nothing secret is ever passed to a logger (see `gateways/redact.py`). All the same every line goes through the mask of
credentials and phones on its way out: what a library puts into an exception is not ours.
"""

import json
import logging
import logging.handlers
import sys
import threading
from collections.abc import Callable
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


def set_up_logs(folder: Path | None, level: str = "INFO", *, to_stderr: bool = True) -> None:
    """Send log lines to files in `folder` (None: to no file) and, from WARNING up, to stderr."""
    root = logging.getLogger()
    root.setLevel(level)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        root.addHandler(_file(folder / "cadencia.log", logging.DEBUG))
        root.addHandler(_file(folder / "errors.log", logging.ERROR))
    if to_stderr:
        handler = logging.StreamHandler(sys.stderr)
        handler.setLevel(logging.WARNING)
        handler.setFormatter(TerminalFormatter(is_coloured=_is_terminal(sys.stderr)))
        root.addHandler(handler)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def catch_uncaught() -> None:
    """Log what nobody caught: in the main thread, in other threads, and where Python can raise nothing."""

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("uncaught %s", kind.__name__, exc_info=error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else "?"
        log.critical("uncaught %s in thread %s", args.exc_type.__name__, name, exc_info=args.exc_value)

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


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _file(path: Path, level: int) -> logging.Handler:
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=SIZE_BYTES, backupCount=KEEP, encoding="utf-8")
    handler.setLevel(level)
    handler.setFormatter(JsonFormatter())
    return handler
