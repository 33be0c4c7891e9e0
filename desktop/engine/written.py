"""Who was written to within a window, and when: one person counts once, however many messages there were.

A copy of what the ledger has recorded, so that a restart forgets nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from desktop.domain.ids import ContactId
from desktop.engine.ports import WrittenTo


class Written:
    """People with their departures within a window; those that have left it are forgotten.

    Args:
        recent: what counts already. Somebody who was erased since counts as one person a message.
    """

    def __init__(self, window: timedelta, recent: Iterable[WrittenTo] = ()) -> None:
        self._window = window
        self._of: dict[int, list[datetime]] = {}  # ascending departures by person
        # The last departure to each person, ascending, and beside it whose it is.
        self._last: list[datetime] = []
        self._whose: list[int] = []
        self._erased = 0  # people without an id get one that no person has
        for each in recent:
            self._add(self._id_of(each.contact_id), each.at)

    def last(self, now: datetime) -> Sequence[datetime]:
        """Return the last departure to each person who was written to within the window, ascending."""
        gone = bisect_right(self._last, now - self._window)
        for person in self._whose[:gone]:
            del self._of[person]
        del self._last[:gone], self._whose[:gone]
        return self._last

    def to(self, person: ContactId) -> Sequence[datetime]:
        """Return the departures to one person, ascending."""
        return self._of.get(person, ())

    def add(self, person: ContactId, at: datetime) -> None:
        """Note a departure."""
        self._add(person, at)

    def remove(self, person: ContactId, at: datetime) -> None:
        """Take back one that did not leave after all."""
        moments = self._of.get(person, [])
        if at not in moments:
            return
        self._unlist(person, moments[-1])
        moments.remove(at)
        if moments:
            self._list(person, moments[-1])
        else:
            del self._of[person]

    def take_over(self, other: "Written") -> None:
        """Add what another one knows."""
        for person, at in other.departures():
            self._add(self._id_of(None) if person < 0 else person, at)

    def departures(self) -> Iterator[tuple[int, datetime]]:
        """Return every departure that is remembered, by person; a negative one stands for somebody erased."""
        return ((person, at) for person, moments in self._of.items() for at in moments)

    def shift(self, by: timedelta) -> None:
        """Follow a wall clock that was set."""
        self._last = [at + by for at in self._last]
        self._of = {person: [at + by for at in moments] for person, moments in self._of.items()}

    def _id_of(self, person: ContactId | None) -> int:
        if person is not None:
            return person
        self._erased -= 1
        return self._erased

    def _add(self, person: int, at: datetime) -> None:
        moments = self._of.setdefault(person, [])
        if at in moments:
            return  # taken over and loaded
        if moments:
            self._unlist(person, moments[-1])
        moments.insert(bisect_right(moments, at), at)
        self._list(person, moments[-1])

    def _list(self, person: int, at: datetime) -> None:
        place = bisect_right(self._last, at)
        self._last.insert(place, at)
        self._whose.insert(place, person)

    def _unlist(self, person: int, at: datetime) -> None:
        place = bisect_right(self._last, at) - 1
        while self._whose[place] != person:  # others of the same moment
            place -= 1
        del self._last[place], self._whose[place]
