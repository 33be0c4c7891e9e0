"""What is chosen for this machine rather than for a workspace: it is needed before a workspace is open.

A file of the home, `machine.json`; what is missing or nonsense in it counts as not chosen.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop.domain.errors import KnownError
from desktop.paths import Home

LEVELS = ("DEBUG", "INFO", "WARNING")


@dataclass(frozen=True, slots=True)
class LogSettings:
    """`folder` is None for `logs` in the home; `level` one of `LEVELS`."""

    level: str = "INFO"
    folder: Path | None = None


def read_log_settings(home: Home) -> LogSettings:
    """Return what was chosen for log files."""
    chosen = _read(home).get("logs")
    logs = cast("dict[str, object]", chosen) if isinstance(chosen, dict) else {}
    level, folder = logs.get("level"), logs.get("folder")
    return LogSettings(
        level=level if isinstance(level, str) and level in LEVELS else "INFO",
        folder=Path(folder) if isinstance(folder, str) and folder else None,
    )


def write_log_settings(home: Home, chosen: LogSettings) -> None:
    """Store what was chosen.

    Raises:
        KnownError: `file_not_writable`.
    """
    logs = {"level": chosen.level, "folder": str(chosen.folder) if chosen.folder else None}
    _put(home, "logs", logs)


def last_workspace(home: Home) -> str | None:
    """Return the name of the workspace that the window had open last."""
    name = _read(home).get("workspace")
    return name if isinstance(name, str) and name else None


def remember_workspace(home: Home, name: str) -> None:
    """Open this workspace at the next start. Raises `file_not_writable`."""
    if last_workspace(home) != name:
        _put(home, "workspace", name)


def _read(home: Home) -> dict[str, object]:
    try:
        stored = json.loads(_file(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, object]", stored) if isinstance(stored, dict) else {}


def _put(home: Home, key: str, value: object) -> None:
    draft = _file(home).with_suffix(".new")
    try:
        draft.write_text(json.dumps({**_read(home), key: value}, ensure_ascii=False), encoding="utf-8")
        draft.replace(_file(home))
    except OSError as error:
        raise KnownError("file_not_writable", f"{draft} cannot be written.", "Check the disk.") from error


def _file(home: Home) -> Path:
    return home.folder / "machine.json"
