"""One running campaign: takes its recipients in order, waits for pace and lanes, hands each to the sender.

Who is next comes from `recipients.py`; the claim in the ledger decides, so a pause or a cancel from anywhere takes
effect at once.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId, VariationId
from desktop.domain.recipient import Candidate, Reason
from desktop.domain.summaries import CampaignCounts
from desktop.engine.answering import Answering
from desktop.engine.clock import WatchedClock, wait
from desktop.engine.departures import Departures
from desktop.engine.experiment import Experiment
from desktop.engine.hours import Hours
from desktop.engine.lane import Lane
from desktop.engine.ports import CampaignPlan, ContentRenderer, Ledger, MissingValue, Price, Rendered
from desktop.engine.purse import Purse
from desktop.engine.recipients import RecipientQueue
from desktop.engine.sender import Sender, Sent, returned
from desktop.engine.supervisor import Supervisor
from desktop.policy.limit_profiles import BUDGET_RULES, PROFILES, PausesCampaign, limit_behind, on_limits
from desktop.policy.limits import HOUR
from desktop.policy.pacing import PaceState, departed, pace_wait, replay, shifted
from desktop.policy.retry import Next
from desktop.policy.rotation import MOMENTARY, OF_A_PERSON, Choice, LaneState, NoneAvailable, choose_instance
from desktop.policy.waiting import Rule, Wait, longest

log = logging.getLogger(__name__)

LOOK_SELDOM_S = 15.0
LOOK_EVERY_S = 1.0  # for retries that are due, and for what others did to a campaign that waits
BUCKET_PAST = timedelta(minutes=1)  # enough of a token bucket's past; more may be very much
CONTENT_FAULTS_THAT_PAUSE = 3
NOT_OF_THE_NUMBER = OF_A_PERSON | BUDGET_RULES


class Host(Protocol):
    """What a runner asks of the engine around it."""

    @property
    def lanes(self) -> Mapping[InstanceId, Lane]: ...

    def lane_settled(self, sent: Sent) -> None:
        """An outcome was recorded, or the claim was refused: adjust the instance, wake whoever waits for it."""
        ...

    def stuck_in_doubt(self, campaign_id: CampaignId, in_doubt: int) -> bool:
        """Tell whether so many recipients in doubt, all of the campaign's, proved impossible to settle by asking."""
        ...


class Runner:
    """Works one campaign until it is complete, stopped, or no longer running in the ledger."""

    def __init__(
        self,
        plan: CampaignPlan,
        ledger: Ledger,
        sender: Sender,
        host: Host,
        renderer: ContentRenderer,
        hours: Hours,
        clock: WatchedClock,
        rng: Random,
        supervisor: Supervisor,
        on_finished: Callable[[CampaignId], None],
        purse: Purse,
        grace_s: float = 0.0,
    ) -> None:
        self.plan = plan
        self._grace_s = grace_s
        self.wake = asyncio.Event()
        self.waiting: Wait | None = None
        self._ledger, self._sender, self._host = ledger, sender, host
        self._renderer, self._clock, self._rng = renderer, clock, rng
        self._supervisor, self._on_finished = supervisor, on_finished
        self._hours = hours
        self._purse = purse
        self._experiment = Experiment(ledger, clock, rng)
        self._answering = Answering(ledger, clock)
        self._queue = RecipientQueue(plan.campaign.id, ledger, clock, hours)
        self._in_flight: set[asyncio.Task[None]] = set()
        self._last_instance: InstanceId | None = None
        self._pace = PaceState()
        self._recent = Departures((), 0)
        self._content_faults = 0
        self._stopping = False

    @property
    def campaign_id(self) -> CampaignId:
        return self.plan.campaign.id

    @property
    def in_flight(self) -> frozenset[asyncio.Task[None]]:
        return frozenset(self._in_flight)

    @property
    def pace_state(self) -> PaceState:
        return self._pace

    @property
    def recent(self) -> Sequence[datetime]:
        """The campaign's departures of at least the last hour, ascending."""
        return self._recent.ascending

    @property
    def turn_wait(self) -> Wait | None:
        """What the campaign waits for where it is another one's turn on each number that it contends for."""
        held = [lane.turns.held(self.campaign_id) for lane in self._lanes() if lane.turns.contends(self.campaign_id)]
        return held[0] if held and all(held) else None

    def reply_wait(self, now: datetime) -> Wait | None:
        """Return until when the team has enough to answer, or None."""
        return self._answering.wait(self.plan, now)

    def stop(self) -> None:
        """Claim nothing more. What is in flight goes on and is recorded."""
        self._stopping = True
        self.wake.set()

    def shift(self, by: timedelta) -> None:
        """Follow a wall clock that was set: the pace goes by the time that has really passed."""
        self._recent.shift(by)
        self._pace = shifted(self._pace, by)
        self._answering.forget()

    async def run(self) -> None:
        """Work until there is nothing more to do or `stop` was called; returns after the last outcome is recorded."""
        await self._restore_pace()
        await self._grant_grace()
        while not self._stopping:
            candidate = await self._queue.next()
            if candidate is None:
                if await self._is_over():
                    break
                continue
            await self._work(candidate)
        self.waiting = Wait(Rule.IN_FLIGHT) if self._in_flight else None
        if self._in_flight:
            await asyncio.wait(self._in_flight)
        self.waiting = None
        self._on_finished(self.campaign_id)

    async def _grant_grace(self) -> None:
        """Let a campaign that has just been started be cancelled before anything has left."""
        started_at = self.plan.campaign.started_at
        if started_at is None:
            return
        # Never longer than it is: the start may lie in the future of a clock that was set back.
        left_s = min(self._grace_s, (started_at - self._clock.now()).total_seconds() + self._grace_s)
        ends_s = self._clock.monotonic() + left_s
        while not self._stopping and (left_s := ends_s - self._clock.monotonic()) > 0:
            until = self._clock.now() + timedelta(seconds=left_s)
            self.waiting = Wait(Rule.GRACE, until)
            await wait(self._clock, until, self.wake)

    async def _restore_pace(self) -> None:
        pace, now = self.plan.campaign.draft.pace, self._clock.now()
        since = now - (HOUR if pace.per_hour else BUCKET_PAST)
        recorded = list(await self._ledger.campaign_departures(self.campaign_id, self._clock.stamp_of(since)))
        last = await self._ledger.last_departure(self.campaign_id)
        if last and not recorded:
            recorded.append(last)
        self._recent = Departures(self._clock.corrected(recorded), pace.per_hour or 0)
        started_at = self.plan.campaign.started_at
        is_complete = started_at is not None and started_at >= since
        self._pace = replay(pace, self._recent.ascending, self._rng, is_complete=is_complete)

    async def _is_over(self) -> bool:
        """Nothing can be claimed right now: complete the campaign, pause it, or wait for what is missing."""
        if self._in_flight:
            await self._wait(Wait(Rule.IN_FLIGHT))
            return False
        counts = await self._ledger.counts(self.campaign_id)
        if counts.pending and not self._queue.has_rewound:
            # Somebody went back to pending behind the cursor (settled as absent, put back by the operator).
            self._queue.rewind()
            return False
        self._queue.has_rewound = False
        waiting = counts.pending + counts.sending + counts.retrying
        if not waiting and not counts.in_doubt:
            if await self._ledger.finish_if_done(self.campaign_id, self._clock.now()):
                return True
        elif not waiting and self._host.stuck_in_doubt(self.campaign_id, counts.in_doubt):
            await self._pause(Reason.ANSWER_LOST.value)
            return True
        await self._wait(await self._what_for(counts))
        return False

    async def _what_for(self, counts: CampaignCounts) -> Wait:
        """Tell what a campaign waits for in which nobody can be claimed right now."""
        now = self._clock.now()
        if counts.pending and (closed := self._hours.closed_wait(now)):
            return closed
        retry_at = await self._ledger.next_retry_at(self.campaign_id)
        if retry_at is None:
            return Wait(Rule.RECONCILING, None, {"n": counts.in_doubt})
        closed = self._hours.closed_wait(now)
        return closed if closed and retry_at <= now else Wait(Rule.RETRY, retry_at)

    async def _wait(self, waiting: Wait) -> None:
        """Wait for a change, and look by oneself every second: another process may have settled what is waited for."""
        self.waiting = waiting
        # Who sleeps for hours is looked after less often.
        seconds = LOOK_SELDOM_S if waiting.rule is Rule.WINDOW else LOOK_EVERY_S
        until = self._clock.now() + timedelta(seconds=seconds)
        await wait(self._clock, min(until, waiting.until) if waiting.until else until, self.wake)

    async def _work(self, candidate: Candidate) -> None:
        self.plan = await self._experiment.follow(self.plan)
        rendered = self._renderer(self.plan, candidate)
        if isinstance(rendered, MissingValue):
            await self._ledger.skip(candidate.id, Reason.MISSING_VALUE.value, self._clock.now())
            self._queue.done(candidate.id)
            return
        taken = await self._take_lane(candidate, rendered)
        if taken is None:  # stopped, or its zone closed, while waiting: it is still pending in the ledger
            return
        choice, lane, departed_at, price = taken
        self._launch(candidate, rendered, choice, lane, departed_at, price)

    async def _take_lane(self, candidate: Candidate, rendered: Rendered) -> tuple[Choice, Lane, datetime, Price] | None:
        """Wait until pace and an instance allow a departure, and reserve it, without an await after the question."""
        taken = None
        try:
            taken = await self._wait_for_lane(candidate, rendered)
            return taken
        finally:
            now = self._clock.now() if taken is None else taken[2]
            for lane in self._lanes():
                lane.turns.withdraw(self.campaign_id, now)

    async def _wait_for_lane(
        self, candidate: Candidate, rendered: Rendered
    ) -> tuple[Choice, Lane, datetime, Price] | None:
        draft = self.plan.campaign.draft
        pace, rotation = draft.pace, draft.rotation
        known = candidate.last_instance_id if draft.sticky else None
        is_recounted = False
        while not self._stopping:
            await self._answering.follow(self.plan)
            now = self._clock.now()
            if self._hours.wait(candidate.zone, now):
                self._queue.postpone(candidate)
                return None
            lanes = self._lanes()
            category, phone = rendered.template_category, candidate.phone
            prices = {
                gateway: self._purse.price(gateway, category, phone)
                for gateway in {lane.instance.gateway for lane in lanes}
            }
            states = [
                self._purse.hold(lane.as_candidate(now, candidate), prices[lane.instance.gateway], now)
                for lane in lanes
            ]
            own = (pace_wait(pace, self._pace, self._recent.ascending, now), self._answering.wait(self.plan, now))
            waits = [wait for wait in own if wait]
            states = self._in_turn(lanes, states, known, now, wants=not waits)
            choice = choose_instance(rotation, states, self._last_instance, known)
            if isinstance(choice, NoneAvailable):
                # Not while messages are on their way: the pause would refuse the last that the limit allows.
                if not waits and not self._in_flight and (limit := self._hard_limit(lanes, states)):
                    if limit in BUDGET_RULES and not is_recounted:
                        # What was refused since the last count has cost nothing, and the budget may be a larger one.
                        await self._purse.refresh()
                        is_recounted = True
                        continue
                    # Somebody should look before more leaves; the recipient is still pending in the ledger.
                    self._stopping = True  # at once: the pause itself takes a moment
                    self._supervisor.chore(f"pause:{self.campaign_id}", self._pause(limit))
                    return None
                # A month is not slept through: what the credits mean is decided when the pace allows a message.
                if not waits or choice.wait.rule not in BUDGET_RULES:
                    waits.append(choice.wait)
            elif not waits:
                lane = self._host.lanes[choice.instance_id]
                price = prices[lane.instance.gateway]
                lane.reserve(now, candidate.contact_id)
                self._purse.reserve(price)
                lane.turns.served(self.campaign_id, now)
                self._recent.add(now)
                self._pace = departed(pace, self._pace, now, self._rng)
                self._last_instance = choice.instance_id
                self.waiting = None
                return choice, lane, now, price
            self.waiting = longest(waits)
            await wait(self._clock, self.waiting.until, self.wake)
        return None

    def _in_turn(
        self,
        lanes: Sequence[Lane],
        states: Sequence[LaneState],
        known: InstanceId | None,
        now: datetime,
        *,
        wants: bool,
    ) -> list[LaneState]:
        """Contend for the lanes that this message may take, and hold those on which it is another campaign's turn."""
        theirs = next((s for s in states if s.instance_id == known and (not s.wait or s.wait.rule in MOMENTARY)), None)
        found: list[LaneState] = []
        for lane, state in zip(lanes, states, strict=True):
            # What is no matter of the number itself must not keep a turn from who can take it.
            is_for_person = state.wait is not None and state.wait.rule in NOT_OF_THE_NUMBER
            if not wants or is_for_person or theirs not in (None, state):
                lane.turns.withdraw(self.campaign_id, now)
                found.append(state)
                continue
            lane.turns.want(self.campaign_id, self.plan.campaign.draft.priority, self.wake, now)
            held = None if state.wait else lane.turns.wait_of(self.campaign_id)
            found.append(state._replace(wait=held) if held else state)
        return found

    @staticmethod
    def _hard_limit(lanes: Sequence[Lane], states: Sequence[LaneState]) -> str | None:
        """Return the hard limit that stops the campaign: when no number is free before it is."""
        held = [
            (PROFILES[lane.instance.gateway], limit_behind(state.wait))
            for lane, state in zip(lanes, states, strict=True)
            if state.wait
        ]
        if len(held) < len(lanes) or not held:
            return None  # a number is free, but not for this person
        match on_limits(held):
            case PausesCampaign(reason=reason):
                return reason
            case _:
                return None

    def _lanes(self) -> list[Lane]:
        return [self._host.lanes[i] for i in self.plan.campaign.instance_ids if i in self._host.lanes]

    def _launch(
        self, candidate: Candidate, rendered: Rendered, choice: Choice, lane: Lane, at: datetime, price: Price
    ) -> None:
        carrying = self._carry_out(candidate, rendered, choice, lane, at, price)
        task = self._supervisor.spawn(f"send:{candidate.id}", carrying)
        self._in_flight.add(task)
        task.add_done_callback(self._on_landed)

    def _on_landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self.wake.set()

    async def _carry_out(
        self, candidate: Candidate, rendered: Rendered, choice: Choice, lane: Lane, at: datetime, price: Price
    ) -> None:
        retry = self.plan.campaign.draft.retry
        try:
            sent = await self._sender.send(candidate, rendered, lane, choice, retry, at, price)
        finally:
            self._purse.done(price)
        # Here and not in a callback of the task: an error has to stop the engine like any other.
        self._queue.done(candidate.id)
        if not sent.may_have_left:
            self._recent.remove(at)
        self._host.lane_settled(sent)
        if sent.next is not None:
            self._follow(sent.candidate, sent.next, rendered.variation.id)

    def _follow(self, candidate: Candidate, decided: Next, variation_id: VariationId) -> None:
        # The claim has recorded the variation: who comes back keeps it, whatever the weights are by then.
        again = returned(candidate, decided, variation_id)
        if again is not None and not self._stopping:
            self._queue.give_back(again)
        if decided.content_fault:
            self._content_faults += 1
        elif decided.systemic is False:
            self._content_faults = 0
        if decided.pauses_campaign or self._content_faults == CONTENT_FAULTS_THAT_PAUSE:
            self._stopping = True  # at once: the pause itself takes a moment
            reason = decided.reason or Reason.GATEWAY_ERROR.value
            self._supervisor.chore(f"pause:{self.campaign_id}", self._pause(reason))

    async def _pause(self, reason: str) -> None:
        self.stop()
        try:
            await self._ledger.act(self.campaign_id, CampaignAction.PAUSE, self._clock.now(), reason, None)
        except KnownError as error:
            # Somebody was faster: paused or cancelled, it sends nothing either way.
            log.info("campaign %s was not paused for %s: %s", self.campaign_id, reason, error.code)
