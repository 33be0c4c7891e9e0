"""What a new instance starts with, and why one stands still as the database alone can tell."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from desktop.domain.summaries import InstanceSummary
from desktop.policy.health import InstanceSample, instance_health
from desktop.policy.limit_profiles import PROFILES
from desktop.policy.standing import is_rest_over
from desktop.policy.waiting import Rule
from desktop.policy.warmup import PAST, WarmupDay, allowance, careful_curve, smallest


class SentFacts(Protocol):
    """What the place on a curve is found by."""

    async def sent_by_day(self, instance_id: InstanceId, timezone: str, since: datetime) -> Sequence[tuple[date, int]]:
        """Messages of each local day on which a number sent any."""
        ...


def default_limits(gateway: Gateway) -> InstanceLimits:
    """Return the limits that an instance of this gateway gets when nobody says otherwise."""
    return PROFILES[gateway].limits


async def warmups(
    library: SentFacts, summaries: Sequence[InstanceSummary], now: datetime
) -> Mapping[InstanceId, WarmupDay]:
    """Return where each number that warms up is on its curve today."""
    found: dict[InstanceId, WarmupDay] = {}
    for number in (summary.instance for summary in summaries):
        curve = careful_curve(number.warmup)
        if curve is not None:
            history = await library.sent_by_day(number.id, number.timezone, now - PAST)
            found[number.id] = allowance(curve, history, now.astimezone(ZoneInfo(number.timezone)).date())
    return found


def allowance_today(summary: InstanceSummary, warmup: WarmupDay | None) -> int | None:
    """Return how many messages may still leave today by daily limit and warm-up; None when neither limits."""
    limit = smallest(summary.instance.limits.per_day, warmup)
    return None if limit is None else max(0, limit - summary.sent_today)


def idle_reason(summary: InstanceSummary, now: datetime, warmup: WarmupDay | None = None) -> str | None:
    """Return the rule that an instance waits for, judged by what is stored; None when it may send.

    The engine's own answer is finer (it knows what is in flight); this one serves whoever is not the engine. A rest
    that is over, as of yesterday's limit, holds nobody: the engine takes it back when it looks.
    """
    instance, limits = summary.instance, summary.instance.limits
    rests = instance.pause_reason != Rule.DAILY_LIMIT and not is_rest_over(instance, now)
    if instance.pause_reason is not None and rests:
        return instance.pause_reason if instance.pause_reason in Rule.__members__.values() else Rule.PAUSED.value
    if instance.state is not ConnectionState.CONNECTED:
        return Rule.DISCONNECTED.value
    if allowance_today(summary, warmup) == 0:
        is_limit = limits.per_day is not None and summary.sent_today >= limits.per_day
        return (Rule.DAILY_LIMIT if is_limit else Rule.WARM_UP).value
    if limits.per_hour is not None and summary.sent_last_hour >= limits.per_hour:
        return Rule.HOURLY_LIMIT.value
    if limits.per_minute is not None and summary.sent_last_minute >= limits.per_minute:
        return Rule.MINUTE_LIMIT.value
    return None if summary.running_campaigns else Rule.NOTHING_TO_DO.value


def instance_object(summary: InstanceSummary, now: datetime, warmup: WarmupDay | None) -> dict[str, object]:
    """Return the instance object of the contract."""
    instance = summary.instance
    sample = InstanceSample(summary.sent_today, summary.failed_today, summary.consecutive_errors)
    return {
        "id": instance.id,
        "name": instance.name,
        "gateway": instance.gateway.value,
        "state": instance.state.value,
        "health": instance_health(sample),
        "sent_today": summary.sent_today,
        "allowance_today": allowance_today(summary, warmup),
        "idle_reason": idle_reason(summary, now, warmup),
    }
