"""What Meta lets a number send, beside the number: its portfolio, that one's limit, its rate. And when a pause ends.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import json
from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns. The table is told in full: SQLite makes it anew, and its checks would be lost otherwise."""
    with op.batch_alter_table("instance", copy_from=_before(), recreate=_recreate()) as batch:
        batch.add_column(sa.Column("portfolio_id", sa.Text(), nullable=True))
        batch.add_column(sa.Column("messaging_limit", sa.Text(), nullable=True))
        batch.add_column(sa.Column("per_second", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("paused_until", sa.BigInteger(), nullable=True))
        batch.create_index("ix_instance_portfolio_id", ["portfolio_id"], unique=False)
    _take_over_what_was_read()
    with op.batch_alter_table("clock_mark", copy_from=_marks_before(), recreate=_recreate()) as batch:
        batch.add_column(sa.Column("is_certain", sa.Boolean(), nullable=False, server_default="1"))


def _marks_before() -> sa.Table:
    return sa.Table(
        "clock_mark",
        sa.MetaData(),
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("uptime_ms", sa.BigInteger(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("set_by_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_clock_mark_workspace_id_workspace"),
        sa.PrimaryKeyConstraint("id", name="pk_clock_mark"),
        sa.Index("ix_clock_mark_workspace_id", "workspace_id"),
    )


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
        sa.CheckConstraint("gateway IN ('evolution', 'waha', 'cloud')", name="ck_instance_gateway"),
        sa.CheckConstraint(
            "state IN ('unknown', 'connected', 'connecting', 'disconnected', 'needs_qr', 'unauthorised', 'missing')",
            name="ck_instance_state",
        ),
        sa.CheckConstraint("(paused_at IS NULL) = (pause_reason IS NULL)", name="ck_instance_pause"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_instance_workspace_id_workspace"),
        sa.PrimaryKeyConstraint("id", name="pk_instance"),
        sa.Index("uq_instance_name", "workspace_id", "name", unique=True, sqlite_where=live, postgresql_where=live),
    )


def _recreate() -> Literal["always", "never"]:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def _take_over_what_was_read() -> None:
    """Fill the columns from what Meta has said already; numbers of one account share their portfolio for certain."""
    conn = op.get_bind()
    instance = sa.table(
        "instance",
        sa.column("id"), sa.column("waba_id"), sa.column("portfolio_id"), sa.column("messaging_limit"),
        sa.column("per_second"),
    )  # fmt: skip
    facts = sa.table("number_facts", sa.column("instance_id"), sa.column("facts"))
    query = sa.select(instance.c.id, instance.c.waba_id, facts.c.facts).join(
        facts, facts.c.instance_id == instance.c.id
    )
    for found, waba_id, text in conn.execute(query).all():
        said = json.loads(text)
        fast = 1000 if said.get("throughput") == "HIGH" else 80
        values = {
            "portfolio_id": said.get("portfolio_id") or f"waba:{waba_id}",
            "messaging_limit": said.get("messaging_limit"),
            "per_second": 20 if said.get("is_coexistence") else fast,
        }
        conn.execute(sa.update(instance).where(instance.c.id == found).values(values))
