"""Hands on what a socket brings in batches: receipts come in bursts."""

import asyncio
from collections.abc import Callable, Sequence

from desktop.domain.receipt import Inbound
from desktop.engine.ports import Clock

GATHER_S = 0.05


async def deliver_in_batches(
    queue: asyncio.Queue[Inbound], deliver: Callable[[Sequence[Inbound]], None], clock: Clock
) -> None:
    """Deliver for ever what is put into the queue."""
    while True:
        batch = [await queue.get()]
        await clock.sleep(GATHER_S)
        while not queue.empty():
            batch.append(queue.get_nowait())
        deliver(batch)
