"""A number that somebody has stopped at the gateway, and one that the gateway has given up, are told apart.

Frozen: it says what the schema was then, whatever the tables say now.
"""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATES = "'unknown', 'connected', 'connecting', 'disconnected', 'needs_qr', 'unauthorised', 'missing'"


def upgrade() -> None:
    """Let the state be one of two more. The table is told in full, as SQLite makes it anew."""
    with op.batch_alter_table("instance", copy_from=_before(), recreate=_recreate()) as batch:
        batch.drop_constraint("ck_instance_state", type_="check")
        batch.create_check_constraint("ck_instance_state", f"state IN ({_STATES}, 'stopped', 'failed')")


def _before() -> sa.Table:
    live = sa.text("removed_at IS NULL")
    return sa.Table(
        "instance",
        sa.MetaData(),
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("base_url", sa.Text(), nullable=False),
        sa.Column("remote_name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.Column("per_hour", sa.Integer(), nullable=True),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("min_gap_s", sa.Float(), nullable=False),
        sa.Column("max_in_flight", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("warmup", sa.Text(), nullable=False),
        sa.Column("phone_id", sa.Text(), nullable=True),
        sa.Column("waba_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("portfolio_id", sa.Text(), nullable=True),
        sa.Column("messaging_limit", sa.Text(), nullable=True),
        sa.Column("per_second", sa.Integer(), nullable=True),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("options", sa.Text(), nullable=False, server_default="{}"),
        sa.CheckConstraint("gateway IN ('evolution', 'waha', 'cloud')", name="ck_instance_gateway"),
        sa.CheckConstraint(f"state IN ({_STATES})", name="ck_instance_state"),
        sa.CheckConstraint("(paused_at IS NULL) = (pause_reason IS NULL)", name="ck_instance_pause"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_instance_workspace_id_workspace"),
        sa.PrimaryKeyConstraint("id", name="pk_instance"),
        sa.Index("uq_instance_name", "workspace_id", "name", unique=True, sqlite_where=live, postgresql_where=live),
        sa.Index("ix_instance_portfolio_id", "portfolio_id"),
    )


def _recreate() -> Literal["always", "never"]:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"
