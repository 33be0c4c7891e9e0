"""How long a campaign will take, in short: the planner asked with what every caller knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.campaign import Pace
from desktop.domain.instance import InstanceLimits
from desktop.policy.plan_facts import InstancePlan, PlanFacts
from desktop.policy.planner import plan


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


def finish_estimate(
    remaining: int, pace: Pace, capacities: Sequence[Capacity], now: datetime, answer_s: float = 0.3
) -> datetime | None:
    """Return when `remaining` messages will likely have left; None when they never will.

    Args:
        answer_s: how long the gateways take to answer one request.
    """
    instances = tuple(InstancePlan(c.limits, c.timezone, c.sent_today, answer_s=answer_s) for c in capacities)
    return plan(PlanFacts(remaining, pace, instances), now).finish_likely
