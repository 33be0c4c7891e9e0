"""What was asked of an AI endpoint and what it cost, and the texts that it proposed. No prompt and no key is kept."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, is_one_of, metadata
from desktop.domain.ai import DraftState

ai_request = sa.Table(
    "ai_request",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id", ondelete="SET NULL")),
    sa.Column("at", Moment, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("tokens_in", sa.Integer, nullable=False),
    sa.Column("tokens_out", sa.Integer, nullable=False),
    sa.Column("cost", sa.Float, nullable=False),  # in the currency of the settings, by the prices of that moment
    sa.Column("error", sa.Text),  # code; NULL when it answered
    sa.Index("ix_ai_request_workspace_id_at", "workspace_id", "at"),
    sa.Index("ix_ai_request_campaign_id", "campaign_id"),
)

ai_draft = sa.Table(
    "ai_draft",
    metadata,
    id_column(),
    sa.Column("request_id", Id, sa.ForeignKey("ai_request.id"), nullable=False),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id", ondelete="CASCADE")),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    is_one_of("state", DraftState),
    sa.Index("ix_ai_draft_request_id", "request_id"),
    sa.Index("ix_ai_draft_campaign_id", "campaign_id"),
    sa.Index("ix_ai_draft_workspace_id", "workspace_id"),
)
