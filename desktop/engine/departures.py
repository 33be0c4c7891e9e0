"""The departures that sliding windows look at: ascending, and no more of them than any limit may ask for."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from datetime import datetime, timedelta

# A limit that is raised while the engine runs finds its past here. Larger ones than this are no limits to people.
KEPT = 20_000


class Departures:
    """An ascending list of moments that forgets what no window can ask for.

    Args:
        recent: what the ledger has recorded, ascending.
        largest_limit: of all sliding windows; a window asks for the n-th newest departure and never beyond.
    """

    def __init__(self, recent: Sequence[datetime], largest_limit: int) -> None:
        self._kept = KEPT
        self._moments = list(recent)
        self.keep(largest_limit)

    @property
    def ascending(self) -> Sequence[datetime]:
        return self._moments

    def keep(self, largest_limit: int) -> None:
        """Remember enough for a limit from now on."""
        self._kept = max(self._kept, 2 * largest_limit)  # twice: some of them may be taken back

    def add(self, at: datetime) -> None:
        """Note a departure."""
        insort(self._moments, at)
        if len(self._moments) > 2 * self._kept:
            del self._moments[: -self._kept]

    def remove(self, at: datetime) -> None:
        """Take back one that did not leave after all."""
        place = bisect_left(self._moments, at)
        if place < len(self._moments) and self._moments[place] == at:
            del self._moments[place]

    def shift(self, by: timedelta) -> None:
        """Follow a wall clock that was set."""
        self._moments = [at + by for at in self._moments]
