"""Outbound webhooks: addresses, and the outbox of what they are told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "hook",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("cursor", _ID, nullable=False),
        sa.Column("paused_at", sa.BigInteger()),
        sa.Column("pause_reason", sa.Text()),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_hook_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook")),
        sa.UniqueConstraint("workspace_id", "url", name=op.f("uq_hook_workspace_id_url")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hook_delivery",
        sa.Column("id", _ID, nullable=False),
        sa.Column("hook_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event_id", _ID),
        sa.Column("recipient_id", _ID),
        sa.Column("body", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger()),
        sa.Column("finished_at", sa.BigInteger()),
        sa.Column("http_status", sa.Integer()),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'dead')", name=op.f("ck_hook_delivery_state")),
        sa.CheckConstraint(
            "state <> 'waiting' OR (next_try_at IS NOT NULL AND body IS NOT NULL)",
            name=op.f("ck_hook_delivery_waiting"),
        ),
        sa.ForeignKeyConstraint(
            ["hook_id"], ["hook.id"], name=op.f("fk_hook_delivery_hook_id_hook"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hook_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_hook_delivery_key")),
    )
    waiting, person = sa.text("state = 'waiting'"), sa.text("recipient_id IS NOT NULL")
    op.create_index(
        "ix_hook_delivery_due", "hook_delivery", ["next_try_at"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index("ix_hook_delivery_hook_id_state", "hook_delivery", ["hook_id", "state", "id"])
    op.create_index("ix_hook_delivery_state_finished_at", "hook_delivery", ["state", "finished_at"])
    op.create_index(
        "ix_hook_delivery_recipient_id", "hook_delivery", ["recipient_id"], sqlite_where=person, postgresql_where=person
    )
