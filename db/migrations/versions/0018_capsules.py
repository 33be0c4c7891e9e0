"""Capsules that left, and those that came in.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "capsule",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("direction IN ('out', 'in')", name=op.f("ck_capsule_direction")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_capsule_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capsule")),
        sa.UniqueConstraint("workspace_id", "uid", "direction", name=op.f("uq_capsule_workspace_id_uid_direction")),
    )
    op.create_index("ix_capsule_campaign_id", "capsule", ["campaign_id"])
