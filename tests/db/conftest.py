"""Fixtures of the database tests: a real file, migrated, with a workspace, and a small world to send in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.connection import Database
from db.home import ensure_workspace, open_database
from desktop.domain.events import Event
from desktop.domain.ids import WorkspaceId
from tests.db.world import NOW, World


@pytest.fixture
def published() -> list[Event]:
    """What the database has published, in order."""
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cadencia.db"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database to copy: migrating each test's own would take most of the tests' time."""
    file = tmp_path_factory.mktemp("migrated") / "cadencia.db"
    open_database(file).close()
    return file


@pytest.fixture
def database(path: Path, migrated: Path, published: list[Event]) -> Iterator[Database]:
    shutil.copy(migrated, path)
    opened = open_database(path, published.extend)
    yield opened
    opened.close()


@pytest.fixture
def workspace_id(database: Database) -> WorkspaceId:
    return ensure_workspace(database, NOW)


@pytest.fixture
async def world(database: Database, workspace_id: WorkspaceId) -> World:
    return await World.make(database, workspace_id)
