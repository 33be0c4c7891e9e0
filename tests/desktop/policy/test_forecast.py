"""The estimate comes from the plan: pace, limits of the numbers, allowance of the days."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.campaign import Pace
from desktop.domain.instance import InstanceLimits
from desktop.policy.forecast import Capacity, Forecast, finish_estimate, forecast, pace_rate

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FREE = Pace(delay_s=(0, 0), per_hour=None, per_second=None, burst=None)


def capacity(sent_today: int = 0, **limits: object) -> Capacity:
    return Capacity(InstanceLimits(**{"per_hour": None, "min_gap_s": 1.0, **limits}), "UTC", sent_today)  # type: ignore[arg-type]


def seconds_of(finish: datetime | None) -> float:
    assert finish is not None
    return (finish - NOON).total_seconds()


def test_slowest_rule_of_the_pace_decides():
    assert pace_rate(Pace(delay_s=(10, 30), per_hour=100, per_second=2)) == pytest.approx(100 / 3600)
    assert pace_rate(Pace(delay_s=(60, 60), per_hour=100, per_second=2)) == pytest.approx(1 / 60)
    assert pace_rate(FREE) is None


def test_numbers_add_up_until_the_campaigns_own_pace_holds_them():
    three = [capacity() for _ in range(3)]
    assert seconds_of(finish_estimate(300, FREE, three, NOON)) == pytest.approx(99.3, abs=0.1)
    slow = Pace(delay_s=(10, 10), per_hour=None, per_second=None)
    assert seconds_of(finish_estimate(300, slow, three, NOON)) == pytest.approx(2990.3, abs=1)


def test_a_fresh_hour_lets_its_whole_limit_leave_at_full_speed():
    three = [capacity(per_hour=1000, min_gap_s=0.5) for _ in range(3)]
    assert seconds_of(finish_estimate(1667, FREE, three, NOON)) == pytest.approx(1667 / 6, rel=0.01)


def test_slow_answers_hold_what_the_gap_would_let_through():
    assert seconds_of(finish_estimate(100, FREE, [capacity(min_gap_s=0.0)], NOON, answer_s=2.0)) == pytest.approx(200)


def test_daily_limit_moves_the_rest_to_the_next_days():
    finish = finish_estimate(250, FREE, [capacity(per_day=100, sent_today=40)], NOON)
    # 60 today, 100 tomorrow, the last 90 on the third day.
    third_day = datetime(2026, 11, 23, tzinfo=UTC)
    assert finish is not None
    assert timedelta(seconds=85) < finish - third_day < timedelta(seconds=95)


def test_nothing_left_is_finished_now_and_no_instance_never():
    assert finish_estimate(0, FREE, [], NOON) == NOON
    assert finish_estimate(5, FREE, [], NOON) is None
    assert finish_estimate(5, FREE, [capacity(per_day=0)], NOON) is None


def test_a_curve_that_nobody_understands_is_taken_for_the_standard_one():
    def estimate(warmup: str) -> datetime | None:
        capacity = Capacity(InstanceLimits(per_hour=None), "UTC", 0, warmup)
        return finish_estimate(500, Pace((0.0, 0.0), None, None, None), [capacity], NOON)

    assert estimate("a few more every day") == estimate("standard")
    assert estimate("standard") != estimate("off")


def test_the_range_holds_the_likely_end_and_is_wider_with_random_gaps():
    even, random = Pace((60, 60), None, None, None), Pace((10, 110), None, None, None)
    narrow, wide = (forecast(100, pace, [capacity()], NOON) for pace in (even, random))
    assert narrow
    assert wide
    assert narrow.earliest <= narrow.likely < narrow.latest
    assert wide.earliest < wide.likely < wide.latest
    assert wide.latest - wide.earliest > narrow.latest - narrow.earliest
    assert forecast(0, even, [], NOON) == Forecast(NOON, NOON, NOON)
    assert forecast(5, even, [capacity(per_day=0)], NOON) is None
