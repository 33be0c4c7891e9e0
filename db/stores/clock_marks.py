"""The marks of the clocks (see `Ledger.clock_marks`)."""

from datetime import timedelta

import sqlalchemy as sa

from db.tables.clock_mark import clock_mark
from db.writer import WriteContext
from desktop.domain.clock_mark import ClockMark
from desktop.domain.ids import WorkspaceId

_MOST = 1000  # a clock that is set more often within a day is out of order


def newest(conn: sa.Connection, workspace_id: WorkspaceId) -> list[ClockMark]:
    """Return the newest marks of a workspace, oldest first, as many as a decision looks at."""
    query = (
        sa.select(clock_mark)
        .where(clock_mark.c.workspace_id == workspace_id)
        .order_by(clock_mark.c.id.desc())
        .limit(_MOST)
    )
    rows = reversed(conn.execute(query).all())
    return [
        ClockMark(
            row.at, row.uptime_ms / 1000, row.boot, timedelta(milliseconds=float(row.set_by_ms)), bool(row.is_certain)
        )
        for row in rows
    ]


def note(context: WriteContext, workspace_id: WorkspaceId, mark: ClockMark) -> None:
    """Keep a mark. Earlier ones that saw no change of the clock are replaced by it."""
    context.conn.execute(
        sa.delete(clock_mark).where(clock_mark.c.workspace_id == workspace_id, clock_mark.c.set_by_ms == 0)
    )
    context.conn.execute(
        sa.insert(clock_mark).values(
            workspace_id=workspace_id,
            at=mark.at,
            uptime_ms=round(mark.uptime_s * 1000),
            boot=mark.boot,
            set_by_ms=round(mark.set_by.total_seconds() * 1000),
            is_certain=mark.is_certain,
        )
    )
