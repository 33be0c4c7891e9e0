"""What may be said of variations, and how the optimiser weighs them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.experiment import (
    ENOUGH_SENT,
    WEIGHT_SCALE,
    Arm,
    Comparison,
    Rate,
    Verdict,
    compare,
    optimised_weights,
    reweighed,
    two_proportions,
    wilson,
)

ARMS = st.integers(0, 5000).flatmap(lambda sent: st.integers(0, sent).map(lambda successes: Arm(sent, successes)))


@pytest.mark.parametrize(
    ("arm", "low", "high"),
    # Newcombe 1998, table I, method 3 (Wilson without continuity correction).
    [
        (Arm(263, 81), 0.2553, 0.3662),
        (Arm(148, 15), 0.0624, 0.1605),
        (Arm(20, 0), 0.0, 0.1611),
        (Arm(29, 1), 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_intervals_are_those_of_the_literature(arm: Arm, low: float, high: float) -> None:
    rate = wilson(arm)
    assert (round(rate.low, 4), round(rate.high, 4)) == (low, high)


def test_without_a_message_everything_is_possible() -> None:
    assert wilson(Arm(0, 0)) == Rate(None, 0.0, 1.0)


@given(ARMS)
def test_an_interval_holds_its_rate(arm: Arm) -> None:
    rate = wilson(arm)
    assert 0 <= rate.low <= (rate.share or 0) + 1e-12
    assert (rate.share or 0) - 1e-12 <= rate.high <= 1


@pytest.mark.parametrize(
    ("arms", "missing"),
    [([], 100), ([Arm(500, 50)], 0), ([Arm(500, 50), Arm(60, 40)], 40), ([Arm(500, 2), Arm(500, 2)], 0)],
)
def test_too_little_is_said_plainly(arms: list[Arm], missing: int) -> None:
    found = compare(arms)
    assert (found.verdict, found.leader, found.missing) == (Verdict.NOT_ENOUGH, None, missing)
    assert len(found.rates) == len(arms)


def test_a_clear_winner_leads_and_a_close_race_has_none() -> None:
    clear = compare([Arm(1000, 50), Arm(1000, 120), Arm(1000, 60)])
    assert (clear.verdict, clear.leader) == (Verdict.LEADER, 1)
    assert clear.p_value is not None
    assert clear.p_value < 0.001
    assert compare([Arm(1000, 100), Arm(1000, 108)]).verdict is Verdict.NO_DIFFERENCE
    assert compare([Arm(100, 100), Arm(100, 100)]).verdict is Verdict.NO_DIFFERENCE


def test_more_comparisons_need_more_proof() -> None:
    pair = [Arm(1000, 100), Arm(1000, 128)]
    assert compare(pair).verdict is Verdict.LEADER
    assert compare([*pair, Arm(1000, 100), Arm(1000, 100)]).verdict is Verdict.NO_DIFFERENCE


def test_the_test_is_the_pooled_z_test() -> None:
    # 15/100 against 30/100: z = 2.5416, two-sided p = 0.0110.
    assert two_proportions(Arm(100, 15), Arm(100, 30)) == pytest.approx(0.01103, abs=1e-4)


@given(st.lists(ARMS, min_size=1, max_size=6), st.floats(0, 1), st.integers())
def test_every_variation_keeps_its_floor(arms: list[Arm], floor: float, seed: int) -> None:
    weights = optimised_weights(arms, Random(seed), floor)
    kept = min(floor, 1 / len(arms))
    assert all(weight >= max(1, int(WEIGHT_SCALE * kept)) for weight in weights)
    assert abs(sum(weights) - WEIGHT_SCALE) <= 2 * len(arms)


def test_what_works_gets_more_and_what_is_unknown_gets_a_chance() -> None:
    good, bad = optimised_weights([Arm(500, 100), Arm(500, 20)], Random(1))
    assert (good, bad) == (900, 100)
    known, new = optimised_weights([Arm(500, 50), Arm(0, 0)], Random(1))
    assert new > known
    assert optimised_weights([], Random(1)) == ()


@given(st.lists(ARMS, min_size=2, max_size=5))
def test_a_leader_has_the_highest_rate_and_enough_messages(arms: list[Arm]) -> None:
    found: Comparison = compare(arms)
    if found.leader is not None:
        shares = [arm.successes / arm.sent for arm in arms]
        assert shares[found.leader] == max(shares)
        assert min(arm.sent for arm in arms) >= ENOUGH_SENT


def test_weights_stay_until_something_has_succeeded_and_unless_they_would_move() -> None:
    assert reweighed([Arm(500, 2), Arm(500, 2)], [1, 1], Random(1)) is None
    assert reweighed([Arm(500, 100), Arm(500, 20)], [1, 1], Random(1)) == (900, 100)
    assert reweighed([Arm(500, 100), Arm(500, 20)], [900, 100], Random(1)) is None
    assert reweighed([Arm(500, 100), Arm(500, 20)], [89, 11], Random(1)) is None


def test_a_variation_that_is_switched_off_stays_off() -> None:
    arms = [Arm(500, 100), Arm(500, 400), Arm(500, 20)]
    assert reweighed(arms, [1, 0, 1], Random(1)) == (900, 0, 100)
    assert reweighed(arms, [0, 1, 0], Random(1)) is None
