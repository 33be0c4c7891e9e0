"""Send windows: when a recipient's own day is open for messages, and when it opens next.

The rule, written once: a moment is open when the clock on the recipient's wall shows an open hour `[start, end)` of an
open day. Daylight saving needs no exception: an hour that the clock skips is never open, one that it shows twice is
open twice, and a window that starts inside a skipped hour opens when the clock has jumped. A window that ends at or
before its start runs over midnight and belongs to the day on which it opens, with that day's weekday and holiday; one
that ends when it starts is never open. Source: product.md §4.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from desktop.domain.campaign import SendWindow
from desktop.policy.waiting import Rule, Wait

IsHoliday = Callable[[date], bool]
Opening = tuple[datetime, datetime]  # UTC, half-open

# A week that is closed by holidays every year for more than a year does not open.
HORIZON_DAYS = 372
DAY = timedelta(days=1)
# No zone is further from UTC; two local days with that on both sides hold every moment of a window over midnight.
_FAR_EAST, _FAR_WEST = timedelta(hours=14), timedelta(hours=12)


def window_wait(window: SendWindow, timezone: str, now: datetime, is_holiday: IsHoliday) -> Wait | None:
    """Return until when a recipient in `timezone` (IANA name) may not be sent to, or None when they may be now.

    The wait has no end when the window does not open within a year.
    """
    opens_at = next_opening(window, timezone, now, is_holiday)
    if opens_at == now:
        return None
    today = now.astimezone(ZoneInfo(timezone)).date()
    facts: dict[str, object] = {
        "timezone": timezone,
        "days": list(window.days),
        "start": window.start.isoformat("minutes"),
        "end": window.end.isoformat("minutes"),
        "holiday": today.isoweekday() in window.days and is_holiday(today),
    }
    return Wait(Rule.WINDOW, opens_at, facts)


def next_opening(window: SendWindow, timezone: str, now: datetime, is_holiday: IsHoliday) -> datetime | None:
    """Return the first open moment at or after `now` (`now` itself while open); None when there is none in a year."""
    return next((start for start, _end in _ahead(window, timezone, now, is_holiday)), None)


def openings(
    window: SendWindow, timezone: str, since: datetime, until: datetime, is_holiday: IsHoliday
) -> Iterator[Opening]:
    """Yield what is open of `[since, until)`, ascending and not overlapping."""
    for start, end in _ahead(window, timezone, since, is_holiday):
        if start >= until:
            return
        yield start, min(end, until)


def _ahead(window: SendWindow, timezone: str, now: datetime, is_holiday: IsHoliday) -> Iterator[Opening]:
    """Yield the openings of the next year that have not ended, the present one cut to begin at `now`."""
    # From yesterday: its window may run over midnight.
    first = now.astimezone(ZoneInfo(timezone)).date() - DAY
    for local_date in (first + n * DAY for n in range(HORIZON_DAYS)):
        if local_date.isoweekday() not in window.days or is_holiday(local_date):
            continue
        for start, end in _openings_of(window.start, window.end, timezone, local_date):
            if end > now:
                yield max(start, now), end


@lru_cache(maxsize=4096)
def _openings_of(start: time, end: time, timezone: str, local_date: date) -> tuple[Opening, ...]:
    """Return the openings that begin on a local day: more than one only where the clock is set back in between."""
    if start == end:
        return ()
    last_date = local_date if start < end else local_date + DAY
    opens = datetime.combine(local_date, start, tzinfo=UTC)  # as if local time were UTC
    closes = datetime.combine(last_date, end, tzinfo=UTC)
    found: list[Opening] = []
    for since, until, offset in _stretches(timezone, local_date):
        first, last = max(since, opens - offset), min(until, closes - offset)
        if first >= last:
            continue
        if found and found[-1][1] == first:
            first = found.pop()[0]
        found.append((first, last))
    return tuple(found)


def _stretches(timezone: str, local_date: date) -> list[tuple[datetime, datetime, timedelta]]:
    """Cut the time around a local day and the next where the offset from UTC changes: (since, until, offset).

    Zones change their clocks weeks apart, so there is at most one cut.
    """
    midnight = datetime.combine(local_date, time.min, tzinfo=UTC)
    since, until = midnight - _FAR_EAST, midnight + 2 * DAY + _FAR_WEST
    before, after = _offset(timezone, since), _offset(timezone, until)
    if before == after:
        return [(since, until, before)]
    early, late = since, until
    while late - early > timedelta(seconds=1):
        # Halves of a whole number of seconds: changes of clocks fall on whole seconds.
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (middle, late) if _offset(timezone, middle) == before else (early, middle)
    return [(since, late, before), (late, until, after)]


def _offset(timezone: str, at: datetime) -> timedelta:
    offset = at.astimezone(ZoneInfo(timezone)).utcoffset()
    assert offset is not None
    return offset
