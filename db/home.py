"""Open the database of a home: upgraded, with a workspace to work in."""

import threading
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from db.connection import Database
from db.migrate import upgrade
from db.tables.workspace import workspace
from db.trouble import is_busy
from db.writer import Publish, WriteContext
from desktop.domain.errors import KnownError
from desktop.domain.ids import WorkspaceId
from desktop.domain.operator import LONGEST_NAME, Workspace

FIRST = "Cadência"
"""What the first workspace is called until somebody names it."""

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
        found: int | None = context.conn.execute(sa.select(sa.func.min(workspace.c.id))).scalar()
        return _make(context, name, now) if found is None else WorkspaceId(found)

    return database.write_sync(find_or_make)


def find_workspace(database: Database, name: str) -> WorkspaceId:
    """Return the workspace of this name. Blocks.

    Raises:
        KnownError: `workspace_not_found`.
    """
    found = database.read_sync(_names)
    for workspace_id, known in found:
        if _same(known, name):
            return workspace_id
    names = ", ".join(known for _id, known in found if known)
    raise KnownError("workspace_not_found", f"There is no workspace {name}.", names and f"There are: {names}.")


def workspaces(conn: sa.Connection) -> list[Workspace]:
    """Return the names of all workspaces, oldest first: what has to be known to change from one to another."""
    return [Workspace(workspace_id, name) for workspace_id, name in _names(conn)]


def add_workspace(context: WriteContext, name: str, now: datetime) -> WorkspaceId:
    """Make a workspace, empty and without operators.

    Raises:
        KnownError: `workspace_exists`, `bad_workspace_name`.
    """
    return _make(context, _free_name(context.conn, name, None), now)


def rename_workspace(context: WriteContext, workspace_id: WorkspaceId, name: str) -> str:
    """Give a workspace another name, and return it as it is kept.

    Raises:
        KnownError: `workspace_exists`, `bad_workspace_name`.
    """
    tidy = _free_name(context.conn, name, workspace_id)
    context.conn.execute(sa.update(workspace).where(workspace.c.id == workspace_id).values(name=tidy))
    return tidy


def _make(context: WriteContext, name: str, now: datetime) -> WorkspaceId:
    make = sa.insert(workspace).values(name=name, revision=0, created_at=now).returning(workspace.c.id)
    return WorkspaceId(context.conn.execute(make).scalar_one())


def _names(conn: sa.Connection) -> list[tuple[WorkspaceId, str]]:
    """Return id and name of all; the first one is called `FIRST` while nobody has named it."""
    rows = conn.execute(sa.select(workspace.c.id, workspace.c.name).order_by(workspace.c.id)).all()
    return [(WorkspaceId(row.id), row.name or FIRST) for row in rows]


def _free_name(conn: sa.Connection, name: str, own_id: WorkspaceId | None) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise KnownError(
            "bad_workspace_name", "That cannot be the name of a workspace.", f"Use up to {LONGEST_NAME} characters."
        )
    if any(_same(known, tidy) and workspace_id != own_id for workspace_id, known in _names(conn)):
        raise KnownError("workspace_exists", f"There is a workspace {tidy} already.", "Choose another name.")
    return tidy


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
