"""Credits: what a workspace may send and spend in a month, and what a message costs.

Money is a whole number of millionths of the currency's unit (`micros`), never a float: providers' prices have four and
more decimals. No prices come with the program, because they change several times a year: the operator copies them from
the provider's list. A month is the calendar month of the budget's own time zone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import cast
from zoneinfo import ZoneInfo

from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway

MICROS = 1_000_000
EVERYWHERE = "*"
"""The market of a price that holds wherever no other one does."""


class Category(StrEnum):
    """What Meta charges by. Free text outside a template is `service`; unofficial gateways know no categories."""

    MARKETING = "marketing"
    UTILITY = "utility"
    AUTHENTICATION = "authentication"
    SERVICE = "service"
    ANY = "any"  # of a gateway that has one price for everything, 0 unless somebody charges for it


CLOUD_CATEGORIES = (Category.MARKETING, Category.UTILITY, Category.AUTHENTICATION, Category.SERVICE)
CATEGORIES: Mapping[Gateway, tuple[Category, ...]] = {
    Gateway.CLOUD: CLOUD_CATEGORIES,
    Gateway.EVOLUTION: (Category.ANY,),
    Gateway.WAHA: (Category.ANY,),
}


def category_of(gateway: Gateway, template_category: str | None) -> Category:
    """Return what a message counts as.

    Args:
        template_category: as the provider writes it (`MARKETING`), None for free text. What nobody knows counts as
            marketing, which is the dearest.
    """
    if gateway is not Gateway.CLOUD:
        return Category.ANY
    if template_category is None:
        return Category.SERVICE
    word = template_category.lower()
    return Category(word) if word in CLOUD_CATEGORIES else Category.MARKETING


@dataclass(frozen=True, slots=True)
class Rate:
    """The price of one message. `market` is the ISO country of the phone's calling code, or `EVERYWHERE`."""

    gateway: Gateway
    category: Category
    market: str
    micros: int


@dataclass(frozen=True, slots=True)
class RateCard:
    """Prices in one currency (ISO 4217)."""

    currency: str = "BRL"
    rates: tuple[Rate, ...] = ()
    _by_key: dict[tuple[Gateway, Category, str], int] = field(
        default_factory=dict[tuple[Gateway, Category, str], int], init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        self._by_key.update({(rate.gateway, rate.category, rate.market): rate.micros for rate in self.rates})

    def find(self, gateway: Gateway, category: Category, market: str) -> int | None:
        """Return the price in micros: the market's own, else the one for everywhere; None when there is neither."""
        own = self._by_key.get((gateway, category, market))
        return self._by_key.get((gateway, category, EVERYWHERE)) if own is None else own

    def price(self, gateway: Gateway, category: Category, market: str) -> int:
        """Return the price in micros; what is not on the card costs nothing."""
        return self.find(gateway, category, market) or 0


@dataclass(frozen=True, slots=True)
class Budget:
    """What may leave in a month; None is no limit. `timezone` (IANA) says when a month begins."""

    messages: int | None = None
    micros: int | None = None
    card: RateCard = field(default_factory=RateCard)
    timezone: str = "America/Sao_Paulo"

    @property
    def is_limited(self) -> bool:
        return self.messages is not None or self.micros is not None


@dataclass(frozen=True, slots=True)
class Spent:
    """What has left, or may have left, in a span of time.

    Attributes:
        micros: by the rate card of the moment at which each message left.
        told: messages of which the provider has told what they were charged as.
        told_micros: what those cost by the rate card; `told_estimate` is what had been estimated for the same ones.
    """

    messages: int = 0
    micros: int = 0
    told: int = 0
    told_micros: int = 0
    told_estimate: int = 0

    @property
    def best_micros(self) -> int:
        """What is known best: the provider's word where it gave one, the estimate for the others."""
        return self.micros - self.told_estimate + self.told_micros


@dataclass(frozen=True, slots=True)
class MonthSpent:
    """One calendar month (its first day, in the budget's zone)."""

    month: date
    spent: Spent


@dataclass(frozen=True, slots=True)
class CategorySpent:
    """A part of a campaign's or a month's cost."""

    category: str
    market: str
    spent: Spent


@dataclass(frozen=True, slots=True)
class BudgetState:
    """All about the credits. `months` are the last ones, ascending, the present one last."""

    budget: Budget
    months: Sequence[MonthSpent]

    @property
    def this_month(self) -> Spent:
        return self.months[-1].spent


def month_of(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Return begin and end `[begin, end)` in UTC of the calendar month that `now` is in, in the zone."""
    zone = ZoneInfo(timezone)
    first = now.astimezone(zone).date().replace(day=1)
    return _midnight(first, zone), _midnight(next_month(first), zone)


def total(parts: Sequence[CategorySpent]) -> Spent:
    """Return the sum of all parts."""
    return Spent(
        sum(part.spent.messages for part in parts),
        sum(part.spent.micros for part in parts),
        sum(part.spent.told for part in parts),
        sum(part.spent.told_micros for part in parts),
        sum(part.spent.told_estimate for part in parts),
    )


def next_month(first: date) -> date:
    """Return the first day of the month after the one that begins on `first`."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months_before(first: date, n: int) -> date:
    """Return the first day of the month that is `n` months before the one that begins on `first`."""
    years, month = divmod(first.year * 12 + first.month - 1 - n, 12)
    return date(years, month + 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def amount(micros: int) -> Decimal:
    """Return micros as an exact amount of the currency's unit."""
    return Decimal(micros) / MICROS


def parse_amount(text: str) -> int:
    """Read an amount as people write it, with a comma or a point before the decimals, and return micros.

    Raises:
        KnownError: `bad_amount`, for what is no amount, is negative or has more than six decimals.
    """
    cleaned = text.strip().replace(" ", "").replace("\u00a0", "")
    last_comma, last_point = cleaned.rfind(","), cleaned.rfind(".")
    if last_comma > last_point:
        cleaned = cleaned.replace(".", "").replace(",", ".")
    elif last_comma != -1:
        cleaned = cleaned.replace(",", "")
    try:
        value = Decimal(cleaned)
        micros = value * MICROS
        is_usable = value.is_finite() and 0 <= value < 10**12 and micros == micros.to_integral_value()
    except InvalidOperation:
        is_usable, micros = False, Decimal(0)
    if not is_usable:
        raise KnownError("bad_amount", f"{text!r} is no amount of money.", "For example 0.0625 or 500,00.", text=text)
    return int(micros)


def budget_document(budget: Budget) -> dict[str, object]:
    """Return a budget as its setting stores it: whole numbers and texts only."""
    return {
        "messages": budget.messages,
        "micros": budget.micros,
        "currency": budget.card.currency,
        "timezone": budget.timezone,
        "rates": [[rate.gateway.value, rate.category.value, rate.market, rate.micros] for rate in budget.card.rates],
    }


def budget_of(document: object) -> Budget | None:
    """Read a stored budget; None when there is none, or when nobody understands it."""
    stored = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    listed = stored.get("rates")
    match stored:
        case {
            "messages": int() | None as messages,
            "micros": int() | None as micros,
            "currency": str(currency),
            "timezone": str(timezone),
        } if isinstance(listed, list):
            try:
                rates = tuple(_rate(each) for each in cast("list[object]", listed))
                ZoneInfo(timezone)
            except (ValueError, KeyError, OSError):
                return None
            return Budget(messages, micros, RateCard(currency, rates), timezone)
        case _:
            return None


def _rate(stored: object) -> Rate:
    match stored:
        case [str(gateway), str(category), str(market), int(micros)]:
            return Rate(Gateway(gateway), Category(category), market, micros)
        case _:
            raise ValueError(f"no rate: {stored!r}")
