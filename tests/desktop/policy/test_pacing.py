"""The campaign's own pace: gap, hour and bucket, also after a restart."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.campaign import Pace
from desktop.policy.pacing import PaceState, departed, pace_wait, replay, shifted
from desktop.policy.waiting import Rule

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FREE = Pace(delay_s=(0, 0), per_hour=None, per_second=None, burst=None)


def test_first_message_waits_for_nothing():
    assert pace_wait(Pace(), PaceState(), [], NOON) is None


def test_free_pace_never_waits():
    state = departed(FREE, PaceState(), NOON, Random(1))
    assert pace_wait(FREE, state, [NOON], NOON) is None


def test_gap_is_drawn_from_the_range_once_for_each_departure():
    pace = Pace(delay_s=(140, 380), per_hour=None, per_second=None)
    ends = [departed(pace, PaceState(), NOON, Random(n)).not_before for n in range(200)]
    delays = [(end - NOON).total_seconds() for end in ends if end]
    assert len(delays) == 200
    assert 140 <= min(delays) < 160
    assert 360 < max(delays) <= 380


def test_burst_leaves_at_once_and_then_the_rate_holds():
    pace = Pace(delay_s=(0, 0), per_hour=None, per_second=2, burst=10)
    state, now, left = PaceState(), NOON, 0
    while pace_wait(pace, state, [], now) is None:
        state, left = departed(pace, state, now, Random(0)), left + 1
    assert left == 10
    waiting = pace_wait(pace, state, [], now)
    assert waiting is not None
    assert (waiting.rule, waiting.until) == (Rule.PACE_PER_SECOND, NOON + timedelta(seconds=0.5))


def test_hourly_pace_is_a_sliding_window():
    pace = Pace(delay_s=(0, 0), per_hour=2, per_second=None)
    waiting = pace_wait(pace, PaceState(), [NOON - timedelta(minutes=50), NOON - timedelta(minutes=1)], NOON)
    assert waiting is not None
    assert (waiting.rule, waiting.until) == (Rule.PACE_PER_HOUR, NOON + timedelta(minutes=10))


def test_restart_does_not_give_a_fresh_burst():
    pace = Pace(delay_s=(0, 0), per_hour=None, per_second=1, burst=3)
    recorded = [NOON - timedelta(milliseconds=n) for n in (30, 20, 10)]
    waiting = pace_wait(pace, replay(pace, recorded, Random(0)), recorded, NOON)
    assert waiting is not None
    assert waiting.rule is Rule.PACE_PER_SECOND


@given(gaps=st.lists(st.floats(0, 3), max_size=80), rate=st.sampled_from([0.5, 1, 2, 7]), burst=st.integers(1, 12))
def test_bucket_is_never_overdrawn(gaps: list[float], rate: float, burst: int):
    """In any stretch of time no more leaves than the burst plus what the rate refills meanwhile."""
    pace = Pace(delay_s=(0, 0), per_hour=None, per_second=rate, burst=burst)
    state, now, departures = PaceState(), NOON, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if pace_wait(pace, state, departures, now) is None:
            state = departed(pace, state, now, Random(0))
            departures.append(now)
    for i, first in enumerate(departures):
        for n, last in enumerate(departures[i:], 1):
            assert n <= burst + rate * (last - first).total_seconds() + 1e-3


def test_a_clock_that_is_set_leaves_what_is_waited_for_as_far_away():
    jump, pace = timedelta(hours=-2), Pace(delay_s=(30, 30), per_hour=None, per_second=0.01, burst=1)
    state = departed(pace, PaceState(), NOON, Random(1))
    here, there = pace_wait(pace, state, [], NOON), pace_wait(pace, shifted(state, jump), [], NOON + jump)
    assert here
    assert there
    assert here.until
    assert (there.rule, there.until) == (here.rule, here.until + jump)
    assert shifted(PaceState(), jump) == PaceState()
