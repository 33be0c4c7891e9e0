"""Confirmations to people who opted out: one for each person, ever, and what became of it."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, is_one_of, literal, metadata
from desktop.domain.opt_out import ReplyState

opt_out_reply = sa.Table(
    "opt_out_reply",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    # As in the suppression list: it outlives everything else about the person, and says nothing of who it was.
    sa.Column("phone_hash", sa.Text, nullable=False),
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="SET NULL")),
    sa.Column("instance_id", Id, sa.ForeignKey("instance.id"), nullable=False),
    sa.Column("address", sa.Text),  # gone once it is settled
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("requested_at", Moment, nullable=False),
    sa.Column("started_at", Moment),
    is_one_of("state", ReplyState),
    sa.UniqueConstraint("workspace_id", "phone_hash"),
    sa.Index("ix_opt_out_reply_contact_id", "contact_id"),
)

_OPEN = opt_out_reply.c.state.in_([literal(ReplyState.DUE), literal(ReplyState.SENDING)])
sa.Index("ix_opt_out_reply_open", opt_out_reply.c.id, sqlite_where=_OPEN)
# What left counts against the number's limits. Queries repeat this very expression, for the partial index.
HAS_LEFT = opt_out_reply.c.state.in_(
    [literal(ReplyState.SENDING), literal(ReplyState.SENT), literal(ReplyState.UNSURE)]
)
sa.Index(
    "ix_opt_out_reply_left",
    opt_out_reply.c.instance_id,
    opt_out_reply.c.started_at,
    sqlite_where=HAS_LEFT,
)
