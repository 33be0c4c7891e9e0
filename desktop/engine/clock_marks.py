"""Keeps what the clocks showed durable, so that the next start knows how old everything recorded really is."""

import asyncio
from datetime import datetime

from desktop.domain.clock_mark import ClockMark
from desktop.engine.clock import WatchedClock
from desktop.engine.ports import Ledger
from desktop.engine.supervisor import uninterrupted

RENEW_EVERY_S = 60.0  # what a machine that dies takes with it, at most


class ClockMarks:
    """Marks of the clocks: one at the beginning, each at which the wall clock was set, and one a minute.

    A jump is in the ledger before any attempt that was stamped after it (`write`); otherwise a crash in between would
    leave attempts of which nobody knows on which side of the jump they lie.
    """

    def __init__(self, ledger: Ledger, clock: WatchedClock) -> None:
        self._ledger, self._clock = ledger, clock
        self._unwritten: list[ClockMark] = []
        self._writing = asyncio.Lock()
        self._renewed_s = 0.0  # monotonic

    async def begin(self) -> datetime | None:
        """Learn what earlier lives have noted, and note what was set since; return when the last of them ended."""
        marks = await self._ledger.clock_marks()
        begin = self._clock.restore(marks)
        # What was noticed until here is part of what was found.
        self._unwritten = [begin]
        await self.write()
        return self._clock.moved([marks[-1].at], certainly=True)[0] if marks else None

    def note(self, jump: ClockMark) -> None:
        """Take a jump that was noticed; it is written before the next attempt."""
        self._unwritten.append(jump)

    async def write(self) -> None:
        """Return when everything noted is durable."""
        if not self._unwritten:
            return
        _, was_cancelled = await uninterrupted(self._write())
        if was_cancelled:
            raise asyncio.CancelledError

    async def renew(self) -> None:
        """Note what the clocks show now."""
        self._renewed_s = self._clock.monotonic()
        self._unwritten.append(self._clock.mark())
        await self.write()

    async def renew_when_due(self) -> None:
        """Note what the clocks show, once a minute; and jumps at once."""
        if self._clock.monotonic() - self._renewed_s >= RENEW_EVERY_S:
            await self.renew()
        await self.write()

    async def _write(self) -> None:
        async with self._writing:
            while self._unwritten:
                await self._ledger.note_clock(self._unwritten[0])
                del self._unwritten[0]
