"""A WAHA server of a few lines on loopback: it answers what a test puts into its table, and keeps what it was asked."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import unquote

from aiohttp import WSCloseCode, WSMsgType, web

from desktop.gateways.http import HttpClient
from desktop.gateways.waha import WahaClient
from desktop.gateways.waha_server import WahaServer
from tests.desktop.gateways.conftest import INSTANCE, QuickClock

CHAT = "5511988887777@c.us"
KEY = "a-secret-key"

Reply = tuple[int, Any]


def about(engine: str = "NOWEB", version: str = "2026.7.1") -> dict[str, Any]:
    return {"version": version, "engine": engine, "tier": "CORE", "browser": None}


def session(status: str = "WORKING", **more: Any) -> dict[str, Any]:
    row = {"name": "a", "status": status, "config": None, "me": {"id": "5511900000008@c.us", "pushName": "~"}}
    return row | {"engine": {"engine": "NOWEB"}} | more


@dataclass
class Asked:
    method: str
    path: str  # decoded
    query: dict[str, list[str]]
    body: Any
    headers: dict[str, str]


@dataclass
class MiniWaha:
    """Answers by method and path; a list of answers is used up one by one, the last one stays."""

    engine: str = "NOWEB"
    version: str = "2026.7.1"
    table: dict[str, Reply | list[Reply] | Callable[[Asked], Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    closes_with: int | None = None
    url: str = ""

    def __post_init__(self) -> None:
        sent = {"key": {"id": "3EB0RAW", "remoteJid": "5511988887777@s.whatsapp.net", "fromMe": True}}
        usual: dict[str, Any] = {
            "GET /api/server/version": (200, about(self.engine, self.version)),
            "GET /api/contacts/check-exists": (200, {"numberExists": True, "chatId": CHAT}),
            "GET /api/sessions/a": (200, session(engine={"engine": self.engine})),
            "GET /api/a/lids/pn/5511988887777": (200, {"lid": None, "pn": CHAT}),
        }
        usual |= {f"POST /api/{name}": (201, sent) for name in ("sendText", "sendImage", "sendFile", "sendVideo")}
        usual |= {"POST /api/sendVoice": (201, sent)}
        self.table = usual | self.table

    def bodies(self, path: str) -> list[Any]:
        return [asked.body for asked in self.asked if asked.path == path]

    def paths(self) -> list[str]:
        return [f"{asked.method} {asked.path}" for asked in self.asked]

    async def emit(self, event: str, payload: Any, **more: Any) -> None:
        envelope = {"event": event, "session": "a", "payload": payload, "engine": self.engine} | more
        for socket in self.sockets:
            await socket.send_str(json.dumps(envelope))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = unquote(request.rel_url.raw_path)
        query = {name: request.query.getall(name) for name in request.query}
        body = await request.json() if request.can_read_body else None
        asked = Asked(
            request.method, path, query, body, {name.lower(): value for name, value in request.headers.items()}
        )
        self.asked.append(asked)
        if path == "/ws" and f"GET {path}" not in self.table:
            return await self._follow(request)
        found = self.table.get(f"{request.method} {path}", (404, {"statusCode": 404, "message": f"Cannot GET {path}"}))
        if callable(found):
            found = found(asked)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        status, answer = found
        if answer is None:
            return web.Response(status=status)
        return web.json_response(answer, status=status)

    async def _follow(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.closes_with is not None:
            await socket.close(code=self.closes_with)
            return socket
        self.sockets.append(socket)
        async for message in socket:
            assert message.type is WSMsgType.TEXT
        self.sockets.remove(socket)
        return socket


@asynccontextmanager
async def mini_waha(engine: str = "NOWEB", version: str = "2026.7.1", **table: Any) -> AsyncIterator[MiniWaha]:
    """Run a server; `table` overrides answers by method and path."""
    mini = MiniWaha(engine, version, dict(table.get("table", {})))
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_route("*", "/{anything:.*}", mini.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    mini.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield mini
    finally:
        for socket in list(mini.sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)
        await runner.cleanup()


@asynccontextmanager
async def waha_client(
    url: str, clock: QuickClock, key: str = KEY, name: str = "a", absent_after_s: float = 180.0, **more: Any
) -> AsyncIterator[WahaClient]:
    """Connect a client of its own."""
    server = WahaServer(HttpClient(url, {"X-Api-Key": key}), key, clock)
    after = timedelta(seconds=absent_after_s)
    client = WahaClient(server, INSTANCE, name, clock, Random(1), absent_after=after, **more)
    try:
        yield client
    finally:
        await client.close()
        await asyncio.sleep(0)
