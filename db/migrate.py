"""Bring a database to the schema of this program: backup first, one transaction for each migration.

A new database gets the newest schema at once, in a tenth of the time of all migrations; a test proves that both are the
same. Alembic is imported only for an older one: it costs a tenth of a second that no start has to spare.
"""

import logging
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from db.connection import Database, migration_engine
from desktop.domain.errors import BugError, KnownError

if TYPE_CHECKING:
    from alembic.runtime.migration import RevisionStep
    from alembic.script import ScriptDirectory

_log = logging.getLogger(__name__)

HEAD = "0024"
"""The newest migration; a test holds it against the files."""

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
)
"""All that ever were, oldest first."""

# As Alembic makes it.
_VERSION = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def upgrade(database: Database) -> Path | None:
    """Make the newest schema in an empty database; run the migrations that are missing in an older one.

    Returns:
        The backup that was made before, when there was something to lose.

    Raises:
        KnownError: `database_newer`, when a newer program has written it; nothing is changed then.
    """
    current = database.read_sync(_current)
    _refuse_newer(current)
    if current == HEAD:
        return None
    backup = _backup(database.path, current) if current and database.path else None
    sa_engine = migration_engine(database.url)
    try:
        with sa_engine.connect() as conn:
            if current is None:
                _make(conn)
            while take_step(conn):
                pass
    finally:
        sa_engine.dispose()
    return backup


def _make(conn: sa.Connection) -> None:
    """Make the newest schema at once, unless another program has been quicker."""
    from db.tables.schema import metadata

    with conn.begin():
        # Asked under the write lock: of two programs that start together one makes it.
        if _current(conn) is not None:
            return
        metadata.create_all(conn, checkfirst=False)
        _VERSION.create(conn, checkfirst=False)
        conn.execute(sa.insert(_VERSION).values(version_num=HEAD))


def _current(conn: sa.Connection) -> str | None:
    """Return the revision that the database is at; None for an empty one."""
    if not sa.inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _refuse_newer(current: str | None) -> None:
    if current is not None and current not in REVISIONS:
        raise KnownError(
            "database_newer",
            "This database was written by a newer version of Cadência.",
            "Install the newer version, or choose another data folder.",
            revision=current,
        )


def take_step(conn: sa.Connection) -> bool:
    """Run the next migration, the first one in an empty database, in its own transaction; tell whether there was one.

    The revision is read under the write lock, so two programs that start together do not both run it.

    Args:
        conn: of a `migration_engine`; foreign keys are not enforced meanwhile.

    Raises:
        BugError: the migration leaves broken references; it is rolled back.
    """
    with conn.begin():
        current = _current(conn)
        if current == HEAD:
            return False
        from alembic.operations import Operations
        from alembic.runtime.migration import MigrationContext

        _log.info("migrating the database from %s", current or "nothing")
        # Without `env.py`, which is there for who writes a migration: it would load every migration again at each step.
        context = MigrationContext.configure(conn, opts={"fn": _next_step, "script": _script()})
        with Operations.context(context):
            context.run_migrations()
        if conn.dialect.name == "sqlite" and (broken := conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise BugError(f"the migration after {current} leaves {len(broken)} broken references")
    return True


def _next_step(revision: str, _context: object) -> "list[RevisionStep]":
    return _script()._upgrade_revs("+1", revision)  # noqa: SLF001 - as alembic's own `command.upgrade`


@cache
def _script() -> "ScriptDirectory":
    """Return all migrations, loaded once for each process."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _backup(path: Path, current: str) -> Path:
    """Copy the file with SQLite's own backup, which is right also while others use it."""
    target = path.with_name(f"{path.name}.before-{HEAD}-from-{current}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target
