"""Saved segments: created or replaced by name, renamed, deleted."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.draft_document import to_document as draft_document
from db.queries import segments
from db.rows import select_campaigns
from db.tables.campaign import campaign
from db.tables.consent import segment
from db.writer import WriteContext
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import WorkspaceId
from desktop.domain.segment import Group, Segment, to_document


class SegmentStore:
    """Writes the segments of one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def save(self, name: str, rules: Group, now: datetime, operator: str | None = None) -> Segment:
        """Create a segment, or replace the one of this name. Campaigns that have started keep their people."""

        def save(context: WriteContext) -> Segment:
            own = (segment.c.workspace_id == self._workspace_id) & (segment.c.name == name)
            values = {"rules": to_document(rules), "updated_at": now}
            if not context.conn.execute(sa.update(segment).where(own).values(values)).rowcount:
                row = {"workspace_id": self._workspace_id, "name": name, "created_at": now, **values}
                context.conn.execute(sa.insert(segment).values(row))
            self._note(context, {"segment": name}, now, operator)
            return segments.named(context.conn, self._workspace_id, name)

        return await self._database.write(save)

    async def rename(self, name: str, new_name: str, now: datetime, operator: str | None = None) -> Segment:
        """Give a segment another name; campaigns that name it follow.

        Raises:
            KnownError: `segment_not_found`, `segment_name_taken`.
        """

        def rename(context: WriteContext) -> Segment:
            conn = context.conn
            found = segments.named(conn, self._workspace_id, name)
            own = (segment.c.workspace_id == self._workspace_id) & (segment.c.name == new_name)
            if new_name != name and conn.execute(sa.select(segment.c.id).where(own)).first() is not None:
                text = f"There is already a segment {new_name}."
                raise KnownError("segment_name_taken", text, "Choose another name.", segment=new_name)
            changed = {"name": new_name, "updated_at": now}
            conn.execute(sa.update(segment).where(segment.c.id == found.id).values(changed))
            audience = Audience(AudienceKind.SEGMENT, (new_name,))
            for each in select_campaigns(conn, self._workspace_id):
                if each.draft.audience == Audience(AudienceKind.SEGMENT, (name,)):
                    draft = draft_document(replace(each.draft, audience=audience))
                    conn.execute(sa.update(campaign).where(campaign.c.id == each.id).values(draft=draft))
            self._note(context, {"segment": name, "renamed": new_name}, now, operator)
            return segments.named(conn, self._workspace_id, new_name)

        return await self._database.write(rename)

    async def delete(self, name: str, now: datetime, operator: str | None = None) -> None:
        """Delete a segment; drafts that name it are refused at their checklist.

        Raises:
            KnownError: `segment_not_found`.
        """

        def delete(context: WriteContext) -> None:
            found = segments.named(context.conn, self._workspace_id, name)
            context.conn.execute(sa.delete(segment).where(segment.c.id == found.id))
            self._note(context, {"segment": name, "deleted": True}, now, operator)

        await self._database.write(delete)

    def _note(self, context: WriteContext, facts: dict[str, object], now: datetime, operator: str | None) -> None:
        context.emit(self._workspace_id, NewEvent(EventType.EDITED, now, details=facts, operator=operator))
