"""The portfolios of the lanes: whom each has written to in the last 24 hours, one count for all its numbers."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from desktop.engine.clock import WatchedClock
from desktop.engine.lane import Lane
from desktop.engine.ports import Ledger, WrittenTo
from desktop.engine.written import Written
from desktop.policy.limit_profiles import DAY, PAIR_GAP


class Portfolios:
    """Gives each lane the count of its portfolio; a lane without one keeps its own, so that nothing is forgotten."""

    def __init__(self, ledger: Ledger, clock: WatchedClock) -> None:
        self._ledger, self._clock = ledger, clock
        self._known: dict[str, Written] = {}

    async def join(self, lanes: Iterable[Lane]) -> None:
        """Let lanes count together that are of one portfolio; called whenever instances were loaded or edited."""
        of_cloud = [lane for lane in lanes if lane.portfolio is not None]
        for name in {lane.instance.portfolio_id for lane in of_cloud} - self._known.keys():
            if name is not None:
                self._known[name] = await self._load(name)
        # Without an await from here on: what a lane has reserved meanwhile is known to what it counted with before.
        for lane in of_cloud:
            name, before = lane.instance.portfolio_id, lane.portfolio
            if name is None or before is None or self._known[name] is before:
                continue
            self._known[name].take_over(before)
            lane.portfolio = self._known[name]

    async def load_pairs(self, lane: Lane) -> None:
        """Learn whom a new lane has written to just now."""
        if lane.pairs is None:
            return
        now = self._clock.now()
        recent = await self._ledger.written_by(lane.instance.id, self._clock.stamp_of(now - PAIR_GAP))
        lane.pairs = Written(PAIR_GAP, _placed(recent, self._clock.moved([each.at for each in recent])))

    def shift(self, lanes: Iterable[Lane], by: timedelta) -> None:
        """Follow a wall clock that was set; what several lanes share is shifted once."""
        own = [lane.portfolio for lane in lanes if lane.portfolio is not None]
        for written in {id(each): each for each in (*self._known.values(), *own)}.values():
            written.shift(by)

    async def _load(self, name: str) -> Written:
        now = self._clock.now()
        recent = await self._ledger.written_by_portfolio(name, self._clock.stamp_of(now - DAY))
        moments = self._clock.moved([each.at for each in recent], certainly=True)
        written = Written(DAY, _placed(recent, moments))
        written.last(now)
        return written


def _placed(recent: Sequence[WrittenTo], moments: Sequence[datetime]) -> Iterable[WrittenTo]:
    """Put the corrected moments in place of the stamps."""
    return (WrittenTo(each.contact_id, at) for each, at in zip(recent, moments, strict=True))
