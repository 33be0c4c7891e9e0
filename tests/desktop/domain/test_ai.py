"""What an AI endpoint is set up with: off unless somebody says so, and nonsense is as if nobody had."""

import pytest

from desktop.domain.ai import LONGEST_PROMPT, USUAL_PROMPT, AiSettings, read_ai_settings

SET_UP = AiSettings(True, "https://ai.example/v1", "small", "Be brief.", 2.0, 8.0, "EUR")


def test_settings_are_read_as_they_were_stored() -> None:
    assert read_ai_settings(SET_UP.stored()) == SET_UP
    assert read_ai_settings(AiSettings().stored()) == AiSettings()


@pytest.mark.parametrize(
    "stored",
    [None, [], {}, {"enabled": 1, "url": 3, "model": None, "price_in": True, "price_out": "9", "currency": 5}],
)
def test_what_is_strange_is_off_and_as_usual(stored: object) -> None:
    assert read_ai_settings(stored) == AiSettings()


def test_prices_are_never_negative_and_prompts_never_endless() -> None:
    read = read_ai_settings({"price_in": -4, "price_out": 3, "system_prompt": "x" * (LONGEST_PROMPT + 1)})
    assert (read.price_in, read.price_out, len(read.system_prompt)) == (0.0, 3.0, LONGEST_PROMPT)
    assert read_ai_settings({}).system_prompt == USUAL_PROMPT


@pytest.mark.parametrize(
    ("settings", "is_ready"),
    [
        (SET_UP, True),
        (AiSettings(False, "https://ai.example/v1", "small"), False),
        (AiSettings(True, "", "small"), False),
        (AiSettings(True, "https://ai.example/v1", ""), False),
    ],
)
def test_it_is_ready_when_it_is_on_and_knows_where_and_what_to_ask(settings: AiSettings, is_ready: bool) -> None:
    assert settings.is_ready is is_ready


def test_a_request_costs_by_a_million_tokens() -> None:
    assert SET_UP.cost(1_000_000, 500_000) == pytest.approx(6.0)
    assert AiSettings().cost(9_999, 9_999) == 0.0
