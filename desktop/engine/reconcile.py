"""Settles what is in doubt by asking the gateway. Never sends anything.

Found → sent. Proven absent → pending again. What cannot be proved is asked again while waiting may help (too early,
unreachable); otherwise it stays in doubt and the operator decides. Source: product.md §5.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.ids import CampaignId, InstanceId, RecipientId
from desktop.domain.outcome import NotProvable, Verdict
from desktop.engine.clock import wait
from desktop.engine.lane import Lane
from desktop.engine.ports import Clock, Doubt, Ledger

log = logging.getLogger(__name__)

AT_ONCE = 8
PAGE = 500
ASK_AGAIN_S: Mapping[str, float] = {"too_early": 5.0, "unreachable": 5.0}
GIVE_UP_AFTER = 3  # answers that waiting does not change
IDLE_S = 2.0


@dataclass(slots=True)
class _Asked:
    campaign_id: CampaignId
    not_before: datetime
    hopeless: int = 0


class Reconciler:
    """Asks for each doubtful attempt until it is settled or proves impossible to settle."""

    def __init__(
        self, ledger: Ledger, clock: Clock, lanes: Mapping[InstanceId, Lane], wake_runners: Callable[[], None]
    ):
        self.wake = asyncio.Event()
        self._ledger, self._clock, self._lanes = ledger, clock, lanes
        self._wake_runners = wake_runners
        self._asked: dict[RecipientId, _Asked] = {}

    def is_stuck(self, campaign_id: CampaignId) -> bool:
        """Tell whether all doubts of the campaign that are known here have been given up."""
        known = [asked for asked in self._asked.values() if asked.campaign_id == campaign_id]
        return bool(known) and all(asked.hopeless >= GIVE_UP_AFTER for asked in known)

    async def run(self) -> None:
        """Work for ever."""
        while True:
            await self.settle_due()
            await wait(self._clock, self._clock.now() + timedelta(seconds=IDLE_S), self.wake)

    async def settle_due(self) -> None:
        """Ask once for everything whose time has come."""
        doubts = await self._ledger.doubts(PAGE)
        open_ids = {doubt.recipient_id for doubt in doubts}
        for gone in self._asked.keys() - open_ids:
            del self._asked[gone]
        now = self._clock.now()
        due = [doubt for doubt in doubts if self._is_due(doubt, now)]
        slots = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for doubt in due:
                group.create_task(self._settle(doubt, slots), name=f"reconcile:{doubt.recipient_id}")
        if due:
            self._wake_runners()

    def _is_due(self, doubt: Doubt, now: datetime) -> bool:
        asked = self._asked.setdefault(doubt.recipient_id, _Asked(doubt.campaign_id, now))
        return asked.not_before <= now and asked.hopeless < GIVE_UP_AFTER

    async def _settle(self, doubt: Doubt, slots: asyncio.Semaphore) -> None:
        async with slots:
            verdict = await self._ask(doubt)
            now = self._clock.now()
            if isinstance(verdict, NotProvable):
                self._note(doubt, verdict, now)
                if verdict.code in ASK_AGAIN_S:
                    return  # waiting is not a try
            await self._ledger.record_verdict(doubt, verdict, now)

    async def _ask(self, doubt: Doubt) -> Verdict:
        lane = self._lanes.get(doubt.instance_id)
        if lane is None:
            return NotProvable("no_instance")
        return await lane.client.find(doubt, self._clock.now())

    def _note(self, doubt: Doubt, verdict: NotProvable, now: datetime) -> None:
        asked = self._asked[doubt.recipient_id]
        again_s = ASK_AGAIN_S.get(verdict.code)
        if again_s is None:
            asked.hopeless += 1
        asked.not_before = now + timedelta(seconds=again_s or IDLE_S)
