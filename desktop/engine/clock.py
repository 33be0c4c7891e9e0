"""The only place of the engine that looks at a clock."""

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.clock_mark import ClockMark
from desktop.engine.supervisor import first_of
from desktop.policy.clock_jumps import JUMP, corrected, earliest_stamp, found, moved, still_needed

if TYPE_CHECKING:
    from desktop.engine.ports import Clock

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_NEARLY_A_JUMP_S = JUMP.total_seconds() - 0.001
LONGEST_SLEEP_S = 30.0  # so that a machine that slept, or a clock that was set, is noticed soon


class SystemClock:
    """The machine's clocks. Moments are whole milliseconds, as they are stored: what is read back is what was noted."""

    def __init__(self) -> None:
        self._monotonic = _counting_sleep()

    def now(self) -> datetime:
        # In one step, and as exact: the float is nearer to the millisecond than a microsecond.
        return datetime.fromtimestamp(time.time_ns() // 1_000_000 / 1000, UTC)

    def monotonic(self) -> float:
        return self._monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _counting_sleep() -> Callable[[], float]:
    """Return the monotonic clock that goes on while the machine sleeps.

    Source: clock_gettime(2) of Linux (CLOCK_BOOTTIME) and of macOS (CLOCK_MONOTONIC); on Windows Python's own does.
    """
    clock_id: int | None = getattr(time, "CLOCK_MONOTONIC" if sys.platform == "darwin" else "CLOCK_BOOTTIME", None)
    if clock_id is None:
        return time.monotonic
    return lambda: time.clock_gettime(clock_id)


def boot_name() -> str:
    """Return what names this start of the machine; empty where that is not known.

    Source: random(4) of Linux, `boot_id`. Elsewhere the uptime alone has to tell: it begins anew.
    """
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return ""


class WatchedClock:
    """Tells that the wall clock was set before it hands out the new time.

    Windows, gaps and cool-downs measure time that has really passed, but are kept as moments of the wall clock, which
    is what is stored and shown. Whoever keeps such moments shifts them by as much as the clock was shifted: then one
    that is set forward releases no burst, and one that is set back holds nobody for hours.
    """

    def __init__(self, clock: "Clock", on_jump: Callable[[ClockMark], None], boot: str = "") -> None:
        self._clock, self._on_jump, self._boot = clock, on_jump, boot
        self._began_s, self._began_at = clock.monotonic(), clock.now()
        self._ahead_s = self._began_at.timestamp() - self._began_s
        self._jumps: list[ClockMark] = []

    def now(self) -> datetime:
        # Monotonic first: a machine that falls asleep between the two looks as if it was set forward, which is taken
        # back at the next look and meanwhile allows nothing. The other way round it would allow a burst.
        uptime_s = self._clock.monotonic()
        now = self._clock.now()
        # Asked thousands of times a second: first roughly, which is much cheaper.
        if abs(now.timestamp() - uptime_s - self._ahead_s) >= _NEARLY_A_JUMP_S:
            self._look(now, uptime_s)
        return now

    def _look(self, now: datetime, uptime_s: float) -> None:
        set_by = now - self._began_at - timedelta(seconds=uptime_s - self._began_s)
        if abs(set_by) >= JUMP:
            self._began_at += set_by
            self._ahead_s = self._began_at.timestamp() - self._began_s
            jump = ClockMark(now, uptime_s, self._boot, set_by)
            self._jumps = still_needed([*self._jumps, jump], now)
            self._on_jump(jump)

    def mark(self) -> ClockMark:
        """Return what the clocks show now."""
        uptime_s = self._clock.monotonic()
        return ClockMark(self.now(), uptime_s, self._boot)

    def restore(self, marks: Sequence[ClockMark]) -> ClockMark:
        """Take over what earlier lives have noted (in that order); return the mark with which this one begins."""
        begin = found(marks, self.mark())
        self._jumps = still_needed([*marks, begin], begin.at)
        return begin

    def stamp_of(self, moment: datetime) -> datetime:
        """Return the earliest stamp that something may have been recorded with that happened at `moment` or later."""
        return earliest_stamp(moment, self._jumps)

    def corrected(self, stamps: Sequence[datetime]) -> list[datetime]:
        """Return recorded moments as if the clock had always stood as it does now, ascending, none in the future."""
        now = self.now()
        return corrected(stamps, self._jumps, now)

    def moved(self, stamps: Sequence[datetime], *, certainly: bool = False) -> list[datetime]:
        """Return what `corrected` does, each in the place of its stamp.

        Args:
            certainly: correct only what was set for certain, and not what may have been while the machine was off.
        """
        now = self.now()
        return moved(stamps, [jump for jump in self._jumps if jump.is_certain or not certainly], now)

    def monotonic(self) -> float:
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds)


async def wait(clock: "Clock", until: datetime | None, wake: asyncio.Event) -> None:
    """Wait for `wake` or for the moment `until` (None: for `wake` alone), then clear `wake`.

    It ends by whichever clock comes there first, so that a clock set back holds nobody. The caller asks its question
    again afterwards: neither the sleep nor the event proves anything.
    """
    if until is None:
        await wake.wait()
        wake.clear()
        return
    ends_s = clock.monotonic() + (until - clock.now()).total_seconds()
    while not wake.is_set() and clock.now() < until and (left_s := ends_s - clock.monotonic()) > 0:
        await first_of(sleep=clock.sleep(min(left_s, LONGEST_SLEEP_S)), wake=wake.wait())
    wake.clear()
