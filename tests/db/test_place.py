"""A database file that is gone from its place can still be written, and nothing of that is found again."""

import os
import shutil
from pathlib import Path

import pytest

from db.connection import Database
from desktop.domain.errors import KnownError
from tests.db.world import World


def refused(database: Database) -> str | None:
    try:
        database.check_place()
    except KnownError as error:
        return error.code
    return None


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move a file that is open")
def test_a_file_that_is_moved_is_missed_until_it_is_back(database: Database, path: Path) -> None:
    assert refused(database) is None
    away = path.rename(path.with_suffix(".away"))
    assert refused(database) == "database_moved"
    shutil.copy(away, path)
    assert refused(database) == "database_moved", "another file in its place is not the one that is open"
    away.rename(path)
    assert refused(database) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody delete a file that is open")
async def test_the_engine_is_told_before_it_sends_on(world: World, path: Path) -> None:
    await world.ledger.control_state()
    os.unlink(path)
    with pytest.raises(KnownError, match="deleted, moved or replaced"):
        await world.ledger.control_state()
