"""A campaign's send window over the time zones of its recipients: who may be sent to now, and when the next may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from desktop.domain.campaign import SendWindow
from desktop.policy.send_window import openings
from desktop.policy.waiting import Rule, Wait, soonest

IsHoliday = Callable[[date], bool]

_AHEAD = timedelta(days=372)  # a window that does not open within a year does not open


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From when an answer holds until when, and whether the zone is open meanwhile. `[since, until)`."""

    since: datetime
    until: datetime
    is_open: bool


class Hours:
    """Answers by zone; without a window there is one source of recipients, `None`, and it is always open.

    Args:
        zones: time zones of the campaign's recipients; an empty name is taken for `default_zone`.
    """

    def __init__(
        self, window: SendWindow | None, zones: Sequence[str], default_zone: str, is_holiday: IsHoliday
    ) -> None:
        self._window, self._default_zone, self._is_holiday = window, default_zone, is_holiday
        self._sources: tuple[str | None, ...] = (None,) if window is None else tuple(sorted(zones))
        self._known: dict[str, _Stretch] = {}

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
            stretch = self._known[zone] = self._look(self._window, zone or self._default_zone, now)
        if stretch.is_open:
            return None
        never = stretch.until == datetime.max.replace(tzinfo=UTC)
        return Wait(Rule.WINDOW, None if never else stretch.until, {"timezone": zone or self._default_zone})

    def closed_wait(self, now: datetime) -> Wait | None:
        """Return when the next closed zone opens; None when none is closed."""
        waits = [wait for source in self._sources if source is not None and (wait := self.wait(source, now))]
        return soonest(waits) if waits else None

    def _look(self, window: SendWindow, zone: str, now: datetime) -> _Stretch:
        start, end = next(openings(window, zone, now, now + _AHEAD, self._is_holiday), (None, None))
        if start is None or end is None:
            return _Stretch(now, datetime.max.replace(tzinfo=UTC), is_open=False)
        return _Stretch(now, end, is_open=True) if start <= now else _Stretch(now, start, is_open=False)
