"""The replies of a running campaign, for the pace of the team that answers them. Read from the ledger: durable."""

from collections.abc import Sequence
from datetime import datetime

from desktop.engine.clock import WatchedClock
from desktop.engine.ports import CampaignPlan, Ledger
from desktop.policy.reply_pace import LOOK_BACK, reply_wait
from desktop.policy.waiting import Wait

ASK_EVERY_S = 10.0


class Answering:
    """Follows one campaign. Costs nothing where the draft does not ask for it."""

    def __init__(self, ledger: Ledger, clock: WatchedClock) -> None:
        self._ledger, self._clock = ledger, clock
        self._replies: Sequence[datetime] = ()
        self._asked_s: float | None = None

    async def follow(self, plan: CampaignPlan) -> None:
        """Learn of new replies; at most every ten seconds."""
        if plan.campaign.draft.replies_per_hour is None:
            return
        now_s = self._clock.monotonic()
        if self._asked_s is not None and now_s - self._asked_s < ASK_EVERY_S:
            return
        self._asked_s = now_s
        since = self._clock.stamp_of(self._clock.now() - LOOK_BACK)
        stamps = await self._ledger.replies(plan.campaign.id, since)
        self._replies = sorted(self._clock.moved(stamps, certainly=True))

    def forget(self) -> None:
        """Ask anew at the next look: the wall clock was set."""
        self._asked_s = None

    def wait(self, plan: CampaignPlan, now: datetime) -> Wait | None:
        """Return until when the team has enough to answer, or None."""
        return reply_wait(self._replies, plan.campaign.draft.replies_per_hour, now)
