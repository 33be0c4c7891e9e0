"""What follows from one try to tell."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.webhooks.retry import LONGEST_S, MOST_TRIES, Answer, GiveUp, Told, TryAgain, after_answer

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_two_hundreds_have_been_told(status: int) -> None:
    assert after_answer(Answer(status), 1, NOW, Random(1)) == Told()


@pytest.mark.parametrize("answer", [Answer(None, "timeout"), Answer(302), Answer(404), Answer(429), Answer(500)])
def test_everything_else_is_tried_again_and_at_last_given_up(answer: Answer) -> None:
    assert isinstance(after_answer(answer, MOST_TRIES - 1, NOW, Random(1)), TryAgain)
    assert after_answer(answer, MOST_TRIES, NOW, Random(1)) == GiveUp()


def test_gone_pauses_the_address_at_once() -> None:
    assert after_answer(Answer(410), 1, NOW, Random(1)) == GiveUp(pauses_hook=True)


@given(st.integers(1, MOST_TRIES - 1), st.none() | st.floats(0, 1e9), st.integers())
def test_delays_grow_respect_the_receiver_and_have_an_end(tries: int, retry_after_s: float | None, seed: int) -> None:
    decided = after_answer(Answer(503, None, retry_after_s), tries, NOW, Random(seed))
    assert isinstance(decided, TryAgain)
    wait = decided.at - NOW
    assert wait >= timedelta(seconds=min(LONGEST_S, max(10.0 * 2 ** (tries - 1), retry_after_s or 0.0)))
    assert wait <= timedelta(seconds=LONGEST_S)
