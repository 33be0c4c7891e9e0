"""The sending engine: runs on plain asyncio, acts on the decisions of `policy`, trusts nothing but the ledger.

It owns a lane an instance, a runner a campaign, and the side tasks: listeners, monitors, reconciler, poller.
What another process or the window decides reaches it through the ledger, several times a second; no second way.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.receipt import StateChanged
from desktop.engine.clock import wait
from desktop.engine.inbound import Inbox, ReceiptPoller
from desktop.engine.lane import Lane
from desktop.engine.monitor import Connectivity, LaneMonitor
from desktop.engine.ports import Clock, ContentRenderer, ControlState, GatewayFactory, Ledger, Unconfirmed
from desktop.engine.reconcile import Reconciler
from desktop.engine.runner import Runner
from desktop.engine.sender import Sender, Sent
from desktop.engine.supervisor import Supervisor, first_of
from desktop.policy.breaker import Breaker, BreakerState
from desktop.policy.limits import HOUR, local_midnight
from desktop.policy.retry import InstanceEffect
from desktop.policy.waiting import Rule, Wait

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.25
MAX_RUNNING = 5  # Source: product.md §2 (system D)
STOP_TIMEOUT_S = 75.0  # longer than the read time-out of a text message


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What the composition root hands to the engine."""

    ledger: Ledger
    clients: GatewayFactory
    renderer: ContentRenderer
    clock: Clock
    rng: Random
    is_opt_out: Callable[[str], bool]
    host: str
    pid: int


@dataclass(slots=True)
class _Station:
    """A lane with its two side tasks."""

    lane: Lane
    monitor: LaneMonitor
    tasks: set["asyncio.Task[None]"]


class Engine:
    """One engine sends at a time on one home; who may be it is decided before (a lock held by the composition root)."""

    def __init__(self, parts: EngineParts) -> None:
        self._parts = parts
        self._ledger, self._clock, self._rng = parts.ledger, parts.clock, parts.rng
        self._supervisor = Supervisor()
        self._lanes: dict[InstanceId, Lane] = {}
        self._stations: dict[InstanceId, _Station] = {}
        self._runners: dict[CampaignId, Runner] = {}
        self._revision = -1
        self._stop = asyncio.Event()
        self._look = asyncio.Event()
        self._connectivity = Connectivity(self._ledger, self._clock, self._lanes)
        self._inbox = Inbox(self._ledger, parts.is_opt_out, self._on_state)
        self._reconciler = Reconciler(self._ledger, self._clock, self._lanes, self.wake_runners)
        self._poller = ReceiptPoller(self._ledger, self._clock, self._lane_of, self._inbox)
        self._sender: Sender | None = None

    # What the runners ask ------------------------------------------------------------------------------------------

    @property
    def lanes(self) -> Mapping[InstanceId, Lane]:
        return self._lanes

    def stuck_in_doubt(self, campaign_id: CampaignId) -> bool:
        return self._reconciler.is_stuck(campaign_id)

    def lane_settled(self, sent: Sent) -> None:
        """Adjust the instance after an outcome, and wake whoever waits for a place in its lane."""
        lane, decided = sent.lane, sent.next
        if decided is not None:
            now = self._clock.now()
            before = lane.settle(systemic=decided.systemic, failed=decided.reason is not None, now=now)
            self._note_breaker(lane, before, now)
            self._affect(lane, decided.instance, decided.reason, decided.rest_until)
            if decided.status == "in_doubt":
                self._reconciler.wake.set()
        self.wake_runners()

    def wake_runners(self) -> None:
        for runner in self._runners.values():
            runner.wake.set()

    # What the screens ask ------------------------------------------------------------------------------------------

    @property
    def online(self) -> bool:
        return self._connectivity.online

    @property
    def holder(self) -> str | None:
        return None

    @property
    def in_flight(self) -> int:
        """Messages whose answer is awaited right now."""
        return sum(lane.in_flight for lane in self._lanes.values())

    def why_idle(self, instance_id: InstanceId) -> tuple[str, datetime | None] | None:
        """Return the rule that an instance waits for and until when; None while it is free or sending."""
        lane = self._lanes.get(instance_id)
        if lane is None:
            return None
        waiting = lane.wait(self._clock.now())
        if waiting is None:
            return None if self._runners else (Rule.NOTHING_TO_DO.value, None)
        return None if waiting.rule is Rule.IN_FLIGHT else (waiting.rule.value, waiting.until)

    def next_departure(self, campaign_id: CampaignId) -> tuple[str, datetime | None] | None:
        """Return the rule that a running campaign waits for and until when; None while it is sending."""
        runner = self._runners.get(campaign_id)
        if runner is None or runner.waiting is None:
            return None
        waiting: Wait = runner.waiting if self.online else Wait(Rule.OFFLINE)
        return waiting.rule.value, waiting.until

    def look_again(self) -> None:
        """Read the ledger at once: an intention was just written."""
        self._look.set()

    # Life ----------------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Send until `stop` is called, or until a side task dies: that error is then raised after an orderly end."""
        run_id = await self._ledger.begin_run(self._clock.now(), self._parts.host, self._parts.pid)
        self._sender = Sender(self._ledger, self._clock, self._rng, run_id)
        try:
            self._supervisor.spawn("control", self._control())
            self._supervisor.spawn("inbox", self._inbox.run())
            self._supervisor.spawn("reconcile", self._reconciler.run())
            self._supervisor.spawn("receipts", self._poller.run())
            await self._until_stopped()
        finally:
            await self._shut_down()
            await self._ledger.end_run(run_id, self._clock.now())
        if self._supervisor.failure is not None:
            raise self._supervisor.failure

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is in flight has been recorded."""
        self._stop.set()

    async def collect_receipts(self) -> None:
        """Poll once for receipts that have not come; for a run that is about to end."""
        await self._poller.poll_due()

    async def _until_stopped(self) -> None:
        await first_of(stop=self._stop.wait(), failure=self._supervisor.failed.wait())

    async def _shut_down(self) -> None:
        runners = list(self._runners.values())
        for runner in runners:
            runner.stop()
        sends = {task for runner in runners for task in runner.in_flight}
        if sends:
            log.info("stopping: waiting for %d messages in flight", len(sends))
            _done, late = await asyncio.wait(sends, timeout=STOP_TIMEOUT_S)
            await self._supervisor.cancel(set(late))
        await self._supervisor.cancel()
        await self._inbox.drain()
        await asyncio.gather(*(station.lane.client.close() for station in self._stations.values()))

    # Following the ledger ------------------------------------------------------------------------------------------

    async def _control(self) -> None:
        while not self._stop.is_set():
            state = await self._ledger.control_state()
            if state.revision != self._revision:
                await self._load_instances()
                self._revision = state.revision
            await self._follow_pauses(state)
            await self._keep_daily_limits()
            await self._follow_campaigns(state)
            await self._start_due()
            await wait(self._clock, self._clock.now() + timedelta(seconds=LOOK_EVERY_S), self._look)

    async def _load_instances(self) -> None:
        known = {instance.id: instance for instance in await self._ledger.instances()}
        for instance_id in self._stations.keys() - known.keys():
            station = self._stations.pop(instance_id)
            self._lanes.pop(instance_id)
            await self._supervisor.cancel(set(station.tasks))
            await station.lane.client.close()
        for instance in known.values():
            if instance.id in self._lanes:
                self._lanes[instance.id].adopt(instance)
            else:
                await self._open_lane(instance)
        self.wake_runners()

    async def _open_lane(self, instance: Instance) -> None:
        try:
            client = self._parts.clients(instance)
        except KnownError as error:
            log.warning("instance %s cannot be used: %s", instance.name, error.code)
            return
        now = self._clock.now()
        midnight = local_midnight(now, instance.timezone)
        departures = await self._ledger.departures(instance.id, min(midnight, now - HOUR))
        today = sum(1 for at in departures if at >= midnight)
        lane = Lane(instance, client, today, [at for at in departures if at >= now - HOUR], now)
        monitor = LaneMonitor(lane, self._ledger, self._clock, self._rng, self._lane_changed)
        self._lanes[instance.id] = lane
        tasks = {
            self._supervisor.spawn(f"monitor:{instance.name}", monitor.run()),
            self._supervisor.spawn(f"listen:{instance.name}", client.listen(self._inbox.deliver)),
        }
        self._stations[instance.id] = _Station(lane, monitor, tasks)

    async def _follow_pauses(self, state: ControlState) -> None:
        for instance_id, lane in self._lanes.items():
            reason = state.instances.get(instance_id)
            if instance_id in state.instances and reason != lane.instance.pause_reason:
                lane.adopt(replace(lane.instance, pause_reason=reason))
                self.wake_runners()

    async def _keep_daily_limits(self) -> None:
        """At its daily limit an instance pauses itself; on the next local day it comes back by itself."""
        now = self._clock.now()
        for lane in self._lanes.values():
            limit, used = lane.instance.limits.per_day, lane.usage(now).today
            facts: dict[str, object] = {"used": used, "limit": limit}
            if limit is not None and used >= limit and lane.instance.pause_reason is None and lane.in_flight == 0:
                await self._pause_instance(lane, Rule.DAILY_LIMIT.value, facts)
            elif lane.instance.pause_reason == Rule.DAILY_LIMIT and (limit is None or used < limit):
                lane.adopt(replace(lane.instance, pause_reason=None))
                await self._ledger.resume_instance(lane.instance.id, now, facts)
                self.wake_runners()

    async def _follow_campaigns(self, state: ControlState) -> None:
        running = [campaign_id for campaign_id, status in state.campaigns.items() if status == "running"]
        for campaign_id, runner in self._runners.items():
            if campaign_id not in running:
                runner.stop()
        for campaign_id in running:
            if campaign_id not in self._runners and len(self._runners) < MAX_RUNNING:
                await self._start_runner(campaign_id)

    async def _start_runner(self, campaign_id: CampaignId) -> None:
        assert self._sender is not None
        plan = await self._ledger.plan(campaign_id)
        runner = Runner(
            plan,
            self._ledger,
            self._sender,
            self,
            self._parts.renderer,
            self._clock,
            self._rng,
            self._supervisor,
            self._on_runner_finished,
        )
        self._runners[campaign_id] = runner
        self._supervisor.spawn(f"campaign:{campaign_id}", runner.run())

    def _on_runner_finished(self, campaign_id: CampaignId) -> None:
        self._runners.pop(campaign_id, None)
        self._look.set()

    async def _start_due(self) -> None:
        now = self._clock.now()
        for campaign in await self._ledger.due_schedules(now):
            try:
                await self._ledger.act(campaign.id, CampaignAction.START, now, None, None)
            except KnownError as error:
                # It cannot start as it is: it waits for the operator as a cancelled draft would not.
                log.warning("scheduled campaign %s was refused: %s", campaign.id, error.code)
                await self._ledger.note(_refused(campaign.id, error, now))
                await self._ledger.act(campaign.id, CampaignAction.UNSCHEDULE, now, error.code, None)

    # Effects on instances ------------------------------------------------------------------------------------------

    def _affect(self, lane: Lane, effect: InstanceEffect, reason: str | None, rest_until: datetime | None) -> None:
        match effect:
            case InstanceEffect.NONE:
                return
            case InstanceEffect.REST:
                lane.rest_until = rest_until
            case InstanceEffect.PAUSE:
                if lane.instance.pause_reason is None:
                    lane.adopt(replace(lane.instance, pause_reason=reason))
                    name = f"pause:{lane.instance.name}"
                    self._supervisor.spawn(name, self._pause_instance(lane, reason or "gateway_error", {}))
            case InstanceEffect.DOWN:
                lane.state = ConnectionState.DISCONNECTED
                self._stations[lane.instance.id].monitor.wake.set()
            case InstanceEffect.UNREACHABLE:
                lane.reachable = False
                self._supervisor.spawn("connectivity", self._connectivity.look())
                self._stations[lane.instance.id].monitor.wake.set()

    async def _pause_instance(self, lane: Lane, reason: str, facts: Mapping[str, object]) -> None:
        lane.adopt(replace(lane.instance, pause_reason=reason))
        await self._ledger.pause_instance(lane.instance.id, reason, self._clock.now(), facts)

    async def _lane_changed(self) -> None:
        await self._connectivity.look()
        self._reconciler.wake.set()
        self.wake_runners()

    def _on_state(self, change: StateChanged) -> None:
        station = self._stations.get(change.instance_id)
        if station is not None:
            station.monitor.heard(change)

    def _lane_of(self, unconfirmed: Unconfirmed) -> Lane | None:
        return self._lanes.get(unconfirmed.instance_id)

    def _note_breaker(self, lane: Lane, before: Breaker, now: datetime) -> None:
        after = lane.breaker
        if before.state is not BreakerState.OPEN and after.state is BreakerState.OPEN:
            facts = {"errors": after.errors, "cool_down_s": after.cool_down_s}
            event = NewEvent(EventType.BREAKER_OPENED, now, Severity.WARNING, facts, instance_id=lane.instance.id)
        elif before.state is not BreakerState.CLOSED and after.state is BreakerState.CLOSED:
            event = NewEvent(EventType.BREAKER_CLOSED, now, instance_id=lane.instance.id)
        else:
            return
        self._supervisor.spawn(f"breaker:{lane.instance.name}", self._ledger.note(event))


def _refused(campaign_id: CampaignId, error: KnownError, now: datetime) -> NewEvent:
    return NewEvent(EventType.ERROR, now, Severity.ERROR, {"code": error.code}, campaign_id=campaign_id)
