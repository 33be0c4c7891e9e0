"""What the operator is told of variations: never more than the figures bear."""

from desktop.domain.analysis import VariationRow
from desktop.domain.campaign import Goal
from desktop.viewmodels.experiment_words import rows, verdict


def variation(position: int, sent: int, replied: int, read: int = 0, weight: int = 1) -> VariationRow:
    return VariationRow(position, f"Texto {position}", weight, sent, sent, read, replied, 0)


def test_too_few_messages_are_said_with_how_many_are_missing(qapp: object) -> None:
    tone, text = verdict([variation(1, 200, 20), variation(2, 63, 9)], Goal.REPLY)
    assert (tone, text) == ("neutral", "Not enough data yet: 37 messages more of variation B, at least.")


def test_too_few_replies_are_said_apart(qapp: object) -> None:
    two = [variation(1, 500, 1, 90), variation(2, 500, 2, 95)]
    assert verdict(two, Goal.REPLY)[1] == "Not enough data yet: hardly anybody has replied."
    assert verdict(two, Goal.READ)[1] == "No difference so far that could not be chance."
    assert "has read" in verdict([variation(1, 500, 9), variation(2, 500, 9)], Goal.READ)[1]


def test_a_leader_is_named_with_both_rates_and_the_chance(qapp: object) -> None:
    two = [variation(1, 500, 20, 300), variation(2, 500, 100, 100)]
    tone, text = verdict(two, Goal.REPLY)
    assert tone == "success"
    assert text.startswith("Variation B gets more replies: 20.0% against 4.0% of the next best.")
    assert "< 0.1%" in text
    assert verdict(two, Goal.READ)[1].startswith("Variation A is read more often")
    weak = verdict([variation(1, 1000, 100), variation(2, 1000, 128)], Goal.REPLY)[1]
    assert "in 4.9% of cases" in weak


def test_one_variation_is_not_compared_and_one_that_was_taken_out_early_does_not_stand_in_the_way(qapp: object) -> None:
    assert verdict([variation(1, 500, 50)], Goal.REPLY) == ("", "")
    out = variation(3, 4, 1, weight=0)
    assert verdict([variation(1, 500, 20), variation(2, 500, 100), out], Goal.REPLY)[0] == "success"


def test_a_line_has_the_rate_with_its_interval(qapp: object) -> None:
    [line, unsent] = rows([variation(1, 263, 81, weight=3), variation(2, 0, 0)], Goal.REPLY)
    assert line == ("A · Texto 1", "75%", "263", "263", "0", "81", "30.8%", "25.5% – 36.6%")
    assert unsent[-2:] == ("–", "–")
    assert rows([variation(1, 1, 0, weight=0)], Goal.READ)[0][1] == "–"
