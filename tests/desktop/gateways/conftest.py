"""Builders for the tests of the gateway clients: a clock that never makes a test wait, clients, doubts."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

import pytest

from desktop.domain.ids import AttemptId, CampaignId, ContactId, InstanceId, RecipientId
from desktop.engine.ports import Doubt, OutgoingMessage
from desktop.gateways.evolution import EvolutionClient
from desktop.gateways.evolution_hub import EvolutionHub
from desktop.gateways.http import HttpClient

PHONE = "+5511988887777"
REF = "3EB0000000000000000001"
INSTANCE = InstanceId(7)


class QuickClock:
    """Real time that can be moved on; its sleeps take no time and are counted."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def monotonic(self) -> float:
        return self.now().timestamp()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0.005)  # a listener that reconnects must not starve the server beside it


@pytest.fixture
def nameless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that knows no name: a real one without network may take half a minute to say so."""
    real = socket.getaddrinfo

    def resolve(host: object, *rest: Any, **more: Any) -> Any:
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


@asynccontextmanager
async def client_at(
    url: str, clock: QuickClock, key: str = "key", name: str = "a", absent_after_s: float = 180.0
) -> AsyncIterator[EvolutionClient]:
    """Connect a client of its own."""
    hub = EvolutionHub(HttpClient(url, {"apikey": key}), key, clock, Random(1))
    client = EvolutionClient(hub, INSTANCE, name, clock, absent_after=timedelta(seconds=absent_after_s))
    try:
        yield client
    finally:
        await client.close()


def message(text: str = "Olá João", **more: object) -> OutgoingMessage:
    fields: dict[str, object] = {"phone": PHONE, "address": None, "client_ref": REF} | more
    return OutgoingMessage(text=text, **fields)  # type: ignore[arg-type]


def doubt(started_at: datetime, text: str = "Olá João", **more: object) -> Doubt:
    fields: dict[str, object] = {
        "phone": PHONE, "address": None, "client_ref": REF, "message_id": None, "since": started_at, "tries": 0,
    } | more  # fmt: skip
    return Doubt(
        attempt_id=AttemptId(1),
        recipient_id=RecipientId(1),
        campaign_id=CampaignId(1),
        instance_id=INSTANCE,
        contact_id=ContactId(1),
        text_digest=sha256(text.encode()).hexdigest(),
        started_at=started_at,
        **fields,  # type: ignore[arg-type]
    )


async def until(condition: Callable[[], object]) -> None:
    """Wait for something that another task brings about; fails after five seconds."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - whatever the condition looks at
            await asyncio.sleep(0.005)
