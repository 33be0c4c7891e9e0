"""How long a start can be taken back: read and stored."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.grace import LONGEST_GRACE_S, START_GRACE, USUAL_GRACE_S
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library


class GraceSettingsViewModel(QObject):
    """Reads and stores the setting.

    Signals:
        changed: `grace_s` is another one; also after a refusal.
        failed(object): reading or storing was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)
        self.grace_s = USUAL_GRACE_S
        self._wanted = USUAL_GRACE_S

    def activate(self) -> None:
        self.jobs.refresh("load grace setting", self._load)

    def set_grace(self, seconds: float) -> None:
        """Let a start be taken back for so many seconds; 0 for not at all."""
        self._wanted = max(0.0, min(float(seconds), LONGEST_GRACE_S))
        self.jobs.refresh("store grace setting", self._store)

    async def _load(self) -> None:
        stored = await self._library.setting(START_GRACE)
        self.grace_s = float(stored) if isinstance(stored, int | float) else USUAL_GRACE_S
        self.changed.emit()

    async def _store(self) -> None:
        wanted = self._wanted
        await self._control.set_setting(START_GRACE, wanted)
        self.grace_s = wanted
        self.changed.emit()

    def _on_failed(self, error: object) -> None:
        self.changed.emit()
        self.failed.emit(error)
