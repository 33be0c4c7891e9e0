"""Builders for the tests of outbound webhooks: a real outbox, a clock set by hand, a receiver on loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

import pytest

from db.queries.library import SqlLibrary
from db.stores.hooks import HookStore
from desktop.access.protection import MemorySecrets
from desktop.domain.ids import RecipientId
from desktop.webhooks.courier import Courier, make_client
from desktop.webhooks.desk import HookDesk
from tests.db.conftest import database, migrated, path, published, workspace_id, world
from tests.db.world import World
from tests.desktop.gateways.scripted import Request, Scripted, Wire, scripted

__all__ = ["database", "migrated", "path", "published", "workspace_id", "world"]


class HandClock:
    """Stands at the world's present moment."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now(self) -> datetime:
        return self._world.now

    def monotonic(self) -> float:
        return self._world.now.timestamp()

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("nobody waits here")


@dataclass
class Receiver:
    """Another program: answers what the test sets, and keeps what it was told."""

    served: Scripted
    statuses: list[int] = field(default_factory=list)  # of the next answers; 200 afterwards
    headers: str = ""

    @property
    def url(self) -> str:
        return f"{self.served.url}/hook"

    @property
    def told(self) -> list[tuple[str, dict[str, object]]]:
        """(type, data) of everything that arrived, in order."""
        return [(str(r.json["type"]), r.json["data"]) for r in self.served.requests]  # type: ignore[misc]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async def script(_request: Request, wire: Wire) -> bool:
        status = made.statuses.pop(0) if made.statuses else 200
        await wire.answer(status, {}, made.headers)
        return True

    async with scripted(script) as served:
        made = Receiver(served)
        yield made


@dataclass
class Desk:
    """A home with its outbox, courier and operator."""

    world: World
    store: HookStore
    secrets: MemorySecrets
    library: SqlLibrary
    courier: Courier
    operator: HookDesk

    async def send(self, count: int) -> list[RecipientId]:
        """Start a campaign and let `count` messages be accepted, one a second."""
        campaign_id = await self.world.started()
        people = (await self.world.waiting(campaign_id))[:count]
        for number, candidate in enumerate(people):
            self.world.later()
            await self.world.send(candidate, f"wamid-{number}")
        return [candidate.id for candidate in people]


@pytest.fixture
async def desk(world: World) -> AsyncIterator[Desk]:
    store, secrets, clock = HookStore(world.database, world.workspace_id), MemorySecrets(), HandClock(world)
    library = SqlLibrary(world.database, world.workspace_id, clock.now)
    courier = Courier(store, library, secrets, make_client(False), clock, Random(7))
    yield Desk(world, store, secrets, library, courier, HookDesk(store, secrets, courier, clock))
    await courier.close()
