"""The checklist tells of Meta's shared limit before the start: what rotation cannot add, and how many days it takes."""

import pytest

from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway
from desktop.domain.summaries import CheckLine, NumberHistory
from desktop.policy.preflight_portfolios import PortfolioFacts, PortfoliosFacts, portfolio_facts, portfolio_lines
from tests.desktop.policy.test_forecast import number


def lines(*portfolios: PortfolioFacts, reachable: int = 100, **about: object) -> dict[str, CheckLine]:
    found = portfolio_lines(PortfoliosFacts(portfolios, **about), reachable)  # type: ignore[arg-type]
    return {line.code: line for line in found}


def test_numbers_without_a_portfolio_say_nothing():
    assert lines() == {}
    assert lines(PortfolioFacts(("a",), None, 0)) == {}


def test_numbers_of_one_portfolio_are_told_that_rotation_adds_no_reach():
    told = lines(PortfolioFacts(("a", "b"), 250, 0), PortfolioFacts(("c",), 250, 0))
    assert told["portfolio_shared"].facts == {"names": ["a", "b"]}
    assert told["portfolio_limit"].level == "green"


@pytest.mark.parametrize(
    ("reachable", "used", "days"),
    [(250, 0, None), (200, 50, None), (251, 0, 2), (201, 50, 2), (501, 0, 3), (10, 400, 2)],
)
def test_an_audience_beyond_the_limit_takes_so_many_days(reachable: int, used: int, days: int | None):
    told = lines(PortfolioFacts(("a",), 250, used), reachable=reachable)
    exceeded = told.get("portfolio_limit_exceeded")
    assert (exceeded.facts["days"] if exceeded else None) == days
    assert exceeded is None or exceeded.level == "amber"


def test_several_portfolios_add_up_and_other_numbers_hold_nobody():
    two = (PortfolioFacts(("a",), 250, 0), PortfolioFacts(("b",), 50, 0))
    assert lines(*two, reachable=300)["portfolio_limit"].facts["limit"] == 300
    assert lines(*two, reachable=900, others=True) == {}
    assert lines(*two, PortfolioFacts(("c",), None, 0), reachable=900) == {}


def test_a_limit_that_was_never_told_is_said():
    told = lines(PortfolioFacts(("a",), None, 0), untold=("a",), reachable=10_000)
    assert list(told) == ["portfolio_limit_untold"]
    assert told["portfolio_limit_untold"].facts == {"names": ["a"]}


def test_a_limit_of_nobody_never_ends():
    assert lines(PortfolioFacts(("a",), 0, 0))["portfolio_limit_exceeded"].facts["days"] == 0


def test_facts_are_put_together_by_portfolio():
    acme = {"portfolio_id": "acme", "messaging_limit": "TIER_250"}
    numbers = [number(1, **acme), number(2, **acme), number(3)]
    past = {InstanceId(1): NumberHistory(portfolio_used=7)}
    found = portfolio_facts(numbers, past)
    assert found == PortfoliosFacts((PortfolioFacts(("n1", "n2"), 250, 7),), ("n3",), False)
    assert all(each.instance.gateway is Gateway.CLOUD for each in numbers)
