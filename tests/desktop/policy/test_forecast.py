"""The estimate comes from the plan: pace, limits of the numbers, allowance of the days."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.campaign import Pace
from desktop.domain.instance import InstanceLimits
from desktop.policy.forecast import Capacity, finish_estimate, instance_rate, pace_rate

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FREE = Pace(delay_s=(0, 0), per_hour=None, per_second=None, burst=None)


def capacity(sent_today: int = 0, **limits: object) -> Capacity:
    return Capacity(InstanceLimits(**{"per_hour": None, "min_gap_s": 1.0, **limits}), "UTC", sent_today)  # type: ignore[arg-type]


def test_slowest_rule_of_the_pace_decides():
    assert pace_rate(Pace(delay_s=(10, 30), per_hour=100, per_second=2)) == pytest.approx(100 / 3600)
    assert pace_rate(Pace(delay_s=(60, 60), per_hour=100, per_second=2)) == pytest.approx(1 / 60)
    assert pace_rate(FREE) is None


def test_slowest_limit_of_the_instance_decides():
    assert instance_rate(InstanceLimits(per_hour=1000, min_gap_s=0.5), 0.3) == pytest.approx(1000 / 3600)
    assert instance_rate(InstanceLimits(per_hour=None, min_gap_s=0, max_in_flight=4), 0.5) == pytest.approx(8)


def test_numbers_add_up_until_the_campaigns_own_pace_holds_them():
    three = [capacity() for _ in range(3)]
    assert finish_estimate(300, FREE, three, NOON) == NOON + timedelta(seconds=100)
    slow = Pace(delay_s=(10, 10), per_hour=None, per_second=None)
    assert finish_estimate(300, slow, three, NOON) == NOON + timedelta(seconds=3000)


def test_daily_limit_moves_the_rest_to_the_next_days():
    finish = finish_estimate(250, FREE, [capacity(per_day=100, sent_today=40)], NOON)
    # 60 today, 100 tomorrow, the last 90 on the third day.
    assert finish == datetime(2026, 11, 23, 0, 1, 30, tzinfo=UTC)


def test_nothing_left_is_finished_now_and_no_instance_never():
    assert finish_estimate(0, FREE, [], NOON) == NOON
    assert finish_estimate(5, FREE, [], NOON) is None
    assert finish_estimate(5, FREE, [capacity(per_day=0)], NOON) is None
