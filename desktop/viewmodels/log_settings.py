"""Log files in the settings: how much is written, where, and how many crash reports there are."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.viewmodels.jobs import Jobs, Spawn


@dataclass(frozen=True, slots=True)
class LogFacts:
    """`level` is DEBUG, INFO or WARNING; `is_own_folder`: not the one in the data folder."""

    level: str
    folder: Path
    is_own_folder: bool
    crash_folder: Path
    crashes: int


class LogControl(Protocol):
    """What chooses; each change is refused to who may not change settings (`not_allowed`)."""

    async def facts(self) -> LogFacts: ...

    async def set_level(self, level: str) -> None: ...

    async def set_folder(self, folder: Path | None) -> None:
        """Write elsewhere from now on; None is back to the data folder. Refused with `log_folder_unusable`."""
        ...


class LogsViewModel(QObject):
    """Signals:
    changed: `facts` are others; also after a refusal, so that the screen shows what is true.
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, control: LogControl, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self.facts: LogFacts | None = None
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)

    def activate(self) -> None:
        self.jobs.refresh("logs.load", self._load)

    def deactivate(self) -> None:
        """Nothing runs."""

    def set_level(self, level: str) -> None:
        self.jobs.refresh("logs.set", partial(self._set, level))

    def set_folder(self, folder: Path | None) -> None:
        self.jobs.refresh("logs.set", partial(self._move, folder))

    async def _set(self, level: str) -> None:
        await self._control.set_level(level)
        await self._load()

    async def _move(self, folder: Path | None) -> None:
        await self._control.set_folder(folder)
        await self._load()

    async def _load(self) -> None:
        self.facts = await self._control.facts()
        self.changed.emit()

    def _on_failed(self, error: object) -> None:
        self.changed.emit()
        self.failed.emit(error)
