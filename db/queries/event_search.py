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

# The index's answers that are held against the other filters: first as many as usually fill a page, then all that one
# call may look at. A word of every line beside a rare campaign ends there.
_FEW, _MANY = 2_000, 200_000


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
        found.update(_page(conn, statement, own, between, limit, newest_first))
    if event_text.through_id(conn) > between[0]:
        found.update(_by_words(conn, text, own, between, limit, newest_first))
    return sorted(found, reverse=newest_first)[:limit]


def _searches(
    conn: sa.Connection, workspace_id: WorkspaceId, text: str, between: tuple[int, int], newest_first: bool
) -> Iterator[sa.Select[int]]:
    yield _by_looking(text, max(event_text.through_id(conn), between[0]), between, newest_first)
    people = _people(conn, workspace_id, text)
    if people:
        messages = sa.select(recipient.c.id).where(recipient.c.contact_id.in_(people)).limit(_THEIR_MESSAGES)
        yield sa.select(event.c.id).where(event.c.recipient_id.in_(conn.execute(messages).scalars().all()))
        yield sa.select(event.c.id).where(event.c.contact_id.in_(people), event.c.recipient_id.is_(None))
    named = sa.select(campaign.c.id).where(campaign.c.workspace_id == workspace_id, contains(text, campaign.c.name))
    for campaign_id in conn.execute(named).scalars().all():
        yield sa.select(event.c.id).where(event.c.campaign_id == campaign_id)


def _page(
    conn: sa.Connection,
    statement: sa.Select[int],
    own: Sequence[sa.ColumnElement[bool]],
    between: tuple[int, int],
    limit: int,
    newest_first: bool,
) -> Sequence[int]:
    query = statement.where(*own, event.c.id > between[0], event.c.id < between[1])
    query = query.order_by(event.c.id.desc() if newest_first else event.c.id.asc()).limit(limit)
    return conn.execute(query).scalars().all()


def _by_words(
    conn: sa.Connection,
    text: str,
    own: Sequence[sa.ColumnElement[bool]],
    between: tuple[int, int],
    limit: int,
    newest_first: bool,
) -> Sequence[int]:
    found: Sequence[int] = ()
    for candidates in (_FEW, _MANY):
        statement = by_words_statement(text, between, newest_first, candidates)
        if statement is None:
            return ()
        found = _page(conn, statement, own, between, limit, newest_first)
        if len(found) >= limit:
            break
    return found


def by_words_statement(text: str, between: tuple[int, int], newest_first: bool, at_most: int) -> sa.Select[int] | None:
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
        .limit(at_most)
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
