"""The planner against the truth: the same campaign, message by message, with the decisions that the engine asks."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.campaign import Pace, SendWindow
from desktop.domain.instance import InstanceLimits
from desktop.policy.plan_facts import InstancePlan, PlanFacts
from desktop.policy.planner import plan
from desktop.policy.warmup import STANDARD
from tests.desktop.policy.brute_force import simulate

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONES = ("America/Sao_Paulo", "America/Manaus", "UTC")
MOST_DAYS = 30


@st.composite
def departures(draw: st.DrawFn, most: int, now: datetime) -> list[datetime]:
    """Departures of the last hour: spread over it, or all within a few minutes."""
    n, age_s = draw(st.integers(0, most)), draw(st.integers(1, 3600))
    gap_s = draw(st.sampled_from([age_s / (n + 1), 0.6]))
    return [now - timedelta(seconds=age_s) + timedelta(seconds=k * gap_s) for k in range(n) if k * gap_s < age_s]


@st.composite
def instances(draw: st.DrawFn, now: datetime) -> InstancePlan:
    limits = InstanceLimits(
        per_day=draw(st.sampled_from([None, None, 50, 150])),
        per_hour=draw(st.sampled_from([None, 20, 60, 200])),
        per_minute=draw(st.sampled_from([None, None, 5, 20])),
        min_gap_s=draw(st.sampled_from([0, 0.5, 3, 10])),
        max_in_flight=draw(st.sampled_from([1, 1, 4])),
    )
    recent = draw(departures(15, now))
    is_new = draw(st.sampled_from([False, False, True]))
    return InstancePlan(
        limits,
        draw(st.sampled_from(ZONES)),
        sent_today=len(recent) + draw(st.integers(0, 25)),
        recent=recent,
        answer_s=draw(st.sampled_from([0.3, 2.0])),
        curve=STANDARD if is_new else None,
        warmup_day=draw(st.integers(1, 4)),
    )


@st.composite
def windows(draw: st.DrawFn, remaining: int) -> tuple[SendWindow | None, tuple[tuple[str, int], ...]]:
    if draw(st.booleans()):
        return None, ()
    start = draw(st.integers(6, 12))
    days = draw(st.sets(st.integers(1, 7), min_size=3))
    first, second = sorted((draw(st.integers(0, remaining)), draw(st.integers(0, remaining))))
    zones = (
        ("America/Sao_Paulo", first), ("America/Rio_Branco", second - first), ("Europe/Lisbon", remaining - second)
    )  # fmt: skip
    return SendWindow(tuple(sorted(days)), time(start), time(start + draw(st.integers(1, 10)))), zones


@st.composite
def campaigns(draw: st.DrawFn) -> tuple[PlanFacts, datetime]:
    now = FRIDAY + timedelta(minutes=draw(st.integers(0, 7 * 24 * 60)))
    remaining = draw(st.sampled_from([1, 2, 3, 10, 40, 150, 300]))
    delay_s = draw(st.sampled_from([0, 0, 2, 10, 60, 260]))
    pace = Pace(
        (delay_s, delay_s),
        draw(st.sampled_from([None, None, 20, 60, 100])),
        draw(st.sampled_from([None, 2.0, 1.0, 0.5])),
        draw(st.sampled_from([None, 1, 10])),
    )
    window, zones = draw(windows(remaining))
    lanes = tuple(draw(st.lists(instances(now), min_size=1, max_size=3)))
    return PlanFacts(remaining, pace, lanes, draw(departures(15, now)), window, zones), now


def more_or_less(facts: PlanFacts, by: int) -> PlanFacts:
    """The same campaign with some messages more or less, in the zone with the most people."""
    zones = sorted(facts.zones, key=lambda zone: -zone[1])
    zones[:1] = [(name, people + by) for name, people in zones[:1]]
    return replace(facts, remaining=facts.remaining + by, zones=tuple(zones))


# The same examples every time: an estimate is allowed to be wrong once in thousands of cases, a test suite is not.
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(campaigns())
def test_error_of_the_eta_is_at_most_a_tenth(case: tuple[PlanFacts, datetime]):
    """The tenth is of the true time, beside one gap and one answer.

    Where a few messages more or less decide over a night or a weekend, either side of it is right.
    """
    facts, now = case
    some = max(1, facts.remaining // 30)
    fewer, more = (simulate(more_or_less(facts, by), now, Random(1), MOST_DAYS) for by in (-some, some))
    estimate = plan(facts, now).finish_likely
    if more is None or fewer is None:  # longer than anybody simulates
        assert estimate is None or estimate > now + timedelta(days=MOST_DAYS * 0.8)
        return
    assert estimate is not None
    slack_s = max(i.limits.min_gap_s + i.answer_s for i in facts.instances) + facts.pace.delay_s[0] / 10
    shortest, longest = ((at - now).total_seconds() for at in (fewer, more))
    assert 0.9 * shortest - slack_s <= (estimate - now).total_seconds() <= 1.1 * longest + slack_s
