"""What happened to one person: the events of their messages, and those of the person outside of campaigns.

A person has few events among millions. Both kinds are found by the index of the person alone; every other filter is
held against what that finds. A column behind `coalesce` can lure no planner to an index of its own.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from db.queries.text import contains
from db.tables.campaign import campaign
from db.tables.event import event
from db.tables.recipient import recipient
from desktop.domain.events import SEVERITY_RANK, Severity
from desktop.domain.ids import ContactId, WorkspaceId
from desktop.domain.summaries import EventFilter


def ids(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    where: EventFilter,
    between: tuple[int, int],
    limit: int,
    *,
    newest_first: bool,
) -> list[int]:
    """Return the ids of the first `limit` events between two ids, both exclusive, of `where.contact_id`."""
    found: set[int] = set()
    for statement in statements(workspace_id, where, between, limit, newest_first):
        found.update(conn.execute(statement).scalars())
    return sorted(found, reverse=newest_first)[:limit]


def statements(
    workspace_id: WorkspaceId, where: EventFilter, between: tuple[int, int], limit: int, newest_first: bool
) -> list[sa.Select[int]]:
    """Return the two searches, each of at most `limit` ids in order; none when the filter names no person."""
    if where.contact_id is None:
        return []
    conditions = (event.c.workspace_id == workspace_id, *_conditions(workspace_id, where))
    order = event.c.id.desc() if newest_first else event.c.id.asc()
    return [
        sa.select(event.c.id)
        .where(kind, event.c.id > between[0], event.c.id < between[1], *conditions)
        .order_by(order)
        .limit(limit)
        for kind in _kinds(where.contact_id)
    ]


def _kinds(contact_id: ContactId) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    messages = sa.select(recipient.c.id).where(recipient.c.contact_id == contact_id)
    return (
        event.c.recipient_id.in_(messages),
        sa.and_(event.c.contact_id == contact_id, event.c.recipient_id.is_(None)),
    )


def _conditions(workspace_id: WorkspaceId, where: EventFilter) -> Iterator[sa.ColumnElement[bool]]:
    for column, value in (
        (event.c.campaign_id, where.campaign_id),
        (event.c.instance_id, where.instance_id),
        (event.c.recipient_id, where.recipient_id),
    ):
        if value is not None:
            yield sa.func.coalesce(column, 0) == value
    if where.types:
        yield _among(event.c.type, where.types)
    if where.min_severity is not Severity.DEBUG:
        least = SEVERITY_RANK[where.min_severity]
        yield _among(event.c.severity, [found.value for found, rank in SEVERITY_RANK.items() if rank >= least])
    if where.since is not None:
        yield event.c.at >= where.since
    if where.until is not None:
        yield event.c.at <= where.until
    if where.text.strip():
        details: sa.ColumnElement[Any] = sa.type_coerce(event.c.details, sa.Text())
        named = sa.select(campaign.c.id).where(
            campaign.c.workspace_id == workspace_id, contains(where.text, campaign.c.name)
        )
        yield sa.or_(contains(where.text, details), sa.func.coalesce(event.c.campaign_id, 0).in_(named))


def _among(column: sa.ColumnElement[str], values: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(column, "").in_(values)
