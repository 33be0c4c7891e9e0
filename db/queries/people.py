"""One list of people however long: which ones it has and in which order, the rows in sight, and the history of one."""

from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from db.contact_rows import contacts_of
from db.queries import contact_search, segments
from db.queries.alphabet import alphabetical
from db.queries.audience import conditions, tagged
from db.queries.sendable import may_be_sent_to
from db.tables.campaign import campaign
from db.tables.consent import OF_CONSENT, consent
from db.tables.contact import contact
from db.tables.event import event
from db.tables.recipient import recipient
from desktop.domain.contact import (
    ConsentStep,
    Contact,
    ContactFilter,
    ContactHistory,
    ContactMessage,
    ContactOrder,
)
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.ids import ContactId, WorkspaceId
from desktop.domain.segment import ConsentRule

# Ids fetched at once: a million of them must not hold the interpreter for long.
_CHUNK = 5_000
_LOOK_UP = 500
_MOST_MESSAGES = 200


def ids_statement(workspace_id: WorkspaceId, where: ContactFilter, is_typed: bool) -> sa.Select[int]:
    """Return the statement of all ids in their order; without the condition of what was typed."""
    # The sum keeps SQLite from reading the whole table by the index of phones, to sort it or to look for a few.
    is_indexed = where.order is ContactOrder.PHONE and not is_typed
    own = (contact.c.workspace_id if is_indexed else contact.c.workspace_id + 0) == workspace_id
    query = sa.select(contact.c.id).where(own)
    if is_indexed:
        query = query.where(contact.c.phone > "")  # everybody; it is what makes the index of phones the best one
    if where.tag is not None:
        query = query.where(contact.c.id.in_(tagged(workspace_id, where.tag)))
    if where.order is ContactOrder.NAME:
        return query.order_by(*alphabetical(contact.c.name, contact.c.id, is_descending=where.is_descending))
    key: sa.Column[Any] = contact.c.phone if where.order is ContactOrder.PHONE else contact.c.id
    return query.order_by(key.desc() if where.is_descending else key.asc())


def ids(
    conn: sa.Connection, workspace_id: WorkspaceId, where: ContactFilter, now: datetime, limit: int | None = None
) -> Sequence[int]:
    """Return the ids of everybody whom the filter finds, in its order: 8 bytes each, so that a list may be jumped in.

    A million of them take 8 MB, and 0.7 s of one processor.
    """
    is_typed = bool(where.text.strip())
    query = ids_statement(workspace_id, where, is_typed).limit(limit)
    if is_typed:
        query = query.where(contact_search.typed(conn, workspace_id, where.text))
    query = query.where(*_narrowed(conn, workspace_id, where, now))
    found = array("q")
    cursor = conn.execute(query).cursor  # of the driver: SQLAlchemy's rows would take three times as long
    assert cursor is not None
    while rows := cursor.fetchmany(_CHUNK):
        found.extend([row[0] for row in rows])
    return found


def _narrowed(
    conn: sa.Connection, workspace_id: WorkspaceId, where: ContactFilter, now: datetime
) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if where.consent is not None:
        found.append(segments.condition(workspace_id, ConsentRule(where.consent), now))
    if where.rules is not None:
        found.append(segments.condition(workspace_id, where.rules, now))
    if where.audience is not None:
        theirs = conditions(conn, workspace_id, where.audience, now)
        # Asked who has no consent, those are meant who are left out for it.
        is_about_consent = where.rules is not None and any(isinstance(rule, ConsentRule) for rule in where.rules.rules)
        may = contact.c.opted_out_at.is_(None) if is_about_consent else may_be_sent_to(conn, workspace_id)
        found += [sa.or_(sa.false(), *theirs), may]
    return found


def by_ids(conn: sa.Connection, workspace_id: WorkspaceId, wanted: Sequence[int]) -> list[Contact]:
    """Return contacts in the order of `wanted`; those who are gone are left out."""
    found: dict[int, Contact] = {}
    for start in range(0, len(wanted), _LOOK_UP):
        some = list(wanted[start : start + _LOOK_UP])
        query = sa.select(contact).where(contact.c.workspace_id + 0 == workspace_id, contact.c.id.in_(some))
        found.update((person.id, person) for person in contacts_of(conn, list(conn.execute(query).all())))
    return [found[contact_id] for contact_id in wanted if contact_id in found]


def history(conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId) -> ContactHistory:
    """Return what happened between us and one person: newest message first, the oldest word on consent first.

    Raises:
        KnownError: `contact_not_found`.
    """
    found = by_ids(conn, workspace_id, [contact_id])
    if not found:
        raise KnownError("contact_not_found", "That person is not there any more.", "Look at the list again.")
    agreed = conn.execute(sa.select(consent.c.at, consent.c.proof).where(consent.c.contact_id == contact_id)).first()
    return ContactHistory(
        contact=found[0],
        messages=tuple(_messages(conn, workspace_id, contact_id)),
        agreed_at=agreed.at if agreed else None,
        proof=agreed.proof if agreed else "",
        consent=tuple(_consent(conn, workspace_id, contact_id)),
    )


def _messages(conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId) -> list[ContactMessage]:
    query = (
        sa.select(recipient, campaign.c.name)
        .join(campaign, campaign.c.id == recipient.c.campaign_id)
        .where(
            recipient.c.contact_id == contact_id,
            campaign.c.workspace_id == workspace_id,
            campaign.c.deleted_at.is_(None),
        )
        .order_by(recipient.c.id.desc())
        .limit(_MOST_MESSAGES)
    )
    return [
        ContactMessage(
            campaign=row.name,
            status=row.status,
            reason=row.reason,
            sent_at=row.sent_at,
            delivered_at=row.delivered_at,
            read_at=row.read_at,
            replied_at=row.replied_at,
        )
        for row in conn.execute(query)
    ]


def _consent(conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId) -> list[ConsentStep]:
    query = (
        sa.select(event.c.at, event.c.type, event.c.details)
        .where(event.c.contact_id == contact_id, OF_CONSENT, event.c.workspace_id == workspace_id)
        .order_by(event.c.id)
    )
    steps: list[ConsentStep] = []
    for row in conn.execute(query):
        details = cast("dict[str, object]", row.details or {})
        is_opt_out = row.type == EventType.OPTED_OUT.value
        if is_opt_out or details.get("opted_in"):
            steps.append(ConsentStep(row.at, is_opt_out, str(details.get("source") or "")))
    return steps
