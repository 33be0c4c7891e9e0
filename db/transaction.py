"""One transaction for many: the units of a group, together, and what becomes of them when one of them fails.

A unit is a function of a `WriteContext` that contains nothing but SQL. It must be repeatable: when a unit of a group
fails, the group is rolled back and what had succeeded runs once more without it. Only the failing unit's caller hears
of the failure, and the order of the units stays. What is asked for a thousand times a second comes as items instead,
which one function does together, with one statement for all: items that stand side by side in a group.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from db.event_rows import insert_events, last_event_id
from db.trouble import is_busy, translate
from desktop.domain.events import Event, NewEvent
from desktop.domain.ids import EventId, WorkspaceId

T = TypeVar("T")
A = TypeVar("A")

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
class Work:
    """A unit, or an item of many for `together`; afterwards its result or its error."""

    unit: Callable[[WriteContext], Any] | None
    together: Callable[[WriteContext, Sequence[Any]], Sequence[Any]] | None = None
    item: Any = None
    result: Any = None
    error: BaseException | None = None


W = TypeVar("W", bound=Work)
Deliver = Callable[[Sequence[W], Sequence[Event]], None]
"""Takes what is done, durable or with its error, and the events that were committed with it."""


def commit_in_order(conn: sa.Connection, works: Sequence[W], lock_statement: str | None, deliver: Deliver[W]) -> None:
    """Commit all; around what fails, commit what came before it, each of it alone, then what comes after."""
    while works:
        failed = _commit(conn, works, lock_statement, deliver)
        if failed is None:
            return
        if len(works) == 1:
            deliver(works, ())
            return
        commit_in_order(conn, works[: failed.start], lock_statement, deliver)
        for work in works[failed.start : failed.stop]:
            commit_in_order(conn, [work], lock_statement, deliver)
        works = works[failed.stop :]


def _commit(conn: sa.Connection, works: Sequence[W], lock_statement: str | None, deliver: Deliver[W]) -> range | None:
    """Run `works` in one transaction and tell them; or roll back and return which of them have to be tried alone.

    That is the unit that failed, or the items that were done together; or all when beginning, writing the
    events or the commit failed. One that was alone has its error then.
    """
    for last_try in (False,) * (_BUSY_TRIES - 1) + (True,):
        context = WriteContext(conn)
        failing, done = range(len(works)), 0
        try:
            with conn.begin():
                if lock_statement:
                    conn.exec_driver_sql(lock_statement)
                while done < len(works):
                    failing = _side_by_side(works, done)
                    _run(context, works[done : failing.stop])
                    done = failing.stop
                failing = range(len(works))
                if context.events:
                    insert_events(conn, context.events)
        except Exception as error:  # noqa: BLE001  Handed to whom it concerns: the caller of the unit.
            # A commit that was refused leaves the transaction open, and SQLAlchemy takes it for ended. Where even
            # this fails, the next transaction says so.
            with suppress(Exception):
                conn.connection.rollback()
            if is_busy(error) and not last_try:
                continue
            if len(works) == 1:
                works[0].error = translate(error)
            return failing
        deliver(works, context.events)
        return None
    raise AssertionError("the last try returns")


def _side_by_side(works: Sequence[Work], start: int) -> range:
    """Return which works from `start` on are done by one call: one unit, or items for the same function."""
    end = start + 1
    together = works[start].together
    while together is not None and end < len(works) and works[end].together == together:
        end += 1
    return range(start, end)


def _run(context: WriteContext, works: Sequence[Work]) -> None:
    first = works[0]
    if first.together is None:
        assert first.unit is not None
        first.result = first.unit(context)
        return
    for work, result in zip(works, first.together(context, [work.item for work in works]), strict=True):
        work.result = result
