"""Settles what is in doubt by asking the gateway. Never sends anything.

Found → sent. Proven absent → pending again. What cannot be proved is asked again while waiting may help (too early,
unreachable); otherwise it stays in doubt and the operator decides. Source: product.md §5.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.domain.ids import AttemptId, CampaignId, InstanceId
from desktop.domain.outcome import NotProvable, Verdict
from desktop.engine.clock import WatchedClock, wait
from desktop.engine.lane import Lane
from desktop.engine.ports import Doubt, Ledger

log = logging.getLogger(__name__)

AT_ONCE = 8
PAGE = 500
ASK_AGAIN_S: Mapping[str, float] = {"too_early": 5.0, "unreachable": 5.0}
GIVE_UP_AFTER = 3  # answers that waiting does not change
IDLE_S = 2.0


@dataclass(slots=True)
class _Asked:
    campaign_id: CampaignId
    not_before_s: float  # monotonic
    hopeless: int = 0


class Reconciler:
    """Asks for each doubtful attempt until it is settled or proves impossible to settle."""

    def __init__(
        self, ledger: Ledger, clock: WatchedClock, lanes: Mapping[InstanceId, Lane], wake_runners: Callable[[], None]
    ):
        self.wake = asyncio.Event()
        self._ledger, self._clock, self._lanes = ledger, clock, lanes
        self._wake_runners = wake_runners
        self._asked: dict[AttemptId, _Asked] = {}

    def is_stuck(self, campaign_id: CampaignId, in_doubt: int) -> bool:
        """Tell whether so many doubts of the campaign have been given up: all that it has."""
        asked = [each for each in self._asked.values() if each.campaign_id == campaign_id]
        # All, and not only so many: an operator may just have settled one that was given up.
        return len(asked) >= in_doubt and all(each.hopeless >= GIVE_UP_AFTER for each in asked)

    def ask_again(self, campaign_id: CampaignId) -> None:
        """Ask anew for what was given up: the operator wants the campaign to go on, and may have mended something."""
        for asked in self._asked.values():
            if asked.campaign_id == campaign_id:
                asked.hopeless = 0
        self.wake.set()

    async def run(self) -> None:
        """Work for ever."""
        while True:
            await self.settle_due()
            await wait(self._clock, self._clock.now() + timedelta(seconds=IDLE_S), self.wake)

    async def settle_due(self) -> None:
        """Ask once for everything whose time has come."""
        doubts = await self._ledger.doubts(PAGE)
        gone = self._asked.keys() - {doubt.attempt_id for doubt in doubts}
        if len(doubts) == PAGE:
            gone.clear()  # there may be more: who is not on this page may still be in doubt
        for attempt_id in gone:
            del self._asked[attempt_id]
        due = [doubt for doubt in doubts if self._is_due(doubt)]
        slots = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for doubt in due:
                group.create_task(self._settle(doubt, slots), name=f"reconcile:{doubt.recipient_id}")
        if due or gone:
            self._wake_runners()

    def _is_due(self, doubt: Doubt) -> bool:
        now_s = self._clock.monotonic()
        asked = self._asked.setdefault(doubt.attempt_id, _Asked(doubt.campaign_id, now_s))
        return asked.not_before_s <= now_s and asked.hopeless < GIVE_UP_AFTER

    async def _settle(self, doubt: Doubt, slots: asyncio.Semaphore) -> None:
        async with slots:
            verdict: Verdict | None = await self._ask(doubt)
            if not isinstance(verdict, NotProvable) or verdict.code not in ASK_AGAIN_S:  # waiting is not a try
                verdict = await self._ledger.record_verdict(doubt, verdict, self._clock.now())
            if isinstance(verdict, NotProvable):
                self._note(doubt, verdict)

    async def _ask(self, doubt: Doubt) -> Verdict:
        lane = self._lanes.get(doubt.instance_id)
        if lane is None:
            return NotProvable("no_instance")
        # As old as it really is: a clock that was set forward must not make its absence a proof too early.
        started_at, since = self._clock.moved([doubt.started_at, doubt.since], certainly=True)
        return await lane.client.find(replace(doubt, started_at=started_at, since=since), self._clock.now())

    def _note(self, doubt: Doubt, verdict: NotProvable) -> None:
        asked = self._asked[doubt.attempt_id]
        again_s = ASK_AGAIN_S.get(verdict.code)
        if again_s is None:
            asked.hopeless += 1
        asked.not_before_s = self._clock.monotonic() + (again_s or IDLE_S)
