"""Statements of the send path: written with SQLAlchemy Core, compiled once, executed on the driver directly.

Core's work for each execution costs more than SQLite's own (see tests/bench/bench_db.py). What is compiled is the
dialect's own SQL, so the statements stay portable; what is skipped is the conversion of values: moments go in and come
out as integer milliseconds, documents as text (`db/moments.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler

Params = Mapping[str, object]
HotRow = tuple[Any, ...]


def given(
    name: str, type_: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]] | None = None
) -> sa.BindParameter[Any]:
    """Return a parameter that each execution gives; its name must not be one of the table's columns."""
    return sa.bindparam(name, required=True, type_=type_)


def insert_missing(table: sa.Table, keys: Sequence[str], values: Mapping[str, object]) -> Callable[[str], Executable]:
    """Return what makes an insert that leaves a row with the same keys as it is, in the words of the dialect named."""

    def statement(dialect_name: str) -> Executable:
        if dialect_name == "sqlite":
            return sqlite.insert(table).values(values).on_conflict_do_nothing(index_elements=keys)
        from sqlalchemy.dialects import postgresql  # late: 40 ms of each start, for who has no PostgreSQL

        return postgresql.insert(table).values(values).on_conflict_do_nothing(index_elements=keys)

    return statement


# Rows of one INSERT: few lengths, so that few statements are prepared; 64 rows of 20 columns are far from any limit.
_AT_ONCE = (64, 16, 4, 1)


class Hot:
    """One statement, or what makes it for a dialect; its `given` parameters are given at every call."""

    def __init__(self, statement: Executable | Callable[[str], Executable]) -> None:
        self._statement = statement
        self._sql: str | None = None
        self._constants: dict[str, object] = {}
        self._by_place: tuple[str, Sequence[str]] | None = None

    def one(self, conn: sa.Connection, params: Params) -> HotRow | None:
        """Execute and return the first row, or None."""
        cursor = self._execute(conn, params)
        row = cast("HotRow | None", cursor.fetchone())
        cursor.close()
        return row

    def all(self, conn: sa.Connection, params: Params) -> list[HotRow]:
        """Execute and return all rows."""
        cursor = self._execute(conn, params)
        rows = cast("list[HotRow]", cursor.fetchall())
        cursor.close()
        return rows

    def run(self, conn: sa.Connection, params: Params) -> int:
        """Execute and return how many rows were changed."""
        cursor = self._execute(conn, params)
        changed = cast(int, cursor.rowcount)
        cursor.close()
        return changed

    def run_many(self, conn: sa.Connection, rows: Sequence[Params]) -> int:
        """Execute once for each of `rows` and return how many rows were changed."""
        sql = self._sql or self._compile(conn)
        if self._constants:
            rows = [self._constants | dict(row) for row in rows]
        cursor = self._cursor(conn)
        cursor.executemany(sql, rows)
        changed = cast(int, cursor.rowcount)
        cursor.close()
        return changed

    def run_columns(self, conn: sa.Connection, alike: Params, columns: Mapping[str, Sequence[object]]) -> int:
        """Execute once for each place of `columns`, which are equally long, and return how many rows were changed.

        No mapping is made for a row, and the driver looks no name up: half the time of `run_many`.

        Args:
            alike: parameters that are the same for all rows.
        """
        sql, names = self._by_place or self._compile_by_place(conn)
        same = self._constants | dict(alike)
        rows = zip(*[columns[name] if name in columns else repeat(same[name]) for name in names], strict=False)
        cursor = self._cursor(conn)
        cursor.executemany(sql, rows)
        changed = cast(int, cursor.rowcount)
        cursor.close()
        return changed

    def insert_rows(self, conn: sa.Connection, rows: Sequence[Params]) -> None:
        """Execute an insert of one row for many: some at once, which takes the interpreter's lock more seldom."""
        sql, names = self._by_place or self._compile_by_place(conn)
        head, places = sql.split(" VALUES ", 1)
        cursor = self._cursor(conn)
        start = 0
        for at_once in _AT_ONCE:
            whole = f"{head} VALUES {', '.join([places] * at_once)}"
            while start + at_once <= len(rows):
                part = rows[start : start + at_once]
                cursor.execute(whole, [row[name] for row in part for name in names])
                start += at_once
        cursor.close()

    def statement(self, dialect_name: str) -> sa.ClauseElement:
        """Return the statement in Core's form."""
        chosen = self._statement if isinstance(self._statement, Executable) else self._statement(dialect_name)
        return cast("sa.ClauseElement", chosen)

    def explain(self, conn: sa.Connection, params: Params) -> list[str]:
        """Return SQLite's plan of the statement, for tests that no hot statement scans."""
        cursor = self._cursor(conn)
        cursor.execute("EXPLAIN QUERY PLAN " + (self._sql or self._compile(conn)), {**self._constants, **params})
        return [cast(str, row[3]) for row in cursor.fetchall()]

    def _execute(self, conn: sa.Connection, params: Params) -> Any:
        sql = self._sql or self._compile(conn)
        cursor = self._cursor(conn)
        cursor.execute(sql, {**self._constants, **params} if self._constants else params)
        return cursor

    @staticmethod
    def _cursor(conn: sa.Connection) -> Any:
        driver: Any = conn.connection.dbapi_connection
        return driver.cursor()

    def _compile(self, conn: sa.Connection) -> str:
        # Named parameters, because both drivers then take a mapping: `:name` for sqlite3, `%(name)s` for psycopg.
        compiled = self._compiled(conn, "named" if conn.dialect.name == "sqlite" else "pyformat")
        self._sql = str(compiled)
        return self._sql

    def _compile_by_place(self, conn: sa.Connection) -> tuple[str, Sequence[str]]:
        compiled = self._compiled(conn, "qmark" if conn.dialect.name == "sqlite" else "format")
        self._by_place = str(compiled), tuple(compiled.positiontup or ())
        return self._by_place

    def _compiled(self, conn: sa.Connection, paramstyle: str) -> SQLCompiler:
        make_dialect = cast("Callable[..., Dialect]", type(conn.dialect))
        dialect = make_dialect(paramstyle=paramstyle)
        compiled = cast("SQLCompiler", self.statement(conn.dialect.name).compile(dialect=dialect))
        given = {name for name, bind in compiled.binds.items() if bind.required}
        self._constants = {name: value for name, value in compiled.params.items() if name not in given}
        return compiled
