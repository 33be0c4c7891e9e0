"""However the clock is set: what is recorded is never taken for older than it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.clock_mark import ClockMark
from desktop.policy.clock_jumps import LONGEST_WINDOW, corrected, earliest_stamp, found, still_needed

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


@pytest.mark.parametrize(
    ("last", "now", "set_by_s"),
    [
        (None, ClockMark(NOW, 100, "a"), 0),
        (ClockMark(NOW, 100, "a"), ClockMark(NOW + seconds(50), 150, "a"), 0),
        (ClockMark(NOW, 100, "a"), ClockMark(NOW + seconds(50.03), 150, "a"), 0),
        (ClockMark(NOW, 100, "a"), ClockMark(NOW + seconds(3650), 150, "a"), 3600),
        (ClockMark(NOW, 100, "a"), ClockMark(NOW - seconds(3550), 150, "a"), -3600),
        # The machine was restarted: only its uptime has certainly passed.
        (ClockMark(NOW, 100, "a"), ClockMark(NOW + seconds(3600), 150, "b"), 3450),
        (ClockMark(NOW, 100, ""), ClockMark(NOW + seconds(3600), 40, ""), 3560),
        # It may have been: the smaller of the two counts.
        (ClockMark(NOW, 100, ""), ClockMark(NOW + seconds(3600), 3700, ""), 0),
    ],
)
def test_what_was_set_while_nobody_looked_is_found(last: ClockMark | None, now: ClockMark, set_by_s: float):
    is_same_start = last is not None and last.boot == now.boot and last.uptime_s <= now.uptime_s
    is_certain = is_same_start or set_by_s == 0
    expected = ClockMark(now.at, now.uptime_s, now.boot, seconds(set_by_s), is_certain)
    assert found([last] if last else [], now) == expected


def test_a_jump_that_no_window_reaches_back_to_is_forgotten():
    old = ClockMark(NOW - LONGEST_WINDOW - seconds(1), 0, "", seconds(60))
    back = ClockMark(NOW - seconds(2), 0, "", seconds(-60))
    young = ClockMark(NOW - seconds(1), 0, "", seconds(60))
    assert still_needed([old, back], NOW) == []
    assert still_needed([old, back, young], NOW) == [old, young]  # which looks a minute younger now


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("pass"), st.integers(1, 5000)),
            st.tuples(st.just("set"), st.integers(-20_000, 20_000)),
            st.tuples(st.just("stamp"), st.just(0)),
            st.tuples(st.just("hidden"), st.integers(-20_000, 20_000)),
        ),
        max_size=20,
    )
)
def test_nothing_is_taken_for_older_than_it_is(steps: list[tuple[str, int]]):
    true_s, wall, hidden = 0, NOW, timedelta()
    jumps: list[ClockMark] = []
    stamps: list[tuple[datetime, int]] = []
    for what, value in steps:
        match what:
            case "pass":
                true_s, wall = true_s + value, wall + seconds(value)
            case "hidden":  # nobody stamps before it is found
                wall, hidden = wall + seconds(value), hidden + seconds(value)
            case "set":
                wall += seconds(value)
                jumps = still_needed([*jumps, ClockMark(wall, true_s, "", hidden + seconds(value))], wall)
                hidden = timedelta()
            case _ if not hidden:
                stamps.append((wall, true_s))
            case _:
                pass
    jumps = [*jumps, ClockMark(wall, true_s, "", hidden)]
    for stamp, at_s in stamps:
        true_age = seconds(true_s - at_s)
        if true_age <= LONGEST_WINDOW:
            assert wall - corrected([stamp], jumps, wall)[0] <= true_age
            assert stamp >= earliest_stamp(wall - true_age, jumps)
