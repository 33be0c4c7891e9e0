"""The plan of a campaign: each day with its rule, and an end that is a range or never."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

import pytest

from desktop.domain.campaign import Pace, RetryPlan, SendWindow
from desktop.domain.instance import InstanceLimits
from desktop.policy.plan_build import build
from desktop.policy.plan_calendar import Calendar
from desktop.policy.plan_days import Days, apportion
from desktop.policy.plan_facts import InstancePlan, PlanFacts, PortfolioRoom, no_holidays
from desktop.policy.planner import FINE_SHARE, UNKNOWN_SHARE, plan
from desktop.policy.waiting import Rule
from desktop.policy.warmup import STANDARD

SAO_PAULO, MANAUS = "America/Sao_Paulo", "America/Manaus"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday, 09:00 in São Paulo
FREE = Pace((0, 0), None, None, None)
OFFICE = SendWindow((1, 2, 3, 4, 5), time(9), time(18))


def lane(timezone: str = "UTC", *, answer_s: float = 0.3, **limits: object) -> InstancePlan:
    wanted = {"per_hour": None, "min_gap_s": 1.0, **limits}
    return InstancePlan(InstanceLimits(**wanted), timezone, answer_s=answer_s)  # type: ignore[arg-type]


def facts(remaining: int, *lanes: InstancePlan, pace: Pace = FREE, **others: object) -> PlanFacts:
    return PlanFacts(remaining, pace, lanes, **others)  # type: ignore[arg-type]


def seconds(given: PlanFacts) -> float:
    finish = plan(given, NOON).finish_likely
    assert finish is not None
    return (finish - NOON).total_seconds()


def rules(given: PlanFacts) -> list[Rule]:
    return [rule for rule, _days in groupby(day.limiting_rule for day in plan(given, NOON).days)]


def test_fresh_hours_let_their_whole_limits_leave_at_full_speed():
    """1,667 messages over three numbers with 1,000 an hour each take minutes, not half an hour."""
    three = [lane(per_hour=1000, min_gap_s=0.5)] * 3
    assert seconds(facts(1667, *three)) == pytest.approx(1667 / 6, rel=0.01)
    assert seconds(facts(3000, *three)) == pytest.approx(500, rel=0.01)
    assert seconds(facts(3006, *three)) == pytest.approx(3601, rel=0.01)


@pytest.mark.parametrize(
    ("given", "expected_s", "rule"),
    [
        (facts(11, lane(min_gap_s=10)), 100.3, Rule.MIN_GAP),
        (facts(11, lane(min_gap_s=0, answer_s=5)), 55, Rule.IN_FLIGHT),
        (facts(8, lane(min_gap_s=0, answer_s=5, max_in_flight=4)), 10, Rule.IN_FLIGHT),
        (facts(11, lane(), pace=Pace((20, 40), None, None, None)), 300.3, Rule.PACE_DELAY),
        (facts(15, lane(min_gap_s=0.1, answer_s=0.1), pace=Pace((0, 0), None, 1.0, 5)), 10, Rule.PACE_PER_SECOND),
        (facts(45, lane(), pace=Pace((0, 0), 20, None, None)), 7204, Rule.PACE_PER_HOUR),
        (facts(45, lane(per_hour=20)), 7204, Rule.HOURLY_LIMIT),
        (facts(25, lane(per_minute=10)), 124, Rule.MINUTE_LIMIT),
        (facts(1000, lane(per_minute=10)), 99 * 60, Rule.MINUTE_LIMIT),
        (facts(1001, lane(min_gap_s=60), pace=Pace((0, 0), 1000, None, None)), 60000, Rule.MIN_GAP),
    ],
)
def test_slowest_rule_decides_and_is_named(given: PlanFacts, expected_s: float, rule: Rule):
    assert seconds(given) == pytest.approx(expected_s, rel=0.02, abs=0.5)
    assert rules(given) == [rule]


def test_hours_alike_are_passed_over_and_the_last_one_is_exact():
    assert seconds(facts(500, lane(per_hour=20))) == pytest.approx(24 * 3600 + 19.3, abs=0.1)
    different = facts(3000, lane(per_hour=100, per_day=2000), lane(SAO_PAULO, per_hour=30))
    assert seconds(different) == pytest.approx(23 * 3600 + 4.3, abs=0.5)


def test_what_has_left_through_the_running_windows_counts():
    """Two minutes ago the hour's limit was used up within half a minute: nothing leaves for 58 minutes."""
    recent = [NOON - timedelta(seconds=120 - n) for n in range(20)]
    used = replace(lane(per_hour=20), sent_today=20, recent=recent)
    assert seconds(facts(1, used)) == pytest.approx(3480, abs=5)
    assert seconds(facts(20, used)) == pytest.approx(3500, abs=5)
    mine = facts(1, lane(), pace=Pace((0, 0), 20, None, None), recent=recent)
    assert seconds(mine) == pytest.approx(3480, abs=5)
    gap = facts(1, lane(), pace=Pace((300, 300), None, None, None), recent=recent)
    assert seconds(gap) == pytest.approx(300 - 101, abs=1)


def test_messages_in_flight_are_awaited_first():
    busy = replace(lane(min_gap_s=0, answer_s=10, max_in_flight=1), in_flight=1)
    assert seconds(facts(1, busy)) == pytest.approx(20, abs=1)


def test_days_add_up_and_name_their_rule():
    projection = plan(facts(250, replace(lane(per_day=100), sent_today=40)), NOON)
    assert [(day.date.day, day.messages, day.limiting_rule) for day in projection.days] == [
        (20, 60, Rule.DAILY_LIMIT),
        (21, 100, Rule.DAILY_LIMIT),
        (22, 90, Rule.MIN_GAP),
    ]
    assert projection.never is None


def test_each_number_has_its_own_midnight():
    """São Paulo's day begins three hours after UTC's: its allowance comes when the first number's is long used up."""
    given = facts(50, lane("UTC", per_day=20), replace(lane(SAO_PAULO, per_day=20), sent_today=20))
    finish = plan(given, NOON).finish_likely
    assert finish is not None
    assert finish - datetime(2026, 11, 21, 3, tzinfo=UTC) == pytest.approx(
        timedelta(seconds=10), abs=timedelta(seconds=3)
    )


def test_warm_up_grows_with_the_days_that_send():
    new = InstancePlan(InstanceLimits(per_hour=None), SAO_PAULO, curve=STANDARD, warmup_day=1)
    projection = plan(facts(200, new), NOON)
    assert [day.messages for day in projection.days] == [20, 25, 30, 35, 40, 50]
    assert {day.limiting_rule for day in projection.days[:-1]} == {Rule.WARM_UP}
    capped = replace(new, limits=replace(new.limits, per_day=30))
    assert [day.messages for day in plan(facts(130, capped), NOON).days] == [20, 25, 30, 30, 25]
    assert plan(facts(130, capped), NOON).days[3].limiting_rule is Rule.DAILY_LIMIT


def test_warm_up_does_not_grow_over_a_weekend_without_messages():
    new = InstancePlan(InstanceLimits(per_hour=None), SAO_PAULO, curve=STANDARD, warmup_day=1)
    projection = plan(facts(60, new, window=OFFICE), NOON)
    assert [day.messages for day in projection.days] == [20, 0, 0, 25, 15]
    assert projection.days[1].limiting_rule is Rule.WINDOW


def test_windows_hold_each_zone_by_its_own_clock():
    """At 09:00 in São Paulo nobody in Manaus may be written to for another hour."""
    zones = ((SAO_PAULO, 1), (MANAUS, 1))
    assert seconds(facts(10, lane(SAO_PAULO), window=OFFICE, zones=((SAO_PAULO, 5), (MANAUS, 0)))) < 60
    assert seconds(facts(10, lane(SAO_PAULO), window=OFFICE, zones=zones)) == pytest.approx(3600, abs=10)
    evening = datetime(2026, 11, 20, 20, 59, 30, tzinfo=UTC)  # half a minute before São Paulo closes
    finish = plan(facts(100, lane(SAO_PAULO), window=OFFICE, zones=((SAO_PAULO, 100),)), evening).finish_likely
    assert finish is not None
    assert datetime(2026, 11, 23, 12, 1, tzinfo=UTC) < finish < datetime(2026, 11, 23, 12, 2, tzinfo=UTC)


def test_holidays_are_closed():
    finish = plan(facts(5, lane(SAO_PAULO), window=OFFICE, is_holiday=date(2026, 11, 20).__eq__), NOON).finish_likely
    assert finish is not None
    assert finish.date() == date(2026, 11, 23)


def test_a_day_on_which_a_clock_is_set_is_like_no_other():
    """New York's night of four hours lets 240 leave, each other one 180: on the 31st, the 1st, the 2nd."""
    start = datetime(2026, 10, 30, 18, tzinfo=UTC)
    nights = SendWindow((1, 2, 3, 4, 5, 6, 7), time(0), time(3))
    people = facts(1000, lane("UTC", min_gap_s=60.0), window=nights, zones=(("America/New_York", 1),))
    projection = plan(people, start)
    assert [round(day.messages, -1) for day in projection.days] == [0, 180, 240, 180, 180, 180, 40]


def test_window_over_midnight_and_far_zones_open_on_other_dates():
    night = SendWindow((5,), time(22), time(2))
    finish = plan(facts(30, lane(SAO_PAULO, min_gap_s=600), window=night), NOON).finish_likely
    assert finish is not None  # from Friday 22:00 (01:00 UTC) every ten minutes, until 02:00 and on the next Friday
    assert datetime(2026, 11, 28, 1, tzinfo=UTC) < finish < datetime(2026, 11, 28, 3, tzinfo=UTC)
    # 09:00 in Tokyo is 21:00 of the day before in São Paulo: Sunday has three hours, Friday's nine end at 06:00.
    tokyo = facts(5000, lane(SAO_PAULO, min_gap_s=60), window=OFFICE, zones=(("Asia/Tokyo", 1),))
    hours = [round(day.messages / 60) for day in plan(tokyo, NOON).days[:9]]
    assert hours == [0, 0, 3, 9, 9, 9, 9, 6, 0]


def test_zones_with_the_same_clock_are_one_group():
    calendar = Calendar(SAO_PAULO, OFFICE, ((SAO_PAULO, 3), ("America/Bahia", 2), (MANAUS, 1)), no_holidays, NOON)
    assert calendar.people == [5, 1]


def test_the_providers_rate_holds_what_everything_else_would_let_through():
    fast = lane(min_gap_s=0.0, max_in_flight=200, per_second=20)
    assert seconds(facts(1000, fast)) == pytest.approx(49.3, abs=0.5)
    assert rules(facts(1000, fast)) == [Rule.THROUGHPUT]


def test_portfolio_is_shared_by_its_numbers():
    """Rotation inside one portfolio adds no reach."""
    room = {"acme": PortfolioRoom(100, used=20), "free": PortfolioRoom(None)}
    two = [replace(lane(SAO_PAULO, per_day=90), portfolio="acme")] * 2
    projection = plan(facts(250, *two, portfolios=room), NOON)
    assert [day.messages for day in projection.days] == [80, 100, 70]
    assert projection.days[0].limiting_rule is Rule.PORTFOLIO_LIMIT
    different = [replace(two[0], portfolio="acme"), replace(lane(MANAUS, per_hour=20), portfolio="acme")]
    assert plan(facts(250, *different, portfolios=room), NOON).days[0].messages == 80
    weeks = plan(facts(5000, *two, portfolios=room, window=OFFICE), NOON)
    assert [day.messages for day in weeks.days[:7]] == [80, 0, 0, 100, 100, 100, 100]
    assert len(plan(facts(170, *(replace(one, portfolio="free") for one in two), portfolios=room), NOON).days) == 1


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (facts(5), Rule.NO_INSTANCE),
        (facts(5, lane(per_day=0)), Rule.DAILY_LIMIT),
        (facts(5, lane(per_hour=0)), Rule.HOURLY_LIMIT),
        (facts(5, lane(per_minute=0)), Rule.MINUTE_LIMIT),
        (facts(5, lane(), pace=Pace((0, 0), 0, None, None)), Rule.PACE_PER_HOUR),
        (facts(5, lane(), window=SendWindow((), time(9), time(18))), Rule.WINDOW),
        (facts(5, lane(), window=OFFICE, is_holiday=lambda _day: True), Rule.WINDOW),
        (facts(5, replace(lane(), curve=((1, 0),))), Rule.WARM_UP),
        (facts(10**6, lane(per_day=100)), Rule.DAILY_LIMIT),  # longer than ten years
    ],
)
def test_what_never_ends_names_the_rule_that_blocks(given: PlanFacts, rule: Rule):
    projection = plan(given, NOON)
    assert (projection.finish_earliest, projection.finish_likely, projection.finish_latest) == (None, None, None)
    assert projection.never is rule


def test_nothing_left_is_finished_now():
    assert plan(facts(0), NOON).finish_likely == NOON


def test_range_is_in_order_and_wide_where_much_is_unknown():
    sure = plan(facts(100, lane(), pace=Pace((60, 60), None, None, None)), NOON)
    vague = plan(facts(100, lane(), pace=Pace((0, 120), None, None, None), retry_share=0.1), NOON)
    for projection in (sure, vague):
        assert projection.finish_earliest is not None
        assert projection.finish_likely is not None
        assert projection.finish_latest is not None
        assert projection.finish_earliest <= projection.finish_likely <= projection.finish_latest
    assert sure.finish_latest - sure.finish_likely >= UNKNOWN_SHARE * (sure.finish_likely - NOON)  # type: ignore[operator]
    width = vague.finish_latest - vague.finish_earliest  # type: ignore[operator]
    assert width > 3 * (sure.finish_latest - sure.finish_earliest)  # type: ignore[operator]


def test_retries_take_time_and_the_last_one_is_waited_for():
    usual = facts(100, lane(), pace=Pace((10, 10), None, None, None))
    tried = replace(usual, retry_share=0.2, retry=RetryPlan(3, 600, 3600))
    assert seconds(tried) == pytest.approx(1.2 * seconds(usual), rel=0.02)
    latest = plan(tried, NOON).finish_latest
    assert latest is not None
    assert latest - NOON > timedelta(seconds=1400 + 600 + 1200)


def test_long_campaign_has_its_range_from_its_volume():
    projection = plan(facts(100 * 100, lane(per_day=100), retry_share=0.1), NOON)
    assert projection.finish_earliest is not None
    assert projection.finish_likely is not None
    assert len(projection.days) == 110
    share = (projection.finish_earliest - NOON) / (projection.finish_likely - NOON)
    assert share == pytest.approx((1 - FINE_SHARE) / 1.1 - FINE_SHARE)


def test_years_are_projected_by_working_a_handful_of_days():
    """What a day costs is paid once for each kind of day, however many there are."""
    given = facts(
        100_000, *[lane(SAO_PAULO, per_hour=50, per_day=60)] * 3, pace=Pace(), window=OFFICE,
        zones=((SAO_PAULO, 80), (MANAUS, 15), ("America/Rio_Branco", 5)),
    )  # fmt: skip
    calendar = Calendar(SAO_PAULO, OFFICE, given.zones, no_holidays, NOON)
    days = Days(build(given, 260.0, 1.0, NOON), calendar, 100_000, NOON)
    assert days.work() is not None
    assert len(days.worked) > 900
    assert len(days._seen) < 20
    assert sum(day.messages for day in days.plans()) == 100_000


@pytest.mark.parametrize(
    ("volume", "people", "expected"),
    [(1, (3, 5, 2), [0, 1, 0]), (10, (1, 1, 1), [4, 3, 3]), (100, (80, 15, 5), [80, 15, 5]), (7.6, (1, 1), [4, 4])],
)
def test_people_are_whole(volume: float, people: tuple[int, ...], expected: list[int]):
    assert apportion(volume, people) == expected


def test_daylight_saving_days_are_as_long_as_they_are():
    """New York, 2026-11-01 has 25 hours: with one message an hour, one more leaves."""
    begins = datetime(2026, 11, 1, 4, tzinfo=UTC)
    projection = plan(facts(100, lane("America/New_York", min_gap_s=3600)), begins)
    assert [day.messages for day in projection.days[:3]] == [26, 24, 24]
