"""When a campaign will be finished, from its draft, the limits of its numbers, and what has left through them today."""

from collections.abc import Sequence
from datetime import datetime

from desktop.audience.holiday_calendar import known_holidays
from desktop.domain.campaign import Draft
from desktop.domain.summaries import InstanceSummary
from desktop.policy.forecast import Capacity, Forecast, forecast


def forecast_of(draft: Draft, remaining: int, numbers: Sequence[InstanceSummary], now: datetime) -> Forecast | None:
    """Return when `remaining` messages will have left through `numbers`; None when they never will."""
    return forecast(
        remaining,
        draft.pace,
        [_capacity(number) for number in numbers],
        now,
        window=draft.window,
        is_holiday=known_holidays(draft.window.holidays if draft.window else None),
    )


def _capacity(summary: InstanceSummary) -> Capacity:
    instance = summary.instance
    return Capacity(instance.limits, instance.timezone, summary.sent_today, instance.warmup)
