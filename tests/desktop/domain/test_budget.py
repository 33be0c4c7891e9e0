"""Money is exact, months are those of the budget's zone, and a stored budget is read back or refused whole."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desktop.domain.budget import (
    EVERYWHERE,
    Budget,
    BudgetState,
    Category,
    CategorySpent,
    MonthSpent,
    Rate,
    RateCard,
    Spent,
    amount,
    budget_document,
    budget_of,
    category_of,
    month_of,
    months_before,
    next_month,
    parse_amount,
    total,
)
from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway

CARD = RateCard(
    "USD",
    (
        Rate(Gateway.CLOUD, Category.MARKETING, "BR", 62_500),
        Rate(Gateway.CLOUD, Category.MARKETING, EVERYWHERE, 100_000),
        Rate(Gateway.WAHA, Category.ANY, EVERYWHERE, 10),
    ),
)


@pytest.mark.parametrize(
    ("gateway", "template", "category"),
    [
        (Gateway.CLOUD, "MARKETING", Category.MARKETING),
        (Gateway.CLOUD, "utility", Category.UTILITY),
        (Gateway.CLOUD, "AUTHENTICATION", Category.AUTHENTICATION),
        (Gateway.CLOUD, None, Category.SERVICE),
        (Gateway.CLOUD, "SOMETHING_NEW", Category.MARKETING),
        (Gateway.CLOUD, "ANY", Category.MARKETING),
        (Gateway.EVOLUTION, None, Category.ANY),
        (Gateway.WAHA, "MARKETING", Category.ANY),
    ],
)
def test_what_nobody_knows_counts_as_the_dearest(gateway: Gateway, template: str | None, category: Category):
    assert category_of(gateway, template) is category


def test_the_price_of_a_market_comes_before_the_one_for_everywhere():
    assert CARD.price(Gateway.CLOUD, Category.MARKETING, "BR") == 62_500
    assert CARD.price(Gateway.CLOUD, Category.MARKETING, "PT") == 100_000
    assert CARD.find(Gateway.CLOUD, Category.UTILITY, "BR") is None
    assert CARD.price(Gateway.CLOUD, Category.UTILITY, "BR") == 0
    assert CARD.price(Gateway.EVOLUTION, Category.ANY, "BR") == 0


def test_a_price_of_nothing_is_a_price():
    card = RateCard("USD", (Rate(Gateway.CLOUD, Category.SERVICE, "BR", 0), *CARD.rates))
    assert card.find(Gateway.CLOUD, Category.SERVICE, "BR") == 0


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("0", 0),
        ("0.0625", 62_500),
        ("0,0625", 62_500),
        ("500", 500_000_000),
        ("1.234,56", 1_234_560_000),
        ("1,234.56", 1_234_560_000),
        (" 1 000,5 ", 1_000_500_000),
        ("0.000001", 1),
    ],
)
def test_amounts_are_read_exactly_as_people_write_them(text: str, micros: int):
    assert parse_amount(text) == micros
    assert amount(micros) * 1_000_000 == micros


@pytest.mark.parametrize("text", ["", "abc", "-1", "0.0000001", "NaN", "Infinity", "1e30", "R$ 5"])
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(KnownError) as refused:
        parse_amount(text)
    assert refused.value.code == "bad_amount"


def test_an_amount_is_exact():
    assert amount(62_500) == Decimal("0.0625")


@pytest.mark.parametrize(
    ("now", "begin", "end"),
    [
        # São Paulo is three hours behind UTC: the month begins at three in the morning.
        ("2026-12-01T02:59", "2026-11-01T03:00", "2026-12-01T03:00"),
        ("2026-12-01T03:00", "2026-12-01T03:00", "2027-01-01T03:00"),
    ],
)
def test_a_month_is_that_of_the_zone(now: str, begin: str, end: str):
    def utc(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert month_of(utc(now), "America/Sao_Paulo") == (utc(begin), utc(end))


def test_months_go_on_over_the_end_of_the_year():
    assert next_month(date(2026, 11, 1)) == date(2026, 12, 1)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert months_before(date(2026, 2, 1), 0) == date(2026, 2, 1)
    assert months_before(date(2026, 2, 1), 2) == date(2025, 12, 1)
    assert months_before(date(2026, 2, 1), 14) == date(2024, 12, 1)


def test_what_the_provider_told_takes_the_place_of_the_estimate():
    spent = Spent(messages=10, micros=1_000, told=4, told_micros=100, told_estimate=400)
    assert spent.best_micros == 700


def test_a_budget_survives_being_stored():
    budget = Budget(1_000, 5_000_000, CARD, "America/Manaus")
    assert budget_of(budget_document(budget)) == budget
    assert budget_of(budget_document(Budget())) == Budget()
    assert budget.is_limited
    assert Budget(micros=1).is_limited
    assert not Budget(card=CARD).is_limited


@pytest.mark.parametrize(
    "change",
    [
        {"messages": "many"},
        {"rates": [["cloud", "marketing", "BR", 1.5]]},
        {"rates": [["pigeon", "marketing", "BR", 1]]},
        {"rates": None},
        {"timezone": "Mars/Olympus"},
    ],
)
def test_a_budget_that_nobody_understands_is_none(change: dict[str, object]):
    assert budget_of(budget_document(Budget(1, 2, CARD)) | change) is None
    assert budget_of(None) is None


def test_the_parts_of_a_cost_add_up():
    parts = [
        CategorySpent("marketing", "BR", Spent(3, 900, told=2, told_micros=500, told_estimate=600)),
        CategorySpent("utility", "PT", Spent(1, 40)),
    ]
    assert total(parts) == Spent(4, 940, told=2, told_micros=500, told_estimate=600)
    assert total([]) == Spent()


def test_the_present_month_is_the_last_one():
    months = [MonthSpent(date(2026, 10, 1), Spent(7)), MonthSpent(date(2026, 11, 1), Spent(2))]
    assert BudgetState(Budget(), months).this_month == Spent(2)
