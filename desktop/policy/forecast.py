"""How long a campaign will take, from its plan: pace, limits and allowances, not from a naive rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.campaign import Pace
from desktop.domain.instance import InstanceLimits
from desktop.policy.limits import next_local_midnight

DAYS_AHEAD = 3650


@dataclass(frozen=True, slots=True)
class Capacity:
    """One instance of the campaign: its limits, its time zone, and what has left today."""

    limits: InstanceLimits
    timezone: str
    sent_today: int


def pace_rate(pace: Pace) -> float | None:
    """Return the messages a second that the campaign's own pace allows in the long run; None without a limit."""
    mean_delay_s = sum(pace.delay_s) / 2
    rates = [1 / mean_delay_s if mean_delay_s > 0 else None, pace.per_hour and pace.per_hour / 3600, pace.per_second]
    limits = [rate for rate in rates if rate]
    return min(limits) if limits else None


def instance_rate(limits: InstanceLimits, answer_s: float) -> float:
    """Return the messages a second that one instance can take in the long run, its day apart.

    Args:
        answer_s: how long the gateway takes to answer one request.
    """
    rates = [limits.max_in_flight / max(answer_s, 0.001)]
    if limits.min_gap_s > 0:
        rates.append(1 / limits.min_gap_s)
    if limits.per_hour is not None:
        rates.append(limits.per_hour / 3600)
    if limits.per_minute is not None:
        rates.append(limits.per_minute / 60)
    return min(rates)


def finish_estimate(
    remaining: int, pace: Pace, capacities: Sequence[Capacity], now: datetime, answer_s: float = 0.3
) -> datetime | None:
    """Project day by day when `remaining` messages will have left; None when they never will.

    A day ends at the midnight of the first instance: a day's error is accepted where instances live in several zones.
    """
    if remaining <= 0:
        return now
    if not capacities:
        return None
    rate = sum(instance_rate(c.limits, answer_s) for c in capacities)
    own = pace_rate(pace)
    rate = min(rate, own) if own else rate
    if rate <= 0:
        return None
    at, used = now, [c.sent_today for c in capacities]
    for _ in range(DAYS_AHEAD):
        day_ends = next_local_midnight(at, capacities[0].timezone)
        room = _room(capacities, used)
        can_leave = int(rate * (day_ends - at).total_seconds())
        if remaining <= min(room, can_leave):
            return at + timedelta(seconds=remaining / rate)
        if room <= 0 and not any(c.limits.per_day for c in capacities):
            return None
        remaining -= min(room, can_leave)
        at, used = day_ends, [0] * len(capacities)
    return None


def _room(capacities: Sequence[Capacity], used: Sequence[int]) -> int:
    if any(c.limits.per_day is None for c in capacities):
        return 10**12
    return sum(max(0, (c.limits.per_day or 0) - n) for c, n in zip(capacities, used, strict=True))
