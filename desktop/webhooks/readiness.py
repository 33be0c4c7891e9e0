"""Waits for somebody to tell. Programs without outbound webhooks never load the courier and its HTTP client."""

import asyncio
import importlib
import logging
from collections.abc import Awaitable, Callable

from desktop.domain.errors import KnownError
from desktop.webhooks.ports import Outbox

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0


async def until_needed(outbox: Outbox, sleep: Callable[[float], Awaitable[None]]) -> None:
    """Return when there is an address to tell, and `webhooks.courier` is loaded: outside the loop, it takes a while.

    What cannot be read now is tried again at the next look, as the courier does.
    """
    while not await _is_needed(outbox):
        await sleep(LOOK_EVERY_S)
    await asyncio.to_thread(importlib.import_module, "desktop.webhooks.courier")


async def _is_needed(outbox: Outbox) -> bool:
    try:
        return bool(await outbox.hooks())
    except KnownError as error:
        log.warning("webhooks: %s", error.code)
        return False
