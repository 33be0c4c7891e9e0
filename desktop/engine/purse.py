"""The month's credits at work: what a message costs, and whether it may still leave.

The count is the ledger's, read when the engine starts and every few seconds, plus what was reserved since: it is never
lower than the truth, so that no race can spend more than the budget. What was refused comes back with the next count,
and before a campaign is paused for its budget the count is read once more.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from desktop.domain.budget import Budget, Spent, category_of, month_of
from desktop.domain.instance import Gateway
from desktop.engine.ports import Clock, Ledger, Price
from desktop.policy.budget import budget_wait
from desktop.policy.rotation import LaneState

REFRESH_S = 2.0


class Purse:
    """One for all campaigns of an engine: they share the budget.

    Args:
        market_of: the market of a phone (E.164), by which providers price.
    """

    def __init__(self, ledger: Ledger, clock: Clock, market_of: Callable[[str], str]) -> None:
        self._ledger, self._clock, self._market_of = ledger, clock, market_of
        self._budget = Budget()
        self._prices: dict[tuple[Gateway, str | None, str], Price] = {}  # by the present rate card
        self._counted = Spent()
        self._ends: datetime | None = None  # of the month that is counted
        # Totals since the engine began: what was reserved, what of that has its outcome, what the count has for sure.
        self._reserved = self._finished = self._settled = (0, 0)
        self._read_at = clock.monotonic()

    def price(self, gateway: Gateway, template_category: str | None, phone: str) -> Price:
        """Return what a message to this phone costs through a gateway."""
        market = self._market_of(phone)
        key = (gateway, template_category, market)
        if (known := self._prices.get(key)) is None:
            category = category_of(gateway, template_category)
            known = self._prices[key] = Price(category, market, self._budget.card.price(gateway, category, market))
        return known

    def hold(self, lane: LaneState, price: Price, now: datetime) -> LaneState:
        """Return a free lane as one that waits, when the budget does not pay this message through it."""
        if lane.wait is not None or not self._budget.is_limited:
            return lane
        if self._ends is not None and now >= self._ends:
            self._begin_month(now)
        messages, micros = self._reserved[0] - self._settled[0], self._reserved[1] - self._settled[1]
        spent = replace(self._counted, messages=self._counted.messages + messages, micros=self._counted.micros + micros)
        return lane._replace(wait=budget_wait(self._budget, spent, price.micros, now))

    def reserve(self, price: Price) -> None:
        """Take the price of a message that is about to be recorded."""
        self._reserved = (self._reserved[0] + 1, self._reserved[1] + price.micros)

    def done(self, price: Price) -> None:
        """Note that the outcome is recorded: the next count tells whether it cost anything."""
        self._finished = (self._finished[0] + 1, self._finished[1] + price.micros)

    async def refresh_when_due(self) -> None:
        """Read the budget and the count anew, every few seconds."""
        if self._clock.monotonic() - self._read_at >= REFRESH_S:
            await self.refresh()

    async def refresh(self) -> None:
        """Read the budget and the count anew."""
        # What is under way may be in the count already: counted twice until the next one, it keeps the limit.
        settled = self._finished
        self._read_at = self._clock.monotonic()
        now = self._clock.now()
        found = await self._ledger.credits(now)
        end = month_of(now, found.budget.timezone)[1]
        self._budget, self._counted, self._settled, self._ends = found.budget, found.spent, settled, end
        self._prices.clear()

    def _begin_month(self, now: datetime) -> None:
        """Start from nothing: what was reserved so far left in the month before."""
        self._counted, self._settled = Spent(), self._reserved
        self._ends = month_of(now, self._budget.timezone)[1]
