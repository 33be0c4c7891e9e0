"""Whether the workspace sends only to people whose consent is recorded, and how many that would leave out."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.consent import NEEDS_CONSENT
from desktop.domain.contact import ContactFilter
from desktop.domain.segment import Consent
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library

EVERYBODY = Audience(AudienceKind.ALL, ())


class ConsentSettingsViewModel(QObject):
    """Reads and stores the setting.

    Signals:
        changed: `is_required` or `lacking` are others; also after a refusal.
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
        self.is_required = False
        self.lacking: int | None = None
        self._wanted = False

    def activate(self) -> None:
        self.jobs.refresh("load consent setting", self._load)

    def set_required(self, is_required: bool) -> None:
        """Send only to people whose consent is recorded, or to everybody who did not opt out."""
        self._wanted = is_required
        self.jobs.refresh("store consent setting", self._store)

    async def _load(self) -> None:
        self.is_required = await self._library.setting(NEEDS_CONSENT) is True
        self.changed.emit()
        self.lacking = len(await self._library.contact_ids(ContactFilter(consent=Consent.UNKNOWN)))
        self.changed.emit()

    async def _store(self) -> None:
        await self._control.set_setting(NEEDS_CONSENT, self._wanted)
        self.is_required = self._wanted
        self.changed.emit()

    def _on_failed(self, error: object) -> None:
        self.changed.emit()
        self.failed.emit(error)
