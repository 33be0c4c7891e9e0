"""When a campaign will be finished, from its draft, the limits of its numbers, and what is recorded of their past."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desktop.audience.holiday_calendar import known_holidays
from desktop.domain.campaign import Draft
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.summaries import InstanceSummary, NumberHistory, ReplyHistory
from desktop.policy.forecast import Forecast, forecast_of
from desktop.policy.reply_pace import LOOK_BACK


class HistoryFacts(Protocol):
    """What is asked of the past."""

    async def histories(self, since: datetime) -> Mapping[InstanceId, NumberHistory]:
        """What a forecast needs to know of the past of each number, its days from `since` on."""
        ...

    async def reply_history(self, campaign_id: CampaignId | None, since: datetime) -> ReplyHistory:
        """What a forecast needs to know of replies to a campaign, from `since` on one by one, and to others."""
        ...


async def replies_so_far(
    library: HistoryFacts, campaign_id: CampaignId, draft: Draft, now: datetime
) -> ReplyHistory | None:
    """Return what is known of replies where the campaign waits for a team that answers them, else None."""
    return None if draft.replies_per_hour is None else await library.reply_history(campaign_id, now - LOOK_BACK)


async def foresee(
    histories: Mapping[InstanceId, NumberHistory],
    draft: Draft,
    remaining: int,
    numbers: Sequence[InstanceSummary],
    now: datetime,
    replies: ReplyHistory | None,
) -> Forecast | None:
    """Return when `remaining` messages will have left through `numbers`; None when they never will."""
    is_holiday = known_holidays(draft.window.holidays if draft.window else None)
    # Months of a plan take longer than the window may stand still.
    return await asyncio.to_thread(forecast_of, draft, remaining, numbers, histories, now, is_holiday, replies)
