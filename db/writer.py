"""The one thread that writes: it takes what is waiting, runs it in one transaction, and tells each when it is durable.

Theory: a durable commit costs the same for one unit of work as for five hundred, so units are grouped; how, and what
becomes of a group in which one fails, is in `db/transaction.py`.

A caller that is cancelled while it waits does not take its unit back: what was asked for is committed.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.transaction import A as A
from db.transaction import T, Together, Unit, Work, WriteContext, commit_in_order
from db.trouble import translate
from desktop.domain.errors import BugError
from desktop.domain.events import Event

if TYPE_CHECKING:
    from db.recorder import Recorder

__all__ = ["A", "Publish", "Together", "Unit", "WriteContext", "Writer"]

_log = logging.getLogger(__name__)

Publish = Callable[[Sequence[Event]], None]

MAX_GROUP = 500


@dataclass(slots=True)
class _Job(Work):
    """Work that waits, and who waits for it: a coroutine on `loop`, or a thread."""

    loop: asyncio.AbstractEventLoop | None = None
    future: "asyncio.Future[Any] | Future[Any] | None" = None

    def resolve(self) -> None:
        assert self.future is not None
        if self.error is None:
            if not self.future.done():
                self.future.set_result(self.result)
        elif not self.future.done():
            self.future.set_exception(self.error)
        else:
            _log.error("a unit failed after its caller had been cancelled: %r", self.error)


class Writer:
    """Owns the writing thread and its connection."""

    def __init__(self, sa_engine: sa.Engine, publish: Publish | None, lock_statement: str | None) -> None:
        self._sa_engine = sa_engine
        self._publish = publish
        self._lock_statement = lock_statement
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._dead: BaseException | None = None
        self._is_closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._recorder: Recorder | None = None
        self._thread = threading.Thread(target=self._live, name="db-writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Unit[T]) -> "asyncio.Future[T]":
        """Run `unit` in a transaction; the future has its result once that is durable."""
        loop = self._loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Job(unit, loop=loop, future=future))
        return future

    def submit_item(self, together: Together[A, T], item: A) -> "asyncio.Future[T]":
        """Let `together` do `item`, with others that wait beside it; the future has its result once that is durable."""
        loop = self._loop = asyncio.get_running_loop()
        if self._recorder is not None and self._recorder.takes(together, loop):
            return self._recorder.submit(item)
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Job(None, together, item, loop=loop, future=future))
        return future

    def record_apart(self, together: Together[A, T], command: Sequence[str], from_per_s: float) -> None:
        """Let a process of its own do the items of `together` (see `Database.record_apart`)."""
        from db.recorder import Recorder  # late: a list of campaigns is there without what a message is made of

        if self._recorder is None and not self._is_closed:

            def again(item: A, future: "asyncio.Future[T]") -> None:
                self._put(_Job(None, together, item, loop=future.get_loop(), future=future))

            self._recorder = Recorder(command, together, again, self._publish, from_per_s)

    def write_sync(self, unit: Unit[T]) -> T:
        """The same for a caller that has no loop; it blocks."""
        future: Future[T] = Future()
        self._put(_Job(unit, future=future))
        return future.result()

    def close(self) -> None:
        """Commit what is waiting, then end the thread."""
        if self._recorder is not None:
            self._recorder.close()
        with self._gate:
            if not self._is_closed:
                self._is_closed = True
                self._queue.put(None)
        self._thread.join()

    def _put(self, job: _Job) -> None:
        with self._gate:
            if self._dead is not None:
                raise BugError("the database writer has died") from self._dead
            if self._is_closed:
                raise BugError("the database is closed")
            self._queue.put(job)

    def _live(self) -> None:
        jobs: list[_Job] = []
        conn: sa.Connection | None = None
        try:
            while jobs := self._take():
                conn = conn or self._connect(jobs)
                if conn is not None:
                    recorder = self._recorder
                    with recorder.waiting() if recorder else nullcontext():
                        commit_in_order(conn, jobs, self._lock_statement, self._deliver)
        except BaseException as error:
            self._die(error, jobs)
            raise
        finally:
            if conn is not None:
                conn.close()

    def _connect(self, jobs: Sequence[_Job]) -> sa.Connection | None:
        """Connect at the first work; tell those who wait when the file cannot be opened. The next work tries again."""
        try:
            return self._sa_engine.connect()
        except DBAPIError as error:
            for job in jobs:
                job.error = translate(error)
            self._deliver(jobs, ())
            return None

    def _take(self) -> list[_Job]:
        """Wait for work and return all that waits, up to a group. Nothing: the writer is to end."""
        first = self._queue.get()
        if first is None:
            return []
        jobs = [first]
        while len(jobs) < MAX_GROUP:
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._queue.put(None)  # end after this group
                break
            jobs.append(job)
        return jobs

    def _deliver(self, jobs: Sequence[_Job], events: Sequence[Event]) -> None:
        """Wake each loop once for all that concerns it; events go to the loop that used the database last."""
        by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
        for job in jobs:
            if job.loop is not None:
                by_loop.setdefault(job.loop, []).append(job)
        if events and self._loop is not None:
            by_loop.setdefault(self._loop, [])
        for loop, waiting in by_loop.items():
            try:
                loop.call_soon_threadsafe(self._wake, waiting, events if loop is self._loop else ())
            except RuntimeError:
                # The loop has been closed meanwhile: nobody is left to be told. The commit stands.
                _log.info("a loop was closed before it heard of %d units", len(waiting))
        if events and self._publish is not None and self._loop is None:
            self._publish(events)
        for job in jobs:
            if job.loop is None:
                job.resolve()

    def _wake(self, jobs: Sequence[_Job], events: Sequence[Event]) -> None:
        if self._recorder is not None:
            self._recorder.hear()  # what it had committed before is told before
        for job in jobs:
            job.resolve()
        if events and self._publish is not None:
            self._publish(events)

    def _die(self, error: BaseException, jobs: Sequence[_Job]) -> None:
        """Tell everybody who waits, and everybody who comes later, that nothing is written any more."""
        with self._gate:
            self._dead = error
        waiting = list(jobs)
        while True:
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                break
            if job is not None:
                waiting.append(job)
        for job in waiting:
            death = BugError("the database writer has died")
            death.__cause__ = error
            job.error = death
        self._deliver(waiting, ())
