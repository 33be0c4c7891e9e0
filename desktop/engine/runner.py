"""One running campaign: takes its recipients in order, waits for pace and lanes, hands each to the sender.

Recipients are read ahead in pages by key, never scanned. A page is only a hint of what to try: the claim in the ledger
decides, so a pause or a cancel from anywhere takes effect at once.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Protocol

from desktop.domain.campaign import CampaignAction
from desktop.domain.ids import CampaignId, InstanceId, RecipientId
from desktop.domain.recipient import Candidate, Reason
from desktop.engine.clock import wait
from desktop.engine.departures import Departures
from desktop.engine.lane import Lane
from desktop.engine.ports import CampaignPlan, Clock, ContentRenderer, Ledger, MissingValue, Rendered
from desktop.engine.sender import Sender, Sent, returned
from desktop.engine.supervisor import Supervisor
from desktop.policy.limits import HOUR
from desktop.policy.pacing import PaceState, departed, pace_wait, replay
from desktop.policy.rotation import Choice, NoneAvailable, choose_instance
from desktop.policy.waiting import Rule, Wait, longest

log = logging.getLogger(__name__)

PAGE = 200
RETRY_PAGE = 50
RETRIES_EVERY = timedelta(seconds=1)
CONTENT_FAULTS_THAT_PAUSE = 3


class Host(Protocol):
    """What a runner asks of the engine around it."""

    @property
    def lanes(self) -> Mapping[InstanceId, Lane]: ...

    def lane_settled(self, sent: Sent) -> None:
        """An outcome was recorded: adjust the instance, wake whoever waits for it."""
        ...

    def stuck_in_doubt(self, campaign_id: CampaignId) -> bool:
        """Tell whether everything of this campaign that is in doubt has proved impossible to settle by asking."""
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
        clock: Clock,
        rng: Random,
        supervisor: Supervisor,
        on_finished: Callable[[CampaignId], None],
    ) -> None:
        self.plan = plan
        self.wake = asyncio.Event()
        self.waiting: Wait | None = None
        self._ledger, self._sender, self._host = ledger, sender, host
        self._renderer, self._clock, self._rng = renderer, clock, rng
        self._supervisor, self._on_finished = supervisor, on_finished
        self._queue: deque[Candidate] = deque()
        self._cursor = RecipientId(0)
        self._is_read_out = False  # no pending recipient beyond the cursor when last looked
        self._in_flight: set[asyncio.Task[Sent]] = set()
        self._handled: set[RecipientId] = set()  # in flight or in the queue: a page may name them again
        self._retries_asked_at = datetime.min.replace(tzinfo=UTC)
        self._last_instance: InstanceId | None = None
        self._pace = PaceState()
        self._recent = Departures((), plan.campaign.draft.pace.per_hour or 0, 0)
        self._content_faults = 0
        self._stopping = False

    @property
    def campaign_id(self) -> CampaignId:
        return self.plan.campaign.id

    @property
    def in_flight(self) -> frozenset[asyncio.Task[Sent]]:
        return frozenset(self._in_flight)

    def stop(self) -> None:
        """Claim nothing more. What is in flight goes on and is recorded."""
        self._stopping = True
        self.wake.set()

    async def run(self) -> None:
        """Work until there is nothing more to do or `stop` was called; returns after the last outcome is recorded."""
        await self._restore_pace()
        while not self._stopping:
            candidate = await self._next_candidate()
            if candidate is None:
                if await self._is_over():
                    break
                continue
            await self._work(candidate)
        if self._in_flight:
            await asyncio.wait(self._in_flight)
        self.waiting = None
        self._on_finished(self.campaign_id)

    async def _restore_pace(self) -> None:
        pace = self.plan.campaign.draft.pace
        now = self._clock.now()
        recorded = list(await self._ledger.campaign_departures(self.campaign_id, now - HOUR))
        last = await self._ledger.last_departure(self.campaign_id)
        if last and (not recorded or recorded[-1] < last):
            recorded.append(last)
        self._recent = Departures(
            recorded, pace.per_hour or 0, sum(lane.instance.limits.max_in_flight for lane in self._lanes())
        )
        self._pace = replay(pace, recorded[-max(pace.burst or 1, 1) - 1 :], self._rng)

    async def _next_candidate(self) -> Candidate | None:
        now = self._clock.now()
        if not self._queue or now >= self._retries_asked_at + RETRIES_EVERY:
            self._retries_asked_at = now
            # In front: a retry whose time has come must not wait behind a page that takes hours at this pace.
            self._enqueue(await self._ledger.due_retries(self.campaign_id, now, RETRY_PAGE), in_front=True)
        if not self._queue and not self._is_read_out:
            page = await self._ledger.pending(self.campaign_id, self._cursor, PAGE)
            self._enqueue(page, in_front=False)
            self._is_read_out = not page
            if page:
                self._cursor = page[-1].id
        return self._queue.popleft() if self._queue else None

    def _enqueue(self, candidates: Sequence[Candidate], *, in_front: bool) -> None:
        fresh = [c for c in candidates if c.id not in self._handled]
        self._handled.update(c.id for c in fresh)
        if in_front:
            self._queue.extendleft(reversed(fresh))
        else:
            self._queue.extend(fresh)

    async def _is_over(self) -> bool:
        """Nothing can be claimed right now: complete the campaign, or wait for what is missing."""
        if self._in_flight:
            self.waiting = Wait(Rule.IN_FLIGHT)
            await wait(self._clock, None, self.wake)
            return False
        if await self._ledger.finish_if_done(self.campaign_id, self._clock.now()):
            return True
        counts = await self._ledger.counts(self.campaign_id)
        if counts.pending and self._is_read_out:
            # Somebody went back to pending behind the cursor (settled as absent, put back by the operator).
            self._cursor, self._is_read_out = RecipientId(0), False
            return False
        retry_at = await self._ledger.next_retry_at(self.campaign_id)
        if retry_at is None and counts.in_doubt and self._host.stuck_in_doubt(self.campaign_id):
            await self._pause(Reason.ANSWER_LOST.value)
            return True
        self.waiting = Wait(Rule.RETRY, retry_at) if retry_at else Wait(Rule.RECONCILING, None, {"n": counts.in_doubt})
        await wait(self._clock, retry_at, self.wake)
        return False

    async def _work(self, candidate: Candidate) -> None:
        rendered = self._renderer(self.plan, candidate)
        if isinstance(rendered, MissingValue):
            await self._ledger.skip(candidate.id, Reason.MISSING_VALUE.value, self._clock.now())
            self._handled.discard(candidate.id)
            return
        taken = await self._take_lane()
        if taken is None:  # stopped while waiting: the recipient is still pending in the ledger
            self._handled.discard(candidate.id)
            return
        choice, lane, departed_at = taken
        self._launch(candidate, rendered, choice, lane, departed_at)

    async def _take_lane(self) -> tuple[Choice, Lane, datetime] | None:
        """Wait until pace and an instance allow a departure, and reserve it, without an await after the question."""
        pace, rotation = self.plan.campaign.draft.pace, self.plan.campaign.draft.rotation
        while not self._stopping:
            now = self._clock.now()
            lanes = self._lanes()
            choice = choose_instance(rotation, [lane.as_candidate(now) for lane in lanes], self._last_instance)
            waits = [w for w in (pace_wait(pace, self._pace, self._recent.ascending, now),) if w]
            if isinstance(choice, NoneAvailable):
                waits.append(choice.wait)
            elif not waits:
                lane = self._host.lanes[choice.instance_id]
                lane.reserve(now)
                self._recent.add(now)
                self._pace = departed(pace, self._pace, now, self._rng)
                self._last_instance = choice.instance_id
                self.waiting = None
                return choice, lane, now
            self.waiting = longest(waits)
            await wait(self._clock, self.waiting.until, self.wake)
        return None

    def _lanes(self) -> list[Lane]:
        return [self._host.lanes[i] for i in self.plan.campaign.instance_ids if i in self._host.lanes]

    def _launch(self, candidate: Candidate, rendered: Rendered, choice: Choice, lane: Lane, at: datetime) -> None:
        retry = self.plan.campaign.draft.retry
        name = f"send:{candidate.id}"
        task = self._supervisor.spawn(name, self._sender.send(candidate, rendered, lane, choice, retry, at))
        self._in_flight.add(task)
        task.add_done_callback(self._on_sent)

    def _on_sent(self, task: "asyncio.Task[Sent]") -> None:
        self._in_flight.discard(task)
        self.wake.set()
        if task.cancelled() or task.exception() is not None:
            return
        sent = task.result()
        self._handled.discard(sent.candidate.id)
        self._host.lane_settled(sent)
        if sent.next is None:
            return
        again = returned(sent.candidate, sent.next)
        if again is not None and not self._stopping:
            self._queue.appendleft(again)
            self._handled.add(again.id)
        self._count_content_faults(sent)
        if sent.next.pauses_campaign:
            self._supervisor.spawn(f"pause:{self.campaign_id}", self._pause(sent.next.reason or "gateway_error"))

    def _count_content_faults(self, sent: Sent) -> None:
        assert sent.next is not None
        if sent.next.content_fault:
            self._content_faults += 1
            if self._content_faults == CONTENT_FAULTS_THAT_PAUSE:
                self._supervisor.spawn(f"pause:{self.campaign_id}", self._pause(sent.next.reason or "rejected_content"))
        elif sent.next.systemic is False:
            self._content_faults = 0

    async def _pause(self, reason: str) -> None:
        self.stop()
        status = (await self._ledger.plan(self.campaign_id)).campaign.status
        if status.value == "running":
            await self._ledger.act(self.campaign_id, CampaignAction.PAUSE, self._clock.now(), reason, None)
