"""A recipient hears from us only while the clock on their own wall shows an open hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.campaign import SendWindow
from desktop.policy.send_window import HORIZON_DAYS, next_opening, openings, window_wait
from desktop.policy.waiting import Rule

SAO_PAULO, MANAUS, NEW_YORK = "America/Sao_Paulo", "America/Manaus", "America/New_York"
WEEKDAYS, EVERY_DAY = (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 7)
OFFICE = SendWindow(WEEKDAYS, time(9), time(18))


def never(_day: date) -> bool:
    return False


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-20T09:00", "2026-11-20T09:00"),  # Friday, at the very start
        ("2026-11-20T08:59:59", "2026-11-20T09:00"),
        ("2026-11-20T17:59:59.999999", "2026-11-20T17:59:59.999999"),
        ("2026-11-20T18:00", "2026-11-23T09:00"),  # the end is not open; the next open day is Monday
        ("2026-11-21T12:00", "2026-11-23T09:00"),  # Saturday
    ],
)
def test_window_is_half_open_and_skips_closed_days(now: str, opens: str):
    assert next_opening(OFFICE, SAO_PAULO, at(now, SAO_PAULO), never) == at(opens, SAO_PAULO)


def test_same_moment_is_open_in_one_zone_and_closed_in_another():
    now = at("2026-11-20T12:30")  # 09:30 in São Paulo, 08:30 in Manaus
    assert window_wait(OFFICE, SAO_PAULO, now, never) is None
    held = window_wait(OFFICE, MANAUS, now, never)
    assert held is not None
    assert (held.rule, held.until) == (Rule.WINDOW, at("2026-11-20T09:00", MANAUS))
    assert held.facts == {
        "timezone": MANAUS,
        "days": [1, 2, 3, 4, 5],
        "start": "09:00",
        "end": "18:00",
        "holiday": False,
    }


def test_holiday_is_closed_and_is_named_as_the_reason():
    christmas = date(2026, 12, 25)  # a Friday
    held = window_wait(OFFICE, SAO_PAULO, at("2026-12-25T10:00", SAO_PAULO), christmas.__eq__)
    assert held is not None
    assert held.until == at("2026-12-28T09:00", SAO_PAULO)
    assert held.facts["holiday"] is True


def test_window_over_midnight_belongs_to_the_day_on_which_it_opens():
    late = SendWindow((5,), time(22), time(2))
    assert next_opening(late, SAO_PAULO, at("2026-11-21T01:59", SAO_PAULO), never) == at("2026-11-21T01:59", SAO_PAULO)
    assert next_opening(late, SAO_PAULO, at("2026-11-20T01:00", SAO_PAULO), never) == at("2026-11-20T22:00", SAO_PAULO)
    # Saturday is a holiday: what opened on Friday goes on.
    saturday = date(2026, 11, 21)
    assert window_wait(late, SAO_PAULO, at("2026-11-21T01:00", SAO_PAULO), saturday.__eq__) is None


def test_window_until_midnight_ends_with_the_day():
    evening = SendWindow(WEEKDAYS, time(20), time(0))
    found = list(openings(evening, "UTC", at("2026-11-20T00:00"), at("2026-11-22T00:00"), never))
    assert found == [(at("2026-11-20T20:00"), at("2026-11-21T00:00"))]


def test_hour_that_the_clock_skips_is_not_open():
    # New York, 2026-03-08: 02:00 becomes 03:00.
    skipped = SendWindow(EVERY_DAY, time(2), time(3))
    found = list(openings(skipped, NEW_YORK, at("2026-03-08T00:00", NEW_YORK), at("2026-03-09T00:00", NEW_YORK), never))
    assert found == []


def test_window_that_starts_in_a_skipped_hour_opens_when_the_clock_has_jumped():
    begins = SendWindow(EVERY_DAY, time(2, 30), time(4))
    opens = next_opening(begins, NEW_YORK, at("2026-03-08T00:00", NEW_YORK), never)
    assert opens == at("2026-03-08T03:00", NEW_YORK) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_hour_that_the_clock_shows_twice_is_open_twice():
    # New York, 2026-11-01: 02:00 becomes 01:00 again, at 06:00 UTC.
    twice = SendWindow(EVERY_DAY, time(1, 30), time(1, 45))
    day = (at("2026-11-01T00:00", NEW_YORK), at("2026-11-02T00:00", NEW_YORK))
    first = (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 45, tzinfo=UTC))
    assert list(openings(twice, NEW_YORK, *day, never)) == [first, tuple(t + timedelta(hours=1) for t in first)]
    whole = SendWindow(EVERY_DAY, time(1), time(3))
    assert list(openings(whole, NEW_YORK, *day, never)) == [
        (datetime(2026, 11, 1, 5, tzinfo=UTC), datetime(2026, 11, 1, 8, tzinfo=UTC))
    ]


def test_day_that_a_country_leaves_out_is_never_open():
    # Samoa had no 30 December 2011.
    friday = SendWindow((5,), time(9), time(18))
    opens = next_opening(friday, "Pacific/Apia", datetime(2011, 12, 29, 0, tzinfo=UTC), never)
    assert opens == at("2012-01-06T09:00", "Pacific/Apia")


@pytest.mark.parametrize(
    ("window", "is_holiday"),
    [
        (SendWindow((), time(9), time(18)), never),
        (SendWindow(WEEKDAYS, time(9), time(9)), never),
        (OFFICE, lambda _day: True),
    ],
)
def test_window_that_never_opens_is_a_wait_without_end(window: SendWindow, is_holiday):
    held = window_wait(window, SAO_PAULO, at("2026-11-20T12:00"), is_holiday)
    assert held is not None
    assert held.until is None


def test_window_without_days_has_no_openings():
    assert (
        list(openings(SendWindow((), time(9), time(18)), "UTC", at("2026-11-20T00"), at("2028-01-01T00"), never)) == []
    )


def test_search_is_bounded():
    asked: list[date] = []

    def is_holiday(day: date) -> bool:
        asked.append(day)
        return True

    assert next_opening(SendWindow(EVERY_DAY, time(9), time(18)), "UTC", at("2026-11-20T12:00"), is_holiday) is None
    assert len(asked) == HORIZON_DAYS


ZONES = st.sampled_from([SAO_PAULO, MANAUS, NEW_YORK, "Europe/Lisbon", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
HOURS = st.times().map(lambda t: t.replace(second=0, microsecond=0))
WINDOWS = st.builds(SendWindow, st.sets(st.integers(1, 7)).map(lambda days: tuple(sorted(days))), HOURS, HOURS)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def shows_open(window: SendWindow, zone: str, now: datetime) -> bool:
    """The rule itself, read from the wall clock and nothing else."""
    wall = now.astimezone(ZoneInfo(zone))
    today = wall.isoweekday()
    if window.start < window.end:
        return today in window.days and window.start <= wall.time() < window.end
    if window.start == window.end:
        return False
    yesterday = (today - 2) % 7 + 1
    return (today in window.days and wall.time() >= window.start) or (
        yesterday in window.days and wall.time() < window.end
    )


@given(window=WINDOWS, zone=ZONES, now=MOMENTS)
def test_window_is_open_exactly_when_the_wall_clock_says_so(window: SendWindow, zone: str, now: datetime):
    assert (window_wait(window, zone, now, never) is None) == shows_open(window, zone, now)


@given(window=WINDOWS, zone=ZONES, now=MOMENTS)
def test_promised_moment_is_open_and_the_one_before_it_is_not(window: SendWindow, zone: str, now: datetime):
    opens = next_opening(window, zone, now, never)
    if opens is not None and opens != now:
        assert shows_open(window, zone, opens)
        assert not shows_open(window, zone, opens - timedelta(microseconds=1))
