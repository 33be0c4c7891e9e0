"""Writes the schema that the migrations lead to as `schemas/NNNN.sql`: `python -m tests.db.dump_schema`.

SQLite's own dump cannot read the full-text index, and its tables come with it by themselves.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from db.connection import Database, migration_engine
from db.migrate import HEAD, take_step

FULL_TEXT = ("event_text", "contact_search")
PARTS = ("data", "idx", "config", "content", "docsize")
THEIR_OWN = tuple(f"{name}_{part}" for name in FULL_TEXT for part in PARTS)


def schema_script(conn: sqlite3.Connection) -> str:
    """Return the statements that make the same schema, at the same revision."""
    order = "CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
    query = f"SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY {order}"
    statements = [sql for name, sql in conn.execute(query) if name not in THEIR_OWN]
    (revision,) = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    statements.append(f"INSERT INTO alembic_version VALUES('{revision}')")
    return "BEGIN TRANSACTION;\n" + "".join(f"{statement};\n" for statement in statements) + "COMMIT;\n"


def migrate_from_nothing(path: Path) -> None:
    """Make a database by all migrations, one after the other, as the oldest homes have lived through them."""
    database = Database(path)
    sa_engine = migration_engine(database.url)
    with sa_engine.connect() as conn:
        while take_step(conn):
            pass
    sa_engine.dispose()
    database.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cadencia.db"
        migrate_from_nothing(path)
        with closing(sqlite3.connect(path)) as conn:
            target = Path(__file__).parent / "schemas" / f"{HEAD}.sql"
            target.write_text(schema_script(conn), encoding="utf-8")


if __name__ == "__main__":
    main()
