"""The outgoing channels of the practice WAHA: a plain WebSocket under `/ws`, and webhooks with an HMAC.

Nothing is replayed: what happens while nobody listens is lost, as with the real one. A listener without the right key
is let in and closed with code 1008.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from aiohttp import web

from desktop.simulator.behaviour import Behaviour
from desktop.simulator.state import Instance, Json, Message, as_object
from desktop.simulator.waha import answers

log = logging.getLogger(__name__)

PATH = "/ws"
_UNAUTHORISED = 1008
_WEBHOOK_S = 10.0
_HEARTBEAT_S = 60.0
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(eq=False, slots=True)
class _Listener:
    socket: web.WebSocketResponse
    session: str
    events: frozenset[str]

    def wants(self, session: str, event: str) -> bool:
        return self.session in ("*", session) and ("*" in self.events or event in self.events)


class WahaEvents:
    """Implements `EventHub`.

    Args:
        behaviour: returns the settings in force.
    """

    def __init__(self, api_key: str, behaviour: Callable[[], Behaviour]) -> None:
        self._api_key = api_key
        self._behaviour = behaviour
        self._listeners: list[_Listener] = []
        self._queue: deque[tuple[Instance, str, str]] = deque()
        self._has_work = asyncio.Event()
        self._statuses: dict[str, str] = {}
        self._past: dict[str, list[Json]] = {}
        self.server_url = ""
        self.sent_count = 0

    @property
    def listener_count(self) -> int:
        """Return how many clients are connected."""
        return len(self._listeners)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve one listener until it leaves."""
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_S)
        try:
            await socket.prepare(request)
        except ConnectionResetError:
            return web.Response(status=400)  # it went away while its socket was being made
        key = request.query.get("x-api-key") or request.headers.get("X-Api-Key", "")
        if key != self._api_key:
            await socket.close(code=_UNAUTHORISED, message=b"Unauthorized")
            return socket
        given = [part for value in request.query.getall("events", ["*"]) for part in value.split(",")]
        listener = _Listener(socket, request.query.get("session", "*"), frozenset(given))
        self._listeners.append(listener)
        try:
            async for _ in socket:
                pass
        finally:
            self._listeners.remove(listener)
        return socket

    def emit(self, instance: Instance, event: str, data: Any) -> None:
        """Take a sign-in event of Evolution's names: whatever it is called, the session's status may be another one."""
        status = answers.status_of(instance)
        if self._statuses.get(instance.name) == status:
            return
        self._statuses[instance.name] = status
        past = self._past.setdefault(instance.name, [])
        past.append({"status": status, "timestamp": int(time.time() * 1000)})
        payload = {"name": instance.name, "status": status, "statuses": past[-5:], "data": None}
        self.tell(instance, "session.status", payload)

    def tell(self, instance: Instance, event: str, payload: Json) -> None:
        """Queue one event."""
        behaviour = self._behaviour()
        envelope = {
            "id": f"evt_{''.join(secrets.choice(_BASE32) for _ in range(26))}",
            "timestamp": int(time.time() * 1000),
            "event": event,
            "session": instance.name,
            "metadata": {},
            "me": answers.me_of(instance, behaviour),
            "payload": payload,
            "engine": behaviour.engine,
            "environment": answers.version(behaviour),
        }
        self._queue.append((instance, event, json.dumps(envelope, ensure_ascii=False, default=str)))
        self._has_work.set()

    async def run(self) -> None:
        """Work the queue for ever; cancel to stop."""
        async with aiohttp.ClientSession() as session:
            while True:
                await self._has_work.wait()
                self._has_work.clear()
                while self._queue:
                    instance, event, text = self._queue.popleft()
                    await self._send(instance.name, event, text)
                    await self._post(session, instance, event, text)

    async def disconnect_all(self) -> None:
        """Drop every listener."""
        for listener in list(self._listeners):
            await listener.socket.close(code=1001)

    async def _send(self, session: str, event: str, text: str) -> None:
        for listener in [one for one in self._listeners if one.wants(session, event)]:
            try:
                await listener.socket.send_str(text)
                self.sent_count += 1
            except (ConnectionError, RuntimeError):
                continue  # it is leaving

    async def _post(self, session: aiohttp.ClientSession, instance: Instance, event: str, text: str) -> None:
        """Post to the session's webhooks, once each; the real one tries again."""
        config = as_object(instance.settings.get("config")) or {}
        hooks = cast("list[Json]", config.get("webhooks") or [])
        for hook in hooks:
            events = cast("list[str]", hook.get("events") or ["*"])
            if event not in events and "*" not in events:
                continue
            body = text.encode()
            try:
                timeout = aiohttp.ClientTimeout(total=_WEBHOOK_S)
                await session.post(str(hook["url"]), data=body, headers=webhook_headers(hook, body), timeout=timeout)
            except (aiohttp.ClientError, TimeoutError) as error:
                log.info("webhook of %s: %s", instance.name, type(error).__name__)


def webhook_headers(hook: Json, body: bytes) -> dict[str, str]:
    """Return the headers of a webhook: request id, time, custom ones, and the HMAC where a key is set."""
    headers = {
        "Content-Type": "application/json",
        "X-Webhook-Request-Id": secrets.token_hex(16),
        "X-Webhook-Timestamp": str(int(time.time() * 1000)),
    }
    headers |= {str(one["name"]): str(one["value"]) for one in cast("list[Json]", hook.get("customHeaders") or [])}
    key = (as_object(hook.get("hmac")) or {}).get("key")
    if key:
        headers["X-Webhook-Hmac"] = hmac.new(str(key).encode(), body, hashlib.sha512).hexdigest()
        headers["X-Webhook-Hmac-Algorithm"] = "sha512"
    return headers


class WahaTeller:
    """Tells of messages in WAHA's events."""

    def __init__(self, events: WahaEvents, behaviour: Callable[[], Behaviour]) -> None:
        self._events = events
        self._behaviour = behaviour

    def received(self, message: Message, instance: Instance) -> None:
        """Emit an inbound message, under both names."""
        payload = answers.shown(message, self._behaviour().engine, is_event=True)
        self._events.tell(instance, "message", payload)
        self._events.tell(instance, "message.any", payload)

    def status(self, message: Message, status: str, instance: Instance) -> None:
        """Emit a receipt."""
        self._events.tell(instance, "message.ack", answers.ack(message, status, self._behaviour().engine))

    def left(self, message: Message, instance: Instance) -> None:
        """Emit an own message."""
        payload = answers.shown(message, self._behaviour().engine, is_event=True)
        self._events.tell(instance, "message.any", payload)
