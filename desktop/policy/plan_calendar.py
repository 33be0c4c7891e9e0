"""The days of a plan: when the people of each time zone may be written to, in seconds of the campaign's own day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from desktop.domain.campaign import SendWindow
from desktop.policy.send_window import IsHoliday, next_opening, openings

DAY = timedelta(days=1)
DAY_S = 86400.0
_OWN = (0,)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day during which nothing opens or closes: who is open (places in the list of groups)."""

    start: float
    end: float
    is_open: tuple[int, ...]


class Calendar:
    """Days in `timezone` (IANA name), and the openings of the groups: people whose days are open at the same times.

    Attributes:
        people: how many messages go to each group.
    """

    def __init__(
        self,
        timezone: str,
        window: SendWindow | None,
        zones: Sequence[tuple[str, int]],
        is_holiday: IsHoliday,
        now: datetime,
    ) -> None:
        self._zone, self._window, self._is_holiday = ZoneInfo(timezone), window, is_holiday
        self._known: dict[date, bool] = {}
        self._kinds: dict[date, tuple[object, ...]] = {}
        self._zones: list[str] = []
        self.people: list[float] = []
        grouped: dict[object, int] = {}
        for name, people in zones if window else [(timezone, sum(people for _name, people in zones))]:
            # Zones with the same clock, now and in half a year, open and close together.
            clock = tuple(_offset(at, ZoneInfo(name)) for at in (now, now + 182 * DAY))
            place = grouped.setdefault(clock, len(grouped))
            if place == len(self.people):
                self._zones.append(name)
                self.people.append(0.0)
            self.people[place] += people
        self._dates = self._dates_within(now) if window else ()
        self._clocks = [ZoneInfo(name) for name in self._zones] if window else []

    def date_of(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def begins(self, day: date) -> datetime:
        return datetime.combine(day, time.min, tzinfo=self._zone).astimezone(UTC)

    def never_open(self, now: datetime) -> bool:
        """Tell whether some people can never be written to."""
        window = self._window
        if window is None:
            return False
        return any(next_opening(window, zone, now, self._is_holiday) is None for zone in self._zones)

    def kind(self, day: date) -> tuple[object, ...]:
        """Return what makes two days alike: which dates are open of those whose hours fall into the day, and clocks."""
        kind = self._kinds.get(day)
        if kind is None:
            since, until = self.begins(day), self.begins(day + DAY)
            # A clock that is set makes an hour more or less, and another one begin at another hour of the day.
            clocks = [_offset(at, zone) for zone in (self._zone, *self._clocks) for at in (since, until)]
            dates = _OWN if self._window is None else self._dates
            kind = self._kinds[day] = (*(self._window is None or self._opens(day + n * DAY) for n in dates), *clocks)
        return kind

    def stretches(self, day: date, cuts: Sequence[float]) -> list[Stretch]:
        """Cut a day at its openings and closings and at `cuts` (seconds of the day)."""
        since, until = self.begins(day), self.begins(day + DAY)
        length = (until - since).total_seconds()
        if self._window is None:
            everybody = tuple(range(len(self.people)))
            return _cut([(0.0, length, n) for n in everybody], length, cuts)
        spans = [
            ((start - since).total_seconds(), (end - since).total_seconds(), place)
            for place, zone in enumerate(self._zones)
            for start, end in openings(self._window, zone, since, until, self._is_holiday)
        ]
        return _cut(spans, length, cuts)

    def _dates_within(self, now: datetime) -> tuple[int, ...]:
        """Return which dates (0 the day's own) have hours within a day: others do over midnight and in far zones."""
        assert self._window is not None
        opens, closes = self._window.start, self._window.end
        starts = timedelta(hours=opens.hour, minutes=opens.minute)
        ends = timedelta(days=int(closes <= opens), hours=closes.hour, minutes=closes.minute)
        dates = {0}
        for at in (now, now + 182 * DAY):
            for zone in self._zones:
                ahead = _offset(at, ZoneInfo(zone)) - _offset(at, self._zone)
                dates |= {1} if starts < ahead else set()
                dates |= {-1} if ends - ahead > DAY else set()
        return tuple(sorted(dates))

    def _opens(self, day: date) -> bool:
        if day not in self._known:
            assert self._window is not None
            self._known[day] = day.isoweekday() in self._window.days and not self._is_holiday(day)
        return self._known[day]


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _cut(spans: Sequence[tuple[float, float, int]], length: float, cuts: Sequence[float]) -> list[Stretch]:
    edges = {0.0, length, *(cut for cut in cuts if 0 < cut < length)}
    for start, end, _place in spans:
        edges |= {start, end}
    at = sorted(edges)
    return [
        Stretch(start, end, tuple(place for opens, closes, place in spans if opens <= start and end <= closes))
        for start, end in pairwise(at)
    ]
