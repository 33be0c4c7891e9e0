"""Migrations lead to the schema that the tables describe, from nothing and from every released schema."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import migrate
from db.connection import Database, migration_engine
from db.home import open_database
from db.tables.schema import metadata
from desktop.domain.errors import KnownError
from tests.db.dump_schema import FULL_TEXT, THEIR_OWN, migrate_from_nothing

SCHEMAS = Path(__file__).parent / "schemas"


def migrated_database(path: Path) -> Database:
    """Return a database that has run every migration, from nothing."""
    migrate_from_nothing(path)
    return Database(path)


def schema_of(database: Database) -> dict[str, list[str]]:
    """Return the SQL of each object, its lines sorted: the order of constraints means nothing.

    SQLite writes the name of a table that was made anew in quotation marks, which mean nothing either.
    """
    rows = database.read_sync(
        lambda conn: conn.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        ).all()
    )
    return {name: sorted(line.strip().rstrip(",") for line in sql.replace('"', "").splitlines()) for name, sql in rows}


def columns_of(database: Database) -> dict[str, list[str]]:
    """Return the columns of each table, in their order."""
    return database.read_sync(lambda conn: {name: _columns(conn, name) for name in _tables(conn)})


def rows_of(database: Database) -> dict[str, int]:
    """Return how many rows each table has, without those that SQLite and its full-text index keep for themselves."""
    count = "SELECT count(*) FROM {}"
    return database.read_sync(
        lambda conn: {name: conn.exec_driver_sql(count.format(name)).scalar_one() for name in _tables(conn)}
    )


def _tables(conn: sa.Connection) -> list[str]:
    return [name for name in sa.inspect(conn).get_table_names() if name not in (*FULL_TEXT, *THEIR_OWN)]


def _columns(conn: sa.Connection, table: str) -> list[str]:
    return [column["name"] for column in sa.inspect(conn).get_columns(table)]


def test_migrations_lead_to_exactly_the_tables_and_triggers_of_the_metadata(tmp_path: Path) -> None:
    described = Database(tmp_path / "described.db")
    described.write_sync(lambda context: metadata.create_all(context.conn))
    migrated = migrated_database(tmp_path / "migrated.db")
    try:
        assert schema_of(migrated) == schema_of(described)
    finally:
        described.close()
        migrated.close()


def test_a_new_database_is_the_one_that_all_migrations_lead_to(tmp_path: Path) -> None:
    new, migrated = open_database(tmp_path / "new.db"), migrated_database(tmp_path / "migrated.db")
    try:
        assert schema_of(new) == schema_of(migrated)
        assert columns_of(new) == columns_of(migrated)
        assert rows_of(new) == rows_of(migrated)
    finally:
        new.close()
        migrated.close()


def test_of_two_programs_that_make_a_new_database_together_one_makes_it(path: Path) -> None:
    open_database(path).close()
    sa_engine = migration_engine(Database(path).url)
    with sa_engine.connect() as conn:
        migrate._make(conn)  # as the slower one does, which has found nothing a moment ago
        versions = conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
    sa_engine.dispose()
    assert versions == [migrate.HEAD]


def test_nothing_is_left_to_autogenerate(database: Database) -> None:
    def difference(conn: sa.Connection) -> object:
        # The full-text indexes are virtual tables with tables of its own, which SQLAlchemy knows nothing of.
        ours = {"include_name": lambda name, _kind, _parents: name not in (*FULL_TEXT, *THEIR_OWN)}
        return compare_metadata(MigrationContext.configure(conn, opts=ours), metadata)

    assert database.read_sync(difference) == []


@pytest.mark.parametrize("schema", sorted(SCHEMAS.glob("*.sql")), ids=lambda file: file.stem)
def test_every_released_schema_can_be_upgraded(schema: Path, path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(schema.read_text("utf-8"))
    upgraded = open_database(path)
    fresh = open_database(tmp_path / "fresh.db")
    try:
        assert schema_of(upgraded) == schema_of(fresh)
    finally:
        upgraded.close()
        fresh.close()


def test_every_released_schema_is_kept_as_a_file() -> None:
    assert [file.stem for file in sorted(SCHEMAS.glob("*.sql"))] == list(migrate.REVISIONS)


def test_the_known_revisions_are_those_of_the_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(migrate.REVISIONS)
    assert scripts.get_current_head() == migrate.HEAD


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    open_database(path).close()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
        conn.commit()
    with pytest.raises(KnownError) as refusal:
        open_database(path)
    assert refusal.value.code == "database_newer"
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_file_that_is_no_database_is_refused_with_a_sentence(path: Path) -> None:
    path.write_text("this is a letter, not a database, and it is long enough to have a header " * 10)
    with pytest.raises(KnownError) as refusal:
        open_database(path)
    assert refusal.value.code == "database_damaged"


def test_an_upgrade_copies_the_file_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(path)
    database.write_sync(lambda context: context.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'"))
    monkeypatch.setattr(migrate, "REVISIONS", ("0000", "0001"))
    monkeypatch.setattr(migrate, "take_step", lambda _conn: False)
    backup = migrate.upgrade(database)
    database.close()
    assert backup is not None
    with closing(sqlite3.connect(backup)) as conn:
        assert conn.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
