"""Whose a campaign, an instance or a recipient is: asked before what hangs on it is shown."""

import sqlalchemy as sa

from db.tables.campaign import campaign
from db.tables.instance import instance
from db.tables.recipient import recipient
from desktop.domain.ids import CampaignId, InstanceId, RecipientId, WorkspaceId

_CAMPAIGN = sa.select(campaign.c.id).where(
    campaign.c.workspace_id == sa.bindparam("of_workspace"), campaign.c.id == sa.bindparam("of_campaign")
)


def owns_campaign(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> bool:
    """Tell whether a campaign, deleted or not, belongs to the workspace."""
    which = {"of_workspace": workspace_id, "of_campaign": campaign_id}
    return conn.execute(_CAMPAIGN, which).first() is not None


def owns_instance(conn: sa.Connection, workspace_id: WorkspaceId, instance_id: InstanceId) -> bool:
    """Tell whether an instance, removed or not, belongs to the workspace."""
    query = sa.select(instance.c.id).where(instance.c.workspace_id == workspace_id, instance.c.id == instance_id)
    return conn.execute(query).first() is not None


def owns_recipient(conn: sa.Connection, workspace_id: WorkspaceId, recipient_id: RecipientId) -> bool:
    """Tell whether a recipient is in a campaign of the workspace."""
    query = (
        sa.select(recipient.c.id)
        .join(campaign, campaign.c.id == recipient.c.campaign_id)
        .where(campaign.c.workspace_id == workspace_id, recipient.c.id == recipient_id)
    )
    return conn.execute(query).first() is not None
