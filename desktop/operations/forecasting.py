"""When a campaign will be finished, from its draft, the limits of its numbers, and what is recorded of their past."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desktop.audience.holiday_calendar import known_holidays
from desktop.domain.campaign import Draft
from desktop.domain.ids import InstanceId
from desktop.domain.summaries import InstanceSummary, NumberHistory
from desktop.policy.forecast import Forecast, forecast_of


class HistoryFacts(Protocol):
    """What is asked of the past."""

    async def histories(self, since: datetime) -> Mapping[InstanceId, NumberHistory]:
        """What a forecast needs to know of the past of each number, its days from `since` on."""
        ...


async def foresee(
    histories: Mapping[InstanceId, NumberHistory],
    draft: Draft,
    remaining: int,
    numbers: Sequence[InstanceSummary],
    now: datetime,
) -> Forecast | None:
    """Return when `remaining` messages will have left through `numbers`; None when they never will."""
    is_holiday = known_holidays(draft.window.holidays if draft.window else None)
    # Months of a plan take longer than the window may stand still.
    return await asyncio.to_thread(forecast_of, draft, remaining, numbers, histories, now, is_holiday)
