"""Keeps the events: removes old ones, and leads the full-text index behind the new ones.

Removing is an audited operation that leaves an anchor, so that the chain of the rest can still be verified.

First the anchor and its event, in one transaction; then the lines, oldest first, in small batches between which others
write. Interrupted, it carries on with the next call: what an anchor covers may go, and nothing else (a trigger).
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from db import event_text
from db.connection import Database
from db.queries.events import first_id_from
from db.tables.event import event, event_anchor
from db.writer import WriteContext
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import WorkspaceId

# Lines removed in one transaction: about 50 ms, so that the records of a running campaign do not wait long.
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Pruned:
    """What an anchor covers. `events` were there when it was written."""

    events: int
    through_id: int
    hash: str  # hexadecimal


class EventKeeper:
    """Implements `operations.ports.EventUpkeep`."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def index(self) -> bool:
        """Add the next events to the full-text index; tell whether there are more."""
        return await self._database.write(event_text.follow) == event_text.BATCH

    async def prune(self, before: datetime, now: datetime, operator: str | None = None) -> Pruned | None:
        """Remove the events that are older than `before`; None when there is none.

        Raises:
            KnownError: `prune_in_future`.
        """
        if before >= now:
            raise KnownError("prune_in_future", "Only what has passed can be removed.", "Choose an earlier moment.")
        through = await self._database.read(lambda conn: _through(conn, before))
        pruned = None
        if through is not None:
            pruned = await self._database.write(
                lambda context: _anchor(context, self._workspace_id, through, before, now, operator)
            )
        while await self._database.write(_remove_some):
            pass
        return pruned


def _through(conn: sa.Connection, before: datetime) -> tuple[int, datetime] | None:
    """Return the last event of the oldest stretch that may go, and the newest moment in it."""
    newest = conn.execute(sa.select(sa.func.max(event.c.id))).scalar() or 0
    through = first_id_from(conn, before, newest + 1) - 1
    newest_at = conn.execute(sa.select(sa.func.max(event.c.at)).where(event.c.id <= through)).scalar()
    covered = conn.execute(sa.select(sa.func.max(event_anchor.c.through_id))).scalar() or 0
    return (through, newest_at) if newest_at is not None and through > covered else None


def _anchor(
    context: WriteContext,
    workspace_id: WorkspaceId,
    through: tuple[int, datetime],
    before: datetime,
    now: datetime,
    operator: str | None,
) -> Pruned | None:
    through_id, through_at = through
    conn = context.conn
    found: bytes | None = conn.execute(sa.select(event.c.hash).where(event.c.id == through_id)).scalar()
    if found is None:  # another process was faster
        return None
    removed: int = conn.execute(sa.select(sa.func.count()).where(event.c.id <= through_id)).scalar_one()
    conn.execute(
        sa.insert(event_anchor).values(
            through_id=through_id, hash=found, through_at=through_at, created_at=now, operator=operator
        )
    )
    pruned = Pruned(removed, through_id, bytes(found).hex())
    facts = {
        "events": pruned.events,
        "through_id": through_id,
        "hash": pruned.hash,
        "before": before.isoformat(),
    }
    context.emit(workspace_id, NewEvent(EventType.EVENTS_PRUNED, now, Severity.WARNING, facts, operator=operator))
    return pruned


def _remove_some(context: WriteContext) -> int:
    """Remove up to `CHUNK` of the oldest events that an anchor covers; return how many."""
    conn = context.conn
    covered: int = conn.execute(sa.select(sa.func.max(event_anchor.c.through_id))).scalar() or 0
    oldest: int | None = conn.execute(sa.select(sa.func.min(event.c.id))).scalar()
    if oldest is None or oldest > covered:
        return 0
    last = min(covered, oldest + CHUNK - 1)
    event_text.forget(conn, oldest, last)
    return conn.execute(sa.delete(event).where(event.c.id <= last)).rowcount
