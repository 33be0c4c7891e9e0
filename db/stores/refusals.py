"""Who does not want to hear from us, whichever way they said so: recorded once, and honoured everywhere at once."""

from collections.abc import Sequence
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

_LOOK_UP = 500
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


def opt_out_many(
    context: WriteContext,
    workspace_id: WorkspaceId,
    contact_ids: Sequence[ContactId],
    now: datetime,
    source: str,
    operator: str | None,
) -> int:
    """Do what `opt_out` does for people of this workspace, in a few statements; others are left alone.

    Returns:
        How many had not opted out before.
    """
    conn, changed = context.conn, 0
    for start in range(0, len(contact_ids), _LOOK_UP):
        some = contact_ids[start : start + _LOOK_UP]
        theirs = (contact.c.workspace_id + 0 == workspace_id) & contact.c.id.in_(some)
        found = conn.execute(sa.select(contact.c.id, contact.c.phone, contact.c.opted_out_at).where(theirs)).all()
        new = {ContactId(row.id): row.phone for row in found if row.opted_out_at is None}
        changed += len(new)
        if new:
            out = sa.update(contact).where(contact.c.id.in_(list(new))).values(opted_out_at=now, updated_at=now)
            conn.execute(out)
            suppression.suppress_many(conn, workspace_id, list(new.values()), now, source)
        for contact_id in new:
            facts: dict[str, object] = {"source": source}
            event = NewEvent(EventType.OPTED_OUT, now, details=facts, contact_id=contact_id, operator=operator)
            context.emit(workspace_id, event)
        for recipient_id in (
            conn.execute(_waiting(recipient.c.contact_id.in_([row.id for row in found]))).scalars().all()
        ):
            skip(context, workspace_id, RecipientId(recipient_id), Reason.OPTED_OUT, now)
    return changed


def skip_everywhere(
    context: WriteContext, workspace_id: WorkspaceId, contact_id: ContactId, reason: Reason, now: datetime
) -> None:
    """Skip a person in every campaign in which they wait for a message."""
    for recipient_id in context.conn.execute(_waiting(recipient.c.contact_id == contact_id)).scalars().all():
        skip(context, workspace_id, RecipientId(recipient_id), reason, now)


def _waiting(of_whom: sa.ColumnElement[bool]) -> sa.Select[int]:
    states = [RecipientStatus.PENDING.value, RecipientStatus.RETRYING.value]
    return sa.select(recipient.c.id).where(of_whom, recipient.c.status.in_(states))


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
