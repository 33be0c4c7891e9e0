"""Replies and opt-outs: who wrote to us, and who does not want to hear from us any more."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.stores.contact_search import index_after
from db.stores.identities import recognise
from db.stores.opt_out_replies import ask_for_reply
from db.stores.refusals import BY_PROVIDER, opt_out, skip_everywhere
from db.tables.contact import contact
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.identity import hidden_identity, phone_in, written_phone
from desktop.domain.ids import CampaignId, ContactId, RecipientId, WorkspaceId
from desktop.domain.receipt import Preference, Reply

__all__ = ["apply_preference", "apply_reply", "opt_out", "skip_everywhere"]


def apply_reply(context: WriteContext, workspace_id: WorkspaceId, reply: Reply, is_opt_out: bool) -> None:
    """Record that a person answered, and opt them out when they ask for it (see `Ledger.apply_reply`)."""
    addresses = (reply.address, reply.user_id)
    contact_id = recognise(context, workspace_id, addresses, reply.phone, reply.at, reply.quoted_message_id)
    if contact_id is None:
        phone = reply.phone or phone_in(reply.address)
        if is_opt_out and phone is None and hidden_identity(reply.address) is not None:
            _tell_of_nobody(context, workspace_id, reply)
        if not is_opt_out or phone is None:
            return
        # A stranger today is a row of tomorrow's spreadsheet: the refusal is kept.
        contact_id = _add_refusal(context.conn, workspace_id, written_phone(phone), reply.at)
    answered = _newest_sent(context.conn, contact_id)
    if answered is not None:
        _note_reply(context, workspace_id, contact_id, answered, reply)
    if is_opt_out:
        campaign_id = None if answered is None else CampaignId(answered.campaign_id)
        opt_out(context, workspace_id, contact_id, reply.at, "reply", None, campaign_id, reply.instance_id)
        ask_for_reply(context, workspace_id, contact_id, reply.instance_id, reply.address, reply.at)


def _tell_of_nobody(context: WriteContext, workspace_id: WorkspaceId, reply: Reply) -> None:
    """Leave it to the operator: the gateway never named this address beside a phone or a message of ours."""
    details = {"reason": "opt_out_of_nobody"}
    event = NewEvent(EventType.ERROR, reply.at, Severity.WARNING, details, instance_id=reply.instance_id)
    context.emit(workspace_id, event)


def apply_preference(context: WriteContext, workspace_id: WorkspaceId, preference: Preference) -> None:
    """Opt a person out who told WhatsApp so. Who resumes is not opted in: the operator does that, with their word."""
    if not preference.is_opt_out:
        return
    instance_id, at = preference.instance_id, preference.at
    contact_id = recognise(context, workspace_id, (preference.address, preference.user_id), preference.phone, at)
    if contact_id is None and preference.phone is not None:
        contact_id = _add_refusal(context.conn, workspace_id, written_phone(preference.phone), at)
    if contact_id is not None:
        opt_out(context, workspace_id, contact_id, at, BY_PROVIDER, None, None, instance_id)


def _add_refusal(conn: sa.Connection, workspace_id: WorkspaceId, phone: str, now: datetime) -> ContactId:
    add = (
        sa.insert(contact)
        .values(workspace_id=workspace_id, phone=phone, name="", custom={}, created_at=now, updated_at=now)
        .returning(contact.c.id)
    )
    added = conn.execute(add).scalar_one()
    index_after(conn, added - 1)
    return ContactId(added)


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
