"""What was asked of an AI endpoint and what it cost, and the texts that it proposed.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ai_request",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("campaign_id", _ID),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("tokens_in", sa.Integer(), nullable=False),
        sa.Column("tokens_out", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Float(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_ai_request_workspace_id_workspace")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_ai_request_campaign_id_campaign"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_request")),
    )
    op.create_index("ix_ai_request_workspace_id_at", "ai_request", ["workspace_id", "at"])
    op.create_index("ix_ai_request_campaign_id", "ai_request", ["campaign_id"])
    op.create_table(
        "ai_draft",
        sa.Column("id", _ID, nullable=False),
        sa.Column("request_id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("campaign_id", _ID),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'accepted', 'rejected')", name=op.f("ck_ai_draft_state")),
        sa.ForeignKeyConstraint(["request_id"], ["ai_request.id"], name=op.f("fk_ai_draft_request_id_ai_request")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_ai_draft_workspace_id_workspace")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_ai_draft_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_draft")),
    )
    op.create_index("ix_ai_draft_request_id", "ai_draft", ["request_id"])
    op.create_index("ix_ai_draft_campaign_id", "ai_draft", ["campaign_id"])
    op.create_index("ix_ai_draft_workspace_id", "ai_draft", ["workspace_id"])
