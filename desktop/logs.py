"""Log files of the program: rotating, one for everything and one for errors; on a terminal, to stderr only.

Nothing secret is ever passed to a logger (see `gateways/redact.py`); phones are masked where they appear.
"""

import logging
import logging.handlers
import sys
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
SIZE_BYTES = 5_000_000
KEEP = 5
# These write every request, with its address, at a level that we would otherwise want.
TALKATIVE = ("httpx", "httpcore", "socketio", "engineio", "asyncio", "alembic", "keyring", "aiohttp.access")


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
        handler.setFormatter(logging.Formatter(FORMAT))
        root.addHandler(handler)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _file(path: Path, level: int) -> logging.Handler:
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=SIZE_BYTES, backupCount=KEEP, encoding="utf-8")
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(FORMAT))
    return handler
