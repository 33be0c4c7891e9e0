"""Who does not want to hear from us, whichever way they said so: recorded once, and honoured everywhere at once."""

from datetime import datetime

import sqlalchemy as sa

from db.stores import suppression
from db.stores.skipping import skip
from db.tables.contact import contact
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus

BY_PROVIDER = "provider"
"""Source of an opt-out that WhatsApp itself told of."""


def opt_out(
    context: WriteContext,
    workspace_id: WorkspaceId,
    contact_id: ContactId,
    now: datetime,
    source: str,
    operator: str | None,
    campaign_id: CampaignId | None = None,
    instance_id: InstanceId | None = None,
) -> bool:
    """Opt a person out and skip them wherever they wait; tell whether they had not opted out before."""
    changed = context.conn.execute(
        sa.update(contact)
        .where(contact.c.id == contact_id, contact.c.opted_out_at.is_(None))
        .values(opted_out_at=now, updated_at=now)
    ).rowcount
    if changed:
        suppression.suppress(context.conn, workspace_id, _phone_of(context.conn, contact_id), now, source)
        context.emit(
            workspace_id,
            NewEvent(
                EventType.OPTED_OUT,
                now,
                details={"source": source},
                campaign_id=campaign_id,
                instance_id=instance_id,
                contact_id=contact_id,
                operator=operator,
            ),
        )
    skip_everywhere(context, workspace_id, contact_id, Reason.OPTED_OUT, now)
    return bool(changed)


def skip_everywhere(
    context: WriteContext, workspace_id: WorkspaceId, contact_id: ContactId, reason: Reason, now: datetime
) -> None:
    """Skip a person in every campaign in which they wait for a message."""
    waiting = sa.select(recipient.c.id).where(
        recipient.c.contact_id == contact_id,
        recipient.c.status.in_([RecipientStatus.PENDING.value, RecipientStatus.RETRYING.value]),
    )
    for recipient_id in context.conn.execute(waiting).scalars().all():
        skip(context, workspace_id, RecipientId(recipient_id), reason, now)


def opt_in(context: WriteContext, workspace_id: WorkspaceId, contact_id: ContactId, now: datetime, source: str) -> bool:
    """Take an opt-out back, on the person's own word; tell whether there was one."""
    changed = context.conn.execute(
        sa.update(contact)
        .where(contact.c.id == contact_id, contact.c.opted_out_at.is_not(None))
        .values(opted_out_at=None, opt_in_source=source, updated_at=now)
    ).rowcount
    suppression.allow(context.conn, workspace_id, _phone_of(context.conn, contact_id))
    if changed:
        facts: dict[str, object] = {"opted_in": True, "source": source}
        context.emit(workspace_id, NewEvent(EventType.CONTACT_ADDED, now, details=facts, contact_id=contact_id))
    return bool(changed)


def _phone_of(conn: sa.Connection, contact_id: ContactId) -> str:
    return conn.execute(sa.select(contact.c.phone).where(contact.c.id == contact_id)).scalar_one()
