"""Open the database of a home: upgraded, with a workspace to work in."""

import threading
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from db.connection import Database
from db.migrate import upgrade
from db.stores import suppression
from db.tables.workspace import workspace
from db.trouble import is_busy
from db.writer import Publish, WriteContext
from desktop.domain.errors import KnownError
from desktop.domain.ids import WorkspaceId

_TRIES, _PAUSE_S = 50, 0.1
_PAUSE = threading.Event()  # never set: only its time-out is used


def open_database(url: URL | str | Path, publish: Publish | None = None) -> Database:
    """Open and upgrade a database; blocks, so never on the GUI thread.

    Args:
        url: a SQLAlchemy URL, or the path of an SQLite file, which is created when it is not there.
        publish: gets the events of each commit, in order, on the loop that uses the database.

    Raises:
        KnownError: `database_newer`, `database_unreachable`, `database_damaged` and their like.
    """
    for is_last_try in (False,) * (_TRIES - 1) + (True,):
        database = Database(url, publish)
        try:
            upgrade(database)
        except BaseException as error:
            database.close()
            if is_last_try or not _is_somebody_else(error):
                raise
        else:
            return database
        _PAUSE.wait(_PAUSE_S)
    raise AssertionError("the last try returns or raises")


def _is_somebody_else(error: BaseException) -> bool:
    """Tell whether another process is making or upgrading the same database right now.

    SQLite gives up at once, whatever the time-out, when two of them switch a new file to WAL: to wait could dead-lock.
    """
    return is_busy(error) or (isinstance(error, KnownError) and error.code == "database_busy")


def ensure_workspace(database: Database, now: datetime, name: str = "") -> WorkspaceId:
    """Return the first workspace, made when there is none. Blocks."""

    def find_or_make(context: WriteContext) -> WorkspaceId:
        found = context.conn.execute(sa.select(sa.func.min(workspace.c.id))).scalar()
        if found is None:
            make = sa.insert(workspace).values(name=name, revision=0, created_at=now).returning(workspace.c.id)
            found = context.conn.execute(make).scalar_one()
        workspace_id = WorkspaceId(found)
        if not suppression.has_key(context.conn, workspace_id):
            suppression.list_earlier_refusals(context.conn, workspace_id)
        return workspace_id

    return database.write_sync(find_or_make)
