"""Everything that is kept about one person, as a document that can be handed to them (LGPD, art. 18)."""

from datetime import datetime

import sqlalchemy as sa

from db.queries import people
from db.queries.segments import all_segments, condition
from db.tables.attempt import attempt
from db.tables.campaign import campaign, variation
from db.tables.contact import contact
from db.tables.identity import contact_identity
from db.tables.instance import instance
from db.tables.number_check import number_check
from db.tables.own_text import IS_NOT_SENT, own_text
from db.tables.recipient import recipient
from desktop.domain.ids import ContactId, WorkspaceId

Document = dict[str, object]


def document(conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId, now: datetime) -> Document:
    """Return what is kept about a person; all moments are ISO texts in UTC.

    Raises:
        KnownError: `contact_not_found`.
    """
    found = people.history(conn, workspace_id, contact_id)
    who = found.contact
    row = conn.execute(sa.select(contact.c.address, contact.c.updated_at).where(contact.c.id == contact_id)).one()
    return {
        "exported_at": _iso(now),
        "person": {
            "phone": who.phone,
            "name": who.name,
            "tags": list(who.tags),
            "fields": dict(who.custom),
            "whatsapp_address": row.address,
            "other_identities": _identities(conn, contact_id),
            "on_whatsapp": _number_check(conn, contact_id),
            "created_at": _iso(who.created_at),
            "updated_at": _iso(row.updated_at),
        },
        "consent": {
            "is_recorded": who.is_consented,
            "agreed_at": _iso(found.agreed_at),
            "source": who.opt_in_source,
            "proof": found.proof,
            "opted_out_at": _iso(who.opted_out_at),
            "history": [
                {"at": _iso(step.at), "what": "opted_out" if step.is_opt_out else "agreed", "source": step.source}
                for step in found.consent
            ],
        },
        "segments": [
            each.name
            for each in all_segments(conn, workspace_id)
            if conn.execute(
                sa.select(contact.c.id).where(contact.c.id == contact_id, condition(workspace_id, each.rules, now))
            ).first()
        ],
        "messages": _messages(conn, workspace_id, contact_id),
        "texts_written_for_them": _own_texts(conn, workspace_id, contact_id),
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _identities(conn: sa.Connection, contact_id: ContactId) -> list[Document]:
    query = sa.select(contact_identity.c.kind, contact_identity.c.value).where(
        contact_identity.c.contact_id == contact_id
    )
    return [{"kind": row.kind, "value": row.value} for row in conn.execute(query.order_by(contact_identity.c.value))]


def _number_check(conn: sa.Connection, contact_id: ContactId) -> Document | None:
    row = conn.execute(sa.select(number_check).where(number_check.c.contact_id == contact_id)).first()
    return None if row is None else {"is_there": row.is_there, "checked_at": _iso(row.checked_at)}


def _messages(conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId) -> list[Document]:
    query = (
        sa.select(
            recipient,
            campaign.c.name.label("campaign"),
            sa.func.coalesce(own_text.c.text, variation.c.text).label("text"),
            instance.c.name.label("instance"),
        )
        .join(campaign, campaign.c.id == recipient.c.campaign_id)
        .outerjoin(variation, variation.c.id == recipient.c.variation_id)
        .outerjoin(instance, instance.c.id == recipient.c.instance_id)
        .outerjoin(own_text, own_text.c.recipient_id == recipient.c.id)
        .where(recipient.c.contact_id == contact_id, campaign.c.workspace_id == workspace_id)
        .order_by(recipient.c.id)
    )
    rows = conn.execute(query).all()
    attempts = _attempts(conn, [row.id for row in rows])
    return [
        {
            "campaign": row.campaign,
            "phone": row.phone,
            "message": row.text,
            "status": row.status,
            "reason": row.reason,
            "through": row.instance,
            "message_id": row.message_id,
            "sent_at": _iso(row.sent_at),
            "delivered_at": _iso(row.delivered_at),
            "read_at": _iso(row.read_at),
            "replied_at": _iso(row.replied_at),
            "attempts": attempts.get(row.id, []),
        }
        for row in rows
    ]


def _own_texts(conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId) -> list[Document]:
    """Return what was written for a person in campaigns that were not started; what was sent is a message."""
    query = (
        sa.select(campaign.c.name, own_text.c.text, own_text.c.state, own_text.c.updated_at)
        .join(campaign, campaign.c.id == own_text.c.campaign_id)
        .where(own_text.c.contact_id == contact_id, own_text.c.workspace_id == workspace_id, IS_NOT_SENT)
        .order_by(own_text.c.id)
    )
    return [
        {"campaign": row.name, "text": row.text, "state": row.state, "at": _iso(row.updated_at)}
        for row in conn.execute(query)
    ]


def _attempts(conn: sa.Connection, recipient_ids: list[int]) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = {}
    query = (
        sa.select(attempt, instance.c.name.label("instance"))
        .join(instance, instance.c.id == attempt.c.instance_id)
        .where(attempt.c.recipient_id.in_(recipient_ids))
        .order_by(attempt.c.recipient_id, attempt.c.number)
    )
    for row in conn.execute(query):
        found.setdefault(row.recipient_id, []).append(
            {"at": _iso(row.started_at), "through": row.instance, "outcome": row.outcome, "code": row.code}
        )
    return found
