"""A campaign, and what of its draft is frozen when it starts: variations and instances."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, id_column, is_one_of, metadata
from desktop.domain.campaign import CampaignStatus

campaign = sa.Table(
    "campaign",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("draft", JsonText, nullable=False),
    sa.Column("respect_opt_out", sa.Boolean, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("schedule_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    # When an `edited` event was last written: drafts are saved as they are typed, the timeline hears once a minute.
    sa.Column("edited_event_at", Moment),
    sa.Column("started_at", Moment),
    sa.Column("finished_at", Moment),
    # Deleting is visible at once; the rows of a large campaign then go in several transactions.
    sa.Column("deleted_at", Moment),
    is_one_of("status", CampaignStatus),
    sa.CheckConstraint("status <> 'scheduled' OR schedule_at IS NOT NULL", name="schedule"),
    # Ids are never given twice: events name campaigns that were deleted since.
    sqlite_autoincrement=True,
)

sa.Index("ix_campaign_workspace_id_status", campaign.c.workspace_id, campaign.c.status)

variation = sa.Table(
    "variation",
    metadata,
    id_column(),
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Column("media", JsonText),
    sa.Column("template", JsonText),
    sa.UniqueConstraint("campaign_id", "position"),
    sqlite_autoincrement=True,
)

campaign_instance = sa.Table(
    "campaign_instance",
    metadata,
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("instance_id", Id, sa.ForeignKey("instance.id"), nullable=False),
    sa.UniqueConstraint("campaign_id", "instance_id"),
    sqlite_with_rowid=False,
)

# The runs of "retry failed": whose failures they try again, which is the first of all such runs. No foreign key to it:
# the others still belong together when it was deleted.
campaign_retry = sa.Table(
    "campaign_retry",
    metadata,
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id"), primary_key=True),
    sa.Column("first_id", Id, nullable=False),
    sqlite_with_rowid=False,
)

sa.Index("ix_campaign_retry_first_id", campaign_retry.c.first_id)
