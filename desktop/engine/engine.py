"""The sending engine: runs on plain asyncio, acts on the decisions of `policy`, trusts nothing but the ledger.

It owns a runner a campaign, the stations of the instances, and the side tasks: reconciler, inbox, poller.
What another process or the window decides reaches it through the ledger, several times a second; no second way.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.clock_mark import ClockMark
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.receipt import GapEnded, Inbound, Receipt, StateChanged
from desktop.domain.recipient import RecipientStatus
from desktop.engine.clock import WatchedClock, wait
from desktop.engine.clock_marks import ClockMarks
from desktop.engine.explaining import explain_lane, explain_runner
from desktop.engine.hours import Hours, IsHoliday, no_holidays
from desktop.engine.inbound import Inbox, ReceiptPoller
from desktop.engine.lane import Lane
from desktop.engine.missed import MissedReplies, Notes
from desktop.engine.opt_out_replies import Confirmer
from desktop.engine.ports import (
    CampaignPlan,
    Clock,
    ContentRenderer,
    ControlState,
    GatewayFactory,
    Ledger,
    OptOutReplies,
    Unconfirmed,
)
from desktop.engine.purse import Purse
from desktop.engine.reconcile import Reconciler
from desktop.engine.runner import Runner
from desktop.engine.sender import Sender, Sent
from desktop.engine.stations import Stations
from desktop.engine.supervisor import Supervisor, first_of
from desktop.policy.explain import Explanation, Subject
from desktop.policy.scheduling import MOST_RUNNING, AskFirst, Runnable, choose_running, late_schedule
from desktop.policy.waiting import Rule, Wait

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.25
ASLEEP_S = 30.0  # who waits so much longer has slept: the machine did, or the process was stopped
STOP_TIMEOUT_S = 75.0  # longer than the read time-out of a text message


Receive = Callable[[Sequence[Inbound]], Awaitable[None]]
Companion = Callable[[Receive], Coroutine[Any, Any, None]]
"""Runs beside the engine and hands over what comes in another way; it ends before the last of that is written."""


def _nowhere(_phone: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What the composition root hands to the engine."""

    ledger: Ledger
    clients: GatewayFactory
    renderer: ContentRenderer
    clock: Clock
    rng: Random
    is_opt_out: Callable[[str], Awaitable[bool]]  # asked for each reply: the words may change meanwhile
    host: str
    pid: int
    # How long after a start everything can still be taken back, in seconds; asked at each start.
    start_grace: Callable[[], Awaitable[float]]
    boot: str = ""  # names this start of the machine
    holidays: Callable[[str], IsHoliday] = no_holidays  # by the code of a country, or of a region
    default_zone: str = "UTC"  # of recipients whose own is not known
    keeps_texts: bool = False  # events hold the words of messages
    market_of: Callable[[str], str] = _nowhere  # the market of a phone, by which providers price
    opt_out_replies: OptOutReplies | None = None
    companions: Mapping[str, Companion] = field(default_factory=dict[str, Companion])  # by the name of their task
    unheard: Notes | None = None  # who could not be asked for what they missed
    unwritten: deque[Inbound] = field(default_factory=deque[Inbound])  # what an engine before this one could not write


class Engine:
    """One engine sends at a time on one home; who may be it is decided before (a lock held by the composition root)."""

    def __init__(self, parts: EngineParts) -> None:
        self._parts = parts
        self._ledger, self._rng = parts.ledger, parts.rng
        self._clock = WatchedClock(parts.clock, self._on_jump, parts.boot)
        self._marks = ClockMarks(self._ledger, self._clock)
        self._supervisor = Supervisor()
        self._runners: dict[CampaignId, Runner] = {}  # who has waited longest first
        self._queued: dict[CampaignId, Wait] = {}  # running, and without a place to send
        self._revision = -1
        self._stop = asyncio.Event()
        self._look = asyncio.Event()
        self._inbox = Inbox(
            self._ledger, parts.is_opt_out, self._on_state, self._on_receipt, self._on_gap, parts.unwritten
        )
        self._stations = Stations(
            self._ledger,
            self._clock,
            self._rng,
            self._supervisor,
            parts.clients,
            self._inbox.deliver,
            self._on_lanes_changed,
            self._sends,
            self._before_it_sends,
        )
        self._reconciler = Reconciler(self._ledger, self._clock, self._stations.lanes, self.wake_runners)
        self._poller = ReceiptPoller(self._ledger, self._clock, self._lane_of, self._inbox)
        self._missed = MissedReplies(self._stations.lanes, self._clock, self._inbox.receive, parts.unheard)
        self._purse = Purse(self._ledger, self._clock, parts.market_of)
        self._sender: Sender | None = None
        self._control_task: asyncio.Task[None] | None = None

    # What the runners ask ------------------------------------------------------------------------------------------

    @property
    def lanes(self) -> Mapping[InstanceId, Lane]:
        return self._stations.lanes

    def stuck_in_doubt(self, campaign_id: CampaignId, in_doubt: int) -> bool:
        return self._reconciler.is_stuck(campaign_id, in_doubt)

    def lane_settled(self, sent: Sent) -> None:
        """Act on an outcome, or on a claim that was refused, and wake whoever waits for a place in the lane."""
        if sent.next is None:
            # Most likely somebody has paused or cancelled the campaign: learn that before the next try.
            self._look.set()
            self._stations.give_back(sent.lane, sent.departed_at)
        else:
            self._stations.settle(sent.lane, sent.next, sent.departed_at)
            if sent.next.status is RecipientStatus.IN_DOUBT:
                self._reconciler.wake.set()
        # Who has just sent is woken last: one campaign must not keep a lane from the others.
        campaign_id = sent.candidate.campaign_id
        self._runners[campaign_id] = self._runners.pop(campaign_id)
        self.wake_runners()

    def wake_runners(self) -> None:
        for runner in self._runners.values():
            runner.wake.set()

    # What the screens ask ------------------------------------------------------------------------------------------

    @property
    def online(self) -> bool:
        return self._stations.online

    @property
    def holder(self) -> str | None:
        return None

    @property
    def in_flight(self) -> int:
        """Messages whose answer is awaited right now."""
        return sum(lane.in_flight for lane in self.lanes.values())

    def why_idle(self, instance_id: InstanceId) -> tuple[str, datetime | None] | None:
        """Return the rule that an instance waits for and until when; None while it is free or sending."""
        lane = self.lanes.get(instance_id)
        if lane is None:
            return None
        waiting = lane.wait(self._clock.now())
        if waiting is None:
            return None if self._runners else (Rule.NOTHING_TO_DO.value, None)
        return None if waiting.rule is Rule.IN_FLIGHT else (waiting.rule.value, waiting.until)

    def next_departure(self, campaign_id: CampaignId) -> tuple[str, datetime | None] | None:
        """Return the rule that a running campaign waits for and until when; None while it is sending."""
        if queued := self._queued.get(campaign_id):
            return queued.rule.value, queued.until
        runner = self._runners.get(campaign_id)
        if runner is None or runner.waiting is None:
            return None
        waiting: Wait = runner.waiting if self.online else Wait(Rule.OFFLINE)
        return waiting.rule.value, waiting.until

    def explain_instance(self, instance_id: InstanceId) -> Explanation | None:
        """Explain why nothing leaves through an instance now; None when there is no lane of it."""
        lane = self.lanes.get(instance_id)
        return explain_lane(lane, self._stations.watch_of(instance_id), self._clock.now()) if lane else None

    def explain_campaign(self, campaign_id: CampaignId) -> Explanation | None:
        """Explain why nothing of a campaign leaves now; None when it does not run here."""
        if queued := self._queued.get(campaign_id):
            return Explanation(Subject.CAMPAIGN, (queued,))
        runner = self._runners.get(campaign_id)
        if runner is None:
            return None
        now = self._clock.now()
        instances = {
            instance_id: (lane.instance.name, explain_lane(lane, self._stations.watch_of(instance_id), now))
            for instance_id, lane in self.lanes.items()
        }
        return explain_runner(runner, instances, online=self.online, now=now)

    def look_again(self) -> None:
        """Read the ledger at once: an intention was just written."""
        self._look.set()

    # Life ----------------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Send until `stop` is called, or until a side task dies: that error is then raised after an orderly end."""
        run_id = await self._ledger.begin_run(self._clock.now(), self._parts.host, self._parts.pid)
        self._sender = Sender(
            self._ledger, self._clock, self._rng, run_id, self._marks.write, keeps_texts=self._parts.keeps_texts
        )
        try:
            await self._missed.begin(await self._marks.begin())
            # Before the reconciler asks: what it cannot ask counts as a try.
            await self._stations.load()
            await self._purse.refresh()
            self._control_task = self._supervisor.spawn("control", self._control())
            self._supervisor.spawn("inbox", self._inbox.run())
            self._supervisor.spawn("reconcile", self._reconciler.run())
            self._supervisor.spawn("receipts", self._poller.run())
            self._supervisor.spawn("missed replies", self._missed.run())
            if self._parts.opt_out_replies is not None:
                confirmer = Confirmer(self._parts.opt_out_replies, self.lanes, self._clock, self._rng)
                self._supervisor.spawn("opt-out replies", confirmer.run())
            for name, companion in self._parts.companions.items():
                self._supervisor.spawn(name, companion(self._inbox.receive))
            await self._until_stopped()
            await self._marks.renew()
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
        if self._control_task is not None:
            await self._supervisor.cancel({self._control_task})  # or it would start runners anew
        for runner in self._runners.values():
            runner.stop()
        if sends := self._sends():
            log.info("stopping: waiting for %d messages in flight", len(sends))
            time_is_up = wait(self._clock, self._clock.now() + timedelta(seconds=STOP_TIMEOUT_S), asyncio.Event())
            await first_of(sends=asyncio.wait(sends), time_is_up=time_is_up)
            await self._supervisor.cancel(sends)
        await self._supervisor.finish_chores()
        await self._supervisor.cancel()
        await self._inbox.drain()
        await self._stations.close()

    def _sends(self) -> set["asyncio.Task[None]"]:
        return {task for runner in self._runners.values() for task in runner.in_flight}

    # Following the ledger ------------------------------------------------------------------------------------------

    async def _control(self) -> None:
        while not self._stop.is_set():
            async with self._stations.looking:
                await self._look_once()
            began_s = self._clock.monotonic()
            await wait(self._clock, self._clock.now() + timedelta(seconds=LOOK_EVERY_S), self._look)
            await self._note_sleep(self._clock.monotonic() - began_s)

    async def _note_sleep(self, waited_s: float) -> None:
        """Tell the timeline when a wait of a moment took much longer: nothing was sent, and nobody was at fault."""
        if waited_s < ASLEEP_S:
            return
        log.info("woke after %.0f s", waited_s)
        details = {"slept_s": round(waited_s)}
        await self._ledger.note(NewEvent(EventType.CAME_ONLINE, self._clock.now(), details=details))

    async def _look_once(self) -> None:
        await self._marks.renew_when_due()
        await self._purse.refresh_when_due()
        state = await self._ledger.control_state()
        if state.revision != self._revision:
            await self._stations.load()
            self._revision = state.revision
        await self._stations.follow(state.instances)
        await self._follow_campaigns(state)
        await self._start_due()

    def _on_jump(self, jump: ClockMark) -> None:
        by = jump.set_by
        log.info("the wall clock was set by %.3f s", by.total_seconds())
        self._marks.note(jump)
        self._stations.shift(by)
        for runner in self._runners.values():
            runner.shift(by)
        self._look.set()

    async def _follow_campaigns(self, state: ControlState) -> None:
        """Let the most important ones send; who is displaced by one of them goes on when a place is free again."""
        selection = choose_running([Runnable(i, p.priority, p.started_at) for i, p in state.running.items()])
        self._queued = dict(selection.waiting)
        for campaign_id, runner in self._runners.items():
            known = runner.plan.campaign.updated_at
            # It may have been paused, edited and resumed between two looks: then it begins anew, as it was edited.
            if campaign_id not in selection.running or state.running[campaign_id].updated_at != known:
                runner.stop()
        for campaign_id in selection.running:
            # A displaced one keeps its place until what it has in flight is recorded.
            if campaign_id not in self._runners and len(self._runners) < MOST_RUNNING:
                await self._start_runner(campaign_id)

    async def _start_runner(self, campaign_id: CampaignId) -> None:
        assert self._sender is not None
        try:
            plan = await self._ledger.plan(campaign_id)
            hours = await self._hours_of(plan)
            grace_s = await self._parts.start_grace()
        except KnownError as error:
            log.info("campaign %s is gone: %s", campaign_id, error.code)
            return
        if plan.campaign.status is not CampaignStatus.RUNNING:
            return  # it ended while this look was going on
        self._reconciler.ask_again(campaign_id)
        runner = Runner(
            plan,
            self._ledger,
            self._sender,
            self,
            self._parts.renderer,
            hours,
            self._clock,
            self._rng,
            self._supervisor,
            self._on_runner_finished,
            self._purse,
            grace_s,
        )
        self._runners[campaign_id] = runner
        self._supervisor.spawn(f"campaign:{campaign_id}", runner.run())

    async def _hours_of(self, plan: CampaignPlan) -> Hours:
        window = plan.campaign.draft.window
        zones = await self._ledger.zones(plan.campaign.id) if window else ()
        return Hours(window, zones, self._parts.default_zone, self._parts.holidays)

    def _on_runner_finished(self, campaign_id: CampaignId) -> None:
        self._runners.pop(campaign_id, None)
        self._look.set()

    async def _start_due(self) -> None:
        now = self._clock.now()
        for campaign in await self._ledger.due_schedules(now):
            at = campaign.draft.schedule_at
            if at is not None and isinstance(late_schedule(at, now), AskFirst):
                # The machine slept, or the program was closed: an hour may have been chosen for good reasons.
                await self._put_back(campaign.id, KnownError("late", f"It was to start at {at.isoformat()}."), now)
                continue
            try:
                await self._ledger.act(campaign.id, CampaignAction.START, now, None, None)
            except KnownError as error:
                await self._put_back(campaign.id, error, now)

    async def _put_back(self, campaign_id: CampaignId, error: KnownError, now: datetime) -> None:
        """Make a scheduled campaign that cannot start as it is a draft again: it waits for the operator."""
        try:
            await self._ledger.act(campaign_id, CampaignAction.UNSCHEDULE, now, error.code, None)
        except KnownError as gone:
            log.info("campaign %s is not scheduled any more: %s", campaign_id, gone.code)
            return
        log.warning("scheduled campaign %s was refused: %s", campaign_id, error.code)
        await self._ledger.note(_refused(campaign_id, error, now))

    # What reaches the engine from its parts --------------------------------------------------------------------------

    def _on_lanes_changed(self) -> None:
        self._reconciler.wake.set()
        self.wake_runners()

    def _on_state(self, change: StateChanged) -> None:
        self._stations.hear(change)

    def _on_receipt(self, receipt: Receipt) -> None:
        self._stations.hear_receipt(receipt)

    async def _before_it_sends(self, lane: Lane) -> None:
        await self._missed.before_it_sends(lane)

    def _on_gap(self, gap: GapEnded) -> None:
        self._poller.catch_up(gap.instance_id)
        self._missed.gap(gap)

    def _lane_of(self, unconfirmed: Unconfirmed) -> Lane | None:
        return self.lanes.get(unconfirmed.instance_id)


def _refused(campaign_id: CampaignId, error: KnownError, now: datetime) -> NewEvent:
    return NewEvent(EventType.ERROR, now, Severity.ERROR, {"code": error.code}, campaign_id=campaign_id)
