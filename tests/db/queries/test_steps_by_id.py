"""Whatever takes people in steps by their id goes on where it was: nothing is read and sorted anew for each step."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.event import listens_for, remove

from db.connection import Database
from db.queries import contacts, number_checks
from db.stores.imports import ImportStore
from tests.db.world import World


@pytest.fixture
def asked(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Return the statements that are executed from now on, with their parameters."""
    seen: list[tuple[str, Any]] = []

    @listens_for(sa.Engine, "before_cursor_execute")
    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        seen.append((statement, parameters))

    yield seen
    remove(sa.Engine, "before_cursor_execute", note)


async def _export(world: World) -> None:
    list(world.contacts.export())


async def _list(world: World) -> None:
    await world.database.read(lambda conn: contacts.page(conn, world.workspace_id, None, 2, 10, ""))


async def _unchecked(world: World) -> None:
    since = world.now - timedelta(days=30)
    await world.database.read(lambda conn: number_checks.unchecked(conn, world.workspace_id, None, since, 2, 10))


async def _undo(world: World) -> None:
    imports = ImportStore(world.database, world.workspace_id)
    await imports.begin(7, "lista.csv", world.now)
    await imports.undo(7, world.now)


@pytest.mark.parametrize("step", [_export, _list, _unchecked, _undo])
async def test_a_step_starts_at_its_id(
    step: Callable[[World], Awaitable[None]], world: World, asked: list[tuple[str, Any]]
) -> None:
    await step(world)
    steps = [(text, given) for text, given in asked if "contact.id > ?" in text and text.startswith("SELECT")]
    assert steps
    for text, given in steps:
        plan = world.database.read_sync(
            lambda conn, text=text, given=given: conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given).all()
        )
        said = " / ".join(str(row[3]) for row in plan)
        assert "SEARCH contact USING INTEGER PRIMARY KEY (rowid>?)" in said
        assert "TEMP B-TREE" not in said
