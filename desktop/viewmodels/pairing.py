"""Connecting a number with its phone: the present QR code or a pairing code, how long it lasts, and the good news.

A QR code lasts as long as the gateway says and a new one is made by itself; right after a connect there may be none
yet, so it is asked for every few seconds. A pairing code is asked for once: asking again would make the code that
somebody is typing worthless.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.audience import phones
from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Pairing

CODE_LASTS_S = 45  # where the gateway does not say
ASK_EVERY_S = 3
TICK_MS = 1000


class PairingStep(StrEnum):
    ASKING = "asking"  # no code yet
    SHOWING = "showing"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # no pairing code for this phone
    CONNECTED = "connected"


class PairingViewModel(QObject):
    """Follow one pairing while its dialog is open.

    Signals:
        changed: `step`, `qr_text`, `pairing_code`, `phone`, `left_s` or `lasts_s` are others.
        connected(object): the number with this id was connected.
        failed(object): a question was refused with this KnownError.
    """

    changed = Signal()
    connected = Signal(object)
    failed = Signal(object)

    def __init__(
        self, control: Control, spawn: Spawn, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._control = control
        self._now = now
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self.instance_id: InstanceId | None = None
        self._start_over(None)

    def begin(self, instance_id: InstanceId) -> None:
        self.instance_id = instance_id
        self._start_over(None)
        self._timer.start()
        self.changed.emit()
        self.ask()

    def end(self) -> None:
        """Stop asking: the dialog was closed."""
        self._timer.stop()
        self.instance_id = None

    def ask_for_code(self, typed: str) -> bool:
        """Ask for a pairing code that is typed on this phone; asked again, for a new one. False: that is no phone."""
        phone = phones.normalise(typed)
        if isinstance(phone, phones.PhoneRefused):
            return False
        self._start_over(phone.e164)
        self.changed.emit()
        self.ask()
        return True

    def show_qr(self) -> None:
        """Go back to the QR code."""
        self._start_over(None)
        self.changed.emit()
        self.ask()

    def ask(self) -> None:
        self.jobs.refresh("ask for pairing code", self._ask)

    def _start_over(self, phone: str | None) -> None:
        self.phone = phone
        self.step = PairingStep.ASKING
        self.qr_text: str | None = None
        self.pairing_code: str | None = None
        self.left_s, self.lasts_s = 0, CODE_LASTS_S
        self._code_since: datetime | None = None
        self._ticks = 0

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._code_since is not None:
            self.left_s = max(0, self.lasts_s - int((self._now() - self._code_since).total_seconds()))
            self.changed.emit()
        if self._ticks % ASK_EVERY_S == 0 and not self.jobs.is_running("ask for pairing code"):
            self.ask()

    async def _ask(self) -> None:
        instance_id, phone = self.instance_id, self.phone
        if instance_id is None:
            return
        state = await self._control.check_instance(instance_id)
        is_connected = state is ConnectionState.CONNECTED
        if not is_connected and phone is not None and self.step in (PairingStep.SHOWING, PairingStep.REFUSED):
            return  # One code is enough, and who was refused decides what to do.
        pairing: Pairing | None = None
        if not is_connected:
            try:
                pairing = await self._control.pairing(instance_id, phone)
            except KnownError:
                if (instance_id, phone) == (self.instance_id, self.phone):
                    self._show(PairingStep.REFUSED, None)
                raise
        if (instance_id, phone) != (self.instance_id, self.phone):
            return  # The dialog was closed, or shows another number or kind of code.
        if is_connected or (pairing is not None and pairing.already_connected):
            self._succeed(instance_id)
        elif pairing is None:
            self._show(PairingStep.UNREACHABLE, None)
        else:
            has_code = bool(pairing.qr_text or pairing.pairing_code)
            self._show(PairingStep.SHOWING if has_code else PairingStep.ASKING, pairing)

    def _show(self, step: PairingStep, pairing: Pairing | None) -> None:
        qr_text = pairing.qr_text if pairing is not None and self.phone is None else None
        if qr_text is None:
            self._code_since, self.left_s = None, 0
        elif qr_text != self.qr_text or self._code_since is None:
            lifetime_s = pairing.lifetime_s if pairing is not None else None
            self.lasts_s = int(lifetime_s or CODE_LASTS_S)
            self._code_since, self.left_s = self._now(), self.lasts_s
        self.step, self.qr_text = step, qr_text
        self.pairing_code = pairing.pairing_code if pairing is not None else None
        self.changed.emit()

    def _succeed(self, instance_id: InstanceId) -> None:
        self._timer.stop()
        self._show(PairingStep.CONNECTED, None)
        self.connected.emit(instance_id)
