"""The month's credits in the settings: limits, prices, and what the months have spent."""

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

from desktop.domain.budget import (
    CLOUD_CATEGORIES,
    EVERYWHERE,
    Budget,
    BudgetState,
    Category,
    CategorySpent,
    Rate,
    RateCard,
    Spent,
    parse_amount,
    total,
)
from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway
from desktop.viewmodels import formats
from desktop.viewmodels.jobs import Jobs, Spawn

CATEGORY_WORDS = frozenset(category.value for category in Category)
CURRENCIES = ("BRL", "USD", "EUR", "GBP", "MXN", "INR")
CATEGORIES = CLOUD_CATEGORIES
UNOFFICIAL = (Gateway.EVOLUTION, Gateway.WAHA)


class Desk(Protocol):
    """What is asked, and what is told."""

    def state(self) -> Awaitable[BudgetState]: ...

    def save(self, budget: Budget) -> Awaitable[None]: ...


class BudgetViewModel(QObject):
    """Signals:
    changed: `state` is another.
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)
        self.state: BudgetState | None = None

    def activate(self) -> None:
        """Load what is stored."""
        self.jobs.refresh("load budget", self._load)

    @property
    def budget(self) -> Budget:
        """The budget that is stored, as far as is known."""
        return self.state.budget if self.state else Budget()

    def set_messages(self, limit: int | None) -> None:
        """Limit the messages of a month; None takes the limit away."""
        self._save(replace(self.budget, messages=limit))

    def set_money(self, text: str) -> None:
        """Limit the money of a month; an empty text takes the limit away."""
        if (micros := self._read(text)) is not _REFUSED:
            self._save(replace(self.budget, micros=micros))

    def set_currency(self, currency: str) -> None:
        """Choose the currency of limit and prices; the figures stay as they are."""
        self._save(replace(self.budget, card=replace(self.budget.card, currency=currency)))

    def set_price(self, gateway: Gateway, category: Category, market: str, text: str) -> None:
        """Set what one message costs; an empty text takes the price away."""
        micros = self._read(text)
        if micros is _REFUSED:
            return
        card = self.budget.card
        kept = [r for r in card.rates if (r.gateway, r.category, r.market) != (gateway, category, market)]
        if micros is not None:
            kept.append(Rate(gateway, category, market, micros))
        self._save(replace(self.budget, card=RateCard(card.currency, tuple(kept))))

    def remove_market(self, market: str) -> None:
        """Take all prices of a market away: those for everywhere hold there again."""
        card = self.budget.card
        kept = tuple(rate for rate in card.rates if rate.market != market)
        self._save(replace(self.budget, card=RateCard(card.currency, kept)))

    def price(self, gateway: Gateway, category: Category, market: str) -> str:
        """Return a price as it is typed; empty when there is none."""
        for rate in self.budget.card.rates:
            if (rate.gateway, rate.category, rate.market) == (gateway, category, market):
                return formats.amount(rate.micros)
        return ""

    def priced_markets(self) -> list[str]:
        """Return the markets with prices of their own, by name."""
        found = {rate.market for rate in self.budget.card.rates} - {EVERYWHERE}
        return sorted(found, key=market_name)

    def month_rows(self) -> list[tuple[str, str, str, str]]:
        """Return month, messages, estimate and what is known best, newest first, back to the first with messages."""
        months = list(self.state.months) if self.state else []
        while len(months) > 1 and not months[0].spent.messages:
            months = months[1:]
        currency = self.budget.card.currency
        return [
            (
                f"{QLocale().standaloneMonthName(each.month.month)} {each.month.year}",
                formats.number(each.spent.messages),
                formats.money(each.spent.micros, currency),
                formats.money(each.spent.best_micros, currency),
            )
            for each in reversed(months)
        ]

    def _read(self, text: str) -> "int | None":
        """Read an amount; `_REFUSED` for what is none, after telling so."""
        if not text.strip():
            return None
        try:
            return parse_amount(text)
        except KnownError as refusal:
            self._on_failed(refusal)
            return _REFUSED

    def _save(self, budget: Budget) -> None:
        if budget == self.budget or self.state is None:
            return
        # Shown at once, so that the next change builds on this one.
        self.state = replace(self.state, budget=budget)

        async def save() -> None:
            await self._desk.save(self.budget)
            await self._load()

        self.jobs.refresh("save budget", save)

    async def _load(self) -> None:
        self.state = await self._desk.state()
        self.changed.emit()

    def _on_failed(self, refusal: KnownError) -> None:
        self.failed.emit(refusal)
        self.activate()


_REFUSED = -1


def used(state: BudgetState) -> list[tuple[str, float | None]]:
    """Return the lines of this month: what was used, and its share 0-1 of the limit (None without one)."""
    spent, budget = state.this_month, state.budget
    currency = budget.card.currency
    lines: list[tuple[str, float | None]] = []
    messages = formats.number(spent.messages)
    if budget.messages is None:
        text = QCoreApplication.translate("Budget", "{n} messages this month, without a limit")
        lines.append((text.format(n=messages), None))
    else:
        text = QCoreApplication.translate("Budget", "{n} of {limit} messages this month")
        share = spent.messages / budget.messages if budget.messages else 1.0
        lines.append((text.format(n=messages, limit=formats.number(budget.messages)), share))
    money = formats.money(spent.best_micros, currency)
    if budget.micros is None:
        lines.append(
            (QCoreApplication.translate("Budget", "{money} this month, without a limit").format(money=money), None)
        )
    else:
        text = QCoreApplication.translate("Budget", "{money} of {limit} this month")
        share = spent.best_micros / budget.micros if budget.micros else 1.0
        lines.append((text.format(money=money, limit=formats.money(budget.micros, currency)), share))
    return lines


def told_note(spent: Spent, currency: str) -> str:
    """Say how much of a cost the provider has confirmed; empty when it has told nothing."""
    if not spent.told:
        return ""
    text = QCoreApplication.translate(
        "Budget",
        "Meta has told what it charged for {n} of {all} messages: {money} by your prices, estimated {estimate}.",
    )
    return text.format(
        n=formats.number(spent.told),
        all=formats.number(spent.messages),
        money=formats.money(spent.told_micros, currency),
        estimate=formats.money(spent.told_estimate, currency),
    )


def cost_rows(parts: Sequence[CategorySpent], currency: str) -> list[tuple[str, str, str, str, str]]:
    """Return category, market, messages, estimate and what is known best of each part of a campaign's cost."""
    return [
        (
            category_name(part.category),
            market_name(part.market),
            formats.number(part.spent.messages),
            formats.money(part.spent.micros, currency),
            formats.money(part.spent.best_micros, currency),
        )
        for part in parts
    ]


def cost_summary(parts: Sequence[CategorySpent], currency: str) -> tuple[str, str]:
    """Return a campaign's cost in one sentence, and what the provider has confirmed of it (or empty)."""
    whole = total(parts)
    text = QCoreApplication.translate("Budget", "{money} for {n} messages, estimated {estimate}.")
    sentence = text.format(
        money=formats.money(whole.best_micros, currency),
        n=formats.number(whole.messages),
        estimate=formats.money(whole.micros, currency),
    )
    return sentence, told_note(whole, currency)


def category_name(word: str) -> str:
    """Return what a message is charged as, in the operator's language."""
    names = {
        Category.MARKETING: QCoreApplication.translate("Budget", "Marketing"),
        Category.UTILITY: QCoreApplication.translate("Budget", "Utility"),
        Category.AUTHENTICATION: QCoreApplication.translate("Budget", "Authentication"),
        Category.SERVICE: QCoreApplication.translate("Budget", "Service"),
        Category.ANY: QCoreApplication.translate("Budget", "Any message"),
    }
    return (
        names.get(Category(word), word) if word in CATEGORY_WORDS else QCoreApplication.translate("Budget", "Earlier")
    )


def market_name(market: str) -> str:
    """Return the country's name in the operator's language; its letters where Qt knows none."""
    if market == EVERYWHERE:
        return QCoreApplication.translate("Budget", "Other countries")
    if not market:
        return "–"
    territory = QLocale.codeToTerritory(market)
    if territory == QLocale.Country.AnyTerritory:
        return market
    # The name in the language of the program is that of its own country's locale only; Qt gives the others in English.
    own = QLocale()
    return own.nativeTerritoryName() if territory == own.territory() else QLocale.territoryToString(territory)
