"""The only place of the engine that looks at a clock."""

import asyncio
import time
from datetime import UTC, datetime

from desktop.engine.ports import Clock
from desktop.engine.supervisor import first_of

LONGEST_SLEEP_S = 30.0  # so that a machine that slept, or a clock that jumped, is noticed soon


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def wait(clock: Clock, until: datetime | None, wake: asyncio.Event) -> None:
    """Wait for `wake` or for the moment `until` (None: for `wake` alone), then clear `wake`.

    The caller asks its question again afterwards: neither the sleep nor the event proves anything.
    """
    if until is None:
        await wake.wait()
        wake.clear()
        return
    while not wake.is_set() and (now := clock.now()) < until:
        seconds = min((until - now).total_seconds(), LONGEST_SLEEP_S)
        await first_of(sleep=clock.sleep(seconds), wake=wake.wait())
    wake.clear()
