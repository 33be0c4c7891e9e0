"""The chain of events: each carries the SHA-256 of itself and of the one before, so that nothing is changed unnoticed.

Theory: `hash(n) = SHA-256(hash(n - 1) ‖ canonical(n))`, ids without gaps, the first one after 32 zero bytes. Whoever
changes, removes or inserts an event has to compute every later one anew, and then the newest hash differs from the
one that a report, a backup or a colleague wrote down earlier. What retention removes leaves an anchor: the hash that
the rest is chained to. It is itself an event of the chain.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa

from db.hot import Hot, given
from db.tables.event import FACTS, event, event_anchor
from desktop.domain.events import EventType

GENESIS = bytes(32)

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_values = cast("Callable[[Mapping[str, Any]], tuple[Any, ...]]", itemgetter(*FACTS))
_REALS = (FACTS.index("progress"), FACTS.index("health_score"))

PREVIOUS = Hot(sa.select(event.c.hash).where(event.c.id == given("of_event")))


def canonical(row: Mapping[str, Any]) -> bytes:
    """Return what is hashed: the stored values in the order of `FACTS`, as a JSON list.

    Args:
        row: as it is stored: moments as milliseconds, documents as text.
    """
    values: list[Any] = list(_values(row))
    for place in _REALS:
        if isinstance(values[place], int):  # a column of reals gives 90 back as 90.0
            values[place] = float(values[place])
    # A lone half of a surrogate pair is no UTF-8; SQLite keeps it out, and hashing must not fail before it does.
    return _encode(values).encode("utf-8", "surrogatepass")


def link(previous: bytes, row: Mapping[str, Any]) -> bytes:
    """Return the hash of an event that stands behind the one with the hash `previous`."""
    return sha256(previous + canonical(row)).digest()


def seal(conn: sa.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Give each of the rows that are about to be inserted its `hash`. Right only under the writer's lock."""
    previous: bytes | None = None
    for row in rows:
        if previous is None:
            found = PREVIOUS.one(conn, {"of_event": row["id"] - 1})
            previous = bytes(found[0]) if found and found[0] else GENESIS
        previous = row["hash"] = link(previous, row)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What verifying has shown. `broken_id` is the first event that does not fit; None when all do."""

    events: int
    broken_id: int | None
    why: str | None  # changed, missing, anchor
    head_id: int
    head_hash: str  # of the newest event, hexadecimal: worth writing down elsewhere


def verify(conn: sa.Connection) -> ChainReport:
    """Compute the chain anew, from its beginning or from the newest anchor, and compare. Reads every event."""
    anchor = conn.execute(sa.select(event_anchor).order_by(event_anchor.c.id.desc()).limit(1)).first()
    after, previous = (anchor.through_id, bytes(anchor.hash)) if anchor else (0, GENESIS)
    events, expected_id = 0, after + 1
    for row in _stored(conn, after):
        broken = "missing" if row["id"] != expected_id else None
        if broken is None and link(previous, row) != row["hash"]:
            broken = "changed"
        if broken is not None:
            return ChainReport(events, expected_id if broken == "missing" else row["id"], broken, *head(conn))
        previous, expected_id, events = row["hash"], expected_id + 1, events + 1
    if anchor is not None and not _is_told(conn, after, bytes(anchor.hash)):
        return ChainReport(events, after, "anchor", *head(conn))
    return ChainReport(events, None, None, *head(conn))


def head(conn: sa.Connection) -> tuple[int, str]:
    """Return id and hash of the newest event: what a report writes down."""
    found = conn.execute(sa.select(event.c.id, event.c.hash).order_by(event.c.id.desc()).limit(1)).first()
    return (found.id, bytes(found.hash or b"").hex()) if found else (0, GENESIS.hex())


def _is_told(conn: sa.Connection, through_id: int, anchor_hash: bytes) -> bool:
    """Tell whether an event of the chain says the same as the anchor."""
    query = (
        sa.select(event.c.details)
        .where(event.c.type == EventType.EVENTS_PRUNED.value, event.c.id > through_id)
        .order_by(event.c.id.desc())
    )
    return any(
        told.get("through_id") == through_id and told.get("hash") == anchor_hash.hex()
        for told in conn.execute(query).scalars()
    )


def _stored(conn: sa.Connection, after: int) -> Iterable[dict[str, Any]]:
    """Yield the events behind `after` as they are stored, ascending, without holding them."""
    columns = [sa.type_coerce(event.c[name], _plain(event.c[name])).label(name) for name in (*FACTS, "hash")]
    query = sa.select(*columns).where(event.c.id > after).order_by(event.c.id)
    for row in conn.execution_options(yield_per=2_000).execute(query):
        values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
        values["hash"] = bytes(values["hash"] or b"")
        yield values


def _plain(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    """Return the type that gives a stored value as it is."""
    kept: Any = column.type
    return kept.impl_instance if isinstance(kept, sa.types.TypeDecorator) else kept
