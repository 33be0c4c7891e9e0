"""The full-text index of the timeline (FTS5), filled behind the events, never in the transaction that writes them.

Sending must not pay for searching: the index follows in batches while there is nothing better to do, and a search
looks through the few lines that are not in it yet. What is in it: the values of the details and who did it. Not in it:
the choice of a number (debug lines, the commonest of all, all figures), and names and phones, which are looked up
where they are kept, so that erasing a person leaves nothing here.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa

from db.hot import Hot, given
from db.tables.event import event, event_text_state
from db.tables.metadata import literal
from db.writer import WriteContext
from desktop.domain.events import Severity

BATCH = 2_000

# A change of what `words` returns needs a new number: the index is then built anew.
_VERSION = 1

# Shorter words are matched whole: the beginning of millions of message ids would be gathered for each.
_PREFIX = 4

_WORD = re.compile(r"[^\W_]+")

_INDEX = sa.table("event_text", sa.column("rowid", sa.Integer), sa.column("words", sa.Text))
_COMMAND = sa.literal_column("event_text", sa.Text)

_BEHIND = Hot(
    sa.select(event.c.id, event.c.severity, event.c.details, event.c.operator)
    .where(event.c.id > given("after"))
    .order_by(event.c.id)
    .limit(given("at_most"))
)
_THROUGH = Hot(sa.select(event_text_state.c.through_id).where(event_text_state.c.id == given("version")))
_ADVANCE = Hot(
    sa.update(event_text_state).where(event_text_state.c.id == given("version")).values(through_id=given("through"))
)
# Said to SQLite alone: other databases search without an index.
_ADD = "INSERT INTO event_text (rowid, words) VALUES (:id, :words)"
_REMOVE = "INSERT INTO event_text (event_text, rowid, words) VALUES ('delete', :id, :words)"
_EMPTY = "INSERT INTO event_text (event_text) VALUES ('delete-all')"


def matches(text: str) -> sa.ColumnElement[bool] | None:
    """Return the condition that a line has words that begin like those of the text; None when that has no word."""
    # Only letters and digits reach the index's own language, each word in quotes.
    found = _WORD.findall(text)
    if not found:
        return None
    said = " ".join(f'"{word}"*' if len(word) >= _PREFIX else f'"{word}"' for word in found)
    return _COMMAND.op("MATCH", is_comparison=True)(said)


def index_of() -> sa.TableClause:
    return _INDEX


def through_id(conn: sa.Connection) -> int:
    """Return the newest event that the index knows of; 0 where there is none."""
    if conn.dialect.name != "sqlite":
        return 0
    found = _THROUGH.one(conn, {"version": _VERSION})
    return int(found[0]) if found else 0


def follow(context: WriteContext, limit: int = BATCH) -> int:
    """Add the oldest events that the index does not know of yet; return how many were looked at."""
    conn = context.conn
    if conn.dialect.name != "sqlite":
        return 0
    found = _THROUGH.one(conn, {"version": _VERSION})
    if found is None:
        conn.exec_driver_sql(_EMPTY)
        conn.execute(sa.delete(event_text_state))
        conn.execute(sa.insert(event_text_state).values(id=_VERSION, through_id=0))
    rows = _BEHIND.all(conn, {"after": int(found[0]) if found else 0, "at_most": limit})
    if rows:
        _run(conn, _ADD, rows)
        _ADVANCE.run(conn, {"version": _VERSION, "through": rows[-1][0]})
    return len(rows)


def forget(conn: sa.Connection, lower: int, upper: int) -> None:
    """Take the events with `lower <= id <= upper` out of the index, while they are still there."""
    upper = min(upper, through_id(conn))
    query = sa.select(event.c.id, event.c.severity, sa.type_coerce(event.c.details, sa.Text()), event.c.operator).where(
        event.c.id >= lower, event.c.id <= upper, event.c.severity != literal(Severity.DEBUG)
    )
    if upper >= lower and conn.dialect.name == "sqlite":
        _run(conn, _REMOVE, conn.execute(query).all())


def _run(conn: sa.Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    values = [
        {"id": event_id, "words": text}
        for event_id, severity, details, operator in rows
        if severity != Severity.DEBUG and (text := words(details, operator))
    ]
    if values:
        conn.exec_driver_sql(statement, values)


def words(details: str, operator: str | None) -> str:
    """Return what the index is told of an event."""
    found = list(_texts(json.loads(details)))
    return " ".join([*found, operator] if operator else found)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, Mapping):
        for each in cast("Mapping[str, object]", value).values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _texts(each)
