"""Helpers of the simulator's tests: a small HTTP client and an event listener, both real."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import socketio

from desktop.simulator.server import Simulator


class Client:
    """Ask a simulator over HTTP."""

    def __init__(self, session: aiohttp.ClientSession, key: str) -> None:
        self._session = session
        self._key = key

    async def ask(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Return status and JSON body. `headers` replace the global key."""
        sent = {"apikey": self._key} if headers is None else dict(headers)
        data = None
        if body is not None:
            sent["content-type"] = "application/json"
            data = io.BytesIO((body if isinstance(body, str) else json.dumps(body)).encode())
        async with self._session.request(method, path, headers=sent, data=data) as answer:
            return answer.status, await answer.json(content_type=None)

    async def send(self, number: str = "5511988887777", text: str = "oi", instance: str = "a") -> tuple[int, Any]:
        """Send a text."""
        return await self.ask("POST", f"/message/sendText/{instance}", {"number": number, "text": text})

    async def find(self, body: Any = None, instance: str = "a") -> Any:
        """Return the `messages` object of findMessages."""
        status, answer = await self.ask("POST", f"/chat/findMessages/{instance}", body or {})
        assert status == 200
        return answer["messages"]


class Listener:
    """Listen to one namespace."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace
        self.client: Any = socketio.AsyncClient(reconnection=False)
        self._events: asyncio.Queue[Any] = asyncio.Queue()
        self.client.on("*", self._on_event, namespace=namespace)

    async def _on_event(self, event: str, envelope: Any) -> None:
        assert envelope["event"] == event
        await self._events.put(envelope)

    async def next_any(self) -> Any:
        """Return the next event, whatever it is."""
        async with asyncio.timeout(5):
            return await self._events.get()

    async def next(self, event: str) -> Any:
        """Return the next event of that name, skipping others."""
        async with asyncio.timeout(5):
            while True:
                envelope = await self._events.get()
                if envelope["event"] == event:
                    return envelope

    async def statuses(self, count: int) -> list[str]:
        """Return the status of the next receipts."""
        return [(await self.next("messages.update"))["data"]["status"] for _ in range(count)]

    def waiting(self) -> list[str]:
        """Return the names of the events that arrived and were not asked for."""
        return [envelope["event"] for envelope in list(self._events._queue)]  # type: ignore[attr-defined]


async def listen(
    simulator: Simulator, namespace: str = "/", key: str | None = None, transports: tuple[str, ...] = ("websocket",)
) -> Listener:
    """Connect a listener; raises socketio's ConnectionError when it is refused."""
    listener = Listener(namespace)
    url = f"{simulator.url}?apikey={simulator.api_key if key is None else key}"
    try:
        await listener.client.connect(url, namespaces=[namespace], transports=list(transports))
    except socketio.exceptions.ConnectionError:
        if listener.client.eio.http is not None:  # socketio forgets to close it after a refused handshake
            await listener.client.eio.http.close()
        raise
    return listener


@pytest.fixture
async def clients() -> AsyncIterator[Any]:
    """Make clients of simulators, closed at the end of the test."""
    sessions: list[aiohttp.ClientSession] = []

    def make(simulator: Simulator) -> Client:
        session = aiohttp.ClientSession(simulator.url)
        sessions.append(session)
        return Client(session, simulator.api_key)

    yield make
    for session in sessions:
        await session.close()


# Everybody reads quickly, nobody answers: what a test does not ask for does not happen.
QUICK: dict[str, Any] = {
    "speed": 1000,
    "delivered_share": 1,
    "read_share": 1,
    "reply_share": 0,
    "delivered": {"median_s": 2},
    "read": {"median_s": 5},
    "reply": {"median_s": 5},
    "pair_after_s": None,
}
# Nothing happens after a message was accepted.
SILENT: dict[str, Any] = QUICK | {"delivered_share": 0}


def script(*rules: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """Return a script with quick, predictable people."""
    return {"settings": QUICK | settings, "rules": list(rules)}
