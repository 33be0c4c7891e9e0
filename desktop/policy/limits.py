"""How much may leave through one instance: calendar day, sliding hour and minute, gap, messages under way.

Boundaries, written once: with a limit of n the n-th departure in a window is allowed and the n+1-th is refused until
the oldest of the last n leaves the window, which is `[departure, departure + window)`. The day is the calendar day of
the instance's time zone. Source of the rules: product.md §4.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desktop.domain.instance import InstanceLimits
from desktop.policy.waiting import Rule, Wait, longest

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


class InstanceUsage(NamedTuple):  # made for each number and message: a tuple is made in a third of the time
    """What counts against the limits: attempts under way, accepted or of unknown fate.

    `recent` are the departures of at least the last hour, ascending; `today` counts since the local midnight.
    """

    recent: Sequence[datetime]
    today: int
    in_flight: int


def local_midnight(now: datetime, timezone: str) -> datetime:
    """Return the last midnight of the instance's time zone at or before `now`, in UTC."""
    zone = ZoneInfo(timezone)
    return datetime.combine(now.astimezone(zone).date(), time.min, tzinfo=zone).astimezone(UTC)


def next_local_midnight(now: datetime, timezone: str) -> datetime:
    """Return the next midnight of the instance's time zone after `now`, in UTC (a day may have 23 or 25 hours)."""
    zone = ZoneInfo(timezone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone).astimezone(UTC)


def window_wait(departures: Sequence[datetime], limit: int | None, window: timedelta, now: datetime) -> datetime | None:
    """Return when a sliding window has room again, or None when it has room now.

    Args:
        departures: ascending; those that have left the window do not matter.
    """
    if limit is None or len(departures) < limit:
        return None
    if limit <= 0:
        return now + window
    free_at = departures[-limit] + window
    return free_at if free_at > now else None


def instance_wait(limits: InstanceLimits, usage: InstanceUsage, timezone: str, now: datetime) -> Wait | None:
    """Return the rule that keeps an instance from sending now and when it ends, or None when it may send."""
    waits: list[Wait] = []
    if limits.per_day is not None and usage.today >= limits.per_day:
        facts = {"used": usage.today, "limit": limits.per_day}
        waits.append(Wait(Rule.DAILY_LIMIT, next_local_midnight(now, timezone), facts))
    for rule, limit, window in (
        (Rule.HOURLY_LIMIT, limits.per_hour, HOUR),
        (Rule.MINUTE_LIMIT, limits.per_minute, MINUTE),
        (Rule.THROUGHPUT, limits.per_second, SECOND),
    ):
        if limit is not None and (free_at := window_wait(usage.recent, limit, window, now)):
            waits.append(Wait(rule, free_at, {"limit": limit}))
    if usage.recent and limits.min_gap_s > 0:
        gap_ends = usage.recent[-1] + timedelta(seconds=limits.min_gap_s)
        if gap_ends > now:
            waits.append(Wait(Rule.MIN_GAP, gap_ends, {"gap_s": limits.min_gap_s}))
    if waits:
        return longest(waits)
    if usage.in_flight >= limits.max_in_flight:
        return Wait(Rule.IN_FLIGHT, None, {"in_flight": usage.in_flight})
    return None


def allowance_left(limits: InstanceLimits, usage: InstanceUsage) -> int | None:
    """Return how many more may leave today, or None without a daily limit."""
    return None if limits.per_day is None else max(0, limits.per_day - usage.today)
