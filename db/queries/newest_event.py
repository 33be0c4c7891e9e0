"""Where the timeline ends: asked at each start and twice a second, so apart from its pages (`events.py`)."""

from datetime import datetime

import sqlalchemy as sa

from db.hot import Hot
from db.tables.event import event
from desktop.domain.ids import EventId

_LAST = Hot(sa.select(sa.func.max(event.c.id)))  # asked twice a second as long as the window is open


def last_id(conn: sa.Connection) -> EventId:
    """Return the id of the newest event; 0 before the first."""
    found = _LAST.one(conn, {})
    return EventId(found[0] or 0 if found else 0)


def last_at(conn: sa.Connection) -> datetime | None:
    """Return when the newest event happened."""
    return conn.execute(sa.select(event.c.at).order_by(event.c.id.desc()).limit(1)).scalar()
