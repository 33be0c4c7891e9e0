"""A campaign's send window over the time zones of its recipients: who may be sent to now, and when the next may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from desktop.domain.campaign import SendWindow
from desktop.domain.place import calendar_of, zone_in
from desktop.policy.send_window import openings
from desktop.policy.waiting import Rule, Wait, soonest

IsHoliday = Callable[[date], bool]

_AHEAD = timedelta(days=372)  # a window that does not open within a year does not open


def no_holidays(_calendar: str) -> IsHoliday:
    """Know no calendar: every day is a working day."""
    return _never


def _never(_day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From when an answer holds until when, and whether the zone is open meanwhile. `[since, until)`."""

    since: datetime
    until: datetime
    is_open: bool


class Hours:
    """Answers by zone; without a window there is one source of recipients, `None`, and it is always open.

    Args:
        zones: where the campaign's recipients are (`domain/place.py`); an empty name is taken for `default_zone`.
        holidays: the calendar of a country or of a region in it, by its ISO 3166 code.
    """

    def __init__(
        self, window: SendWindow | None, zones: Sequence[str], default_zone: str, holidays: Callable[[str], IsHoliday]
    ) -> None:
        self._window, self._default_zone = window, default_zone
        self._holidays = cache(holidays)
        self._sources: tuple[str | None, ...] = (None,) if window is None else tuple(sorted(zones))
        self._known: dict[str, _Stretch] = {}

    @property
    def has_window(self) -> bool:
        """Whether recipients are read zone by zone."""
        return self._window is not None

    def open_sources(self, now: datetime) -> list[str | None]:
        """Return the zones whose recipients may be sent to now."""
        return [source for source in self._sources if source is None or self.wait(source, now) is None]

    def wait(self, zone: str, now: datetime) -> Wait | None:
        """Return until when recipients in `zone` may not be sent to, or None when they may be now. Cheap to ask."""
        if self._window is None:
            return None
        stretch = self._known.get(zone)
        # A clock that was set back asks about a time before the answer's.
        if stretch is None or not stretch.since <= now < stretch.until:
            stretch = self._known[zone] = self._look(self._window, zone, now)
        if stretch.is_open:
            return None
        never = stretch.until == datetime.max.replace(tzinfo=UTC)
        return Wait(Rule.WINDOW, None if never else stretch.until, {"timezone": zone_in(zone) or self._default_zone})

    def closed_wait(self, now: datetime) -> Wait | None:
        """Return when the next closed zone opens; None when none is closed."""
        waits = [wait for source in self._sources if source is not None and (wait := self.wait(source, now))]
        return soonest(waits) if waits else None

    def _look(self, window: SendWindow, place: str, now: datetime) -> _Stretch:
        zone, country = zone_in(place) or self._default_zone, window.holidays
        is_holiday = self._holidays(calendar_of(place, country)) if country else _never
        start, end = next(openings(window, zone, now, now + _AHEAD, is_holiday), (None, None))
        if start is None or end is None:
            return _Stretch(now, datetime.max.replace(tzinfo=UTC), is_open=False)
        return _Stretch(now, end, is_open=True) if start <= now else _Stretch(now, start, is_open=False)
