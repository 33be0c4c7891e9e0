"""What stands in for something that takes long to load, so that a window can be shown which may use it later."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Late:
    """Looks like what `load` returns, of which all that is used are coroutine methods.

    The first of them that is called loads it, in a thread: whoever clicks early waits for it, and the window does not.
    `load` is called for each of them, from any thread: what has a memory of its own it makes once.
    """

    def __init__(self, load: Callable[[], object]) -> None:
        self._load = load

    def __getattr__(self, name: str) -> Callable[..., Coroutine[Any, Any, Any]]:
        async def ask(*arguments: Any, **named: Any) -> Any:
            loaded = await asyncio.to_thread(self._load)
            return await getattr(loaded, name)(*arguments, **named)

        return ask
