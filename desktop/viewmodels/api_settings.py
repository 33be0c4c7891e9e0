"""The REST API in the settings: whether and where it answers, and its token."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import KnownError
from desktop.viewmodels.jobs import Jobs, Spawn

REFRESH_MS = 1000
LOOPBACK = "127.0.0.1"


class ApiSettings(Protocol):
    @property
    def is_enabled(self) -> bool: ...
    @property
    def port(self) -> int: ...
    @property
    def bind(self) -> str: ...


class Store(Protocol):
    def __call__(self, *, is_enabled: bool, port: int, bind: str, new_token: bool = False) -> Awaitable[str | None]: ...


@dataclass(frozen=True, slots=True)
class ApiState:
    """What the section shows. `address` is where it answers now."""

    is_enabled: bool = False
    port: int = 0
    is_open: bool = False  # other machines can reach it
    address: str | None = None
    problem: KnownError | None = None


class ApiViewModel(QObject):
    """Signals:
    changed: `state` is another.
    token_made(str): a new token, shown this once.
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    token_made = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        read: Callable[[], Awaitable[ApiSettings]],
        store: Store,
        server_state: Callable[[], tuple[str | None, KnownError | None]],
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._store, self._server_state = read, store, server_state
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.state = ApiState()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def activate(self) -> None:
        self.refresh()
        self._timer.start()

    def deactivate(self) -> None:
        self._timer.stop()

    def refresh(self) -> None:
        self.jobs.refresh("load API settings", self._load)

    def set_enabled(self, is_enabled: bool) -> None:
        self._save(is_enabled, self.state.port, self.state.is_open)

    def set_port(self, port: int) -> None:
        if port != self.state.port:
            self._save(self.state.is_enabled, port, self.state.is_open)

    def make_token(self) -> None:
        self._save(True, self.state.port, self.state.is_open, new_token=True)

    def _save(self, is_enabled: bool, port: int, is_open: bool, *, new_token: bool = False) -> None:
        async def save() -> None:
            # An address that was opened by command line stays open: the window neither opens nor closes it.
            bind = (await self._read()).bind
            token = await self._store(is_enabled=is_enabled, port=port, bind=bind, new_token=new_token)
            if token is not None:
                self.token_made.emit(token)
            await self._load()

        self.jobs.refresh("store API settings", save)

    async def _load(self) -> None:
        found = await self._read()
        address, problem = self._server_state()
        state = ApiState(found.is_enabled, found.port, found.bind != LOOPBACK, address, problem)
        if state != self.state:
            self.state = state
            self.changed.emit()
