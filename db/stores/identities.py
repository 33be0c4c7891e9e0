"""One person, however the gateways call them: looks people up by all that is known, and learns what is new.

What proves that two contacts are one person (a gateway that names both in one breath) merges them: the older one stays,
an opt-out of either counts, and every campaign keeps what it sent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from db.hot import insert_missing
from db.stores.skipping import skip
from db.tables.consent import consent
from db.tables.contact import contact, contact_tag
from db.tables.identity import contact_identity
from db.tables.metadata import literals
from db.tables.opt_out_reply import opt_out_reply
from db.tables.own_text import IS_NOT_SENT, own_text
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent
from desktop.domain.identity import Identity, IdentityKind, hidden_identity, phone_forms, phone_in
from desktop.domain.ids import ContactId, RecipientId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus

_LOOK_UP = 500  # phones at once
_WAITING = literals(RecipientStatus.PENDING, RecipientStatus.RETRYING)


def recognise(
    context: WriteContext,
    workspace_id: WorkspaceId,
    addresses: Sequence[str | None],
    phone: str | None,
    now: datetime,
    quoted_message_id: str | None = None,
) -> ContactId | None:
    """Return who is meant by what one message says of its sender, and remember it.

    Args:
        addresses: jid, alternative jid, business-scoped id; in any order, None where there is none.
        quoted_message_id: of a message of ours that they answer to; asked only when nothing else is known.
    """
    given = [address for address in addresses if address]
    hidden = [identity for address in given if (identity := hidden_identity(address)) is not None]
    phones = dict.fromkeys(filter(None, (phone, *map(phone_in, given))))
    people = _known(context.conn, workspace_id, given, hidden, list(phones))
    if not people and quoted_message_id is not None:
        people = _addressee(context.conn, workspace_id, quoted_message_id)
    if not people:
        return None
    keeper = people[0]
    for other in people[1:]:
        merge(context, workspace_id, keeper, other, now)
    for identity in hidden:
        _learn(context.conn, workspace_id, keeper, identity)
    return keeper


def _known(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    addresses: Sequence[str],
    hidden: Sequence[Identity],
    phones: Sequence[str],
) -> list[ContactId]:
    """Return everybody who is known under any of these words, the oldest contact first."""
    forms = [form for phone in phones for form in phone_forms(phone)]
    words = [*hidden, *(Identity(IdentityKind.PHONE, form) for form in forms)]
    own = contact.c.workspace_id == workspace_id
    found = set(conn.execute(sa.select(contact.c.id).where(own, contact.c.address.in_(addresses))).scalars())
    found.update(conn.execute(sa.select(contact.c.id).where(own, contact.c.phone.in_(forms))).scalars())
    for word in words:
        query = sa.select(contact_identity.c.contact_id).where(
            contact_identity.c.workspace_id == workspace_id,
            contact_identity.c.kind == word.kind.value,
            contact_identity.c.value == word.value,
        )
        found.update(conn.execute(query).scalars())
    return [ContactId(each) for each in sorted(found)]


def _addressee(conn: sa.Connection, workspace_id: WorkspaceId, message_id: str) -> list[ContactId]:
    query = (
        sa.select(contact.c.id)
        .join(recipient, recipient.c.contact_id == contact.c.id)
        .where(recipient.c.message_id == message_id, contact.c.workspace_id == workspace_id)
    )
    found = sorted(set(conn.execute(query).scalars()))
    # Two practice gateways may count their ids alike: then nobody can say who it was.
    return [ContactId(found[0])] if len(found) == 1 else []


def _learn(conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId, identity: Identity) -> None:
    row = {
        "workspace_id": workspace_id,
        "kind": identity.kind.value,
        "value": identity.value,
        "contact_id": contact_id,
    }
    insert = insert_missing(contact_identity, ["workspace_id", "kind", "value"], row)
    conn.execute(insert(conn.dialect.name))


def holder_of(conn: sa.Connection, workspace_id: WorkspaceId, phone: str) -> ContactId | None:
    """Return the contact that a phone was merged into."""
    query = sa.select(contact_identity.c.contact_id).where(
        contact_identity.c.workspace_id == workspace_id,
        contact_identity.c.kind == IdentityKind.PHONE.value,
        contact_identity.c.value.in_(phone_forms(phone)),
    )
    found = conn.execute(query).scalar()
    return None if found is None else ContactId(found)


def present_phones(conn: sa.Connection, workspace_id: WorkspaceId, phones: Sequence[str]) -> Mapping[str, str]:
    """Return the present phone for each of the given ones whose contact was merged into another."""
    query = (
        sa.select(contact_identity.c.value, contact.c.phone)
        .join(contact, contact.c.id == contact_identity.c.contact_id)
        .where(contact_identity.c.workspace_id == workspace_id, contact_identity.c.kind == IdentityKind.PHONE.value)
    )
    if conn.execute(query.limit(1)).first() is None:
        return {}  # as nearly always
    found: dict[str, str] = {}
    for start in range(0, len(phones), _LOOK_UP):
        some = contact_identity.c.value.in_(phones[start : start + _LOOK_UP])
        found.update({row.value: row.phone for row in conn.execute(query.where(some))})
    return found


def merge(context: WriteContext, workspace_id: WorkspaceId, keeper: ContactId, other: ContactId, now: datetime) -> None:
    """Make one contact of two that are the same person; nothing that was sent or said is forgotten."""
    conn = context.conn
    query = sa.select(contact).where(contact.c.id.in_([keeper, other]))
    rows = {row.id: row for row in conn.execute(query)}
    kept, gone = rows[keeper], rows[other]
    refusals = [at for at in (kept.opted_out_at, gone.opted_out_at) if at is not None]
    conn.execute(sa.update(contact_identity).where(contact_identity.c.contact_id == other).values(contact_id=keeper))
    conn.execute(sa.update(recipient).where(recipient.c.contact_id == other).values(contact_id=keeper))
    conn.execute(sa.update(opt_out_reply).where(opt_out_reply.c.contact_id == other).values(contact_id=keeper))
    _move_own_texts(conn, keeper, other)
    tags = sa.select(contact_tag.c.tag_id).where(contact_tag.c.contact_id.in_([keeper, other])).distinct()
    tag_ids = conn.execute(tags).scalars().all()
    conn.execute(sa.delete(contact_tag).where(contact_tag.c.contact_id.in_([keeper, other])))
    if tag_ids:
        conn.execute(sa.insert(contact_tag), [{"contact_id": keeper, "tag_id": tag_id} for tag_id in tag_ids])
    agreed = sa.select(consent.c.contact_id).where(consent.c.contact_id == keeper)
    if conn.execute(agreed).first() is None:
        conn.execute(sa.update(consent).where(consent.c.contact_id == other).values(contact_id=keeper))
    conn.execute(sa.delete(contact).where(contact.c.id == other))
    conn.execute(
        sa.update(contact)
        .where(contact.c.id == keeper)
        .values(
            name=kept.name or gone.name,
            custom={**gone.custom, **kept.custom},
            address=kept.address or gone.address,
            opted_out_at=min(refusals, default=None),
            opt_in_source=kept.opt_in_source or gone.opt_in_source,
            updated_at=now,
        )
    )
    _learn(conn, workspace_id, keeper, Identity(IdentityKind.PHONE, gone.phone))
    facts: dict[str, object] = {"merged_into": keeper}
    context.emit(workspace_id, NewEvent(EventType.CONTACT_REMOVED, now, details=facts, contact_id=other))
    _skip_surplus(context, workspace_id, keeper, bool(refusals), now)


def _move_own_texts(conn: sa.Connection, keeper: ContactId, other: ContactId) -> None:
    """Let the texts of two people be those of one; of two that are still open in a campaign, the keeper's stays."""
    has_one = sa.select(own_text.c.campaign_id).where(own_text.c.contact_id == keeper, IS_NOT_SENT)
    is_double = IS_NOT_SENT & own_text.c.campaign_id.in_(has_one)
    conn.execute(sa.delete(own_text).where(own_text.c.contact_id == other, is_double))
    conn.execute(sa.update(own_text).where(own_text.c.contact_id == other).values(contact_id=keeper))


def _skip_surplus(
    context: WriteContext, workspace_id: WorkspaceId, person: ContactId, has_refused: bool, now: datetime
) -> None:
    """Skip where the person waits although they opted out, or waits twice, or was sent to already."""
    query = (
        sa.select(recipient.c.id, recipient.c.campaign_id, recipient.c.status)
        .where(recipient.c.contact_id == person)
        .order_by(recipient.c.status.in_(_WAITING), recipient.c.id)
    )
    served: set[int] = set()
    for row in context.conn.execute(query).all():
        status = RecipientStatus(row.status)
        is_waiting = status in (RecipientStatus.PENDING, RecipientStatus.RETRYING)
        if is_waiting and has_refused:
            skip(context, workspace_id, RecipientId(row.id), Reason.OPTED_OUT, now)
        elif is_waiting and row.campaign_id in served:
            skip(context, workspace_id, RecipientId(row.id), Reason.DUPLICATE, now)
        elif status is not RecipientStatus.SKIPPED and status is not RecipientStatus.FAILED:
            served.add(row.campaign_id)
