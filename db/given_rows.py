"""Many rows given to one statement, and many rows given back by it: as JSON lists of lists, in one value.

Why: each execution takes the interpreter's lock anew, behind a thread that draws or sends, and that costs more than
what SQLite does for a row. One statement for hundreds of rows runs outside of the lock, beside that thread.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from db.hot import given
from db.moments import to_json

Columns = Mapping[str, sa.types.TypeEngine[Any]]


def for_each_row(columns: Columns, build: Callable[[sa.FromClause], Executable]) -> Callable[[str], Executable]:
    """Return what makes of the given rows what `build` does, in the words of the dialect named.

    The statement's parameter is `rows` (see `rows_of`).

    Args:
        columns: names and types of the values of a row, in their order.
    """
    return lambda dialect_name: build(_in_sqlite(columns) if dialect_name == "sqlite" else _in_postgresql(columns))


def rows_of(rows: Iterable[Sequence[object]]) -> dict[str, object]:
    """Return the parameters of a statement for these rows: numbers, texts and None, in the order of its columns."""
    return {"rows": to_json(list(rows))}


class Gathered(FunctionElement[str]):
    """All rows of a query in one: a JSON list with a list of the columns' values for each. See `rows_in`.

    A row of its own would take the interpreter's lock anew, like a statement.
    """

    name = "gathered"
    inherit_cache = True
    type = sa.Text()


@compiles(Gathered)
def _gathered_in_sqlite(element: Gathered, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **kw)}))"


@compiles(Gathered, "postgresql")
def _gathered_in_postgresql(element: Gathered, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST(json_agg(json_build_array({compiler.process(element.clauses, **kw)})) AS TEXT)"


def rows_in(gathered: str | None) -> list[list[Any]]:
    """Return the rows in what `Gathered` gave; PostgreSQL gives None where there are none."""
    return json.loads(gathered) if gathered else []


# Source: https://www.sqlite.org/json1.html#jeach
def _in_sqlite(columns: Columns) -> sa.FromClause:
    each = sa.func.json_each(given("rows", sa.Text)).table_valued("value", name="given_each")
    return sa.select(
        *[
            sa.func.json_extract(each.c.value, sa.literal_column(f"'$[{place}]'"), type_=type_).label(name)
            for place, (name, type_) in enumerate(columns.items())
        ]
    ).subquery("given_row")


# Source: https://www.postgresql.org/docs/current/functions-json.html#FUNCTIONS-JSON-PROCESSING
def _in_postgresql(columns: Columns) -> sa.FromClause:
    from sqlalchemy.dialects.postgresql import JSONB  # late, as in `hot.py`

    document = sa.cast(given("rows", sa.Text), JSONB)
    each = sa.func.jsonb_array_elements(document).table_valued(sa.column("value", JSONB), name="given_each")
    each = each.render_derived()
    return sa.select(
        *[
            sa.cast(each.c.value.op("->>")(sa.literal_column(str(place))), type_).label(name)
            for place, (name, type_) in enumerate(columns.items())
        ]
    ).subquery("given_row")
