"""A test of the message on the operator's own phone: through which number, and to which phone."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.audience.phones import PhoneOk, PhoneReason, normalise
from desktop.domain.instance import ConnectionState, Instance
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.message_ports import Trials
from desktop.viewmodels.ports import Control, Library

PHONE_KEY = "ui.test_phone"  # settings: what was used the last time
NUMBER_KEY = "ui.test_number"


class TrialViewModel(QObject):
    """Send the chosen variation, as its present reader gets it, to a phone of the operator's.

    Signals:
        changed: `numbers`, `phone`, `number` or whether a test is under way are others.
        sent(str): the test left to this phone (E.164).
        failed(object): the test was refused with this KnownError.
    """

    changed = Signal()
    sent = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        library: Library,
        control: Control,
        trials: Trials,
        spawn: Spawn,
        region: str = "BR",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._message = message
        self._library = library
        self._control = control
        self._trials = trials
        self._region = region
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.numbers: Sequence[Instance] = ()
        self.phone = ""  # as it is typed
        self.number = ""  # the name of the one that sends

    @property
    def is_sending(self) -> bool:
        return self.jobs.is_running("send test")

    @property
    def reader_name(self) -> str:
        """As whom the message is written; empty for nobody."""
        reader = self._message.reader
        return (reader.name or reader.phone) if reader else ""

    def wrong_phone(self) -> PhoneReason | None:
        """Say what is wrong with the typed phone; None for nothing."""
        found = normalise(self.phone, self._region)
        return None if isinstance(found, PhoneOk) else found.reason

    @property
    def can_send(self) -> bool:
        return self.wrong_phone() is None and bool(self.number) and not self.is_sending

    def open(self) -> None:
        """Ask for the numbers, and for what was used the last time."""
        self.jobs.refresh("load test", self._load)

    def set_phone(self, text: str) -> None:
        self.phone = text
        self.changed.emit()

    def set_number(self, name: str) -> None:
        self.number = name
        self.changed.emit()

    def send(self) -> None:
        if self.can_send:
            self.jobs.start("send test", self._send)

    async def _load(self) -> None:
        numbers = [summary.instance for summary in await self._library.instances()]
        # Those that the draft uses first, then those that are connected.
        chosen = self._editor.draft.instances
        self.numbers = sorted(
            numbers, key=lambda each: (each.name not in chosen, each.state is not ConnectionState.CONNECTED, each.name)
        )
        phone, number = await self._library.setting(PHONE_KEY), await self._library.setting(NUMBER_KEY)
        if isinstance(phone, str) and not self.phone:
            self.phone = phone
        names = [each.name for each in self.numbers]
        if self.number not in names:
            self.number = number if isinstance(number, str) and number in names else (names[0] if names else "")
        self.changed.emit()

    async def _send(self) -> None:
        phone = normalise(self.phone, self._region)
        if not isinstance(phone, PhoneOk):
            return
        await self._control.set_setting(PHONE_KEY, phone.e164)
        await self._control.set_setting(NUMBER_KEY, self.number)
        reader = self._message.reader
        await self._trials.send(
            self.number,
            phone.e164,
            self._message.message,
            reader,
            seed=self._message.seed(reader) if reader else 0,
            campaign_id=self._editor.campaign_id,
        )
        self.sent.emit(phone.e164)

    def _on_job_changed(self, name: str) -> None:
        if name == "send test":
            self.changed.emit()
