"""Assignment to variations: fixed per recipient, with the shares of the weights."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.content.variations import choice_seed, pick_variation

PHONES = [f"+55119{number:08}" for number in range(4_000)]


def test_a_recipient_always_gets_the_same_variation() -> None:
    """Fixed values: a campaign that was started by an older release must go on with the same texts."""
    assert [pick_variation([1, 1, 1], 7, phone) for phone in PHONES[:8]] == [1, 2, 1, 0, 0, 2, 2, 2]
    assert choice_seed(7, PHONES[0]) == choice_seed(7, PHONES[0])
    assert len({choice_seed(campaign, phone) for campaign in (1, 2) for phone in PHONES}) == 8_000


def test_shares_follow_the_weights() -> None:
    counts = Counter(pick_variation([1, 2, 0, 5], 1, phone) for phone in PHONES)
    assert counts[2] == 0
    assert [round(counts[index] / 500) for index in (0, 1, 3)] == [1, 2, 5]


def test_another_campaign_deals_anew() -> None:
    first, second = ([pick_variation([1, 1], campaign, phone) for phone in PHONES] for campaign in (1, 2))
    assert 0.4 < sum(a == b for a, b in zip(first, second, strict=True)) / len(PHONES) < 0.6


def test_weights_of_zero_only_count_as_equal() -> None:
    assert Counter(pick_variation([0, 0], 1, phone) for phone in PHONES).keys() == {0, 1}


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_impossible_weights_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        pick_variation(weights, 1, "+1")


@given(st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=1, max_size=6).filter(any), st.text(max_size=20))
def test_what_is_picked_exists_and_has_a_weight(weights: list[float], key: str) -> None:
    assert weights[pick_variation(weights, 1, key)] > 0
