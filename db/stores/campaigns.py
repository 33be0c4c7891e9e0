"""Drafts, and what operators do with whole campaigns."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from db.connection import Database
from db.draft_document import to_document
from db.rows import load_campaign
from db.stores import campaign_life, campaign_start, deletion, second_try
from db.tables.campaign import campaign
from db.tables.event import event
from db.writer import WriteContext
from desktop.domain.campaign import Campaign, CampaignAction, CampaignStatus, Draft, step
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, WorkspaceId

# Drafts are saved as they are typed; the timeline hears of it at most this often.
_EDITED_EVERY = timedelta(minutes=1)


class CampaignStore:
    """Writes campaigns of one workspace. Steps that concern sending go through the ledger's `act`."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def save_draft(
        self, campaign_id: CampaignId | None, draft: Draft, now: datetime, operator: str | None = None
    ) -> CampaignId:
        """Create a campaign (None), or replace the draft of one that may be edited.

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`; for a paused campaign also `instance_not_found`.
        """
        if campaign_id is None:
            return await self._database.write(lambda context: self.create(context, draft, now, {}, operator))
        return await self._database.write(lambda context: self._replace(context, campaign_id, draft, now, operator))

    async def duplicate(
        self, campaign_id: CampaignId, now: datetime, operator: str | None = None, *, with_audience: bool = True
    ) -> CampaignId:
        """Make a new draft of any campaign; its schedule does not come along."""

        def duplicate(context: WriteContext) -> CampaignId:
            original = load_campaign(context.conn, self._workspace_id, campaign_id)
            name = _free_name(context.conn, self._workspace_id, original.name)
            audience = original.draft.audience if with_audience else None
            draft = replace(original.draft, name=name, audience=audience, schedule_at=None)
            return self.create(context, draft, now, {"duplicate_of": campaign_id}, operator)

        return await self._database.write(duplicate)

    async def retry_failed(
        self, campaign_id: CampaignId, reasons: Collection[str], now: datetime, operator: str | None = None
    ) -> CampaignId:
        """Make a new draft to those who failed for one of `reasons`; its schedule does not come along.

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`, `nothing_to_retry`.
        """

        def retry(context: WriteContext) -> CampaignId:
            original = load_campaign(context.conn, self._workspace_id, campaign_id)
            name = _free_name(context.conn, self._workspace_id, original.name)
            draft = second_try.draft_of(context.conn, original, reasons, name)
            made = self.create(context, draft, now, {"retry_of": campaign_id}, operator)
            second_try.belong(context.conn, made, campaign_id)
            second_try.carry_own_texts(context.conn, campaign_id, reasons, made, now)
            return made

        return await self._database.write(retry)

    async def schedule(self, campaign_id: CampaignId, at: datetime, now: datetime, operator: str | None = None) -> None:
        """Let a draft start by itself at a moment.

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`, `schedule_in_past`.
        """
        await self._database.write(
            lambda context: campaign_life.schedule(context, self._workspace_id, campaign_id, at, now, operator)
        )

    async def delete(self, campaign_id: CampaignId, now: datetime, operator: str | None = None) -> Campaign:
        """Delete a campaign with its recipients; its events and what counts against limits stay.

        Returns:
            The campaign as it was, for the caller to remove its media files.

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`.
        """
        deleted = await self._database.write(
            lambda context: deletion.mark_deleted(context, self._workspace_id, campaign_id, now, operator)
        )
        await deletion.finish_deletions(self._database, self._workspace_id)
        return deleted

    def create(
        self, context: WriteContext, draft: Draft, now: datetime, details: dict[str, object], operator: str | None
    ) -> CampaignId:
        """Add a draft, as a part of a larger unit of work; `details` go into its event."""
        add = sa.insert(campaign).values(
            workspace_id=self._workspace_id,
            status=CampaignStatus.DRAFT.value,
            created_at=now,
            updated_at=now,
            # A draft that has just been created is typed on: the first edit is no news.
            edited_event_at=now,
            **_draft_values(draft),
        )
        campaign_id = CampaignId(context.conn.execute(add.returning(campaign.c.id)).scalar_one())
        campaign_life.touch(context.conn, self._workspace_id)
        facts = {"name": draft.name, **details}
        context.emit(
            self._workspace_id,
            NewEvent(EventType.CREATED, now, details=facts, campaign_id=campaign_id, operator=operator),
        )
        return campaign_id

    def _replace(
        self, context: WriteContext, campaign_id: CampaignId, draft: Draft, now: datetime, operator: str | None
    ) -> CampaignId:
        current = load_campaign(context.conn, self._workspace_id, campaign_id)
        step(current.status, CampaignAction.EDIT)
        if current.draft == draft:
            return campaign_id
        values: dict[str, Any] = {**_draft_values(draft), "updated_at": now}
        if current.status is CampaignStatus.PAUSED:
            campaign_start.freeze_instances(context.conn, self._workspace_id, campaign_id, draft)
            campaign_start.freeze_variations(context.conn, campaign_id, draft)
        if self._is_news(context.conn, campaign_id, now, operator):
            values["edited_event_at"] = now
            facts: dict[str, object] = {"name": draft.name}
            context.emit(
                self._workspace_id,
                NewEvent(EventType.EDITED, now, details=facts, campaign_id=campaign_id, operator=operator),
            )
        context.conn.execute(sa.update(campaign).where(campaign.c.id == campaign_id).values(values))
        campaign_life.touch(context.conn, self._workspace_id)
        return campaign_id

    @staticmethod
    def _is_news(conn: sa.Connection, campaign_id: CampaignId, now: datetime, operator: str | None) -> bool:
        """Tell whether an edit gets a line: once in a while, and whenever another operator goes on."""
        last = conn.execute(sa.select(campaign.c.edited_event_at).where(campaign.c.id == campaign_id)).scalar()
        # A clock that went back must not silence the timeline.
        if last is None or abs(now - last) >= _EDITED_EVERY:
            return True
        words = (EventType.CREATED.value, EventType.EDITED.value)
        # By the index of types, of which there are few lines; a campaign can have millions.
        mine = (event.c.campaign_id + sa.literal_column("0", sa.Integer) == campaign_id) & event.c.type.in_(words)
        newest = sa.select(event.c.operator).where(mine).order_by(event.c.id.desc()).limit(1)
        return conn.execute(newest).scalar() != operator


def _draft_values(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "draft": to_document(draft),
        "respect_opt_out": draft.respect_opt_out,
        "priority": draft.priority,
    }


def _free_name(conn: sa.Connection, workspace_id: WorkspaceId, name: str) -> str:
    """Return the name with the first free number behind it: "Black Friday (2)"."""
    query = sa.select(campaign.c.name).where(campaign.c.workspace_id == workspace_id, campaign.c.deleted_at.is_(None))
    taken = set(conn.execute(query).scalars())
    stem, _, ending = name.rpartition(" (")
    base = stem if stem and ending.removesuffix(")").isdigit() else name
    number = 2
    while f"{base} ({number})" in taken:
        number += 1
    return f"{base} ({number})"
