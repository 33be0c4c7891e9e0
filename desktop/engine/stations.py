"""The instances at work: a lane each, with who watches it and who listens for it; added, edited, removed, paused.

What an outcome means for its instance is acted on here. Nothing here knows a campaign.
"""

import asyncio
import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.receipt import Inbound, Receipt, StateChanged
from desktop.domain.recipient import RecipientStatus
from desktop.engine.clock import WatchedClock
from desktop.engine.health import HealthKeeper
from desktop.engine.lane import Lane
from desktop.engine.monitor import Connectivity, LaneMonitor
from desktop.engine.portfolios import Portfolios
from desktop.engine.ports import GatewayClient, GatewayFactory, Ledger
from desktop.engine.supervisor import Supervisor
from desktop.policy.breaker import Breaker, BreakerState
from desktop.policy.instance_watch import Watch
from desktop.policy.limits import HOUR, local_midnight, next_local_midnight
from desktop.policy.receipt_alarm import Heard, hear
from desktop.policy.retry import InstanceEffect, Next
from desktop.policy.waiting import Rule, Wait
from desktop.policy.warmup import OFF, PAST, STANDARD, Curve, advanced, allowance, curve_of

log = logging.getLogger(__name__)

_TRIALS_OF = timedelta(days=2)  # older ones count nowhere


@dataclass(slots=True)
class _Station:
    """A lane with its two side tasks."""

    lane: Lane
    monitor: LaneMonitor
    monitoring: asyncio.Task[None]
    listening: asyncio.Task[None]


class Stations:
    """All lanes of the engine.

    Args:
        deliver: takes what the gateways send.
        changed: called when something may leave that could not before, or the other way round.
        sends: the messages that are under way, through whichever lane.
        before_it_sends: awaited when a number is there again, before anything leaves through it.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: WatchedClock,
        rng: Random,
        supervisor: Supervisor,
        clients: GatewayFactory,
        deliver: Callable[[Sequence[Inbound]], None],
        changed: Callable[[], None],
        sends: Callable[[], set[asyncio.Task[None]]],
        before_it_sends: Callable[[Lane], Awaitable[None]],
    ) -> None:
        self.lanes: dict[InstanceId, Lane] = {}
        # Held around a look and around the writing of a pause: a look must not undo a pause that it has not seen.
        self.looking = asyncio.Lock()
        self._ledger, self._clock, self._rng, self._supervisor = ledger, clock, rng, supervisor
        self._clients, self._deliver, self._changed, self._sends = clients, deliver, changed, sends
        self._before_it_sends = before_it_sends
        self._stations: dict[InstanceId, _Station] = {}
        self._pausing: set[InstanceId] = set()  # paused here, and not yet in the ledger
        self._heard: dict[InstanceId, Heard] = {}  # what receipts have said
        self._must_recount = False
        self._last_trial = 0
        self._health = HealthKeeper(ledger, clock, self.lanes, self._write_pause)
        self._warmed_for: dict[InstanceId, datetime] = {}  # the day for which a lane knows its warm-up
        self._portfolios = Portfolios(ledger, clock)
        self._connectivity = Connectivity(ledger, clock, self.lanes)

    def watch_of(self, instance_id: InstanceId) -> Watch | None:
        """Return what is known of how an instance's messages fared."""
        return self._health.watch_of(instance_id)

    @property
    def online(self) -> bool:
        return self._connectivity.online

    # Following the ledger --------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """Open, adopt and close lanes so that they are the ledger's instances."""
        await self._count_trials()
        known = {instance.id: instance for instance in await self._ledger.instances()}
        for instance_id in self._stations.keys() - known.keys():
            await self._close_lane(instance_id)
        opened: list[Lane] = []
        for instance in known.values():
            if station := self._stations.get(instance.id):
                await self._adopt(station, instance)
            elif lane := await self._open_lane(instance):
                opened.append(lane)
        await self._portfolios.join([*self.lanes.values(), *opened])
        for lane in opened:  # together: who answers first must not stand for all
            self._begin(lane)
        await self._connectivity.look()
        self._changed()

    async def _count_trials(self) -> None:
        """Count what operators have sent to themselves meanwhile; lanes that open later read it by themselves."""
        now = self._clock.now()
        for number, instance_id in await self._ledger.trials_after(self._last_trial, now - _TRIALS_OF):
            self._last_trial = number
            if lane := self.lanes.get(instance_id):
                lane.note_elsewhere(now)

    async def follow(self, pauses: Mapping[InstanceId, str | None]) -> None:
        """Take over the pauses that the ledger has, and write those that begin or end by themselves."""
        for instance_id, reason in pauses.items():
            lane = self.lanes.get(instance_id)
            if lane is None or instance_id in self._pausing or reason == lane.instance.pause_reason:
                continue
            lane.adopt(replace(lane.instance, pause_reason=reason, paused_until=None))
            self._changed()
        if self._must_recount:
            self._must_recount = False
            for lane in tuple(self.lanes.values()):
                await self._recount(lane)
        for lane in tuple(self.lanes.values()):
            if lane.instance.warmup != OFF and self._warmed_for.get(lane.instance.id) != lane.day:
                await self._warm(lane)
        await self._end_restrictions()
        await self._keep_daily_limits()
        await self._health.keep()

    def shift(self, by: timedelta) -> None:
        """Follow a wall clock that was set."""
        for lane in self.lanes.values():
            lane.shift(by)
        self._portfolios.shift(self.lanes.values(), by)
        self._health.shift(by)
        # A lane lets a day only go forwards: set back, it would stay in a tomorrow that may be years away.
        self._must_recount = self._must_recount or by < timedelta(0)

    async def close(self) -> None:
        """Close all clients."""
        await asyncio.gather(*(lane.client.close() for lane in self.lanes.values()))

    async def _end_restrictions(self) -> None:
        """A number that WhatsApp has restricted until a moment that it told goes on by itself then."""
        now = self._clock.now()
        for lane in tuple(self.lanes.values()):
            until = lane.paused_until
            if until is None or until > now or lane.instance.id in self._pausing:
                continue
            await self._write_pause(lane, None, {"until": until.isoformat()})

    async def _keep_daily_limits(self) -> None:
        """At its daily limit an instance pauses itself; on the next local day it comes back by itself."""
        now = self._clock.now()
        for lane in tuple(self.lanes.values()):
            limit, used = lane.instance.limits.per_day, lane.usage(now).today
            facts: dict[str, object] = {"used": used, "limit": limit}
            if limit is not None and used >= limit and lane.instance.pause_reason is None and lane.in_flight == 0:
                reached = NewEvent(EventType.LIMIT_REACHED, now, details=facts, instance_id=lane.instance.id)
                await self._ledger.note(reached)
                await self._write_pause(lane, Rule.DAILY_LIMIT.value, facts)
            elif lane.instance.pause_reason == Rule.DAILY_LIMIT and (limit is None or used < limit):
                await self._write_pause(lane, None, facts)

    # Lanes -----------------------------------------------------------------------------------------------------------

    async def _open_lane(self, instance: Instance) -> Lane | None:
        client = self._client_of(instance)
        if client is None:
            return None
        now = self._clock.now()
        recent = self._clock.corrected(await self._ledger.departures(instance.id, self._clock.stamp_of(now - HOUR)))
        lane = Lane(instance, client, await self._count_today(instance, now), recent, now)
        await self._portfolios.load_pairs(lane)
        if instance.warmup != OFF:
            await self._warm(lane)
        return lane

    def _begin(self, lane: Lane) -> None:
        monitor = LaneMonitor(lane, self._ledger, self._clock, self._rng, self._lane_changed, self._before_it_sends)
        monitoring = self._supervisor.spawn(f"monitor:{lane.instance.name}", monitor.run())
        self.lanes[lane.instance.id] = lane
        self._stations[lane.instance.id] = _Station(lane, monitor, monitoring, self._listen(lane))

    async def _close_lane(self, instance_id: InstanceId) -> None:
        station = self._stations.pop(instance_id)
        self.lanes.pop(instance_id)
        await self._supervisor.cancel({station.monitoring, station.listening})
        self._retire(station.lane.client)

    async def _adopt(self, station: _Station, instance: Instance) -> None:
        """Take over what was edited; what is not well gets a new client, for the token may be another one."""
        lane, before = station.lane, station.lane.instance
        if instance.id in self._pausing:
            instance = replace(instance, pause_reason=before.pause_reason, paused_until=before.paused_until)
        lane.adopt(instance)
        if instance.timezone != before.timezone:
            await self._recount(lane)
        if instance.warmup != before.warmup or instance.timezone != before.timezone:
            await self._warm(lane)
        is_well = lane.state is ConnectionState.CONNECTED and before.pause_reason is None
        if is_well and _address(instance) == _address(before):
            return
        client = self._client_of(instance)
        if client is None:
            return
        await self._supervisor.cancel({station.listening})
        self._retire(lane.client)
        lane.client = client
        station.listening = self._listen(lane)
        station.monitor.wake.set()

    async def _warm(self, lane: Lane) -> None:
        """Place the number on its warm-up curve for today; tell when it has got further."""
        instance, before, now = lane.instance, lane.warmup, self._clock.now()
        curve = _curve_of(instance)
        self._warmed_for[instance.id] = lane.day
        if curve is None:
            lane.warm(None)
            return
        zone = ZoneInfo(instance.timezone)
        departures = await self._ledger.departures(instance.id, now - PAST)
        history = Counter(at.astimezone(zone).date() for at in departures)
        today = now.astimezone(zone).date()
        lane.warm(allowance(curve, list(history.items()), today))
        assert lane.warmup is not None
        is_first_look_today = before is None and not history[today]
        details = advanced(before, lane.warmup) if before or is_first_look_today else None
        if details is not None and history:
            event = NewEvent(EventType.WARMUP_ADVANCED, now, details=details, instance_id=instance.id)
            await self._ledger.note(event)
        self._changed()

    def _client_of(self, instance: Instance) -> GatewayClient | None:
        try:
            return self._clients(instance)
        except KnownError as error:
            log.warning("instance %s cannot be used: %s", instance.name, error.code)
            return None

    def _listen(self, lane: Lane) -> asyncio.Task[None]:
        return self._supervisor.spawn(f"listen:{lane.instance.name}", lane.client.listen(self._deliver))

    def _retire(self, client: GatewayClient) -> None:
        """Close a client once nothing that may have been given to it is under way."""
        self._supervisor.chore("close", _close_after(self._sends(), client))

    async def _count_today(self, instance: Instance, now: datetime) -> int:
        departures = await self._ledger.departures(instance.id, local_midnight(now, instance.timezone))
        # What a wrong clock has put into another day counts there.
        return bisect_left(departures, next_local_midnight(now, instance.timezone))

    async def _recount(self, lane: Lane) -> None:
        now, under_way = self._clock.now(), lane.in_flight - lane.departed
        today = await self._count_today(lane.instance, now)
        lane.recount(today, under_way + lane.departed, now)

    # What outcomes and gateways say ----------------------------------------------------------------------------------

    def settle(self, lane: Lane, decided: Next, departed_at: datetime) -> None:
        """Act on what the outcome of a message means for its instance."""
        now = self._clock.now()
        has_failed = decided.status is RecipientStatus.FAILED
        before = lane.settle(departed_at, systemic=decided.systemic, failed=has_failed, now=now)
        self._note_breaker(lane, before, now)
        if decided.systemic is not None:
            # A bad contact says nothing about the number that wrote to it.
            self._health.note(lane.instance.id, left=not decided.systemic)
        match decided.instance:
            case InstanceEffect.NONE:
                return
            case InstanceEffect.REST:
                lane.rest_at_least(Wait(Rule.THROTTLED, decided.rest_until))
                return
            case InstanceEffect.PAUSE:
                self._pause(lane, decided.reason or "gateway_error")
            case InstanceEffect.DOWN:
                lane.state = ConnectionState.DISCONNECTED
            case InstanceEffect.UNREACHABLE:  # pragma: no branch  There are no more.
                lane.reachable = False
                lane.rest_at_least(Wait(Rule.UNREACHABLE, decided.rest_until))
                self._supervisor.chore("connectivity", self._connectivity.look())
        if station := self._stations.get(lane.instance.id):
            station.monitor.wake.set()

    def give_back(self, lane: Lane, departed_at: datetime) -> None:
        """Note that what was about to leave could not be claimed: if it was the breaker's probe, there was none."""
        lane.settle(departed_at, systemic=None, failed=False, now=self._clock.now())

    def hear(self, change: StateChanged) -> None:
        """Take a state that a gateway reported by itself."""
        if station := self._stations.get(change.instance_id):
            station.monitor.heard(change)

    def hear_receipt(self, receipt: Receipt) -> None:
        """Take what a receipt says of the number that the message was sent with."""
        lane = self.lanes.get(receipt.instance_id)
        if lane is None:
            return
        before, gateway = self._heard.get(lane.instance.id, Heard()), lane.instance.gateway
        self._heard[lane.instance.id], alarm = hear(before, receipt, gateway, self._clock.now())
        if alarm is None:
            return
        self._pause(lane, alarm.reason, alarm.facts, alarm.until)

    def _pause(
        self, lane: Lane, reason: str, facts: Mapping[str, object] | None = None, until: datetime | None = None
    ) -> None:
        if lane.instance.pause_reason is None:
            lane.adopt(replace(lane.instance, pause_reason=reason, paused_until=until))
            self._pausing.add(lane.instance.id)
            self._supervisor.chore(
                f"pause:{lane.instance.name}", self._write_own_pause(lane, reason, facts or {}, until)
            )

    async def _write_own_pause(
        self, lane: Lane, reason: str, facts: Mapping[str, object], until: datetime | None
    ) -> None:
        async with self.looking:
            await self._write_pause(lane, reason, facts, until)
            self._pausing.discard(lane.instance.id)

    async def _write_pause(
        self, lane: Lane, reason: str | None, facts: Mapping[str, object], until: datetime | None = None
    ) -> None:
        lane.adopt(replace(lane.instance, pause_reason=reason, paused_until=until))
        instance_id, now = lane.instance.id, self._clock.now()
        try:
            if reason is None:
                await self._ledger.resume_instance(instance_id, now, facts)
            else:
                await self._ledger.pause_instance(instance_id, reason, now, facts, until)
        except KnownError as error:
            # Removed a moment ago by another process: the lane is closed at the next look.
            log.info("the pause of instance %s was not kept: %s", lane.instance.name, error.code)
        self._changed()

    async def _lane_changed(self) -> None:
        await self._connectivity.look()
        self._changed()

    def _note_breaker(self, lane: Lane, before: Breaker, now: datetime) -> None:
        after = lane.breaker
        if before.state is not BreakerState.OPEN and after.state is BreakerState.OPEN:
            facts = {"errors": after.errors, "cool_down_s": after.cool_down_s}
            event = NewEvent(EventType.BREAKER_OPENED, now, Severity.WARNING, facts, instance_id=lane.instance.id)
        elif before.state is not BreakerState.CLOSED and after.state is BreakerState.CLOSED:
            event = NewEvent(EventType.BREAKER_CLOSED, now, instance_id=lane.instance.id)
        else:
            return
        self._supervisor.chore(f"breaker:{lane.instance.name}", self._ledger.note(event))


def _curve_of(instance: Instance) -> Curve | None:
    try:
        return curve_of(instance.warmup)
    except KnownError as error:
        # Written by a newer version, or by hand: the standard curve is the careful choice.
        log.warning("the warm-up of instance %s is not understood: %s", instance.name, error.code)
        return STANDARD


def _address(instance: Instance) -> tuple[object, ...]:
    """Return what a client is built from, its token apart."""
    place = (instance.gateway, instance.base_url, instance.remote_name, instance.name)
    return *place, instance.phone_id, instance.waba_id, instance.options


async def _close_after(sends: set[asyncio.Task[None]], client: GatewayClient) -> None:
    if sends:
        await asyncio.wait(sends)
    await client.close()
