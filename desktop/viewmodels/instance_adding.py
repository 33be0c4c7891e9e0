"""Adding numbers: ask the gateway what it is and what it has, choose among its instances or make one, give limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import KnownError
from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance, InstanceLimits
from desktop.policy.limit_profiles import PROFILES
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library, ProbeResult
from desktop.viewmodels.warmup import WarmupMode

GATEWAYS = (Gateway.EVOLUTION, Gateway.WAHA, Gateway.CLOUD)
DEFAULT_TIMEZONE = "America/Sao_Paulo"
META_URL = "https://graph.facebook.com"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class GatewayAddress:
    """What is asked of a gateway. The token stays here only until the instance is added, and never in a log."""

    gateway: Gateway = Gateway.EVOLUTION
    base_url: str = ""
    token: str = ""
    phone_id: str = ""  # Cloud API only; empty lists the numbers of the account
    waba_id: str = ""  # Cloud API only
    options: ConnectionOptions = field(default_factory=ConnectionOptions)

    @property
    def is_complete(self) -> bool:
        return bool(self.base_url and self.token and (self.waba_id or self.gateway is not Gateway.CLOUD))


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
        added(object): the `Instance`s that were stored, in the order in which they were chosen.
        failed(object): the test, the making or the adding was refused with this KnownError.
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
        self._forget_answer()
        self._stored: list[Instance] = []
        self.limits = PROFILES[self.address.gateway].limits
        self.timezone = DEFAULT_TIMEZONE
        self.warmup = WarmupMode.OFF
        self._taken_names: frozenset[str] = frozenset()
        self.changed.emit()

    def _forget_answer(self) -> None:
        self.probe: ProbeResult | None = None
        self.remotes: Sequence[RemoteInstance] = ()
        self.names: dict[str, str] = {}  # the instances that were chosen at the gateway, and their names here

    @property
    def is_testing(self) -> bool:
        return self.jobs.is_running("probe gateway")

    @property
    def is_creating(self) -> bool:
        return self.jobs.is_running("create at gateway")

    @property
    def is_adding(self) -> bool:
        return self.jobs.is_running("add instance")

    @property
    def is_busy(self) -> bool:
        return self.is_testing or self.is_creating or self.is_adding

    @property
    def can_test(self) -> bool:
        return self.address.is_complete and not self.is_busy

    @property
    def can_create(self) -> bool:
        """Whether an instance can be made at this gateway: Meta's numbers are made in its own pages."""
        has_answer = self.probe is not None and self.probe.ok
        return has_answer and self.address.gateway is not Gateway.CLOUD

    @property
    def can_continue(self) -> bool:
        return bool(self.names) and not self.is_busy

    def name_problem(self, remote_name: str) -> str:
        """Tell what is wrong with the name of a chosen instance: `empty`, `taken`, `twice`, or nothing."""
        name = self.names.get(remote_name, "").strip()
        if not name:
            return "empty"
        if name in self._taken_names:
            return "taken"
        return "twice" if [each.strip() for each in self.names.values()].count(name) > 1 else ""

    @property
    def can_add(self) -> bool:
        has_names = bool(self.names) and not any(self.name_problem(remote) for remote in self.names)
        return has_names and self.probe is not None and self.probe.ok and not self.is_busy

    def set_address(
        self,
        gateway: Gateway,
        url: str,
        token: str,
        phone_id: str = "",
        waba_id: str = "",
        ca_file: str = "",
        client_cert: str = "",
    ) -> None:
        """Another address makes what was learned from the last one worthless."""
        is_cloud = gateway is Gateway.CLOUD
        ids = (phone_id.strip(), waba_id.strip()) if is_cloud else ("", "")
        options = ConnectionOptions(ca_file.strip() or None, client_cert.strip() or None)
        address = GatewayAddress(gateway, tidy_url(url) or (META_URL if is_cloud else ""), token.strip(), *ids, options)
        if address == self.address:
            return
        if gateway is not self.address.gateway:
            self.limits = PROFILES[gateway].limits
        self.address = address
        self._forget_answer()
        self.changed.emit()

    def test(self) -> None:
        if self.can_test:
            self.jobs.start("probe gateway", self._probe)

    def create(self, name: str) -> None:
        """Make an instance of this name at the gateway, and choose it."""
        name = name.strip()
        if name and self.can_create and not self.is_busy:
            self.jobs.start("create at gateway", lambda: self._create(name))

    def choose(self, remote_name: str, is_chosen: bool = True) -> None:
        """Choose one of the gateway's instances, or not; it suggests its name here."""
        if not is_chosen:
            self.names.pop(remote_name, None)
        elif remote_name not in self.names:
            self.names[remote_name] = self._suggested(remote_name)
        self.changed.emit()

    def set_name(self, remote_name: str, name: str) -> None:
        self.names[remote_name] = name
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

    def _suggested(self, remote_name: str) -> str:
        """Return a free name: that at the gateway, or the phone where the gateway has only an id."""
        remote = next((each for each in self.remotes if each.name == remote_name), None)
        is_id = self.address.gateway is Gateway.CLOUD
        wish = (remote.phone if remote is not None and is_id else None) or remote_name
        wish = wish[:_LONGEST_NAME]
        used = self._taken_names | set(self.names.values())
        return next(name for name in (wish, *(f"{wish}-{n}" for n in range(2, len(used) + 3))) if name not in used)

    async def _probe(self) -> None:
        await self._ask(self.address)

    async def _ask(self, asked: GatewayAddress) -> None:
        ours = await self._library.instances()
        ids = (asked.phone_id or None, asked.waba_id or None)
        result = await self._control.probe(
            asked.gateway, asked.base_url, asked.token, phone_id=ids[0], waba_id=ids[1], options=asked.options
        )
        if asked != self.address:
            return  # The operator has typed another address meanwhile.
        added = {row.instance.remote_name for row in ours if row.instance.base_url == asked.base_url}
        self._taken_names = frozenset(row.instance.name for row in ours)
        self.probe = result
        self.remotes = tuple(
            RemoteInstance(name, state, phone, name in added)
            for name, state, phone in result.instances
            if asked.phone_id in ("", name)
        )
        free = [remote.name for remote in self.remotes if not remote.is_added]
        self.names = {name: suggested for name, suggested in self.names.items() if name in free}
        if result.ok and len(free) == 1:
            self.choose(free[0])

    async def _create(self, name: str) -> None:
        asked = self.address
        await self._control.create_at_gateway(asked.gateway, asked.base_url, asked.token, name, options=asked.options)
        await self._ask(asked)
        if asked == self.address:
            self.choose(name)

    async def _add(self) -> None:
        asked = self.address
        try:
            for remote_name, name in list(self.names.items()):
                instance = await self._control.add_instance(
                    name.strip(),
                    asked.gateway,
                    asked.base_url,
                    remote_name,
                    asked.token,
                    self.limits,
                    self.timezone,
                    warmup=self.warmup.value,
                    phone_id=remote_name if asked.gateway is Gateway.CLOUD else None,
                    waba_id=asked.waba_id or None,
                    options=asked.options,
                )
                self._stored.append(instance)
                self.names.pop(remote_name, None)
        except KnownError:
            # What is stored stays stored; what is left can be tried again.
            self.changed.emit()
            raise
        self.added.emit(tuple(self._stored))

    def _on_job_changed(self, _name: str) -> None:
        self.changed.emit()
