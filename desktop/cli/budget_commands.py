"""The month's credits by command line: additions to the contract. Amounts are text, never floats."""

import argparse
from collections.abc import Mapping
from dataclasses import replace

from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace, local_timezone
from desktop.domain.budget import (
    CATEGORIES,
    Budget,
    Category,
    Rate,
    RateCard,
    Spent,
    amount,
    parse_amount,
    total,
)
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.instance import Gateway
from desktop.operations.budget import BudgetDesk

NONE = "none"


def desk_of(workplace: Workplace) -> BudgetDesk:
    """Return what answers for the credits of the open workspace."""
    return BudgetDesk(
        workplace.library, workplace.settings, workplace.clock.now, local_timezone(), workplace.access.permit
    )


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`budget show`: the limits, what this month and those before took, and the rate card."""
    state = await desk_of(workplace).state(options.months)
    budget = state.budget
    rates = [
        {
            "gateway": rate.gateway.value,
            "category": rate.category.value,
            "market": rate.market,
            "price": str(amount(rate.micros)),
        }
        for rate in budget.card.rates
    ]
    months = [{"month": f"{each.month:%Y-%m}", **spent_json(each.spent)} for each in state.months]
    document: dict[str, object] = {
        "messages": budget.messages,
        "money": None if budget.micros is None else str(amount(budget.micros)),
        "currency": budget.card.currency,
        "timezone": budget.timezone,
        "rates": rates,
        "months": months,
    }
    heads = [f"{name:9} {_said(document[name])}" for name in ("messages", "money", "currency", "timezone")]
    tables = [
        output.table(rates, ("gateway", "category", "market", "price")),
        output.table(months, ("month", "messages", "estimated", "known", "best")),
    ]
    output.document(document, "\n\n".join(["\n".join(heads), *tables]))
    return 0


async def limit(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    desk = desk_of(workplace)
    budget = (await desk.state(1)).budget
    if options.messages is not None:
        budget = replace(budget, messages=None if options.messages == NONE else _whole(options.messages))
    if options.money is not None:
        budget = replace(budget, micros=None if options.money == NONE else parse_amount(options.money))
    if options.currency is not None:
        budget = replace(budget, card=replace(budget.card, currency=options.currency.upper()))
    if options.timezone is not None:
        budget = replace(budget, timezone=options.timezone)
    return await _save(desk, budget, output)


async def rate(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`budget rate`: set or remove one price of the rate card."""
    desk = desk_of(workplace)
    budget = (await desk.state(1)).budget
    gateway, category, market = Gateway(options.gateway), Category(options.category), options.market.upper()
    if category not in CATEGORIES[gateway]:
        known = ", ".join(each.value for each in CATEGORIES[gateway])
        raise KnownError("bad_category", f"{gateway.value} has no category {category.value}.", f"It has: {known}.")
    kept = [
        each for each in budget.card.rates if (each.gateway, each.category, each.market) != (gateway, category, market)
    ]
    if options.price != NONE:
        kept.append(Rate(gateway, category, market, parse_amount(options.price)))
    return await _save(desk, replace(budget, card=RateCard(budget.card.currency, tuple(kept))), output)


async def campaign(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.library.campaign(CampaignId(options.id))  # refused when there is none
    currency, parts = await desk_of(workplace).campaign(CampaignId(options.id))
    whole = total(parts)
    rows = [{"category": part.category, "market": part.market, **spent_json(part.spent)} for part in parts]
    document = {"id": options.id, "currency": currency, **spent_json(whole), "parts": rows}
    shown = [*rows, {"category": "", "market": "", **spent_json(whole)}]
    output.document(document, output.table(shown, ("category", "market", "messages", "estimated", "known", "best")))
    return 0


def spent_json(spent: Spent) -> Mapping[str, object]:
    """Return what was spent as JSON: `known` is what the provider told of `told` messages, `best` the best sum."""
    return {
        "messages": spent.messages,
        "estimated": str(amount(spent.micros)),
        "told": spent.told,
        "known": str(amount(spent.told_micros)),
        "best": str(amount(spent.best_micros)),
    }


async def _save(desk: BudgetDesk, budget: Budget, output: Output) -> int:
    await desk.save(budget)
    money = None if budget.micros is None else str(amount(budget.micros))
    answer = {"messages": budget.messages, "money": money, "currency": budget.card.currency}
    output.document(answer, "\n".join(f"{name:9} {_said(value)}" for name, value in answer.items()))
    return 0


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise KnownError("bad_amount", f"{text!r} is no number of messages.", "For example 10000, or none.", text=text)
    return int(text)


def _said(value: object) -> str:
    return "—" if value is None else str(value)
