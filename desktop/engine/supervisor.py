"""Every task of the engine has a name and an owner. A task that dies stops the engine loudly.

This is the one module of the engine that makes tasks.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextvars import Context
from typing import Any, TypeVar

log = logging.getLogger(__name__)

CANCEL_AGAIN_S = 5.0

T = TypeVar("T")
Job = Coroutine[Any, Any, Any]


async def uninterrupted(work: Awaitable[T]) -> tuple[T, bool]:
    """Await `work` to its end even while being cancelled; return its result and whether a cancel came.

    The caller finishes what has to be finished and then raises `CancelledError` itself. A future is awaited as it is;
    a coroutine gets a task.
    """
    future = asyncio.ensure_future(work)
    try:
        return await _Unreached(future), False
    except asyncio.CancelledError:
        if future.cancelled():
            raise
        return future.result(), True


class _Unreached:
    """Stands before a future that a task awaits: a cancel of the task does not reach it, and comes after its result.

    What `asyncio.shield` is for, but that makes a second future and goes round the loop once more, twice for each
    message. Source of what a task wants of what it awaits: `asyncio.isfuture`, and `Task.__step` in asyncio/tasks.py.
    """

    __slots__ = ("_asyncio_future_blocking", "_future")

    def __init__(self, future: asyncio.Future[Any]) -> None:
        self._future = future
        self._asyncio_future_blocking = False

    def __await__(self) -> Generator[Any, None, Any]:
        if not self._future.done():
            self._asyncio_future_blocking = True
            yield self
        return self._future.result()

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return self._future.get_loop()

    def add_done_callback(self, callback: Callable[[asyncio.Future[Any]], object], *, context: Context) -> None:
        self._future.add_done_callback(callback, context=context)

    def cancel(self, msg: object = None) -> bool:
        return False


async def first_of(**coros: Job) -> None:
    """Wait until the first of the named coroutines ends, and cancel the others; raise what the first one raised."""
    tasks = [asyncio.create_task(coro, name=name) for name, coro in coros.items()]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


class Supervisor:
    """Owns tasks; `failed` is set with the first one that ends with an error."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._chores: set[asyncio.Task[Any]] = set()
        self.failure: BaseException | None = None
        self.failed = asyncio.Event()

    def spawn(self, name: str, coro: Job) -> asyncio.Task[Any]:
        """Start a task that goes on until it is cancelled, or whose end somebody awaits."""
        task = asyncio.create_task(coro, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    def chore(self, name: str, coro: Job) -> None:
        """Start a task that ends by itself soon and has to: a stop waits for it."""
        task = self.spawn(name, coro)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    async def finish_chores(self) -> None:
        """Wait for all chores, and for those that they start."""
        while self._chores:
            await asyncio.wait(self._chores)

    async def cancel(self, tasks: set[asyncio.Task[Any]] | None = None) -> None:
        """Cancel the given tasks (or all) and wait until they have ended.

        A library may lose a cancel (before Python 3.12 `asyncio.wait_for` does, when its result comes at the same
        moment): who has not ended after a while is cancelled again, or this would wait for ever.
        """
        chosen = set(self._tasks) if tasks is None else tasks & self._tasks
        while chosen:
            for task in chosen:
                task.cancel()
            _, chosen = await asyncio.wait(chosen, timeout=CANCEL_AGAIN_S)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        log.error("task %s ended with an error", task.get_name(), exc_info=error)
        if self.failure is None:
            self.failure = error
        self.failed.set()
