"""The choices about people: whether an opt-out is confirmed, and whether who is not on WhatsApp is left out."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.numbers import SKIP_ABSENT
from desktop.domain.opt_out import LONGEST_REPLY, REPLY_SETTING, OptOutReply, read_reply
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    reply: OptOutReply = field(default_factory=OptOutReply)
    skips_absent: bool = True


class PeopleSettingsViewModel(QObject):
    """Read and store them; each counts at once, also for an engine in another process.

    Signals:
        changed: `settings` are others; also after a refusal, so that the screen shows what is stored.
        failed(object): reading or storing was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._control = library, control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_refused)
        self.settings = PeopleSettings()

    def activate(self) -> None:
        self.jobs.refresh("load", self._load)

    def set_reply_enabled(self, is_enabled: bool) -> None:
        """Confirm opt-outs from now on, with the usual text where none was written yet; or no more."""
        reply = self.settings.reply
        self._set_reply(OptOutReply(is_enabled, reply.text or usual_reply()))

    def set_reply_text(self, text: str) -> None:
        """Store another text; an empty one brings the usual text back."""
        text = text.strip()[:LONGEST_REPLY] or usual_reply()
        self._set_reply(replace(self.settings.reply, text=text))

    def set_skips_absent(self, is_on: bool) -> None:
        """Leave out who is known not to be on WhatsApp, or write to them all the same."""
        if is_on != self.settings.skips_absent:
            self.settings = replace(self.settings, skips_absent=is_on)
            self.changed.emit()
            self.jobs.refresh("store skipping", self._store_skipping)

    def _set_reply(self, reply: OptOutReply) -> None:
        if reply != self.settings.reply:
            self.settings = replace(self.settings, reply=reply)
            self.jobs.refresh("store reply", self._store_reply)
        self.changed.emit()

    async def _store_reply(self) -> None:
        await self._control.set_setting(REPLY_SETTING, self.settings.reply.stored())

    async def _store_skipping(self) -> None:
        await self._control.set_setting(SKIP_ABSENT, self.settings.skips_absent)

    async def _load(self) -> None:
        reply = read_reply(await self._library.setting(REPLY_SETTING))
        self.settings = PeopleSettings(reply, await self._library.setting(SKIP_ABSENT) is not False)
        self.changed.emit()

    def _on_refused(self, error: object) -> None:
        self.failed.emit(error)
        if not self.jobs.is_running("load"):
            self.activate()


def usual_reply() -> str:
    """Return the text that is offered, in the operator's language."""
    return QCoreApplication.translate("PeopleSettings", "Done: you will receive no more messages from us.")
