"""Confirmations to people who opted out: one for each person, ever.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "opt_out_reply",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("phone_hash", sa.Text(), nullable=False),
        sa.Column("contact_id", _ID),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger()),
        sa.CheckConstraint(
            "state IN ('due', 'sending', 'sent', 'unsure', 'failed', 'expired')", name=op.f("ck_opt_out_reply_state")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_opt_out_reply_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_opt_out_reply_contact_id_contact"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_opt_out_reply_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_out_reply")),
        sa.UniqueConstraint("workspace_id", "phone_hash", name=op.f("uq_opt_out_reply_workspace_id_phone_hash")),
    )
    op.create_index("ix_opt_out_reply_contact_id", "opt_out_reply", ["contact_id"])
    is_open = sa.text("state IN ('due', 'sending')")
    op.create_index("ix_opt_out_reply_open", "opt_out_reply", ["id"], sqlite_where=is_open, postgresql_where=is_open)
    has_left = sa.text("state IN ('sending', 'sent', 'unsure')")
    op.create_index(
        "ix_opt_out_reply_left",
        "opt_out_reply",
        ["instance_id", "started_at"],
        sqlite_where=has_left,
        postgresql_where=has_left,
    )
