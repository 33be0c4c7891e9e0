"""Addresses that are told of events, and the outbox of what they are told."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, id_column, is_one_of, literal, metadata
from desktop.domain.hook import DeliveryState

hook = sa.Table(
    "hook",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("kinds", JsonText, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    # Events up to this one have become deliveries.
    sa.Column("cursor", Id, nullable=False),
    sa.Column("paused_at", Moment),
    sa.Column("pause_reason", sa.Text),
    sa.UniqueConstraint("workspace_id", "url"),
    # Ids are never given twice: secrets in the keyring are named by them.
    sqlite_autoincrement=True,
)

hook_delivery = sa.Table(
    "hook_delivery",
    metadata,
    id_column(),
    sa.Column("hook_id", Id, sa.ForeignKey("hook.id", ondelete="CASCADE"), nullable=False),
    # Named by what it tells: made again after a crash it is stored once.
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("event_id", Id),
    sa.Column("recipient_id", Id),
    # NULL once it was delivered: it holds a person's phone.
    sa.Column("body", JsonText),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("next_try_at", Moment),
    sa.Column("finished_at", Moment),
    sa.Column("http_status", sa.Integer),
    sa.Column("error", sa.Text),
    is_one_of("state", DeliveryState),
    sa.CheckConstraint("state <> 'waiting' OR (next_try_at IS NOT NULL AND body IS NOT NULL)", name="waiting"),
)

_WAITING = hook_delivery.c.state == literal(DeliveryState.WAITING)
sa.Index("ix_hook_delivery_due", hook_delivery.c.next_try_at, sqlite_where=_WAITING)
sa.Index("ix_hook_delivery_hook_id_state", hook_delivery.c.hook_id, hook_delivery.c.state, hook_delivery.c.id)
sa.Index("ix_hook_delivery_state_finished_at", hook_delivery.c.state, hook_delivery.c.finished_at)
# For erasing a person.
_OF_PERSON = hook_delivery.c.recipient_id.is_not(None)
sa.Index("ix_hook_delivery_recipient_id", hook_delivery.c.recipient_id, sqlite_where=_OF_PERSON)
