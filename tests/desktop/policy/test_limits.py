"""No window is ever exceeded, whatever the departures, and the answer names the rule and the moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.instance import InstanceLimits
from desktop.policy.limits import (
    HOUR,
    InstanceUsage,
    allowance_left,
    instance_wait,
    local_midnight,
    next_local_midnight,
    window_wait,
)
from desktop.policy.waiting import Rule

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SAO_PAULO = "America/Sao_Paulo"


def limits(**given: object) -> InstanceLimits:
    return InstanceLimits(**{"per_hour": None, "min_gap_s": 0.0, **given})  # type: ignore[arg-type]


def usage(*ago_s: float, today: int = 0, in_flight: int = 0) -> InstanceUsage:
    return InstanceUsage(sorted(NOON - timedelta(seconds=s) for s in ago_s), today, in_flight)


def test_nth_departure_is_allowed_and_the_one_after_it_is_refused():
    assert instance_wait(limits(per_minute=3), usage(50, 10), "UTC", NOON) is None
    refused = instance_wait(limits(per_minute=3), usage(50, 10, 5), "UTC", NOON)
    assert refused is not None
    assert (refused.rule, refused.until) == (Rule.MINUTE_LIMIT, NOON + timedelta(seconds=10))


def test_window_is_half_open_at_its_end():
    assert window_wait([NOON - HOUR], 1, HOUR, NOON) is None
    assert window_wait([NOON - HOUR + timedelta(milliseconds=1)], 1, HOUR, NOON) == NOON + timedelta(milliseconds=1)


def test_daily_limit_waits_for_the_instances_own_midnight():
    refused = instance_wait(limits(per_day=5), usage(today=5), SAO_PAULO, NOON)
    assert refused is not None
    assert refused.rule is Rule.DAILY_LIMIT
    assert refused.until == datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert refused.facts == {"used": 5, "limit": 5}


def test_longest_of_several_rules_is_the_answer():
    refused = instance_wait(limits(per_day=5, min_gap_s=2), usage(1, today=5), "UTC", NOON)
    assert refused is not None
    assert refused.rule is Rule.DAILY_LIMIT


def test_gap_is_counted_from_the_last_departure():
    refused = instance_wait(limits(min_gap_s=0.5), usage(0.2), "UTC", NOON)
    assert refused is not None
    assert (refused.rule, refused.until) == (Rule.MIN_GAP, NOON + timedelta(seconds=0.3))


def test_full_lane_waits_for_an_answer_and_for_no_moment():
    refused = instance_wait(limits(max_in_flight=2), usage(in_flight=2), "UTC", NOON)
    assert refused is not None
    assert (refused.rule, refused.until) == (Rule.IN_FLIGHT, None)


def test_limit_of_zero_never_lets_anything_through():
    assert window_wait([], 0, HOUR, NOON) is not None


@pytest.mark.parametrize(("per_day", "today", "left"), [(None, 7, None), (10, 7, 3), (5, 7, 0)])
def test_allowance_left_never_goes_below_zero(per_day: int | None, today: int, left: int | None):
    assert allowance_left(limits(per_day=per_day), usage(today=today)) == left


def test_midnights_follow_daylight_saving():
    # New York, 2026-11-01: clocks go back, the day has 25 hours.
    now = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
    day = next_local_midnight(now, "America/New_York") - local_midnight(now, "America/New_York")
    assert day == timedelta(hours=25)


@given(
    gaps=st.lists(st.floats(0, 900), max_size=120),
    per_hour=st.integers(1, 12),
    per_minute=st.integers(1, 4),
)
def test_sliding_windows_are_never_exceeded(gaps: list[float], per_hour: int, per_minute: int):
    """Whoever asks at any moments and departs only when told so never has more in any window than its limit."""
    rule, now, departures = limits(per_hour=per_hour, per_minute=per_minute), NOON, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        waiting = instance_wait(rule, InstanceUsage(departures, 0, 0), "UTC", now)
        if waiting is None:
            departures.append(now)
        else:
            assert waiting.until is not None
            assert waiting.until > now
    for limit, window in ((per_hour, HOUR), (per_minute, timedelta(minutes=1))):
        for first, beyond in zip(departures, departures[limit:], strict=False):
            assert beyond - first >= window


@given(ago=st.lists(st.floats(0, 7200), min_size=1, max_size=40), limit=st.integers(1, 20))
def test_promised_moment_is_exact(ago: list[float], limit: int):
    """At the promised moment something may leave, and a moment before it may not."""
    departures = sorted(NOON - timedelta(seconds=s) for s in ago)
    until = window_wait(departures, limit, HOUR, NOON)
    if until is not None:
        assert window_wait(departures, limit, HOUR, until) is None
        assert window_wait(departures, limit, HOUR, until - timedelta(microseconds=1)) == until
