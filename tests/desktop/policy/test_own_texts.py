"""What texts by an AI may cost, and what follows when the endpoint does not answer as wished."""

from random import Random

import pytest

from desktop.policy.own_texts import (
    MOST_IN_A_ROW,
    TRIES,
    Again,
    Estimate,
    GiveUp,
    Prices,
    Speed,
    Stop,
    after_failure,
    cost_each,
    estimate,
    may_ask,
)

DICE = Random(1)


@pytest.mark.parametrize("code", ["ai_unauthorised", "ai_not_found", "ai_bad_url", "ai_off"])
def test_what_would_meet_everybody_ends_the_writing(code: str) -> None:
    assert after_failure(code, 1, 0, None, None, DICE) == Stop()


@pytest.mark.parametrize(
    ("code", "status"), [("ai_busy", 429), ("ai_unreachable", None), ("ai_timeout", None), ("ai_refused", 503)]
)
def test_what_is_of_the_moment_is_tried_again_later_and_later(code: str, status: int | None) -> None:
    delays = [after_failure(code, tries, 0, None, status, DICE) for tries in range(1, TRIES)]
    waits = [each.delay_s for each in delays if isinstance(each, Again)]
    assert len(waits) == TRIES - 1
    for base, wait in zip((2, 4, 8, 16), waits, strict=True):
        assert base <= wait <= base * 1.25
    assert after_failure(code, TRIES, 0, None, status, DICE) == GiveUp()


def test_the_endpoints_own_word_on_when_wins_where_it_is_longer() -> None:
    assert after_failure("ai_busy", 1, 0, 30.0, 429, DICE) == Again(30.0)
    short = after_failure("ai_busy", 3, 0, 1.0, 429, DICE)
    assert isinstance(short, Again)
    assert short.delay_s >= 8
    assert after_failure("ai_busy", 1, 0, 3600.0, 429, DICE) == Stop(), "nobody waits for an hour"


@pytest.mark.parametrize(("code", "status"), [("ai_garbage", None), ("ai_cut", None), ("ai_refused", 400)])
def test_what_is_wrong_with_one_text_stays_with_it_unless_many_fail_in_a_row(code: str, status: int | None) -> None:
    assert after_failure(code, 1, 0, None, status, DICE) == GiveUp()
    assert after_failure(code, 1, MOST_IN_A_ROW - 2, None, status, DICE) == GiveUp()
    assert after_failure(code, 1, MOST_IN_A_ROW - 1, None, status, DICE) == Stop()


def test_an_estimate_goes_by_the_example_and_knows_when_no_price_is_known() -> None:
    found = estimate(100, "a" * 900, "b" * 60, Prices(10.0, 20.0))
    assert found == Estimate(100, 31_200, 12_000, pytest.approx(0.552))  # type: ignore[arg-type]
    assert found.cost_each == pytest.approx(0.00552)
    assert estimate(1, "a", "b" * 900, Prices(0, 1)).tokens_out == 300
    free = estimate(100, "a" * 900, "b", Prices(0, 0))
    assert free.cost is None
    assert free.cost_each == 0
    assert estimate(0, "a", "b", Prices(1, 1)).cost_each == 0


def test_nothing_is_asked_for_that_could_pass_the_cap() -> None:
    assert may_ask(0.0, None, 5.0, 100)
    assert may_ask(0.5, 1.0, 0.1, 4)
    assert not may_ask(0.5, 1.0, 0.1, 5)
    assert not may_ask(1.01, 1.0, 0.0, 0)


def test_what_one_costs_is_learnt_from_those_before_it() -> None:
    assert cost_each(2.0, 0.0, 0) == 2.0
    assert cost_each(2.0, 4.0, 4) == 2.0
    assert cost_each(0.5, 4.0, 4) == 1.0
    assert cost_each(2.0, 5.0, 5) == 1.0


def test_how_long_it_takes_is_told_once_something_is_known() -> None:
    assert Speed(0, 10).left_s(5) is None
    assert Speed(3, 0.5).per_minute is None
    assert Speed(30, 60).per_minute == 30
    assert Speed(30, 60).left_s(10) == 20
