"""The planner's fluid keeps the limits: nothing overtakes its window, and what left comes back one window later."""

from bisect import bisect_left
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.flow import EPSILON, Flow, Window, releases_of, share


def test_window_gives_back_what_left_one_window_later_at_the_rate_at_which_it_left():
    window = Window(60, 10)
    window.advance(0, 10, 1.0)
    assert window.left == pytest.approx(0)
    assert (window.rate_at(10), window.changes_in(10, 0.0)) == (0.0, 50)
    window.advance(10, 60, 0.0)
    assert window.rate_at(60) == pytest.approx(1.0)
    window.advance(60, 65, 0.0)
    assert window.left == pytest.approx(5)


def test_rested_window_is_exactly_full_again():
    window = Window(60, 10)
    window.advance(0, 0.3, 10 / 3)
    window.advance(0.3, 200, 0.0)
    assert window.left == 10
    assert not window.releases


def test_window_with_more_behind_it_than_its_limit_first_makes_up_for_that():
    window = Window(3600, 2, [(10, 20, 4.0)])
    assert window.left == -2
    assert window.rate_at(0) == 0
    window.advance(0, 12, 0.0)
    assert window.rate_at(12) == 0
    assert window.changes_in(12, 0.0) == pytest.approx(3)
    window.advance(12, 15, 0.0)
    assert window.rate_at(15) == pytest.approx(0.4)


def test_window_changes_when_it_is_empty_or_when_what_comes_back_ends():
    window = Window(60, 10, [(0, 4, 4.0)])
    assert window.changes_in(0, 4.0) == pytest.approx(2)
    assert window.changes_in(0, 1.0) == pytest.approx(4)
    assert Window(60, 10).changes_in(0, 0.0) == inf


def test_steady_stream_is_one_release_and_not_many():
    window = Window(60, 100)
    for at in range(10):
        window.advance(at, at + 1, 1.0)
    assert len(window.releases) == 1
    window.take(10, 10, 5)
    window.take(10, 10, 0)
    assert len(window.releases) == 2


def test_saved_up_messages_leave_at_once_and_a_debt_is_waited_for():
    flow = Flow(rate=2.0, head=3.0)
    assert (flow.at_once(), flow.rate_at(0)) == (3, inf)
    assert flow.changes_in(0, 5.0) == pytest.approx(1)
    flow.take(0, 3)
    assert (flow.at_once(), flow.rate_at(0)) == (0, 2)
    flow.tokens = -1
    assert (flow.at_once(), flow.rate_at(0), flow.changes_in(0, 0.0)) == (0, 0, 0.5)
    flow.advance(0, 10, 0.0)
    assert flow.tokens == 3


def test_flow_without_a_bucket_is_held_by_its_windows_alone():
    flow = Flow(inf, inf, [Window(60, 5)])
    assert flow.at_once() == 5
    flow.take(0, 5)
    assert flow.rate_at(0) == 0
    flow.advance(0, 60.01, 0.0)
    assert flow.at_once() == 5


def test_state_can_be_restored_and_moved_along_the_axis():
    window, other = Window(60, 10), Window(60, 10)
    window.advance(0, 10, 0.5)
    flow = Flow(1.0, 1.0, [window])
    flow.shift(-5)
    other.restore(window.state())
    assert other.state() == window.state() == (5.0, ((55.0, 65.0, 5.0),))


def test_share_is_even_and_what_one_cannot_take_the_others_get():
    assert share(9, [10, 10, 10]) == [3, 3, 3]
    assert share(9, [1, inf, 5]) == [1, 4, 4]
    assert share(9, [1, 2]) == [1, 2]


@given(ages=st.lists(st.floats(0.01, 7000), max_size=300))
def test_past_of_a_window_comes_back_in_full_and_about_when_it_should(ages: list[float]):
    now, departed = 10_000.0, sorted(10_000.0 - age for age in ages)
    releases = releases_of(departed, 3600, now)
    inside = [at + 3600 for at in departed if at + 3600 > now]
    assert sum(amount for _start, _end, amount in releases) == len(inside)
    assert all(before[1] <= after[0] + EPSILON for before, after in pairwise(releases))
    assert all(start < end for start, end, _amount in releases)
    if inside:
        assert releases[-1][1] == pytest.approx(max(inside), abs=len(inside) * 2e-3)
    # The first five one by one: who waits for the next message wants to know it exactly.
    for (_start, end, amount), at in zip(releases[:5], inside[:5], strict=False):
        assert (amount, end) == (1, pytest.approx(at, abs=0.01))


def test_a_pause_in_the_past_of_a_window_stays_one():
    """Two streams with ten minutes between them: nothing comes back meanwhile, and the first one in full before."""
    now = 10_000.0
    departed = [now - 3500 + 10 * n for n in range(100)] + [now - 1900 + 10 * n for n in range(100)]
    first = [each for each in releases_of(departed, 3600, now) if each[0] < now + 1100]
    assert sum(amount for _start, _end, amount in first) == 100
    assert first[-1][1] == pytest.approx(now + 100 + 990, abs=0.1)


@given(
    limit=st.integers(1, 50),
    length_s=st.integers(60, 3600),
    steps=st.lists(st.tuples(st.floats(1, 1000), st.floats(0, 3)), max_size=12),
)
def test_no_window_lets_more_through_than_its_limit(limit: int, length_s: int, steps: list[tuple[float, float]]):
    """Whoever asks for the rate at each change never has more than the limit in any window."""
    window, at = Window(length_s, limit), 0.0
    moments, totals = [0.0], [0.0]
    for lasts, wanted in steps:
        until = at + lasts
        while until - at > 1e-6:
            rate = min(wanted, window.rate_at(at))
            took = max(1e-6, min(until - at, window.changes_in(at, rate)))
            window.advance(at, at + took, rate)
            at += took
            moments.append(at)
            totals.append(totals[-1] + rate * took)
    for start, total in zip(moments, totals, strict=True):
        last_inside = bisect_left(moments, start + length_s) - 1
        assert totals[last_inside] - total <= limit + 0.01
