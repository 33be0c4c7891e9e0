"""Open the database of a home: upgraded, with a workspace to work in."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from db.connection import Database
from db.migrate import upgrade
from db.tables.workspace import workspace
from db.writer import Publish, WriteContext
from desktop.domain.ids import WorkspaceId


def open_database(url: URL | str | Path, publish: Publish | None = None) -> Database:
    """Open and upgrade a database; blocks, so never on the GUI thread.

    Args:
        url: a SQLAlchemy URL, or the path of an SQLite file, which is created when it is not there.
        publish: gets the events of each commit, in order, on the loop that uses the database.

    Raises:
        KnownError: `database_newer`, `database_unreachable`, `database_damaged` and their like.
    """
    database = Database(url, publish)
    try:
        upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def ensure_workspace(database: Database, now: datetime, name: str = "") -> WorkspaceId:
    """Return the first workspace, made when there is none. Blocks."""

    def find_or_make(context: WriteContext) -> WorkspaceId:
        found: int | None = context.conn.execute(sa.select(sa.func.min(workspace.c.id))).scalar()
        if found is None:
            make = sa.insert(workspace).values(name=name, revision=0, created_at=now).returning(workspace.c.id)
            return WorkspaceId(context.conn.execute(make).scalar_one())
        return WorkspaceId(found)

    return database.write_sync(find_or_make)
