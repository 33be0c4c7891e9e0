"""The engine's tests live in a `World`; an engine that a test leaves behind is ended as a crash would."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from desktop.engine import engine, inbound, recipients, reconcile, runner
from tests.desktop.engine import world as world_module
from tests.desktop.engine.world import World


@pytest.fixture
async def world() -> AsyncIterator[World]:
    # An hour of fake time is a hundred thousand callbacks, and debug mode writes down a traceback for each.
    asyncio.get_running_loop().set_debug(False)
    world = World()
    yield world
    await world.crash()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look less often, where hours pass and nobody from outside does anything."""
    monkeypatch.setattr(engine, "LOOK_EVERY_S", 15.0)
    monkeypatch.setattr(runner, "LOOK_EVERY_S", 10.0)
    monkeypatch.setattr(runner, "LOOK_SELDOM_S", 60.0)
    monkeypatch.setattr(recipients, "LOOK_EVERY_S", 10.0)
    monkeypatch.setattr(reconcile, "IDLE_S", 30.0)
    monkeypatch.setattr(inbound, "POLL_EVERY_S", 60.0)
    monkeypatch.setattr(world_module, "LOOK_EVERY_S", 5.0)
