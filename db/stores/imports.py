"""Imports as they are remembered: begun, ended, and undone in small steps so that sending goes on beside it.

Whom an import added is known from the contact: its import, and that it was made in the moment in which that began. What
an import changed is kept as it was before. Undoing leaves alone whoever was changed since, and whoever was sent to: the
proof of a message needs its person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.connection import Database
from db.moments import from_ms, ms_or_none, to_ms
from db.queries.audience import everybody
from db.tables.consent import consent, contact_before, contact_import
from db.tables.contact import contact, contact_tag, tag
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.consent import ImportRecord
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import WorkspaceId

# Contacts of one transaction: about 0.15 s, as long as one of the import itself; messages are recorded in between.
# Their phones lie all over the index, so that a step writes nearly as many pages as people: small steps cost more.
_STEP = 4_000
_LOOK_UP = 500


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did: people removed, people who are as they were before, people left because they changed since."""

    removed: int
    restored: int
    kept: int


class ImportStore:
    """Remembers the imports of one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def begin(self, import_id: int, file: str, now: datetime) -> None:
        """Remember that an import began; what earlier ones changed can no longer be undone."""

        def begin(context: WriteContext) -> None:
            own = sa.select(contact_import.c.id).where(contact_import.c.workspace_id == self._workspace_id)
            context.conn.execute(sa.delete(contact_before).where(contact_before.c.import_id.in_(own)))
            row = {"id": import_id, "workspace_id": self._workspace_id, "file": file, "began_at": now}
            context.conn.execute(sa.insert(contact_import).values(**row, added=0, updated=0))

        await self._database.write(begin)

    async def end(self, import_id: int, added: int, updated: int, now: datetime) -> None:
        values = {"ended_at": now, "added": added, "updated": updated}
        own = (contact_import.c.id == import_id) & (contact_import.c.workspace_id == self._workspace_id)
        ended = sa.update(contact_import).where(own).values(values)
        await self._database.write(lambda context: context.conn.execute(ended).rowcount)

    async def last(self) -> ImportRecord | None:
        """Return the newest import of the workspace."""
        return await self._database.read(lambda conn: _last(conn, self._workspace_id))

    async def undo(self, import_id: int, now: datetime, operator: str | None = None) -> Undone:
        """Take the newest import back, whole or cut off.

        Raises:
            KnownError: `nothing_to_undo`, when there is a newer one or it was undone already.
        """
        found = await self.last()
        if found is None or found.id != import_id or found.is_undone:
            raise KnownError("nothing_to_undo", "There is no import to undo.", "Only the newest one can be undone.")
        removed = restored = kept = 0
        while step := await self._database.write(lambda context: _restore_some(context.conn, found)):
            restored, kept = restored + step[0], kept + step[1]
        after: int | None = 0
        while after is not None:
            after, gone, left = await self._database.write(
                lambda context, after=after: _remove_some(context.conn, self._workspace_id, found, after)
            )
            removed, kept = removed + gone, kept + left
        await self._database.write(lambda context: self._close(context, found, removed, restored, now, operator))
        return Undone(removed, restored, kept)

    def _close(
        self,
        context: WriteContext,
        found: ImportRecord,
        removed: int,
        restored: int,
        now: datetime,
        operator: str | None,
    ) -> None:
        used = sa.select(contact_tag.c.tag_id)
        context.conn.execute(sa.delete(tag).where(tag.c.workspace_id == self._workspace_id, tag.c.id.not_in(used)))
        undone = sa.update(contact_import).where(contact_import.c.id == found.id)
        context.conn.execute(
            undone.values(undone_at=now, ended_at=sa.func.coalesce(contact_import.c.ended_at, to_ms(now)))
        )
        facts: dict[str, object] = {"undone": True, "removed": removed, "restored": restored}
        context.emit(self._workspace_id, NewEvent(EventType.CONTACT_REMOVED, now, details=facts, operator=operator))


def remember(conn: sa.Connection, import_id: int, rows: Sequence[sa.Row[Any]]) -> None:
    """Keep contacts as they are now, before the import changes them."""
    if not rows:
        return
    tags = _tags_of(conn, [row.id for row in rows])
    consented = _consented(conn, [row.id for row in rows])
    kept = [
        {
            "import_id": import_id,
            "contact_id": row.id,
            "document": {
                "name": row.name,
                "custom": row.custom,
                "opt_in_source": row.opt_in_source,
                "import_id": row.import_id,
                "updated_at_ms": ms_or_none(row.updated_at),
                "tags": tags.get(row.id, []),
                "has_consent": row.id in consented,
            },
        }
        for row in rows
    ]
    conn.execute(sa.insert(contact_before), kept)


def _consented(conn: sa.Connection, contact_ids: Sequence[int]) -> set[int]:
    return set(conn.execute(sa.select(consent.c.contact_id).where(consent.c.contact_id.in_(contact_ids))).scalars())


def _tags_of(conn: sa.Connection, contact_ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    query = sa.select(contact_tag).where(contact_tag.c.contact_id.in_(contact_ids))
    for contact_id, tag_id in conn.execute(query):
        found.setdefault(contact_id, []).append(tag_id)
    return found


def _last(conn: sa.Connection, workspace_id: WorkspaceId) -> ImportRecord | None:
    query = (
        sa.select(contact_import)
        .where(contact_import.c.workspace_id == workspace_id)
        .order_by(contact_import.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).first()
    if row is None:
        return None
    return ImportRecord(row.id, row.file, row.began_at, row.ended_at, row.added, row.updated, row.undone_at is not None)


def _restore_some(conn: sa.Connection, found: ImportRecord) -> tuple[int, int] | None:
    """Put some contacts back to what they were; None when all are done, else (restored, left because they changed)."""
    query = (
        sa.select(contact_before.c.contact_id, contact_before.c.document, contact.c.updated_at)
        .join(contact, contact.c.id == contact_before.c.contact_id)
        .where(contact_before.c.import_id == found.id)
        .limit(_STEP)
    )
    rows = conn.execute(query).all()
    if not rows:
        return None
    same = [row for row in rows if row.updated_at == found.began_at]
    for row in same:
        was: dict[str, Any] = row.document
        values = {name: was[name] for name in ("name", "custom", "opt_in_source", "import_id")}
        back = sa.update(contact).where(contact.c.id == row.contact_id)
        conn.execute(back.values(**values, updated_at=from_ms(was["updated_at_ms"])))
        if not was.get("has_consent", True):
            conn.execute(sa.delete(consent).where(consent.c.contact_id == row.contact_id))
        conn.execute(
            sa.delete(contact_tag).where(
                contact_tag.c.contact_id == row.contact_id, contact_tag.c.tag_id.not_in(was["tags"])
            )
        )
    ids = [row.contact_id for row in rows]
    for start in range(0, len(ids), _LOOK_UP):
        some = contact_before.c.contact_id.in_(ids[start : start + _LOOK_UP])
        conn.execute(sa.delete(contact_before).where(contact_before.c.import_id == found.id, some))
    return len(same), len(rows) - len(same)


def _remove_some(
    conn: sa.Connection, workspace_id: WorkspaceId, found: ImportRecord, after: int
) -> tuple[int | None, int, int]:
    """Remove some of whom the import added: where to go on (None at the end), people removed, people left."""
    was_sent_to = sa.exists().where(recipient.c.contact_id == contact.c.id)
    query = (
        sa.select(contact.c.id, contact.c.updated_at, was_sent_to)
        .where(
            everybody(workspace_id),
            contact.c.id > after,
            contact.c.import_id == found.id,
            contact.c.created_at == found.began_at,
        )
        .order_by(contact.c.id)
        .limit(_STEP)
    )
    rows = conn.execute(query).all()
    if not rows:
        return None, 0, 0
    ids = [contact_id for contact_id, updated_at, is_bound in rows if updated_at == found.began_at and not is_bound]
    for start in range(0, len(ids), _LOOK_UP):
        conn.execute(sa.delete(contact).where(contact.c.id.in_(ids[start : start + _LOOK_UP])))
    return rows[-1][0], len(ids), len(rows) - len(ids)
