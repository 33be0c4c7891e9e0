"""Whether the month's credits suffice: for one message about to leave, and for a whole campaign before it starts.

The budget is a hard stop: the n-th message or the last cent is allowed, the next one is refused, and the campaign
pauses (`on_limits` in `limit_profiles.py`). What is estimated by the rate card counts until the provider tells what a
message was really charged as; then that counts. Source: product.md §9 (system C's credits).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.budget import Budget, Category, RateCard, Spent, category_of, month_of
from desktop.domain.instance import Gateway
from desktop.policy.waiting import Rule, Wait

TIGHT_SHARE = 0.9
"""A campaign that takes more of what is left than this share (0-1) is worth a second look."""


def budget_wait(budget: Budget, spent: Spent, price_micros: int, now: datetime) -> Wait | None:
    """Return the rule that keeps one more message of this price from leaving this month, or None.

    Args:
        spent: in the calendar month of `now`, with what is under way.
    """
    end = month_of(now, budget.timezone)[1]
    if budget.messages is not None and spent.messages >= budget.messages:
        facts: dict[str, object] = {"used": spent.messages, "limit": budget.messages}
        return Wait(Rule.BUDGET_MESSAGES, end, facts)
    # What costs nothing may always leave: only the other limit counts it.
    if budget.micros is not None and price_micros and spent.best_micros + price_micros > budget.micros:
        facts = {"used_micros": spent.best_micros, "limit_micros": budget.micros, "currency": budget.card.currency}
        return Wait(Rule.BUDGET_MONEY, end, facts)
    return None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a campaign costs at most: where its numbers differ in price, by the dearest of them.

    `without_price`: people to whom a message would leave by a provider's number whose price is not on the card.
    """

    messages: int
    micros: int
    without_price: int = 0


def estimate(
    card: RateCard, markets: Mapping[str, int], gateways: Sequence[Gateway], templates: Sequence[tuple[str | None, int]]
) -> Estimate:
    """Estimate a campaign.

    Args:
        markets: how many people in each market.
        templates: category of the template (None: free text) and weight of each message.
    """
    weights = sum(weight for _category, weight in templates)
    micros = without_price = 0
    for market, people in markets.items():
        dearest, is_unpriced = 0, False
        for gateway in dict.fromkeys(gateways):
            weighted = 0
            for template, weight in templates:
                category = category_of(gateway, template)
                found = card.find(gateway, category, market)
                is_unpriced = is_unpriced or (weight > 0 and found is None and _is_paid(category))
                weighted += weight * (found or 0)
            dearest = max(dearest, weighted)
        if weights:
            micros += -(-people * dearest // weights)
        without_price += people if is_unpriced else 0
    return Estimate(sum(markets.values()), micros, without_price)


def _is_paid(category: Category) -> bool:
    # Free text within 24 hours of a person's message costs nothing at Meta; unofficial gateways ask for nothing.
    return category not in (Category.SERVICE, Category.ANY)


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """What is known of the credits before a start: of this month, without the campaign itself."""

    budget: Budget
    spent: Spent
    estimate: Estimate


def budget_line(facts: BudgetFacts, finish: datetime | None, now: datetime) -> tuple[str, str, dict[str, object]]:
    """Return code, level and numbers of the checklist's line.

    A campaign that goes on into the next month has a part of it to pay from the next month's budget: when the credits
    of this month do not suffice it is not refused, but will pause.
    """
    budget, need = facts.budget, facts.estimate
    told: dict[str, object] = {
        "n": need.messages,
        "micros": need.micros,
        "currency": budget.card.currency,
        "left_messages": _left(budget.messages, facts.spent.messages),
        "left_micros": _left(budget.micros, facts.spent.best_micros),
    }
    goes_on = finish is not None and finish >= month_of(now, budget.timezone)[1]
    for code, left, wanted in (
        ("budget_messages_short", told["left_messages"], need.messages),
        ("budget_money_short", told["left_micros"], need.micros),
    ):
        if isinstance(left, int) and wanted > left:
            return (f"{code}_later", "amber", told) if goes_on else (code, "red", told)
    if need.without_price and budget.micros is not None:
        return "budget_without_price", "amber", told | {"people": need.without_price}
    for left, wanted in ((told["left_messages"], need.messages), (told["left_micros"], need.micros)):
        if isinstance(left, int) and wanted > TIGHT_SHARE * left:
            return "budget_tight", "amber", told
    if budget.is_limited:
        return "budget", "green", told
    return ("budget_estimate" if need.micros else "budget_none"), "green", told


def _left(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)
