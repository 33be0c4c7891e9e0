"""A new number starts small; days on which it sent move it on, weeks of silence step it back."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import KnownError
from desktop.domain.instance import InstanceLimits
from desktop.policy.waiting import Rule
from desktop.policy.warmup import (
    STANDARD,
    Curve,
    WarmupDay,
    advanced,
    allowance,
    curve_at,
    curve_of,
    curve_text,
    limits_today,
    smallest,
    warmup_wait,
)

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SHORT: Curve = ((1, 10), (3, 30), (5, None))


def history(*days_ago: int, sent: int = 5) -> list[tuple[date, int]]:
    return [(TODAY - timedelta(days=n), sent) for n in days_ago]


def test_standard_curve_starts_at_twenty_and_grows_for_four_weeks_until_there_is_no_limit():
    assert curve_at(STANDARD, 1) == 20
    assert curve_at(STANDARD, 28) == 2745
    assert curve_at(STANDARD, 29) is curve_at(STANDARD, 400) is None
    limited = [n for _day, n in STANDARD if n is not None]
    assert [day for day, _n in STANDARD] == list(range(1, 30))
    assert all(1.1 < after / before < 1.27 for before, after in pairwise(limited))


@pytest.mark.parametrize(("day", "expected"), [(1, 10), (2, 10), (3, 30), (4, 30), (5, None), (9, None)])
def test_each_point_holds_until_the_next(day: int, expected: int | None):
    assert curve_at(SHORT, day) == expected


@pytest.mark.parametrize(
    ("past", "day", "stepped_back"),
    [
        ((), 1, 0),  # never sent
        ((1,), 2, 0),
        ((3, 2, 1), 4, 0),
        ((5, 3, 1), 4, 0),  # days of rest do not move it
        ((7, 6), 3, 0),  # six days without a message are not a week
        ((12, 11, 8), 1, 3),  # a week of silence steps back, here to the start
        ((0,), 1, 0),  # what is sent today counts tomorrow
        ((1, 1, 1), 2, 0),  # a day is a day
        ((-3, 1), 2, 0),  # a clock that was ahead once
    ],
)
def test_day_is_counted_by_days_on_which_something_was_sent(past: tuple[int, ...], day: int, stepped_back: int):
    found = allowance(SHORT, history(*past), TODAY)
    assert (found.day, found.stepped_back) == (day, stepped_back)
    assert found.allowance == curve_at(SHORT, day)


def test_days_without_a_message_do_not_count():
    assert allowance(SHORT, history(3, 2, 1, sent=0), TODAY).day == 1


def test_silence_after_the_end_of_the_curve_has_its_last_week_done_again():
    busy = history(*range(8, 100))
    assert allowance(STANDARD, busy, TODAY) == WarmupDay(22, 920, 7)
    assert allowance(STANDARD, history(*range(15, 100)), TODAY) == WarmupDay(15, 255, 14)
    assert allowance(STANDARD, history(*range(1, 100)), TODAY) == WarmupDay(29, None)


def test_old_silence_is_remembered_and_not_told_again():
    assert allowance(STANDARD, history(*range(20, 30), 2, 1), TODAY) == WarmupDay(3, 30)


@pytest.mark.parametrize(
    ("limit", "warm", "expected"),
    [
        (None, None, None),
        (500, None, 500),
        (None, WarmupDay(1, 20), 20),
        (500, WarmupDay(1, 20), 20),
        (10, WarmupDay(1, 20), 10),
        (500, WarmupDay(29, None), 500),
        (None, WarmupDay(29, None), None),
    ],
)
def test_smallest_of_curve_and_limit_wins(limit: int | None, warm: WarmupDay | None, expected: int | None):
    assert smallest(limit, warm) == expected
    assert limits_today(InstanceLimits(per_day=limit), warm) == InstanceLimits(per_day=expected)


@pytest.mark.parametrize(
    ("limit", "warm", "sent", "holds"),
    [
        (None, WarmupDay(3, 30), 29, False),  # the n-th is allowed
        (None, WarmupDay(3, 30), 30, True),  # the n+1-th is not
        (500, WarmupDay(3, 30), 30, True),
        (30, WarmupDay(3, 30), 30, False),  # the daily limit says it itself
        (None, WarmupDay(29, None), 9999, False),
        (None, None, 9999, False),
    ],
)
def test_wait_names_warm_up_only_where_it_is_the_reason(limit: int | None, warm: WarmupDay | None, sent: int, holds):
    held = warmup_wait(limit, warm, sent, "America/Sao_Paulo", NOON)
    assert (held is not None) is holds
    if held is not None:
        assert (held.rule, held.until) == (Rule.WARM_UP, datetime(2026, 11, 22, 3, tzinfo=UTC))
        assert held.facts == {"day": 3, "used": 30, "limit": 30}


def test_event_is_due_when_the_day_is_another():
    assert advanced(None, WarmupDay(1, 20)) == {"day": 1, "allowance": 20, "stepped_back": 0}
    assert advanced(WarmupDay(2, 25), WarmupDay(2, 25, 3)) is None
    assert advanced(WarmupDay(9, 85), WarmupDay(3, 30, 7)) == {
        "day": 3,
        "allowance": 30,
        "stepped_back": 7,
        "previous_day": 9,
        "previous_allowance": 85,
    }


@pytest.mark.parametrize("text", ["off", "standard", "1:20", "1:20 8:70 15:250 22:-", "1:0 2:5"])
def test_curve_is_stored_as_text_and_read_again(text: str):
    assert curve_text(curve_of(text)) == text


@pytest.mark.parametrize("text", ["", "on", "2:20", "1:20 1:30", "1:20 5:40 3:30", "1:-5", "1:x", "1", "0:5 1:20"])
def test_what_is_no_curve_is_refused(text: str):
    with pytest.raises(KnownError) as refused:
        curve_of(text)
    assert refused.value.code == "warmup_curve"


@given(past=st.lists(st.tuples(st.integers(-2, 90), st.integers(0, 3)), max_size=60))
def test_day_never_leaves_the_curve_and_never_outruns_the_days_of_sending(past: list[tuple[int, int]]):
    days = [(TODAY - timedelta(days=ago), sent) for ago, sent in past]
    found = allowance(STANDARD, days, TODAY)
    active = {at for at, sent in days if sent and at < TODAY}
    assert 1 <= found.day <= min(29, len(active) + 1)
    assert found.allowance == curve_at(STANDARD, found.day)
    # Whatever happens today changes nothing today.
    assert allowance(STANDARD, [*days, (TODAY, 7)], TODAY) == found


@given(past=st.sets(st.integers(1, 90), min_size=1))
def test_another_day_of_sending_yesterday_never_makes_the_allowance_smaller(past: set[int]):
    with_yesterday = allowance(STANDARD, history(*past | {1}), TODAY)
    assert with_yesterday.day >= allowance(STANDARD, history(*past), TODAY).day
