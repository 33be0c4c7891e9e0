"""Replies and opt-outs: who wrote to us, and who does not want to hear from us any more."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.stores.refusals import BY_PROVIDER, last_source, opt_in, opt_out, skip_everywhere
from db.tables.contact import contact
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, ContactId, RecipientId, WorkspaceId
from desktop.domain.receipt import Preference, Reply

__all__ = ["apply_preference", "apply_reply", "opt_out", "phone_variants", "skip_everywhere"]

_BRAZIL = "+55"


def apply_reply(context: WriteContext, workspace_id: WorkspaceId, reply: Reply, is_opt_out: bool) -> None:
    """Record that a person answered, and opt them out when they ask for it (see `Ledger.apply_reply`)."""
    contact_id = _who(context.conn, workspace_id, reply)
    if contact_id is None:
        if is_opt_out and reply.phone is not None:
            # A stranger today is a row of tomorrow's spreadsheet: the refusal is kept.
            contact_id = _add_refusal(context.conn, workspace_id, reply.phone, reply.at)
        else:
            return
    answered = _newest_sent(context.conn, contact_id)
    if answered is not None:
        _note_reply(context, workspace_id, contact_id, answered, reply)
    if is_opt_out:
        campaign_id = None if answered is None else CampaignId(answered.campaign_id)
        opt_out(context, workspace_id, contact_id, reply.at, "reply", None, campaign_id, reply.instance_id)


def apply_preference(context: WriteContext, workspace_id: WorkspaceId, preference: Preference) -> None:
    """Opt a person out, or in again, who told WhatsApp so.

    Resuming takes back only a refusal that came the same way: who wrote to us to stop, or told the operator, did not
    mean a switch in WhatsApp.
    """
    instance_id, at = preference.instance_id, preference.at
    who = Reply(instance_id, "", preference.address, preference.phone, "", at, user_id=preference.user_id)
    contact_id = _who(context.conn, workspace_id, who)
    if preference.is_opt_out:
        if contact_id is None and preference.phone is not None:
            contact_id = _add_refusal(context.conn, workspace_id, preference.phone, at)
        if contact_id is not None:
            opt_out(context, workspace_id, contact_id, at, BY_PROVIDER, None, None, instance_id)
    elif contact_id is not None and last_source(context.conn, contact_id) == BY_PROVIDER:
        opt_in(context, workspace_id, contact_id, at, BY_PROVIDER)


def phone_variants(phone: str) -> tuple[str, ...]:
    """Return a phone with and without the ninth digit of Brazilian mobiles; other phones as they are.

    WhatsApp knows many Brazilian numbers only without the digit that their owners dial.
    Source: gateways.md §4.
    """
    national = phone.removeprefix(_BRAZIL)
    if national == phone:
        return (phone,)
    area, number = national[:2], national[2:]
    if len(number) == 9 and number.startswith("9"):
        return phone, f"{_BRAZIL}{area}{number[1:]}"
    if len(number) == 8 and number[0] in "6789":
        return phone, f"{_BRAZIL}{area}9{number}"
    return (phone,)


def _who(conn: sa.Connection, workspace_id: WorkspaceId, reply: Reply) -> ContactId | None:
    """Find who wrote: by address, then by phone, then by the message they quote."""
    people = sa.select(contact.c.id).where(contact.c.workspace_id == workspace_id).order_by(contact.c.id)
    found = conn.execute(people.where(contact.c.address == reply.address)).scalar()
    if found is None and reply.phone is not None:
        found = conn.execute(people.where(contact.c.phone.in_(phone_variants(reply.phone)))).scalar()
    if found is None and reply.quoted_message_id is not None:
        quoted = sa.select(recipient.c.contact_id).where(recipient.c.message_id == reply.quoted_message_id)
        found = conn.execute(quoted).scalar()
    return None if found is None else ContactId(found)


def _add_refusal(conn: sa.Connection, workspace_id: WorkspaceId, phone: str, now: datetime) -> ContactId:
    add = (
        sa.insert(contact)
        .values(workspace_id=workspace_id, phone=phone, name="", custom={}, created_at=now, updated_at=now)
        .returning(contact.c.id)
    )
    return ContactId(conn.execute(add).scalar_one())


def _newest_sent(conn: sa.Connection, contact_id: ContactId) -> sa.Row[*tuple[Any, ...]] | None:
    query = (
        sa.select(recipient.c.id, recipient.c.campaign_id, recipient.c.instance_id, recipient.c.replied_at)
        .where(recipient.c.contact_id == contact_id, recipient.c.sent_at.is_not(None))
        .order_by(recipient.c.sent_at.desc(), recipient.c.id.desc())
        .limit(1)
    )
    return conn.execute(query).first()


def _note_reply(
    context: WriteContext,
    workspace_id: WorkspaceId,
    contact_id: ContactId,
    answered: sa.Row[*tuple[Any, ...]],
    reply: Reply,
) -> None:
    """Set the time of the first reply. The gateway may report one twice, and people write on."""
    if answered.replied_at is not None:
        return
    context.conn.execute(sa.update(recipient).where(recipient.c.id == answered.id).values(replied_at=reply.at))
    context.emit(
        workspace_id,
        NewEvent(
            EventType.REPLIED,
            reply.at,
            campaign_id=CampaignId(answered.campaign_id),
            instance_id=reply.instance_id,
            contact_id=contact_id,
            recipient_id=RecipientId(answered.id),
        ),
    )
