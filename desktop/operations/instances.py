"""What a new instance starts with, and why one stands still as the database alone can tell."""

from datetime import datetime

from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from desktop.domain.summaries import InstanceSummary
from desktop.policy.limit_profiles import PROFILES
from desktop.policy.waiting import Rule


def default_limits(gateway: Gateway) -> InstanceLimits:
    """Return the limits that an instance of this gateway gets when nobody says otherwise."""
    return PROFILES[gateway].limits


def idle_reason(summary: InstanceSummary, now: datetime) -> str | None:
    """Return the rule that an instance waits for, judged by what is stored; None when it may send.

    The engine's own answer is finer (it knows what is in flight); this one serves whoever is not the engine.
    """
    instance, limits = summary.instance, summary.instance.limits
    if instance.pause_reason is not None:
        return instance.pause_reason if instance.pause_reason in Rule.__members__.values() else Rule.PAUSED.value
    if instance.state is not ConnectionState.CONNECTED:
        return Rule.DISCONNECTED.value
    if limits.per_day is not None and summary.sent_today >= limits.per_day:
        return Rule.DAILY_LIMIT.value
    if limits.per_hour is not None and summary.sent_last_hour >= limits.per_hour:
        return Rule.HOURLY_LIMIT.value
    if limits.per_minute is not None and summary.sent_last_minute >= limits.per_minute:
        return Rule.MINUTE_LIMIT.value
    return None if summary.running_campaigns else Rule.NOTHING_TO_DO.value
