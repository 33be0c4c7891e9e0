"""The breaker opens on systemic errors only, lets one probe through, and closes again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.breaker import (
    COOL_DOWN_MAX_S,
    ERRORS_THAT_OPEN,
    Breaker,
    BreakerState,
    after,
    breaker_wait,
    departing,
    shifted,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def opened() -> Breaker:
    breaker = Breaker()
    for _ in range(ERRORS_THAT_OPEN):
        breaker = after(breaker, systemic=True, now=NOON)
    return breaker


def test_five_errors_in_a_row_do_not_open_it_and_the_sixth_does():
    breaker = Breaker()
    for _ in range(5):
        breaker = after(breaker, systemic=True, now=NOON)
    assert breaker.state is BreakerState.CLOSED
    assert after(breaker, systemic=True, now=NOON).state is BreakerState.OPEN


def test_success_in_between_starts_the_count_again():
    breaker = Breaker(errors=5)
    assert after(breaker, systemic=False, now=NOON) == Breaker()


def test_bad_contacts_never_open_it():
    breaker = Breaker()
    for _ in range(100):
        breaker = after(breaker, systemic=None, now=NOON)
    assert breaker.state is BreakerState.CLOSED


def test_open_breaker_lets_exactly_one_probe_through_after_its_rest():
    breaker = opened()
    waiting = breaker_wait(breaker, NOON)
    assert waiting is not None
    assert waiting.until == NOON + timedelta(seconds=60)
    later = NOON + timedelta(seconds=60)
    assert breaker_wait(breaker, later) is None
    probing = departing(breaker, later)
    assert probing.state is BreakerState.HALF_OPEN
    assert breaker_wait(probing, later + timedelta(days=1)) is not None


def test_failed_probe_doubles_the_rest_up_to_the_cap():
    breaker, now, rests = opened(), NOON, []
    for _ in range(8):
        assert breaker.open_until is not None
        now = breaker.open_until
        breaker = after(departing(breaker, now), systemic=True, now=now)
        assert breaker.open_until is not None
        rests.append((breaker.open_until - now).total_seconds())
    assert rests[:3] == [120, 240, 480]
    assert rests[-1] == COOL_DOWN_MAX_S


def test_probe_without_a_verdict_is_followed_by_another():
    later = NOON + timedelta(minutes=2)
    undecided = after(departing(opened(), later), systemic=None, now=later)
    assert breaker_wait(undecided, later) is None
    assert undecided.state is BreakerState.HALF_OPEN


def test_messages_that_left_before_do_not_lengthen_the_rest():
    breaker = opened()
    late = after(breaker, systemic=True, now=NOON + timedelta(seconds=30))
    assert late.open_until == breaker.open_until


@given(steps=st.lists(st.tuples(st.sampled_from([True, False, None]), st.integers(0, 200)), max_size=60))
def test_half_open_has_never_two_probes_under_way(steps: list[tuple[bool | None, int]]):
    breaker, now, under_way = Breaker(), NOON, 0
    for systemic, seconds in steps:
        now += timedelta(seconds=seconds)
        if breaker_wait(breaker, now) is None:
            breaker, under_way = departing(breaker, now), under_way + 1
            assert breaker.state is not BreakerState.HALF_OPEN or breaker.is_probing
            assert breaker.state is not BreakerState.OPEN
        if under_way:
            breaker, under_way = after(breaker, systemic=systemic, now=now), under_way - 1


def test_a_clock_that_is_set_neither_shortens_nor_lengthens_the_rest():
    jump = timedelta(hours=-3)
    rest = breaker_wait(opened(), NOON)
    moved = breaker_wait(shifted(opened(), jump), NOON + jump)
    assert rest
    assert moved
    assert rest.until
    assert moved.until == rest.until + jump
    assert shifted(Breaker(errors=3), jump) == Breaker(errors=3)


def test_while_it_probes_nothing_but_the_probe_decides():
    later = NOON + timedelta(minutes=2)
    probing = departing(opened(), later)
    for systemic in (True, False, None):
        assert after(probing, systemic=systemic, now=later, is_probe=False) is probing
    assert after(probing, systemic=False, now=later, is_probe=True) == Breaker()
