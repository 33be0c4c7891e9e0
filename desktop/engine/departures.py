"""The departures that sliding windows look at: ascending, and no more of them than the largest limit needs."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from datetime import datetime


class Departures:
    """An ascending list of moments that forgets what no window can ask for.

    Args:
        recent: what the ledger has recorded, ascending.
        largest_limit: of all sliding windows; a window asks for the n-th newest departure and never beyond.
        in_flight: how many of them may still be taken back.
    """

    def __init__(self, recent: Sequence[datetime], largest_limit: int, in_flight: int) -> None:
        self._keep = largest_limit + in_flight + 1
        self._moments = list(recent)[-self._keep :]

    @property
    def ascending(self) -> Sequence[datetime]:
        return self._moments

    def add(self, at: datetime) -> None:
        """Note a departure. A clock that was set back does not break the order."""
        insort(self._moments, at)
        if len(self._moments) > 2 * self._keep:
            del self._moments[: -self._keep]

    def remove(self, at: datetime) -> None:
        """Take back one that did not leave after all."""
        place = bisect_left(self._moments, at)
        if place < len(self._moments) and self._moments[place] == at:
            del self._moments[place]
