"""The n-th message and the last cent are allowed, the next one is not; an estimate is never too low."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.budget import EVERYWHERE, Budget, Category, Rate, RateCard, Spent, category_of
from desktop.domain.instance import Gateway
from desktop.policy.budget import BudgetFacts, Estimate, budget_line, budget_wait, estimate
from desktop.policy.waiting import Rule, Wait

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
NEXT_MONTH = datetime(2026, 12, 1, 3, tzinfo=UTC)
CLOUD, EVOLUTION = Gateway.CLOUD, Gateway.EVOLUTION
CARD = RateCard(
    "BRL",
    (
        Rate(CLOUD, Category.MARKETING, "BR", 300_000),
        Rate(CLOUD, Category.MARKETING, EVERYWHERE, 700_000),
        Rate(CLOUD, Category.UTILITY, "BR", 40_000),
    ),
)
LIMITED = Budget(100, 30_000_000, CARD)


@pytest.mark.parametrize(
    ("budget", "spent", "price", "rule"),
    [
        (Budget(card=CARD), Spent(10**9, 10**12), 300_000, None),
        (Budget(messages=100), Spent(99), 0, None),
        (Budget(messages=100), Spent(100), 0, Rule.BUDGET_MESSAGES),
        (Budget(messages=0), Spent(), 0, Rule.BUDGET_MESSAGES),
        (Budget(micros=1_000), Spent(1, 700), 300, None),
        (Budget(micros=1_000), Spent(1, 700), 301, Rule.BUDGET_MONEY),
        (Budget(micros=1_000), Spent(1, 5_000), 0, None),
        (Budget(micros=1_000), Spent(9, 900, told=2, told_micros=0, told_estimate=200), 300, None),
        (Budget(micros=1_000), Spent(9, 900, told=2, told_micros=300, told_estimate=200), 1, Rule.BUDGET_MONEY),
    ],
)
def test_a_budget_pays_up_to_its_last_cent_and_no_further(budget: Budget, spent: Spent, price: int, rule: Rule | None):
    found = budget_wait(budget, spent, price, NOW)
    assert (found and found.rule) == rule
    assert found is None or found.until == NEXT_MONTH


def test_the_wait_carries_the_numbers_that_led_to_it():
    assert budget_wait(LIMITED, Spent(100, 0), 0, NOW) == Wait(
        Rule.BUDGET_MESSAGES, NEXT_MONTH, {"used": 100, "limit": 100}
    )
    facts = {"used_micros": 29_900_000, "limit_micros": 30_000_000, "currency": "BRL"}
    assert budget_wait(LIMITED, Spent(5, 29_900_000), 300_000, NOW) == Wait(Rule.BUDGET_MONEY, NEXT_MONTH, facts)


@given(
    limit=st.integers(0, 5_000),
    prices=st.lists(st.integers(0, 900), max_size=30),
    messages=st.none() | st.integers(0, 9),
)
def test_no_run_of_messages_ever_costs_more_than_the_budget(limit: int, prices: list[int], messages: int | None):
    budget, spent = Budget(messages, limit), Spent()
    for price in prices:
        if budget_wait(budget, spent, price, NOW) is None:
            spent = Spent(spent.messages + 1, spent.micros + price)
    assert spent.micros <= limit
    assert messages is None or spent.messages <= messages


@pytest.mark.parametrize(
    ("markets", "gateways", "templates", "expected"),
    [
        ({"BR": 10}, [CLOUD], [("MARKETING", 1)], Estimate(10, 3_000_000)),
        ({"BR": 10, "PT": 2}, [CLOUD], [("MARKETING", 1)], Estimate(12, 4_400_000)),
        ({"BR": 10}, [EVOLUTION], [(None, 1)], Estimate(10, 0)),
        ({"BR": 10}, [EVOLUTION, CLOUD, CLOUD], [("MARKETING", 1)], Estimate(10, 3_000_000)),
        ({"BR": 10}, [CLOUD], [("MARKETING", 1), ("UTILITY", 1)], Estimate(10, 1_700_000)),
        ({"BR": 3}, [CLOUD], [("MARKETING", 1), ("UTILITY", 6)], Estimate(3, 231_429)),  # rounded up
        ({"BR": 10, "PT": 5}, [CLOUD], [("UTILITY", 1)], Estimate(15, 400_000, without_price=5)),
        ({"BR": 10}, [CLOUD], [("UTILITY", 1), ("AUTHENTICATION", 0)], Estimate(10, 400_000)),
        ({"BR": 10}, [CLOUD], [(None, 1)], Estimate(10, 0)),
        ({"BR": 10}, [], [("MARKETING", 1)], Estimate(10, 0)),
        ({"BR": 10}, [CLOUD], [("MARKETING", 0)], Estimate(10, 0)),
        ({}, [CLOUD], [("MARKETING", 1)], Estimate(0, 0)),
    ],
)
def test_an_estimate_goes_by_market_category_weight_and_the_dearest_number(
    markets: Mapping[str, int],
    gateways: list[Gateway],
    templates: list[tuple[str | None, int]],
    expected: Estimate,
):
    assert estimate(CARD, markets, gateways, templates) == expected


@given(people=st.integers(0, 500), gateways=st.lists(st.sampled_from(Gateway), min_size=1, max_size=3))
def test_no_way_of_sending_costs_more_than_the_estimate(people: int, gateways: list[Gateway]):
    found = estimate(CARD, {"BR": people}, gateways, [("MARKETING", 1)])
    for gateway in gateways:
        assert people * CARD.price(gateway, category_of(gateway, "MARKETING"), "BR") <= found.micros


@pytest.mark.parametrize(
    ("budget", "need", "spent", "finish", "line"),
    [
        (Budget(), Estimate(10, 0), Spent(), NOW, ("budget_none", "green")),
        (Budget(card=CARD), Estimate(10, 5), Spent(), NOW, ("budget_estimate", "green")),
        (LIMITED, Estimate(10, 3_000_000), Spent(), NOW, ("budget", "green")),
        (LIMITED, Estimate(101, 0), Spent(), NOW, ("budget_messages_short", "red")),
        (LIMITED, Estimate(10, 0), Spent(91), None, ("budget_messages_short", "red")),
        (LIMITED, Estimate(10, 0), Spent(500), NOW, ("budget_messages_short", "red")),
        (LIMITED, Estimate(101, 0), Spent(), NEXT_MONTH, ("budget_messages_short_later", "amber")),
        (LIMITED, Estimate(10, 30_000_001), Spent(), NOW, ("budget_money_short", "red")),
        (LIMITED, Estimate(10, 30_000_001), Spent(), NEXT_MONTH, ("budget_money_short_later", "amber")),
        (LIMITED, Estimate(10, 10, without_price=4), Spent(), NOW, ("budget_without_price", "amber")),
        (Budget(messages=100), Estimate(10, 0, without_price=4), Spent(), NOW, ("budget", "green")),
        (LIMITED, Estimate(10, 29_000_000), Spent(), NOW, ("budget_tight", "amber")),
        (LIMITED, Estimate(95, 0), Spent(), NOW, ("budget_tight", "amber")),
        (LIMITED, Estimate(90, 0), Spent(), NOW, ("budget", "green")),
        (LIMITED, Estimate(100, 30_000_000), Spent(), NOW, ("budget_tight", "amber")),
    ],
)
def test_the_line_of_the_checklist(
    budget: Budget, need: Estimate, spent: Spent, finish: datetime | None, line: tuple[str, str]
):
    code, level, told = budget_line(BudgetFacts(budget, spent, need), finish, NOW)
    assert (code, level) == line
    assert told["n"] == need.messages


def test_the_line_tells_what_is_left_and_how_many_have_no_price():
    told = budget_line(BudgetFacts(LIMITED, Spent(40, 10_000_000), Estimate(10, 5, 3)), NOW, NOW)[2]
    assert told == {
        "n": 10,
        "micros": 5,
        "currency": "BRL",
        "left_messages": 60,
        "left_micros": 20_000_000,
        "people": 3,
    }
    endless = budget_line(BudgetFacts(replace(LIMITED, messages=None), Spent(40), Estimate(1, 1)), NOW, NOW)[2]
    assert endless["left_messages"] is None
