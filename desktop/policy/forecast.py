"""How long a campaign will take, in short: the planner asked with what every caller knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.campaign import Pace, SendWindow
from desktop.domain.errors import KnownError
from desktop.domain.instance import InstanceLimits
from desktop.policy.plan_facts import InstancePlan, PlanFacts, no_holidays
from desktop.policy.planner import plan
from desktop.policy.send_window import IsHoliday
from desktop.policy.warmup import OFF, STANDARD, Curve, curve_of


@dataclass(frozen=True, slots=True)
class Capacity:
    """One instance of the campaign: its limits, its time zone, and what has left today."""

    limits: InstanceLimits
    timezone: str
    sent_today: int
    warmup: str = OFF  # the curve; where the number is on it is not asked here: its first day is taken


def pace_rate(pace: Pace) -> float | None:
    """Return the messages a second that the campaign's own pace allows in the long run; None without a limit."""
    mean_delay_s = sum(pace.delay_s) / 2
    rates = [1 / mean_delay_s if mean_delay_s > 0 else None, pace.per_hour and pace.per_hour / 3600, pace.per_second]
    limits = [rate for rate in rates if rate]
    return min(limits) if limits else None


def finish_estimate(
    remaining: int,
    pace: Pace,
    capacities: Sequence[Capacity],
    now: datetime,
    answer_s: float = 0.3,
    window: SendWindow | None = None,
    is_holiday: IsHoliday = no_holidays,
) -> datetime | None:
    """Return when `remaining` messages will likely have left; None when they never will.

    Args:
        answer_s: how long the gateways take to answer one request.
        window: of everybody in the time zone of the first number: most people live where the company does.
    """
    if not capacities:
        return now if remaining <= 0 else None
    instances = tuple(
        InstancePlan(c.limits, c.timezone, c.sent_today, answer_s=answer_s, curve=_curve(c)) for c in capacities
    )
    zones = ((capacities[0].timezone, 1),)
    facts = PlanFacts(remaining, pace, instances, window=window, zones=zones, is_holiday=is_holiday)
    return plan(facts, now).finish_likely


def _curve(capacity: Capacity) -> Curve | None:
    try:
        return curve_of(capacity.warmup)
    except KnownError:
        return STANDARD  # as the engine does with a curve that it does not understand
