"""The one thread that writes: it takes what is waiting, runs it in one transaction, and tells each when it is durable.

Theory: a durable commit costs the same for one unit of work as for five hundred, so units are grouped. A unit is a
function of a `WriteContext` that contains nothing but SQL. It must be repeatable: when a unit of a group fails, the
group is rolled back and what had succeeded runs once more without it. Only the failing unit's caller hears of the
failure, and the order of the units stays. What is asked for a thousand times a second comes as items instead, which
one function does together, with one statement for all: items that stand side by side in a group.

A caller that is cancelled while it waits does not take its unit back: what was asked for is committed.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.event_rows import insert_events, last_event_id
from db.trouble import is_busy, translate
from desktop.domain.errors import BugError
from desktop.domain.events import Event, NewEvent
from desktop.domain.ids import EventId, WorkspaceId

_log = logging.getLogger(__name__)

T = TypeVar("T")
A = TypeVar("A")
Publish = Callable[[Sequence[Event]], None]

MAX_GROUP = 500
# Each try already waits for `busy_timeout`.
_BUSY_TRIES = 4


class WriteContext:
    """What a unit writes with: the transaction's connection, and the events that are to be written with it."""

    def __init__(self, conn: sa.Connection) -> None:
        self.conn = conn
        self.events: list[Event] = []
        self._next_id = 0

    def emit(self, workspace_id: WorkspaceId, fact: NewEvent) -> EventId:
        """Write an event with this transaction; it is published after the commit."""
        if not self._next_id:
            # The write lock is held, so nobody else, in this process or another, gives these ids.
            self._next_id = last_event_id(self.conn) + 1
        event_id = EventId(self._next_id)
        self._next_id += 1
        self.events.append(Event(event_id, workspace_id, fact))
        return event_id


Unit = Callable[[WriteContext], T]
Together = Callable[[WriteContext, Sequence[A]], Sequence[T]]
"""Does many items as parts of one transaction; returns a result for each. Repeatable, like a unit."""


@dataclass(slots=True)
class _Job:
    """A unit, or an item of many, that waits, and who waits for it: a coroutine on `loop`, or a thread."""

    loop: asyncio.AbstractEventLoop | None
    future: "asyncio.Future[Any] | Future[Any]"
    unit: Callable[[WriteContext], Any] | None
    together: Callable[[WriteContext, Sequence[Any]], Sequence[Any]] | None = None
    item: Any = None
    result: Any = None
    error: BaseException | None = None

    def resolve(self) -> None:
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
        self._thread = threading.Thread(target=self._live, name="db-writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Unit[T]) -> "asyncio.Future[T]":
        """Run `unit` in a transaction; the future has its result once that is durable."""
        loop = self._loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Job(loop, future, unit))
        return future

    def submit_item(self, together: Together[A, T], item: A) -> "asyncio.Future[T]":
        """Let `together` do `item`, with others that wait beside it; the future has its result once that is durable."""
        loop = self._loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Job(loop, future, None, together, item))
        return future

    def write_sync(self, unit: Unit[T]) -> T:
        """The same for a caller that has no loop; it blocks."""
        future: Future[T] = Future()
        self._put(_Job(None, future, unit))
        return future.result()

    def close(self) -> None:
        """Commit what is waiting, then end the thread."""
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
                    self._commit_in_order(conn, jobs)
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

    def _commit_in_order(self, conn: sa.Connection, jobs: Sequence[_Job]) -> None:
        """Commit all; around what fails, commit what came before it, each of it alone, then what comes after."""
        while jobs:
            failed = self._commit(conn, jobs)
            if failed is None:
                return
            if len(jobs) == 1:
                self._deliver(jobs, ())
                return
            self._commit_in_order(conn, jobs[: failed.start])
            for job in jobs[failed.start : failed.stop]:
                self._commit_in_order(conn, [job])
            jobs = jobs[failed.stop :]

    def _commit(self, conn: sa.Connection, jobs: Sequence[_Job]) -> range | None:
        """Run `jobs` in one transaction and tell them; or roll back and return which of them have to be tried alone.

        That is the unit that failed, or the items that were done together; or all when beginning, writing the
        events or the commit failed. One that was alone has its error then.
        """
        for last_try in (False,) * (_BUSY_TRIES - 1) + (True,):
            context = WriteContext(conn)
            failing, done = range(len(jobs)), 0
            try:
                with conn.begin():
                    if self._lock_statement:
                        conn.exec_driver_sql(self._lock_statement)
                    while done < len(jobs):
                        failing = _side_by_side(jobs, done)
                        _run(context, jobs[done : failing.stop])
                        done = failing.stop
                    failing = range(len(jobs))
                    if context.events:
                        insert_events(conn, context.events)
            except Exception as error:  # noqa: BLE001  Handed to whom it concerns: the caller of the unit.
                # A commit that was refused leaves the transaction open, and SQLAlchemy takes it for ended. Where even
                # this fails, the next transaction says so.
                with suppress(Exception):
                    conn.connection.rollback()
                if is_busy(error) and not last_try:
                    continue
                if len(jobs) == 1:
                    jobs[0].error = translate(error)
                return failing
            self._deliver(jobs, context.events)
            return None
        raise AssertionError("the last try returns")

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


def _side_by_side(jobs: Sequence[_Job], start: int) -> range:
    """Return which jobs from `start` on are done by one call: one unit, or items for the same function."""
    end = start + 1
    together = jobs[start].together
    while together is not None and end < len(jobs) and jobs[end].together == together:
        end += 1
    return range(start, end)


def _run(context: WriteContext, jobs: Sequence[_Job]) -> None:
    first = jobs[0]
    if first.together is None:
        assert first.unit is not None
        first.result = first.unit(context)
        return
    for job, result in zip(jobs, first.together(context, [job.item for job in jobs]), strict=True):
        job.result = result
