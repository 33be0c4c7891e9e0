"""The month's credits for the operator: what they are, what is left, and what a campaign would take of them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from desktop.audience.markets import market_of, markets
from desktop.domain.budget import EVERYWHERE, Budget, BudgetState, CategorySpent, MonthSpent, budget_document
from desktop.domain.campaign import Audience, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.instance import Instance
from desktop.domain.operator import Deed, Permit, anybody
from desktop.domain.template import MessageTemplate
from desktop.engine.ports import Credits
from desktop.policy.budget import BudgetFacts, estimate
from desktop.policy.plan_days import apportion

KEY = "budget"
"""The setting that holds it."""

MONTHS_SHOWN = 12


class CreditLibrary(Protocol):
    """Questions about credits."""

    async def credits(self) -> Credits: ...

    async def phone_prefixes(self, audience: Audience) -> Mapping[str, int]: ...

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]: ...


class SpentLibrary(CreditLibrary, Protocol):
    """Questions about what was spent."""

    async def months_spent(self, n: int) -> Sequence[MonthSpent]: ...

    async def campaign_spent(self, campaign_id: CampaignId) -> Sequence[CategorySpent]: ...

    async def setting(self, key: str) -> object | None: ...


class SettingWrites(Protocol):
    async def put(self, key: str, value: object, now: datetime, operator: str | None = None) -> None: ...


async def budget_facts(
    library: CreditLibrary, draft: Draft, instances: Sequence[Instance], reachable: int
) -> BudgetFacts:
    """Find out what preflight needs: the credits of this month, and what the campaign would cost at most.

    Args:
        instances: those of the draft that exist.
        reachable: people who would be sent to. Those of a typed list who are no contacts yet count as the others; with
            fewer than the audience has, each market counts for its share.
    """
    found = await library.credits()
    people: Counter[str] = Counter()
    if found.budget.card.rates and draft.audience is not None:
        for prefix, n in (await library.phone_prefixes(draft.audience)).items():
            people[market_of(prefix)] += n
    missing = reachable - people.total()
    if missing > 0:
        people[max(people, key=lambda market: people[market], default="")] += missing
    elif missing < 0:  # not all of the audience: each market its share
        shares = apportion(float(reachable), list(people.values()))
        people = Counter({market: int(n) for market, n in zip(people, shares, strict=True)})
    uses = any(message.template for message in draft.messages)
    known = await library.templates() if uses else ()
    category_of_template = {(each.name, each.language): each.category for each in known}
    messages = [
        (
            category_of_template.get((each.template.name, each.template.language), "") if each.template else None,
            each.weight,
        )
        for each in draft.messages
    ]
    gateways = [instance.gateway for instance in instances]
    return BudgetFacts(found.budget, found.spent, estimate(found.budget.card, people, gateways, messages))


@dataclass(frozen=True, slots=True)
class BudgetDesk:
    """What an operator does with the budget.

    Args:
        timezone: IANA name; where months begin, as long as no budget says otherwise.
    """

    library: SpentLibrary
    settings: SettingWrites
    now: Callable[[], datetime]
    timezone: str
    permit: Permit = anybody

    async def state(self, months: int = MONTHS_SHOWN) -> BudgetState:
        """Return the budget and what the last months have spent."""
        await self.permit(Deed.READ)
        budget = (await self.library.credits()).budget
        if await self.library.setting(KEY) is None:
            budget = replace(budget, timezone=self.timezone)
        return BudgetState(budget, await self.library.months_spent(months))

    async def campaign(self, campaign_id: CampaignId) -> tuple[str, Sequence[CategorySpent]]:
        """Return the currency, and what a campaign has cost by category and market."""
        await self.permit(Deed.READ)
        return (await self.library.credits()).budget.card.currency, await self.library.campaign_spent(campaign_id)

    async def save(self, budget: Budget) -> None:
        """Keep a budget; a running engine follows it within seconds.

        Raises:
            KnownError: `bad_currency`, `bad_market`, `bad_timezone`, `bad_budget`.
        """
        by = await self.permit(Deed.SETTINGS)
        _refuse_nonsense(budget)
        await self.settings.put(KEY, budget_document(budget), self.now(), by)


def _refuse_nonsense(budget: Budget) -> None:
    currency = budget.card.currency
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise KnownError("bad_currency", f"{currency!r} is no currency.", "Use its three letters, such as BRL or USD.")
    known = {EVERYWHERE, *markets()}
    for rate in budget.card.rates:
        if rate.market not in known:
            raise KnownError("bad_market", f"{rate.market!r} is no country.", "Use its two letters, such as BR.")
    try:
        ZoneInfo(budget.timezone)
    except (ValueError, KeyError, OSError):
        raise KnownError(
            "bad_timezone", f"There is no time zone {budget.timezone}.", "For example America/Sao_Paulo."
        ) from None
    figures = [budget.messages or 0, budget.micros or 0, *(rate.micros for rate in budget.card.rates)]
    if min(figures) < 0:
        raise KnownError("bad_budget", "Limits and prices are never negative.", "Use 0 or more.")
