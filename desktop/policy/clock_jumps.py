"""How old recorded moments really are, when the wall clock that stamped them has been set since.

Theory: windows measure time that has passed, stamps are moments of the wall clock. A jump forward makes everything that
was recorded before it look older than it is, and an older departure frees its place too soon. So each jump forward is
remembered with what the clock showed after it, and every stamp below that is moved by as much. A stamp that is moved is
never older than the truth: what was recorded before a jump and is above it already looks as if it were still to come,
and what was recorded after a later jump back only looks younger. Jumps back themselves need no correction: they make
things look younger, which holds somebody for a while and exceeds nothing.

What happened while no engine ran is told by the last mark: on one start of the machine the clock that nobody sets has
gone on, and the difference is exact. Over a restart of the machine only its uptime is proven to have passed: the rest
may have been set. An hour can wait for that proof; a day cannot, for a computer that is off every night would never
have had one. So a window of a day asks only for the jumps that are certain.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.clock_mark import ClockMark

JUMP = timedelta(milliseconds=50)  # less is the wall clock being slewed, and comes to more in time
LONGEST_WINDOW = timedelta(hours=24)


def corrected(stamps: Sequence[datetime], jumps: Sequence[ClockMark], now: datetime) -> list[datetime]:
    """Return recorded moments as if the clock had always stood as it does now, ascending, none in the future.

    Args:
        jumps: in the order in which they happened; those back are passed over.
    """
    return sorted(moved(stamps, jumps, now))


def moved(stamps: Sequence[datetime], jumps: Sequence[ClockMark], now: datetime) -> list[datetime]:
    """Return what `corrected` does, each in the place of its stamp."""
    moments = list(stamps)
    for jump in jumps:
        if jump.set_by > timedelta(0):
            moments = [at + jump.set_by if at < jump.at else at for at in moments]
    return [min(at, now) for at in moments]


def earliest_stamp(moment: datetime, jumps: Sequence[ClockMark]) -> datetime:
    """Return the earliest stamp that something may have been recorded with that happened at `moment` or later."""
    return moment - sum((jump.set_by for jump in jumps if jump.set_by > timedelta(0)), timedelta(0))


def found(marks: Sequence[ClockMark], now: ClockMark) -> ClockMark:
    """Return the mark of now with what the clock was set by since the last of `marks`, at most."""
    if not marks:
        return now
    set_by = now.at - marks[-1].at - _proven(marks[-1], now)
    if abs(set_by) < JUMP:
        return now
    return replace(now, set_by=set_by, is_certain=_is_same_start(marks[-1], now))


def still_needed(jumps: Sequence[ClockMark], now: datetime) -> list[ClockMark]:
    """Return the jumps without those from before the longest window: what they would correct is in none any more."""
    forward = [jump for jump in jumps if jump.set_by > timedelta(0)]
    return [
        jump for n, jump in enumerate(forward) if now - corrected([jump.at], forward[n + 1 :], now)[0] <= LONGEST_WINDOW
    ]


def _proven(last: ClockMark, now: ClockMark) -> timedelta:
    """Return the time that has certainly passed between two marks."""
    return timedelta(seconds=now.uptime_s - last.uptime_s if _is_same_start(last, now) else now.uptime_s)


def _is_same_start(last: ClockMark, now: ClockMark) -> bool:
    return last.boot == now.boot and now.uptime_s >= last.uptime_s
