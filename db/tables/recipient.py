"""One contact inside one campaign. The indexes are why claiming the next one never scans."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, is_one_of, literal, literals, metadata
from desktop.domain.recipient import RecipientStatus

recipient = sa.Table(
    "recipient",
    metadata,
    id_column(),
    sa.Column("campaign_id", Id, sa.ForeignKey("campaign.id"), nullable=False),
    # NULL once the person was erased; the row stays, for the counts and the proof.
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="SET NULL")),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", Moment),
    # No foreign key: it would make deleting a variation search all recipients of all campaigns.
    sa.Column("variation_id", Id),
    sa.Column("instance_id", Id, sa.ForeignKey("instance.id")),
    sa.Column("message_id", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("sent_at", Moment),
    sa.Column("delivered_at", Moment),
    sa.Column("read_at", Moment),
    sa.Column("replied_at", Moment),
    # The recipient's own time zone (IANA), where the campaign has a send window; empty where nobody asked.
    sa.Column("zone", sa.Text, nullable=False, server_default=""),
    is_one_of("status", RecipientStatus),
    sa.CheckConstraint("status <> 'retrying' OR next_attempt_at IS NOT NULL", name="retrying"),
    sa.CheckConstraint("status NOT IN ('sent', 'delivered', 'read') OR sent_at IS NOT NULL", name="sent"),
    # Nobody is in a campaign twice, whatever the code above does.
    sa.UniqueConstraint("campaign_id", "phone"),
    # Ids are never given twice: events name recipients that were deleted since.
    sqlite_autoincrement=True,
)

# Serves claiming (status pending, by id) and the pages of the recipients table with and without a status.
sa.Index("ix_recipient_campaign_id_status_id", recipient.c.campaign_id, recipient.c.status, recipient.c.id)
# Serves claiming where the campaign has a send window: only those whose hours are open now.
sa.Index(
    "ix_recipient_zone",
    recipient.c.campaign_id,
    recipient.c.zone,
    recipient.c.id,
    sqlite_where=recipient.c.status == literal(RecipientStatus.PENDING),
)
sa.Index("ix_recipient_campaign_id_id", recipient.c.campaign_id, recipient.c.id)
sa.Index("ix_recipient_contact_id", recipient.c.contact_id)


# Queries repeat this very expression beside the status they want: so the planner recognises the partial index.
UNSETTLED = recipient.c.status.in_(literals(RecipientStatus.SENDING, RecipientStatus.IN_DOUBT))


def _partial(name: str, where: sa.ColumnElement[bool], *columns: sa.Column[object]) -> None:
    sa.Index(name, *columns, sqlite_where=where)


_partial(
    "ix_recipient_retrying",
    recipient.c.status == literal(RecipientStatus.RETRYING),
    recipient.c.campaign_id,
    recipient.c.next_attempt_at,
)
_partial(
    "ix_recipient_unsettled",
    UNSETTLED,
    recipient.c.status,
)
_partial("ix_recipient_message_id", recipient.c.message_id.is_not(None), recipient.c.message_id)
_partial(
    "ix_recipient_unconfirmed",
    recipient.c.status.in_(literals(RecipientStatus.SENT, RecipientStatus.DELIVERED)),
    recipient.c.sent_at,
    recipient.c.id,
)
_partial("ix_recipient_replied", recipient.c.replied_at.is_not(None), recipient.c.campaign_id, recipient.c.replied_at)
