"""Connecting a number with its phone: the present QR code, how long it lasts, and whether it was scanned.

A code lasts about 45 seconds and the gateway makes a new one by itself; right after a connect there may be none yet,
so it is asked for every few seconds. Source: gateways.md §2.E, read 2026-11-21.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control

CODE_LASTS_S = 45
ASK_EVERY_S = 3
TICK_MS = 1000


class PairingStep(StrEnum):
    ASKING = "asking"  # no code yet
    SHOWING = "showing"
    UNREACHABLE = "unreachable"
    CONNECTED = "connected"


class PairingViewModel(QObject):
    """Follow one pairing while its dialog is open.

    Signals:
        changed: `step`, `qr_text`, `pairing_code` or `left_s` are others.
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
        self.instance_id: InstanceId | None = None
        self.step = PairingStep.ASKING
        self.qr_text: str | None = None
        self.pairing_code: str | None = None
        self.left_s = 0
        self._code_since: datetime | None = None
        self._ticks = 0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    def begin(self, instance_id: InstanceId) -> None:
        self.instance_id = instance_id
        self.step, self.qr_text, self.pairing_code = PairingStep.ASKING, None, None
        self._code_since, self._ticks, self.left_s = None, 0, 0
        self._timer.start()
        self.changed.emit()
        self.ask()

    def end(self) -> None:
        """Stop asking: the dialog was closed."""
        self._timer.stop()
        self.instance_id = None

    def ask(self) -> None:
        self.jobs.start("ask for pairing code", self._ask)

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._code_since is not None:
            self.left_s = max(0, CODE_LASTS_S - int((self._now() - self._code_since).total_seconds()))
            self.changed.emit()
        if self._ticks % ASK_EVERY_S == 0:
            self.ask()

    async def _ask(self) -> None:
        instance_id = self.instance_id
        if instance_id is None:
            return
        state = await self._control.check_instance(instance_id)
        pairing = None if state is ConnectionState.CONNECTED else await self._control.pairing(instance_id)
        if instance_id != self.instance_id:
            return  # The dialog was closed, or shows another number.
        if state is ConnectionState.CONNECTED or (pairing is not None and pairing.already_connected):
            self._succeed(instance_id)
        elif pairing is None:
            self._show(PairingStep.UNREACHABLE, None, None)
        else:
            has_code = bool(pairing.qr_text or pairing.pairing_code)
            step = PairingStep.SHOWING if has_code else PairingStep.ASKING
            self._show(step, pairing.qr_text, pairing.pairing_code)

    def _show(self, step: PairingStep, qr_text: str | None, pairing_code: str | None) -> None:
        if qr_text is None and pairing_code is None:
            self._code_since, self.left_s = None, 0
        elif qr_text != self.qr_text or self._code_since is None:
            self._code_since, self.left_s = self._now(), CODE_LASTS_S
        self.step, self.qr_text, self.pairing_code = step, qr_text, pairing_code
        self.changed.emit()

    def _succeed(self, instance_id: InstanceId) -> None:
        self._timer.stop()
        self._show(PairingStep.CONNECTED, None, None)
        self.connected.emit(instance_id)
