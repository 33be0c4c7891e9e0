"""The engine's tests live in a `World`; an engine that a test leaves behind is ended as a crash would."""

from collections.abc import AsyncIterator

import pytest

from tests.desktop.engine.world import World


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = World()
    yield world
    await world.crash()
