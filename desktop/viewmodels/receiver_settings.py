"""What gateways post to us, in the settings: whether and where it is received, and each number's way in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import Hook, ReceiverSettings
from desktop.domain.instance import Gateway
from desktop.viewmodels.jobs import Jobs, Spawn

REFRESH_MS = 2000


class HookState(Protocol):
    @property
    def hook(self) -> Hook: ...
    @property
    def url(self) -> str: ...
    @property
    def is_ready(self) -> bool: ...


class Knocked(Protocol):
    @property
    def here(self) -> str: ...
    @property
    def public(self) -> str | None: ...


class Receiving(Protocol):
    """What an operator can do about webhooks (`operations.receiving.Receiving`)."""

    async def settings(self) -> ReceiverSettings: ...

    async def enable(
        self, port: int | None = None, host: str | None = None, public_url: str | None = None
    ) -> ReceiverSettings: ...

    async def disable(self) -> ReceiverSettings: ...

    async def hooks(self) -> Sequence[HookState]: ...

    async def keep_app_secret(self, name: str, app_secret: str) -> None: ...

    async def connect(self, name: str, *, take_over: bool = False) -> HookState: ...

    async def disconnect(self, name: str) -> HookState: ...

    async def test(self, name: str) -> Knocked: ...


@dataclass(frozen=True, slots=True)
class WayIn:
    """One number's way in. `verify_token` is Meta's; None elsewhere."""

    name: str
    gateway: str
    is_ready: bool
    url: str
    is_by_hand: bool  # entered in Meta's dashboard, not by us
    verify_token: str | None


@dataclass(frozen=True, slots=True)
class ReceiverState:
    is_enabled: bool = False
    port: int = 0
    public_url: str = ""
    base_url: str = ""
    is_open: bool = False
    problem: KnownError | None = None
    ways: tuple[WayIn, ...] = ()


class ReceiverViewModel(QObject):
    """Signals:
    changed: `state` is another.
    said(str, str, str): name of a number, tone and sentence of what was done about it.
    place_taken(str): another program receives the webhooks of this number: shall it be replaced?
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    said = Signal(str, str, str)
    place_taken = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        receiving: Receiving,
        problem: Callable[[], KnownError | None],
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._receiving, self._problem = receiving, problem
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.state = ReceiverState()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def activate(self) -> None:
        self.refresh()
        self._timer.start()

    def deactivate(self) -> None:
        self._timer.stop()

    def refresh(self) -> None:
        self.jobs.refresh("load receiver", self._load)

    def set_enabled(self, is_enabled: bool) -> None:
        async def store() -> None:
            await (self._receiving.enable() if is_enabled else self._receiving.disable())

        self._change(store)

    def set_port(self, port: int) -> None:
        if port != self.state.port:
            self._change(lambda: self._receiving.enable(port=port))

    def set_public_url(self, url: str) -> None:
        if url.strip().rstrip("/") != self.state.public_url:
            self._change(lambda: self._receiving.enable(public_url=url))

    def keep_app_secret(self, name: str, secret: str) -> None:
        if secret.strip():
            self._change(lambda: self._receiving.keep_app_secret(name, secret))

    def connect_gateway(self, name: str, *, take_over: bool = False) -> None:
        """Make the number's gateway post to us."""

        async def connect() -> None:
            try:
                await self._receiving.connect(name, take_over=take_over)
            except KnownError as error:
                if error.code != "hook_in_use":
                    raise
                self.place_taken.emit(name)
                return
            self.said.emit(
                name, "success", QCoreApplication.translate("Receiver", "The gateway posts to this address now.")
            )

        self.jobs.start(f"connect hook of {name}", connect)

    def disconnect_gateway(self, name: str) -> None:
        async def disconnect() -> None:
            await self._receiving.disconnect(name)
            self.said.emit(name, "success", QCoreApplication.translate("Receiver", "The gateway posts here no more."))

        self.jobs.start(f"disconnect hook of {name}", disconnect)

    def test(self, name: str) -> None:
        async def test() -> None:
            found = await self._receiving.test(name)
            self.said.emit(name, *_knocked(found))

        self.jobs.start(f"test hook of {name}", test)

    def _change(self, work: Callable[[], object]) -> None:
        async def change() -> None:
            try:
                await work()  # type: ignore[misc]
            finally:
                await self._load()

        self.jobs.refresh("store receiver", change)

    async def _load(self) -> None:
        settings = await self._receiving.settings()
        ways = tuple(_way(state) for state in await self._receiving.hooks()) if settings.is_enabled else ()
        state = ReceiverState(
            settings.is_enabled, settings.port, settings.public_url, settings.base_url, settings.is_open,
            self._problem(), ways,
        )  # fmt: skip
        if state != self.state:
            self.state = state
        self.changed.emit()


def _way(state: HookState) -> WayIn:
    instance = state.hook.instance
    is_cloud = instance.gateway is Gateway.CLOUD
    names = {Gateway.EVOLUTION: "Evolution API", Gateway.WAHA: "WAHA", Gateway.CLOUD: "WhatsApp Cloud API"}
    return WayIn(
        instance.name,
        names[instance.gateway],
        state.is_ready,
        state.url,
        is_cloud,
        state.hook.verify_token if is_cloud else None,
    )


def _knocked(found: Knocked) -> tuple[str, str]:
    """Return the tone and the words of what a test of the way in found."""
    translate = QCoreApplication.translate
    if found.here != "ok":
        return "danger", translate("Receiver", "The receiver of this computer does not answer.")
    if found.public is None:
        return "success", translate("Receiver", "It answers on this computer. No public address is set.")
    if found.public == "ok":
        return "success", translate("Receiver", "It answers, here and at the public address.")
    return "danger", translate("Receiver", "It answers here, but not at the public address: check the tunnel.")
