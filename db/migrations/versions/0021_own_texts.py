"""A text for each person of a campaign, and what was agreed on having them written.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATES = "'waiting', 'failed', 'new', 'accepted', 'edited', 'refused'"
_IS_OPEN = sa.text("recipient_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "own_text_plan",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("most_people", sa.Integer(), nullable=False),
        sa.Column("most_cost", sa.Float()),
        sa.Column("otherwise", sa.Text(), nullable=False),
        sa.Column("consent_at", sa.BigInteger()),
        sa.Column("consent_by", sa.Text()),
        sa.Column("consent_url", sa.Text(), nullable=False),
        sa.Column("consent_model", sa.Text(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Float(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "otherwise IN ('undecided', 'ordinary', 'leave_out')", name=op.f("ck_own_text_plan_otherwise")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_own_text_plan_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_own_text_plan_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_own_text_plan")),
    )
    op.create_index("ix_own_text_plan_workspace_id", "own_text_plan", ["workspace_id"])
    op.create_table(
        "own_text",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("contact_id", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("recipient_id", _ID),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_own_text_state")),
        sa.CheckConstraint("recipient_id IS NULL OR state IN ('accepted', 'edited')", name=op.f("ck_own_text_frozen")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_own_text_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_own_text_contact_id_contact"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_own_text_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_text")),
    )
    op.create_index("ix_own_text_campaign_id_id", "own_text", ["campaign_id", "id"])
    op.create_index("ix_own_text_campaign_id_state_id", "own_text", ["campaign_id", "state", "id"])
    op.create_index("ix_own_text_contact_id", "own_text", ["contact_id"])
    op.create_index("ix_own_text_workspace_id", "own_text", ["workspace_id"])
    op.create_index("uq_own_text_recipient_id", "own_text", ["recipient_id"], unique=True)
    op.create_index(
        "uq_own_text_open",
        "own_text",
        ["campaign_id", "contact_id"],
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    )
