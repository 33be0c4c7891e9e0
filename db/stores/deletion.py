"""Deleting a campaign: gone at once for everybody, its rows then in several transactions, its events never."""

from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.rows import load_campaign
from db.stores.campaign_life import CHUNK, touch
from db.tables.campaign import campaign, campaign_instance, campaign_retry, variation
from db.tables.counts import campaign_count
from db.tables.own_text import own_text
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import Campaign, CampaignAction, step
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, WorkspaceId


def mark_deleted(
    context: WriteContext, workspace_id: WorkspaceId, campaign_id: CampaignId, now: datetime, operator: str | None
) -> Campaign:
    """Hide a campaign from every question, with an audit event; return it as it was, for its media files.

    Raises:
        KnownError: `action_not_allowed`, `campaign_not_found`.
    """
    current = load_campaign(context.conn, workspace_id, campaign_id)
    step(current.status, CampaignAction.DELETE)
    context.conn.execute(sa.update(campaign).where(campaign.c.id == campaign_id).values(deleted_at=now))
    touch(context.conn, workspace_id)
    details: dict[str, object] = {"name": current.name, "status": current.status.value}
    context.emit(
        workspace_id,
        NewEvent(EventType.DELETED, now, details=details, campaign_id=campaign_id, operator=operator),
    )
    return current


async def finish_deletions(database: Database, workspace_id: WorkspaceId) -> None:
    """Remove the rows of all campaigns that are marked as deleted, also of those that a crash has left."""
    marked = sa.select(campaign.c.id).where(campaign.c.workspace_id == workspace_id, campaign.c.deleted_at.is_not(None))
    for campaign_id in await database.read(lambda conn: conn.execute(marked).scalars().all()):
        while await database.write(_removing(CampaignId(campaign_id))):
            pass


def _removing(campaign_id: CampaignId):
    def remove_some(context: WriteContext) -> bool:
        """Remove a chunk of recipients, or at last the campaign itself; tell whether there is more to do."""
        some = sa.select(recipient.c.id).where(recipient.c.campaign_id == campaign_id).limit(CHUNK)
        if context.conn.execute(sa.delete(recipient).where(recipient.c.id.in_(some))).rowcount >= CHUNK:
            return True
        some = sa.select(own_text.c.id).where(own_text.c.campaign_id == campaign_id).limit(CHUNK)
        if context.conn.execute(sa.delete(own_text).where(own_text.c.id.in_(some))).rowcount >= CHUNK:
            return True
        for table in (campaign_count, variation, campaign_instance, campaign_retry):
            context.conn.execute(sa.delete(table).where(table.c.campaign_id == campaign_id))
        context.conn.execute(sa.delete(campaign).where(campaign.c.id == campaign_id))
        return False

    return remove_some
