"""Things that will happen later, in one heap and one task, however many messages wait for receipts."""

import asyncio
import heapq
import itertools
from collections.abc import Callable


class Timeline:
    """Run callbacks at their moment. Callbacks must be quick and must not raise."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._is_earlier = asyncio.Event()

    def __len__(self) -> int:
        return len(self._heap)

    def after(self, delay_s: float, action: Callable[[], None]) -> None:
        """Run `action` `delay_s` seconds from now; equal moments keep the order of the calls."""
        due = asyncio.get_running_loop().time() + delay_s
        number = next(self._numbers)
        heapq.heappush(self._heap, (due, number, action))
        if self._heap[0][1] == number:
            self._is_earlier.set()

    async def run(self) -> None:
        """Work for ever; cancel to stop."""
        loop = asyncio.get_running_loop()
        while True:
            self._is_earlier.clear()
            while self._heap and self._heap[0][0] <= loop.time():
                heapq.heappop(self._heap)[2]()
            if not self._heap:
                await self._is_earlier.wait()
                continue
            # A timer handle instead of wait_for: cheaper, and an early wake-up only asks the heap again.
            alarm = loop.call_at(self._heap[0][0], self._is_earlier.set)
            await self._is_earlier.wait()
            alarm.cancel()
