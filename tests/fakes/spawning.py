"""A supervisor for tests: real tasks on the running loop, awaited when the test says so."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class TaskSpawn:
    """Starts tasks; `settle` waits for all of them and raises what the first failed one raised."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []

    def __call__(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self.names.append(name)
        self._tasks.append(asyncio.get_running_loop().create_task(work, name=name))

    async def settle(self) -> None:
        while self._tasks:
            await self._tasks.pop(0)
