"""When a campaign will be finished, day by day, from its plan: pace, limits, allowances, warm-up and send windows.

Theory: messages are a fluid that the limits let through (`flow.py`, `plan_flow.py`), so that a step is a change and
not a message, and a day like one seen before is not worked again but looked up (`plan_days.py`). A fresh hour of a
number lets its whole limit leave at full speed; that alone makes a campaign of 1,667 messages over three numbers a
matter of minutes. The range comes from working the plan three times: as it is expected, with luck, and with what
usually goes wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from desktop.policy.plan_build import build
from desktop.policy.plan_calendar import Calendar
from desktop.policy.plan_days import Days
from desktop.policy.plan_facts import PlanFacts, Projection
from desktop.policy.waiting import Rule

# Machines are closed and gateways are slow: what no plan knows is taken to be this share of the time.
UNKNOWN_SHARE = 0.05
# Messages are no fluid: so much sooner than with all luck it may end, and so few of them may be one pause too late.
FINE_SHARE = 0.01
# Over more days than this chance evens out: the range then follows from the number of messages alone.
LONG_DAYS = 31


@dataclass(frozen=True, slots=True)
class _Course:
    """One of the three ways in which the plan may go."""

    volume: float
    mean_delay_s: float
    answer_factor: float
    reply_share: float


def plan(facts: PlanFacts, now: datetime) -> Projection:
    """Project the campaign day by day from `now`."""
    if facts.remaining <= 0:
        return Projection((), now, now, now)
    if not facts.instances:
        return Projection((), None, None, None, Rule.NO_INSTANCE)
    calendar = Calendar(facts.instances[0].timezone, facts.window, _zones(facts), facts.is_holiday, now)
    if calendar.never_open(now):
        return Projection((), None, None, None, Rule.WINDOW)
    lucky, likely, unlucky = _courses(facts)
    days, finish = _work(facts, calendar, likely, now)
    if finish is None:
        return Projection(days.plans(), None, None, None, days.worked[-1][2])
    ends: list[datetime | None] = []
    may_hold = days.rules
    for course in (lucky, unlucky):
        # How many reply is not evened out by time.
        if len(days.worked) > LONG_DAYS and facts.replies is None:
            ends.append(now + (finish - now) * (course.volume / likely.volume))
            continue
        other, end = _work(facts, calendar, course, now)
        ends.append(end)
        may_hold = other.rules
    earliest, latest = (finish if end is None else end for end in ends)
    latest = max(finish, latest) + (finish - now) * UNKNOWN_SHARE + _back_off(facts)
    holds = frozenset(days.rules)
    earliest = min(finish, earliest) - (finish - now) * FINE_SHARE
    return Projection(days.plans(), max(now, earliest), finish, latest, None, holds, holds | may_hold)


def _work(facts: PlanFacts, calendar: Calendar, course: _Course, now: datetime) -> tuple[Days, datetime | None]:
    works = build(facts, course.mean_delay_s, course.answer_factor, now, course.reply_share)
    days = Days(works, calendar, course.volume, now)
    left_at = days.work()
    answer_s = sum(i.answer_s for i in facts.instances) / len(facts.instances) * course.answer_factor
    return days, left_at and left_at + timedelta(seconds=answer_s)


def _zones(facts: PlanFacts) -> Sequence[tuple[str, int]]:
    named = [(zone, people) for zone, people in facts.zones if people > 0]
    return named or [(facts.instances[0].timezone, 1)]


def _courses(facts: PlanFacts) -> tuple[_Course, _Course, _Course]:
    """Return the course with luck, the likely one and the one without: delays, answers, retries and replies differ."""
    low, high = facts.pace.delay_s
    mean = (low + high) / 2 if high > 0 else 0.0
    # Two standard deviations of a mean of so many uniform delays.
    spread = 2 * (high - low) / sqrt(12 * facts.remaining)
    few, some, many = facts.replies.shares if facts.replies else (0.0, 0.0, 0.0)
    return (
        # Where bursts follow pauses, a few messages more or less decide over a pause.
        _Course(facts.remaining * (1 - FINE_SHARE), max(mean - spread, low), 0.7, few),
        _Course(facts.remaining * (1 + facts.retry_share), mean, 1.0, some),
        _Course(facts.remaining * (1 + 2 * facts.retry_share), min(mean + spread, high), 1.5, many),
    )


def _back_off(facts: PlanFacts) -> timedelta:
    """Return how long the last recipient may be tried again after everybody else is done."""
    if facts.retry_share <= 0:
        return timedelta()
    delays = (min(facts.retry.base_s * 2.0**n, facts.retry.max_s) for n in range(facts.retry.attempts - 1))
    return timedelta(seconds=sum(delays))
