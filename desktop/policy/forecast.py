"""How long a campaign will take, in short: the planner asked with what every caller knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.campaign import Pace, SendWindow
from desktop.domain.instance import InstanceLimits
from desktop.policy.plan_facts import DayPlan, InstancePlan, PlanFacts, no_holidays
from desktop.policy.planner import plan
from desktop.policy.send_window import IsHoliday
from desktop.policy.warmup import OFF, careful_curve


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


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the last message will have left: the likely moment, and the range that it will hardly fall out of.

    `days` are those of the likely course, with what leaves on each and the rule that holds it.
    """

    earliest: datetime
    likely: datetime
    latest: datetime
    days: tuple[DayPlan, ...] = ()


def finish_estimate(
    remaining: int,
    pace: Pace,
    capacities: Sequence[Capacity],
    now: datetime,
    answer_s: float = 0.3,
    window: SendWindow | None = None,
    is_holiday: IsHoliday = no_holidays,
) -> datetime | None:
    """Return the likely moment of `forecast`."""
    found = forecast(remaining, pace, capacities, now, answer_s, window, is_holiday)
    return found.likely if found else None


def forecast(
    remaining: int,
    pace: Pace,
    capacities: Sequence[Capacity],
    now: datetime,
    answer_s: float = 0.3,
    window: SendWindow | None = None,
    is_holiday: IsHoliday = no_holidays,
) -> Forecast | None:
    """Return when `remaining` messages will have left; None when they never will.

    Args:
        answer_s: how long the gateways take to answer one request.
        window: of everybody in the time zone of the first number: most people live where the company does.
    """
    if not capacities:
        return Forecast(now, now, now) if remaining <= 0 else None
    instances = tuple(
        InstancePlan(c.limits, c.timezone, c.sent_today, answer_s=answer_s, curve=careful_curve(c.warmup))
        for c in capacities
    )
    zones = ((capacities[0].timezone, 1),)
    facts = PlanFacts(remaining, pace, instances, window=window, zones=zones, is_holiday=is_holiday)
    found = plan(facts, now)
    if found.finish_earliest is None or found.finish_likely is None or found.finish_latest is None:
        return None
    return Forecast(found.finish_earliest, found.finish_likely, found.finish_latest, found.days)
