"""One WhatsApp number behind a gateway. A removed one stays as a row: attempts and events name it."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, id_column, is_one_of, metadata
from desktop.domain.instance import ConnectionState, Gateway

instance = sa.Table(
    "instance",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("gateway", sa.Text, nullable=False),
    sa.Column("base_url", sa.Text, nullable=False),
    sa.Column("remote_name", sa.Text, nullable=False),
    sa.Column("timezone", sa.Text, nullable=False),
    sa.Column("per_day", sa.Integer),
    sa.Column("per_hour", sa.Integer),
    sa.Column("per_minute", sa.Integer),
    sa.Column("min_gap_s", sa.Float, nullable=False),
    sa.Column("max_in_flight", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("phone", sa.Text),
    sa.Column("warmup", sa.Text, nullable=False),
    sa.Column("phone_id", sa.Text),
    sa.Column("waba_id", sa.Text),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("checked_at", Moment),
    sa.Column("paused_at", Moment),
    sa.Column("pause_reason", sa.Text),
    sa.Column("removed_at", Moment),
    # What the provider lets it send; NULL where the gateway is no provider, or was never asked. A portfolio's numbers
    # share one limit: a removed number of it still counts.
    sa.Column("portfolio_id", sa.Text),
    sa.Column("messaging_limit", sa.Text),
    sa.Column("per_second", sa.Integer),
    # When a pause ends by itself; NULL: by a rule, or by the operator only.
    sa.Column("paused_until", Moment),
    # What is not as usual of `ConnectionOptions`.
    sa.Column("options", JsonText, nullable=False, server_default="{}"),
    is_one_of("gateway", Gateway),
    is_one_of("state", ConnectionState),
    sa.CheckConstraint("(paused_at IS NULL) = (pause_reason IS NULL)", name="pause"),
)

sa.Index(
    "uq_instance_name",
    instance.c.workspace_id,
    instance.c.name,
    unique=True,
    sqlite_where=instance.c.removed_at.is_(None),
)

sa.Index("ix_instance_portfolio_id", instance.c.portfolio_id)
