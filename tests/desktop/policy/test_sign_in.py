"""Locks after wrong passwords: none for five tries, then longer and longer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.sign_in import LONGEST_LOCK, locked_until

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, None), (4, None), (5, 1), (6, 2), (7, 4), (8, 8), (10, 32), (11, 60), (10_000, 60)]
)
def test_the_fifth_wrong_password_locks_and_each_further_one_for_longer(tries: int, minutes: int | None) -> None:
    until = locked_until(tries, NOW)
    assert until == (None if minutes is None else NOW + timedelta(minutes=minutes))


@given(st.integers(5, 10**9))
def test_a_lock_never_ends_earlier_than_the_one_before_and_never_lasts_for_good(tries: int) -> None:
    shorter, longer = locked_until(tries, NOW), locked_until(tries + 1, NOW)
    assert shorter is not None
    assert longer is not None
    assert NOW < shorter <= longer <= NOW + LONGEST_LOCK
