"""Who a campaign goes to, as a Select of contacts."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from db.contact_rows import contacts_of
from db.queries import segments
from db.queries.sendable import is_consented, may_be_sent_to, needs_consent
from db.tables.contact import contact, contact_tag, tag
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.contact import Contact
from desktop.domain.ids import WorkspaceId
from desktop.domain.segment import Group

# Phones of a custom list asked for at once: below every database's limit of parameters.
CHUNK = 5_000
_CONVERSATION = timedelta(hours=24)


def conditions(
    conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, now: datetime
) -> list[sa.ColumnElement[bool]]:
    """Return conditions on the contact table whose results, together, are the audience.

    More than one for a long custom list, which does not fit into one statement; they do not overlap.

    Raises:
        KnownError: `segment_not_found`.
    """
    own = everybody(workspace_id)
    if audience.kind is AudienceKind.ALL:
        return [own]
    if audience.kind is AudienceKind.TAGS:
        tagged = (
            sa.select(contact_tag.c.contact_id)
            .join(tag, tag.c.id == contact_tag.c.tag_id)
            .where(tag.c.workspace_id == workspace_id, tag.c.name.in_(audience.values))
        )
        return [own & contact.c.id.in_(tagged)]
    if audience.kind is AudienceKind.PHONES:
        phones = list(dict.fromkeys(audience.values))
        chunks = [phones[start : start + CHUNK] for start in range(0, len(phones), CHUNK)]
        return [(contact.c.workspace_id == workspace_id) & contact.c.phone.in_(chunk) for chunk in chunks]
    rules = segments.named(conn, workspace_id, audience.values[0] if audience.values else "").rules
    return [own & segments.condition(workspace_id, rules, now)]


def everybody(workspace_id: WorkspaceId) -> sa.ColumnElement[bool]:
    """Tell who is of a workspace, for questions that look at most of them.

    The sum keeps SQLite from walking a million people along the index of phones, each of which is then looked up in the
    table: a count by rules took 3.9 s of one processor so, and 0.9 s row by row. Where people are taken in steps by
    their id, it would also read and sort all of them again for each step.
    """
    return contact.c.workspace_id + 0 == workspace_id


def tagged(workspace_id: WorkspaceId, tag_name: str) -> sa.Select[int]:
    """Return the ids of the contacts that have a tag."""
    return (
        sa.select(contact_tag.c.contact_id)
        .join(tag, tag.c.id == contact_tag.c.tag_id)
        .where(tag.c.workspace_id == workspace_id, tag.c.name == tag_name)
    )


def audience_size(
    conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, respect_opt_out: bool, now: datetime
) -> tuple[int, int]:
    """Return how many would be sent to, and how many are left out because they opted out."""
    is_gated = needs_consent(conn, workspace_id)
    total = opted_out = 0
    for condition in conditions(conn, workspace_id, audience, now):
        query = sa.select(sa.func.count(), sa.func.count(contact.c.opted_out_at))
        if is_gated:
            query = query.where(contact.c.opted_out_at.is_not(None) | is_consented())
        people, refusals = conn.execute(query.where(condition)).one()
        total, opted_out = total + people, opted_out + refusals
    if audience.kind is AudienceKind.PHONES and not is_gated:
        # Phones that are no contact yet become one when the campaign starts.
        total = len(set(audience.values))
    # An opt-out always wins; the campaign's own wish only decides whether it is mentioned.
    return total - opted_out, opted_out if respect_opt_out else 0


def is_talking(now: datetime) -> sa.ColumnElement[bool]:
    """Tell who wrote to us in the last day: WhatsApp's window for free text, and a conversation not to disturb."""
    return (
        sa.exists()
        .where(recipient.c.contact_id == contact.c.id, recipient.c.replied_at >= now - _CONVERSATION)
        .correlate(contact)
    )


def audience_talking(conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, now: datetime) -> int:
    """Return how many people of the audience who may be sent to wrote to us in the last day."""
    total = 0
    for condition in conditions(conn, workspace_id, audience, now):
        people = sa.select(sa.func.count()).select_from(contact)
        query = people.where(condition, may_be_sent_to(conn, workspace_id), is_talking(now))
        total += conn.execute(query).scalar_one()
    return total


def audience_sample(
    conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, limit: int, now: datetime
) -> list[Contact]:
    """Return the first contacts of the audience that may be sent to."""
    rows: list[sa.Row[Any]] = []
    for condition in conditions(conn, workspace_id, audience, now):
        query = (
            sa.select(contact)
            .where(condition, may_be_sent_to(conn, workspace_id))
            .order_by(contact.c.id)
            .limit(limit - len(rows))
        )
        rows += conn.execute(query).all()
        if len(rows) >= limit:
            break
    return contacts_of(conn, rows)


def rules_size(conn: sa.Connection, workspace_id: WorkspaceId, rules: Group, now: datetime) -> tuple[int, int]:
    """Return how many people meet the rules, and how many of them opted out."""
    query = sa.select(sa.func.count(), sa.func.count(contact.c.opted_out_at))
    met = segments.condition(workspace_id, rules, now)
    people, refusals = conn.execute(query.where(everybody(workspace_id), met)).one()
    return people, refusals


def rules_sample(
    conn: sa.Connection, workspace_id: WorkspaceId, rules: Group, limit: int, now: datetime
) -> list[Contact]:
    """Return the first people who meet the rules."""
    met = segments.condition(workspace_id, rules, now)
    query = sa.select(contact).where(everybody(workspace_id), met).order_by(contact.c.id).limit(limit)
    return contacts_of(conn, list(conn.execute(query).all()))
