"""Events as rows of the event table."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db import chain
from db.hot import Hot
from db.moments import json_or_none, to_json, to_ms
from db.tables.event import event
from desktop.domain.events import Event

_INSERT = Hot(sa.insert(event).values({column.name: sa.bindparam(column.name) for column in event.c}))
_LAST_ID = Hot(sa.select(sa.func.max(event.c.id)))


def last_event_id(conn: sa.Connection) -> int:
    """Return the id of the newest event, 0 when there is none. Right for numbering only under the writer's lock."""
    row = _LAST_ID.one(conn, {})
    return (row[0] or 0) if row else 0


def insert_events(conn: sa.Connection, events: Sequence[Event]) -> None:
    """Write events, numbered one after the other, each chained to the one before. Only under the writer's lock."""
    rows = [_row(written) for written in events]
    chain.seal(conn, rows)
    _INSERT.insert_rows(conn, rows)


def _row(written: Event) -> dict[str, Any]:
    fact = written.fact
    return {
        "id": written.id,
        "workspace_id": written.workspace_id,
        "at": to_ms(fact.at),
        "type": fact.type.value,
        "severity": fact.severity.value,
        "details": to_json(fact.details) if fact.details else "{}",
        "campaign_id": fact.campaign_id,
        "instance_id": fact.instance_id,
        "contact_id": fact.contact_id,
        "recipient_id": fact.recipient_id,
        "duration_ms": fact.duration_ms,
        "http_status": fact.http_status,
        "progress": fact.progress,
        "health_score": fact.health_score,
        "request": json_or_none(fact.request),
        "response": json_or_none(fact.response),
        "operator": fact.operator,
    }
