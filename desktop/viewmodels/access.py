"""Signing in: what the cover over the window shows."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.operator import Operator
from desktop.viewmodels.jobs import Jobs, Spawn

IDLE_KEY = "access.idle_lock_min"  # setting: whole minutes, 0 for never
DEFAULT_IDLE_MIN = 15


class Desk(Protocol):
    """Who acts in this process. Everything may raise KnownError."""

    present: Operator | None

    async def sign_in(self, name: str, password: str) -> Operator: ...


class SignInViewModel(QObject):
    """Signals:
    changed: a sign-in began or ended.
    signed_in(object): the Operator who is signed in now.
    failed(object): it was refused with this KnownError.
    """

    changed = Signal()
    signed_in = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self.changed)

    @property
    def is_busy(self) -> bool:
        return self.jobs.is_running("access.sign_in")

    def sign_in(self, name: str, password: str) -> None:
        async def work() -> None:
            self.signed_in.emit(await self._desk.sign_in(name, password))

        self.jobs.start("access.sign_in", work)


def idle_minutes(stored: object) -> int:
    """Return after how many minutes without a touch the window is covered; 0 for never."""
    is_whole = isinstance(stored, int) and not isinstance(stored, bool) and stored >= 0
    return int(stored) if is_whole else DEFAULT_IDLE_MIN  # type: ignore[call-overload]
