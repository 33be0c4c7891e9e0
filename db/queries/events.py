"""The timeline, page by page, at any size.

A page is found by key: ids are the order of commits. Filters use the index that narrows most; each type asked for is
its own search, because one search for several types would have to sort them all. A text is `event_search.py`'s, a
person is `event_person.py`'s.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from db.hot import Hot, given
from db.moments import to_ms
from db.queries import event_person, event_search
from db.queries.newest_event import last_id
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.event import ERRORS, TROUBLE, event
from db.tables.instance import instance
from db.tables.recipient import recipient
from desktop.domain.events import SEVERITY_RANK, Severity
from desktop.domain.ids import CampaignId, EventId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.summaries import EventFilter, EventRow

_NEXT = Hot(sa.select(event.c.id, event.c.at).where(event.c.id >= given("at_least")).order_by(event.c.id).limit(1))

# Events are written within moments of what they tell; a clock may be set, and a schedule may be told late.
_DISORDER = timedelta(hours=1)


def before(
    conn: sa.Connection, workspace_id: WorkspaceId, where: EventFilter, before_id: EventId | None, limit: int
) -> list[EventRow]:
    """Return the rows older than `before_id` (None: the newest), newest first."""
    upper = before_id if before_id is not None else last_id(conn) + 1
    return _page(conn, workspace_id, where, (0, upper), limit, newest_first=True)


def after(
    conn: sa.Connection, workspace_id: WorkspaceId, where: EventFilter, after_id: EventId, limit: int
) -> list[EventRow]:
    """Return the rows newer than `after_id`, oldest first."""
    return _page(conn, workspace_id, where, (after_id, last_id(conn) + 1), limit, newest_first=False)


def ids_statement(
    workspace_id: WorkspaceId,
    where: EventFilter,
    event_type: str | None,
    between: tuple[int, int],
    limit: int,
    newest_first: bool,
) -> sa.Select[int]:
    """Return the search for the ids of one page, exclusive of both ends of `between`."""
    lower, upper = between
    query = sa.select(event.c.id).where(
        event.c.workspace_id == workspace_id, event.c.id > lower, event.c.id < upper, *_conditions(where)
    )
    if event_type is not None:
        query = query.where(event.c.type == event_type)
    return query.order_by(event.c.id.desc() if newest_first else event.c.id.asc()).limit(limit)


def _conditions(where: EventFilter) -> Iterable[sa.ColumnElement[bool]]:
    for column, value in (
        (event.c.campaign_id, where.campaign_id),
        (event.c.instance_id, where.instance_id),
        (event.c.recipient_id, where.recipient_id),
    ):
        if value is not None:
            yield column == value
    if where.min_severity is not Severity.DEBUG:
        least = SEVERITY_RANK[where.min_severity]
        severe = event.c.severity.in_([severity.value for severity, rank in SEVERITY_RANK.items() if rank >= least])
        # A partial index is recognised by its very condition.
        yield {Severity.ERROR: ERRORS, Severity.WARNING: TROUBLE}.get(where.min_severity, severe)
    if where.since is not None:
        yield event.c.at >= where.since
    if where.until is not None:
        yield event.c.at <= where.until


def _page(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    where: EventFilter,
    between: tuple[int, int],
    limit: int,
    *,
    newest_first: bool,
) -> list[EventRow]:
    lower, upper = _narrowed(conn, where, between)
    if where.contact_id is not None:
        ids = event_person.ids(conn, workspace_id, where, (lower, upper), limit, newest_first=newest_first)
        return _rows(conn, ids, newest_first)
    if where.text.strip():
        conditions = [*_conditions(where), *([event.c.type.in_(where.types)] if where.types else [])]
        ids = event_search.ids(
            conn, workspace_id, where.text, conditions, (lower, upper), limit, newest_first=newest_first
        )
        return _rows(conn, ids, newest_first)
    found: list[int] = []
    for event_type in where.types or (None,):
        statement = ids_statement(workspace_id, where, event_type, (lower, upper), limit, newest_first)
        found += conn.execute(statement).scalars().all()
    found.sort(reverse=newest_first)
    return _rows(conn, found[:limit], newest_first)


def _narrowed(conn: sa.Connection, where: EventFilter, between: tuple[int, int]) -> tuple[int, int]:
    """Narrow a stretch of ids to the times asked for, with a margin: only roughly are ids in the order of time."""
    lower, upper = between
    if where.since is not None:
        lower = max(lower, first_id_from(conn, where.since - _DISORDER, upper) - 1)
    if where.until is not None:
        upper = min(upper, first_id_from(conn, where.until + _DISORDER, upper))
    return lower, max(lower + 1, upper)


def first_id_from(conn: sa.Connection, moment: datetime, upper: int) -> int:
    """Return, by halving, the first id whose event is not earlier than `moment`; `upper` when there is none."""
    low, high, moment_ms = 1, upper, to_ms(moment)
    while low < high:
        middle = (low + high) // 2
        # Ids may have gaps where retention has removed events.
        found = _NEXT.one(conn, {"at_least": middle})
        if found is None or found[0] >= high or found[1] >= moment_ms:
            high = middle
        else:
            low = found[0] + 1
    return low


def _rows(conn: sa.Connection, ids: Sequence[int], newest_first: bool) -> list[EventRow]:
    query = (
        sa.select(
            event,
            campaign.c.name.label("campaign"),
            instance.c.name.label("instance"),
            contact.c.name.label("contact_name"),
            sa.func.coalesce(contact.c.phone, recipient.c.phone).label("phone"),
        )
        .outerjoin(campaign, campaign.c.id == event.c.campaign_id)
        .outerjoin(instance, instance.c.id == event.c.instance_id)
        .outerjoin(contact, contact.c.id == event.c.contact_id)
        .outerjoin(recipient, recipient.c.id == event.c.recipient_id)
        .where(event.c.id.in_(ids))
        .order_by(event.c.id.desc() if newest_first else event.c.id.asc())
    )
    return [_row(row) for row in conn.execute(query)]


def _row(row: Any) -> EventRow:
    return EventRow(
        id=EventId(row.id),
        at=row.at,
        type=row.type,
        severity=Severity(row.severity),
        details=row.details,
        campaign_id=None if row.campaign_id is None else CampaignId(row.campaign_id),
        # A deleted campaign has no row any more; its last event tells the name.
        campaign=row.campaign or (row.details.get("name") if row.campaign_id is not None else None),
        instance_id=None if row.instance_id is None else InstanceId(row.instance_id),
        instance=row.instance,
        recipient_id=None if row.recipient_id is None else RecipientId(row.recipient_id),
        contact=row.contact_name or row.phone,
        phone=row.phone,
        duration_ms=row.duration_ms,
        http_status=row.http_status,
        progress=row.progress,
        health_score=row.health_score,
        request=row.request,
        response=row.response,
        operator=row.operator,
    )
