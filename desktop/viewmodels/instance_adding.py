"""Adding a number: ask the gateway what it is and what it has, choose one of its instances, give it limits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library, ProbeResult
from desktop.viewmodels.warmup import WarmupMode

GATEWAYS = (Gateway.EVOLUTION,)  # Those that there is a client for.
DEFAULT_TIMEZONE = "America/Sao_Paulo"


@dataclass(frozen=True, slots=True)
class GatewayAddress:
    """What is asked of a gateway. The token stays here only until the instance is added, and never in a log."""

    gateway: Gateway = Gateway.EVOLUTION
    base_url: str = ""
    token: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.base_url and self.token)


@dataclass(frozen=True, slots=True)
class RemoteInstance:
    """An instance that the gateway has. `is_added` when it is one of ours already."""

    name: str
    state: ConnectionState
    phone: str | None
    is_added: bool


def tidy_url(text: str) -> str:
    """Complete what people type into an address: scheme, and no slash or manager page at the end."""
    url = text.strip().rstrip("/").removesuffix("/manager").rstrip("/")
    if url and "://" not in url:
        is_local = url.startswith(("localhost", "127.", "10.", "192.168."))
        url = f"{'http' if is_local else 'https'}://{url}"
    return url


class AddInstanceViewModel(QObject):
    """One visit to the "Add number" dialog.

    Signals:
        changed: any of the properties is another.
        added(object): the `Instance` that was stored.
        failed(object): the test or the adding was refused with this KnownError.
    """

    changed = Signal()
    added = Signal(object)
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.reset()

    def reset(self) -> None:
        """Forget everything, the token first of all."""
        self.address = GatewayAddress()
        self.probe: ProbeResult | None = None
        self.remotes: Sequence[RemoteInstance] = ()
        self.remote_name: str | None = None
        self.name = ""
        self.limits = InstanceLimits(per_day=1000)
        self.timezone = DEFAULT_TIMEZONE
        self.warmup = WarmupMode.OFF
        self._taken_names: frozenset[str] = frozenset()
        self.changed.emit()

    @property
    def is_testing(self) -> bool:
        return self.jobs.is_running("probe gateway")

    @property
    def is_adding(self) -> bool:
        return self.jobs.is_running("add instance")

    @property
    def can_test(self) -> bool:
        return self.address.is_complete and not self.is_testing and not self.is_adding

    @property
    def is_name_taken(self) -> bool:
        return self.name.strip() in self._taken_names

    @property
    def can_add(self) -> bool:
        has_both = bool(self.name.strip() and self.remote_name) and not self.is_name_taken
        return has_both and self.probe is not None and self.probe.ok and not self.is_adding and not self.is_testing

    def set_address(self, gateway: Gateway, url: str, token: str) -> None:
        """Another address makes what was learned from the last one worthless."""
        address = GatewayAddress(gateway, tidy_url(url), token.strip())
        if address != self.address:
            self.address, self.probe, self.remotes, self.remote_name = address, None, (), None
            self.changed.emit()

    def test(self) -> None:
        if self.can_test:
            self.jobs.start("probe gateway", self._probe)

    def choose(self, remote_name: str) -> None:
        """Choose one of the gateway's instances; it suggests the name here too."""
        if self.name in ("", self.remote_name or ""):
            self.name = remote_name
        self.remote_name = remote_name
        self.changed.emit()

    def set_name(self, name: str) -> None:
        self.name = name
        self.changed.emit()

    def set_limits(self, limits: InstanceLimits, timezone: str) -> None:
        self.limits = replace(limits)
        self.timezone = timezone
        self.changed.emit()

    def set_warmup(self, mode: WarmupMode) -> None:
        """Choose whether it starts small; an own curve is drawn afterwards."""
        self.warmup = mode
        self.changed.emit()

    def add(self) -> None:
        if self.can_add:
            self.jobs.start("add instance", self._add)

    async def _probe(self) -> None:
        asked = self.address
        ours = await self._library.instances()
        result = await self._control.probe(asked.gateway, asked.base_url, asked.token)
        if asked != self.address:
            return  # The operator has typed another address meanwhile.
        added = {row.instance.remote_name for row in ours if row.instance.base_url == asked.base_url}
        self._taken_names = frozenset(row.instance.name for row in ours)
        self.probe = result
        self.remotes = tuple(
            RemoteInstance(name, state, phone, name in added) for name, state, phone in result.instances
        )
        free = [remote.name for remote in self.remotes if not remote.is_added]
        if len(free) == 1:
            self.choose(free[0])

    async def _add(self) -> None:
        assert self.remote_name is not None
        instance = await self._control.add_instance(
            self.name.strip(),
            self.address.gateway,
            self.address.base_url,
            self.remote_name,
            self.address.token,
            self.limits,
            self.timezone,
            warmup=self.warmup.value,
        )
        self.added.emit(instance)

    def _on_job_changed(self, _name: str) -> None:
        self.changed.emit()
