"""Finds events by a text: by the words of their details, and by the person or the campaign that they are about.

Each kind is its own search by an index; together they are one page. Only what the full-text index does not know yet is
looked through line by line, and only a bounded stretch of it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from db import event_text
from db.queries.text import contains
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.event import event
from db.tables.recipient import recipient
from desktop.domain.ids import WorkspaceId

# Lines that one call looks through where no index helps: about half a second of a reader's time at the worst.
TEXT_STRETCH = 300_000

# More people of one name than this, and the newest of them count.
_PEOPLE, _THEIR_MESSAGES = 100, 2_000

# The index's answers that are held against the other filters: a word of every line beside a rare campaign ends here.
_CANDIDATES = 200_000


def ids(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    text: str,
    conditions: Sequence[sa.ColumnElement[bool]],
    between: tuple[int, int],
    limit: int,
    *,
    newest_first: bool,
) -> list[int]:
    """Return the ids of the first `limit` events between two ids, both exclusive, that have to do with the text."""
    found: set[int] = set()
    own = (event.c.workspace_id == workspace_id, *conditions)
    for statement in _searches(conn, workspace_id, text, between, newest_first):
        lower, upper = between
        query = statement.where(*own, event.c.id > lower, event.c.id < upper)
        query = query.order_by(event.c.id.desc() if newest_first else event.c.id.asc()).limit(limit)
        found.update(conn.execute(query).scalars())
    return sorted(found, reverse=newest_first)[:limit]


def _searches(
    conn: sa.Connection, workspace_id: WorkspaceId, text: str, between: tuple[int, int], newest_first: bool
) -> Iterator[sa.Select[int]]:
    indexed = event_text.through_id(conn)
    if indexed > between[0] and (by_words := by_words_statement(text, between, newest_first)) is not None:
        yield by_words
    yield _by_looking(text, max(indexed, between[0]), between, newest_first)
    people = _people(conn, workspace_id, text)
    if people:
        messages = sa.select(recipient.c.id).where(recipient.c.contact_id.in_(people)).limit(_THEIR_MESSAGES)
        yield sa.select(event.c.id).where(event.c.recipient_id.in_(conn.execute(messages).scalars().all()))
        yield sa.select(event.c.id).where(event.c.contact_id.in_(people), event.c.recipient_id.is_(None))
    named = sa.select(campaign.c.id).where(campaign.c.workspace_id == workspace_id, contains(text, campaign.c.name))
    for campaign_id in conn.execute(named).scalars().all():
        yield sa.select(event.c.id).where(event.c.campaign_id == campaign_id)


def by_words_statement(text: str, between: tuple[int, int], newest_first: bool) -> sa.Select[int] | None:
    """Return the search in the full-text index; None when the text has no word."""
    condition = event_text.matches(text)
    if condition is None:
        return None
    index = event_text.index_of()
    row = index.c.rowid
    candidates = (
        sa.select(row.label("id"))
        .where(condition, row > between[0], row < between[1])
        .order_by(row.desc() if newest_first else row.asc())
        .limit(_CANDIDATES)
        .subquery("found")
    )
    return sa.select(event.c.id).join_from(candidates, event, event.c.id == candidates.c.id)


def _by_looking(text: str, after: int, between: tuple[int, int], newest_first: bool) -> sa.Select[int]:
    lower, upper = max(after, between[0]), between[1]
    if newest_first:
        lower = max(lower, upper - TEXT_STRETCH)
    else:
        upper = min(upper, lower + TEXT_STRETCH)
    details: sa.ColumnElement[Any] = sa.type_coerce(event.c.details, sa.Text())
    return sa.select(event.c.id).where(contains(text, details), event.c.id > lower, event.c.id < upper)


def _people(conn: sa.Connection, workspace_id: WorkspaceId, text: str) -> Sequence[int]:
    query = (
        sa.select(contact.c.id)
        .where(contact.c.workspace_id == workspace_id, contains(text, contact.c.name, contact.c.phone))
        .order_by(contact.c.id.desc())
        .limit(_PEOPLE)
    )
    return conn.execute(query).scalars().all()
