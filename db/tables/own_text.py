"""A text for each person of a campaign, and what was agreed on having them written. No key and no prompt is kept."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, id_column, is_one_of, metadata
from desktop.domain.own_text import Otherwise, OwnTextState

own_text_plan = sa.Table(
    "own_text_plan",
    metadata,
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("base", sa.Text, nullable=False),
    sa.Column("wish", sa.Text, nullable=False),
    sa.Column("fields", JsonText, nullable=False),
    sa.Column("most_people", sa.Integer, nullable=False),
    sa.Column("most_cost", sa.Float),
    sa.Column("otherwise", sa.Text, nullable=False),
    sa.Column("consent_at", Moment),  # NULL: nobody has agreed, as in a campaign that came in a capsule
    sa.Column("consent_by", sa.Text),
    sa.Column("consent_url", sa.Text, nullable=False),
    sa.Column("consent_model", sa.Text, nullable=False),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("tokens_in", sa.Integer, nullable=False),
    sa.Column("tokens_out", sa.Integer, nullable=False),
    sa.Column("cost", sa.Float, nullable=False),  # in the currency of the settings, by the prices of those moments
    sa.Column("updated_at", Moment, nullable=False),
    is_one_of("otherwise", Otherwise),
    sa.Index("ix_own_text_plan_workspace_id", "workspace_id"),
)

own_text = sa.Table(
    "own_text",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id", ondelete="CASCADE"), nullable=False),
    # Who is erased takes their text along.
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="CASCADE"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("units", sa.Integer, nullable=False),  # UTF-16: what gateways limit
    sa.Column("problems", sa.Text, nullable=False),  # codes, with commas between them
    sa.Column("reason", sa.Text),
    # Set by the start: from then on the text is what this recipient gets, and nothing changes it.
    sa.Column("recipient_id", Id),
    sa.Column("updated_at", Moment, nullable=False),
    is_one_of("state", OwnTextState),
    sa.CheckConstraint("recipient_id IS NULL OR state IN ('accepted', 'edited')", name="frozen"),
    sa.Index("ix_own_text_campaign_id_id", "campaign_id", "id"),
    sa.Index("ix_own_text_campaign_id_state_id", "campaign_id", "state", "id"),
    sa.Index("ix_own_text_contact_id", "contact_id"),
    sa.Index("ix_own_text_workspace_id", "workspace_id"),
    sa.Index("uq_own_text_recipient_id", "recipient_id", unique=True),
)

# One text for each person. Of a started campaign there may be two, when two people turned out to be one.
IS_OPEN = own_text.c.recipient_id.is_(None)
# The same for who looks by campaign or person: SQLite takes the unique index on recipients for the best one also where
# it is asked for none, and goes through the open texts of all campaigns.
IS_NOT_SENT = (own_text.c.recipient_id + 0).is_(None)
sa.Index(
    "uq_own_text_open",
    own_text.c.campaign_id,
    own_text.c.contact_id,
    unique=True,
    sqlite_where=IS_OPEN,
)
