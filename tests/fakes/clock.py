"""A clock that jumps to the next deadline as soon as the loop has nothing else to do."""

import asyncio
import heapq
import math
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# So many turns of the loop without anything waiting: somebody asks again and again without ever sleeping.
BUSY_TURNS = 200_000


class FakeClock:
    """Implements `engine.ports.Clock` in whole milliseconds. For tests without threads and sockets only.

    Args:
        start: the wall clock's time at the beginning.
        early_s: how much too early every sleep ends, as coarse timers do.
    """

    def __init__(self, start: datetime = START, early_s: float = 0.0) -> None:
        self._wall = start
        self._ms = 5_000_000
        self._started_ms = 0
        self.boot = "first"
        self._early_ms = round(early_s * 1000)
        self._sleepers: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._is_ticking = False
        self._busy_turns = 0

    def now(self) -> datetime:
        return self._wall

    def monotonic(self) -> float:
        return (self._ms - self._started_ms) / 1000

    @property
    def true_s(self) -> float:
        """Seconds by the clock that nobody sets and nothing restarts."""
        return self._ms / 1000

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        woken: asyncio.Future[None] = loop.create_future()
        ms = max(1, math.ceil(seconds * 1000 - 1e-6) - self._early_ms)
        heapq.heappush(self._sleepers, (self._ms + ms, next(self._order), woken))
        if not self._is_ticking:
            self._is_ticking = True
            loop.call_soon(self._tick, loop)
        await woken

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward or back, as a person or a time server does: no time has passed."""
        self._wall += timedelta(milliseconds=round(seconds * 1000))

    def suspend(self, seconds: float) -> None:
        """Let the machine sleep: time passes on all clocks, and nobody is woken before the end."""
        self._pass(round(seconds * 1000))

    def restart(self, off_s: float, set_by_s: float = 0.0) -> None:
        """Restart the machine; it is off for a while, and may have another idea of the time afterwards."""
        self._pass(round(off_s * 1000))
        self._started_ms, self.boot = self._ms, f"{self.boot}'"
        self.jump(set_by_s)

    def _pass(self, ms: int) -> None:
        self._ms += ms
        self._wall += timedelta(milliseconds=ms)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if not self._sleepers:
            self._is_ticking = False
            return
        # The only way to know that nobody else is about to run.
        if loop._ready:  # type: ignore[attr-defined]
            self._busy_turns += 1
            if self._busy_turns > BUSY_TURNS:
                self._fail_all()
        else:
            self._busy_turns = 0
            self._wake_next()
        loop.call_soon(self._tick, loop)

    def _wake_next(self) -> None:
        self._pass(max(0, self._sleepers[0][0] - self._ms))
        while self._sleepers and self._sleepers[0][0] <= self._ms:
            woken = heapq.heappop(self._sleepers)[2]
            if not woken.done():
                woken.set_result(None)

    def _fail_all(self) -> None:
        self._busy_turns = 0
        for _at, _order, woken in self._sleepers:
            if not woken.done():
                woken.set_exception(RuntimeError("the loop is busy and no time passes"))
