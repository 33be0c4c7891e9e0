"""The health panel: every number with its state, what it may still send today, and why it is idle."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.events import Event
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionOptions, ConnectionState, Instance, InstanceLimits
from desktop.domain.summaries import InstanceSummary
from desktop.policy.explain import Explanation
from desktop.policy.health import HealthBand, InstanceSample, band, instance_health
from desktop.policy.waiting import Rule
from desktop.policy.warmup import WarmupDay, smallest
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.health_history import HealthHistoryViewModel
from desktop.viewmodels.instance_usage import Usage, usage_of
from desktop.viewmodels.jobs import Jobs, Spawn, Work
from desktop.viewmodels.ports import Control, EngineState, Library
from desktop.viewmodels.provider import ProviderViewModel
from desktop.viewmodels.warmup import WarmupViewModel, place_of

REFRESH_MS = 1000  # Counts of today come from the database: once a second is enough to read them.
IDLE_MS = 1000  # Why a number is idle comes from memory.

_WarmupKey = tuple[str, str, date]  # curve, time zone, local day


WAITS_FOR_PHONE = frozenset(
    {
        ConnectionState.NEEDS_QR,
        ConnectionState.DISCONNECTED,
        ConnectionState.STOPPED,
        ConnectionState.FAILED,
        ConnectionState.CONNECTING,
    }
)
"""States from which the dialog that connects a number leads out."""


@dataclass(frozen=True, slots=True)
class InstanceCard:
    """What one card shows. `used_share` is None without a daily limit; `idle` is a rule's code and its end."""

    summary: InstanceSummary
    idle: tuple[str, datetime | None] | None
    score: float
    health: HealthBand
    busy: frozenset[str]  # check, pause, restart, logout …: what is being done to it
    warmup: WarmupDay | None = None  # where it is on its curve today
    why: Explanation | None = None  # all that holds it, from an engine in this window

    @property
    def id(self) -> InstanceId:
        return self.summary.instance.id

    @property
    def is_connected(self) -> bool:
        return self.summary.instance.state is ConnectionState.CONNECTED

    @property
    def is_answered(self) -> bool:
        """Whether its gateway answers; what is stored of its state is older than a gateway that does not."""
        return self.why is None or all(wait.rule is not Rule.UNREACHABLE for wait in self.why.waits)

    @property
    def is_paused(self) -> bool:
        return self.summary.instance.paused_at is not None

    @property
    def needs_pairing(self) -> bool:
        """Somebody has to scan the code with the phone; a wrong key or an unknown name is not cured by that."""
        return self.summary.instance.state in WAITS_FOR_PHONE

    @property
    def allowed_today(self) -> int | None:
        """The smaller of daily limit and warm-up; None when neither limits."""
        return smallest(self.summary.instance.limits.per_day, self.warmup)

    @property
    def used_today(self) -> int:
        """What counts against today's limit: also messages in doubt, as far as that is known to hold the number."""
        waits = self.why.waits if self.why else ()
        used = [wait.facts.get("used") for wait in waits if wait.rule in (Rule.DAILY_LIMIT, Rule.WARM_UP)]
        return max([self.summary.sent_today, *(count for count in used if isinstance(count, int))])

    @property
    def used_share(self) -> float | None:
        allowed = self.allowed_today
        if allowed is None:
            return None
        return min(1.0, self.used_today / allowed) if allowed else 1.0

    @property
    def left_today(self) -> int | None:
        allowed = self.allowed_today
        return None if allowed is None else max(0, allowed - self.used_today)


class InstancesViewModel(QObject):
    """Keep the cards, and carry intentions about numbers to the control.

    Signals:
        changed: `cards` are others.
        done(str, object): the intention (check, pause, limits …) about this instance id was carried out.
        failed(object): a question or an intention was refused with this KnownError.
    """

    changed = Signal()
    done = Signal(str, object)
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        control: Control,
        engine: EngineState,
        bridge: EventBridge,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self._engine, self._spawn = engine, spawn
        self.now = now
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.cards: Sequence[InstanceCard] = ()
        self.has_loaded = False
        self._summaries: Sequence[InstanceSummary] = ()
        self._usage: Mapping[InstanceId, Usage] = {}
        self._busy: dict[InstanceId, set[str]] = {}
        # Where each number is on its curve, and what that was found for: it holds for a whole local day.
        self._warmups: dict[InstanceId, tuple[_WarmupKey, WarmupDay | None]] = {}
        self._is_stale = True
        self._refresh_timer = QTimer(self, interval=REFRESH_MS)
        self._refresh_timer.timeout.connect(self._on_refresh_due)
        self._idle_timer = QTimer(self, interval=IDLE_MS)
        self._idle_timer.timeout.connect(self._on_idle_due)
        bridge.events.connect(self._on_events)
        bridge.reload_needed.connect(self._on_reload_needed)

    def activate(self) -> None:
        self.refresh()
        self._refresh_timer.start()
        self._idle_timer.start()

    def deactivate(self) -> None:
        self._refresh_timer.stop()
        self._idle_timer.stop()

    def refresh(self) -> None:
        self.jobs.refresh("load instances", self._load)

    def card(self, instance_id: InstanceId) -> InstanceCard | None:
        return next((card for card in self.cards if card.id == instance_id), None)

    def usage(self, instance_id: InstanceId) -> Usage:
        """Return which running campaigns send through a number, as last read."""
        return self._usage.get(instance_id, Usage())

    # Intentions

    def check(self, instance_id: InstanceId) -> None:
        """Ask the gateway for the state; `failed` tells why it was not reached or does not let us in."""

        async def work() -> None:
            try:
                await self._control.check_instance(instance_id, explain=True)
            finally:
                self.refresh()

        self._do("check", instance_id, work)

    def pause(self, instance_id: InstanceId) -> None:
        self._do("pause", instance_id, lambda: self._control.pause_instance(instance_id))

    def resume(self, instance_id: InstanceId) -> None:
        self._do("resume", instance_id, lambda: self._control.resume_instance(instance_id))

    def remove(self, instance_id: InstanceId) -> None:
        self._do("remove", instance_id, lambda: self._control.remove_instance(instance_id))

    def restart(self, instance_id: InstanceId) -> None:
        self._do("restart", instance_id, lambda: self._control.restart_instance(instance_id))

    def log_out(self, instance_id: InstanceId) -> None:
        self._do("logout", instance_id, lambda: self._control.log_out_instance(instance_id))

    def delete(self, instance_id: InstanceId) -> None:
        """Delete it at the gateway too."""
        self._do("delete", instance_id, lambda: self._control.delete_at_gateway(instance_id))

    def provider(self, instance: Instance) -> ProviderViewModel:
        """Make what the dialog of a Cloud API number needs; it belongs to whoever asked."""
        return ProviderViewModel(instance, self._control, self._spawn)

    def set_limits(
        self,
        instance_id: InstanceId,
        limits: InstanceLimits,
        timezone: str,
        options: ConnectionOptions | None = None,
    ) -> None:
        """Change what may leave through a number, and what its messages look like."""
        update = self._control.update_instance
        self._do("limits", instance_id, lambda: update(instance_id, limits, timezone, options=options))

    def warmup(self, instance: Instance) -> WarmupViewModel:
        """Make what the dialog of a number's warm-up needs; it belongs to whoever asked."""
        return WarmupViewModel(instance, self._library, self._control, self._spawn, self.now)

    def health(self, instance: Instance) -> HealthHistoryViewModel:
        """Make what the dialog of a number's health needs; it belongs to whoever asked."""
        return HealthHistoryViewModel(instance, self._library, self._spawn)

    def _do(self, intention: str, instance_id: InstanceId, work: Work) -> None:
        self.jobs.start(f"{intention} instance {instance_id}", lambda: self._carry_out(intention, instance_id, work))

    async def _carry_out(self, intention: str, instance_id: InstanceId, work: Work) -> None:
        self._set_busy(intention, instance_id, is_busy=True)
        try:
            await work()
        finally:
            self._set_busy(intention, instance_id, is_busy=False)
        self.done.emit(intention, instance_id)
        self.refresh()

    # Cards

    async def _load(self) -> None:
        self._is_stale = False
        summaries = await self._library.instances()
        for summary in summaries:
            await self._place_on_curve(summary.instance)
        is_used = any(summary.running_campaigns for summary in summaries)
        running = await self._library.running_campaigns() if is_used else ()
        self._usage = {each.instance.id: usage_of(each.instance.name, running) for each in summaries}
        self._summaries = summaries
        self.has_loaded = True
        self._make_cards(is_forced=True)

    async def _place_on_curve(self, instance: Instance) -> None:
        now = self.now()
        key = (instance.warmup, instance.timezone, now.astimezone(ZoneInfo(instance.timezone)).date())
        known = self._warmups.get(instance.id)
        if known is None or known[0] != key:
            self._warmups[instance.id] = (key, await place_of(self._library, instance, now))

    def _set_busy(self, intention: str, instance_id: InstanceId, is_busy: bool) -> None:
        doing = self._busy.setdefault(instance_id, set())
        if is_busy:
            doing.add(intention)
        else:
            doing.discard(intention)
        self._make_cards()

    def _make_cards(self, is_forced: bool = False) -> None:
        cards = [self._card(summary) for summary in self._summaries]
        if is_forced or cards != self.cards:
            self.cards = cards
            self.changed.emit()

    def _card(self, summary: InstanceSummary) -> InstanceCard:
        sample = InstanceSample(summary.sent_today, summary.failed_today, summary.consecutive_errors)
        score = instance_health(sample)
        instance_id = summary.instance.id
        busy = frozenset(self._busy.get(instance_id, ()))
        why = self._engine.explain_instance(instance_id)
        _key, warmup = self._warmups.get(instance_id, (None, None))
        return InstanceCard(summary, self._engine.why_idle(instance_id), score, band(score), busy, warmup, why)

    def _on_events(self, _events: Sequence[Event]) -> None:
        """Take note that something was written; the cards are read again within a second."""
        self._is_stale = True

    def _on_reload_needed(self) -> None:
        self._is_stale = True

    def _on_refresh_due(self) -> None:
        if self._is_stale:
            self.refresh()

    def _on_idle_due(self) -> None:
        # A wait that ends is counted down, though nothing else has changed.
        self._make_cards(is_forced=any(card.idle and card.idle[1] for card in self.cards))
