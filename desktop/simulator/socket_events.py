"""The outgoing event channel: socket.io as the real gateway runs it, and the one queue that all events pass.

In global mode the default namespace gets everything. A namespace `/{instance}` exists only from that instance's first
event on (and only when its websocket setting asks for the event), so an early connect is refused as an invalid
namespace. Source: recordings and gateways.md §6.E.
"""

import asyncio
import json
import time
from collections import deque
from typing import Any, cast
from urllib.parse import parse_qs

import socketio
from aiohttp import web
from engineio.packet import MESSAGE, Packet
from socketio.packet import CONNECT_ERROR, EVENT
from socketio.packet import Packet as SocketPacket

from desktop.simulator import ids
from desktop.simulator.state import Instance, Json, Store

PATH = "/socket.io/"


class _Server(socketio.AsyncServer):
    """Socket.io that refuses unknown namespaces in the words of the JavaScript server."""

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        known = cast("list[str]", self.namespaces)  # pyright: ignore[reportUnknownMemberType]
        if (namespace or "/") in known:
            await super()._handle_connect(eio_sid, namespace, data)  # pyright: ignore[reportUnknownMemberType]
            return
        refusal = SocketPacket(CONNECT_ERROR, data={"message": "Invalid namespace"}, namespace=namespace)
        await self._send_packet(eio_sid, refusal)  # pyright: ignore[reportUnknownMemberType]


class Events:
    """Send events to whoever listens, in the order in which they happened."""

    def __init__(self, store: Store, *, api_key: str, is_global: bool, is_key_needed: bool) -> None:
        self._store = store
        self._api_key = api_key
        self._is_global = is_global
        self._is_key_needed = is_key_needed
        self._namespaces: list[str] = ["/"]
        self._server: Any = _Server(
            async_mode="aiohttp", namespaces=self._namespaces, ping_interval=25, ping_timeout=20,
            cors_allowed_origins="*", monitor_clients=False,
        )  # fmt: skip
        self._queue: deque[tuple[str, list[Any]]] = deque()
        self._has_work = asyncio.Event()
        self.server_url = ""
        self.sent_count = 0

    @property
    def listener_count(self) -> int:
        """Return how many clients are connected, in whatever namespace."""
        return len(self._server.eio.sockets)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve one HTTP request or websocket of socket.io."""
        query = parse_qs(request.query_string)
        if "sid" not in query and self._is_key_needed:
            key = query.get("apikey", [""])[0] or request.headers.get("apikey", "")
            if refusal := self._refusal(key):
                return web.json_response({"code": 4, "message": refusal}, status=403)
        try:
            return await self._server.handle_request(request)
        except ConnectionResetError:
            # The client went away while its socket was being made: nobody is left to answer.
            return web.Response(status=400)

    def emit(self, instance: Instance, event: str, data: Any) -> None:
        """Queue one event for the global namespace and for the instance's own, as far as their settings want it."""
        targets = ["/"] if self._is_global and self._has_listeners("/") else []
        own = f"/{instance.name}"
        channel = instance.websocket
        if channel and channel.is_enabled and event.replace(".", "_").upper() in channel.events:
            if own not in self._namespaces:
                self._namespaces.append(own)
            if self._has_listeners(own):
                targets.append(own)
        if not targets:
            return
        content = [event, self._envelope(instance, event, data)]
        self._queue.extend((target, content) for target in targets)
        self._has_work.set()

    async def run(self) -> None:
        """Work the queue for ever; cancel to stop."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            while self._queue:
                await self._send(*self._queue.popleft())

    async def disconnect_all(self) -> None:
        """Drop every listener without a word, as a vanished network does."""
        for socket in list(self._server.eio.sockets.values()):
            await socket.close(wait=False, abort=True)

    async def _send(self, namespace: str, content: list[Any]) -> None:
        # Encoded once for all listeners: socketio's own emit starts a task for each of them.
        packets = [Packet(MESSAGE, part) for part in _encoded(namespace, content)]
        for _, eio_sid in list(self._server.manager.get_participants(namespace, None)):
            for packet in packets:
                await self._server.eio.send_packet(eio_sid, packet)
            self.sent_count += 1

    def _has_listeners(self, namespace: str) -> bool:
        rooms: Any = self._server.manager.rooms
        return namespace in rooms and bool(rooms[namespace])

    def _refusal(self, key: str) -> str | None:
        if not key:
            return "apiKey is required"
        if key == self._api_key or any(key == instance.token for instance in self._store.instances.values()):
            return None
        return "apiKey is not valid"

    def _envelope(self, instance: Instance, event: str, data: Any) -> Json:
        envelope: Json = {
            "event": event,
            "instance": instance.name,
            "data": data,
            "server_url": self.server_url,
            "date_time": ids.moment(time.time()),
        }
        if instance.owner_jid is not None:
            envelope["sender"] = instance.owner_jid
        envelope["apikey"] = instance.token
        return envelope


def _encoded(namespace: str, content: list[Any]) -> list[str | bytes]:
    """Spell an event as a socket.io packet; bytes in it (keys of media) travel as attachments, like JavaScript's."""
    try:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    except TypeError:
        packet: Any = SocketPacket(EVENT, namespace=namespace, data=content)
        return packet.encode()
    return [f"2{text}" if namespace == "/" else f"2{namespace},{text}"]
