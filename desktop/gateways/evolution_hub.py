"""What the instances of one Evolution server share: the HTTP connections, and the socket that carries all their events.

Evolution emits either everything on the namespace `/` (global mode) or each instance's events on `/{instance}`, and
does not say which. So one listener keeps `/` open for all of them, and each listener also tries its own namespace,
until `/` has shown that it carries the events. A server that comes back may be set up anew: both are found out again.
Nothing is replayed after a disconnection: polling covers the gaps.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from urllib.parse import urlsplit

import socketio
from socketio.exceptions import SocketIOError

from desktop.domain.ids import InstanceId
from desktop.domain.receipt import GapEnded, Inbound
from desktop.engine.ports import Clock
from desktop.gateways.evolution_events import EVENTS, inbound, instance_of
from desktop.gateways.evolution_records import fields_of, items_of
from desktop.gateways.gather import deliver_in_batches
from desktop.gateways.http import SOCKET_ERRORS, Answer, HttpClient, json_body, json_of
from desktop.gateways.redact import clean_text

log = logging.getLogger(__name__)

NAMESPACE_WAIT_S = 10.0
CONNECT_S = 20.0
GOODBYE_S = 2.0
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
JITTER_SHARE = 0.3

OnEvent = Callable[[str, object], None]


@dataclass(eq=False, slots=True)
class _Listener:
    instance_id: InstanceId
    name: str
    queue: asyncio.Queue[Inbound] = field(default_factory=asyncio.Queue[Inbound])


class EvolutionHub:
    """One server with one key. Its users retain and release it; the last one closes it."""

    def __init__(
        self, http: HttpClient, key: str, clock: Clock, rng: Random, on_closed: Callable[[], object] = lambda: None
    ) -> None:
        self.http = http
        self.key = key
        self._clock = clock
        self._rng = rng
        self._on_closed = on_closed
        self._users = 0
        self._listeners: list[_Listener] = []
        self._root_lock = asyncio.Lock()
        # Whether `/` has shown that it carries the events, and the opposite: each is waited for.
        self._is_global, self._is_apart = asyncio.Event(), asyncio.Event()
        self._is_apart.set()

    def retain(self) -> "EvolutionHub":
        """Count one more user."""
        self._users += 1
        return self

    async def release(self) -> None:
        """Count one user less; the last one closes the connections."""
        self._users -= 1
        if self._users == 0:
            self._on_closed()
            await self.http.close()

    async def listen(self, instance_id: InstanceId, name: str, deliver: Callable[[Sequence[Inbound]], None]) -> None:
        """Deliver, in batches, what concerns the instance; until cancelled."""
        listener = _Listener(instance_id, name)
        self._listeners.append(listener)
        try:
            async with asyncio.TaskGroup() as group:
                delivering = deliver_in_batches(listener.queue, deliver, self._clock)
                group.create_task(delivering, name=f"evolution:{name}:deliver")
                group.create_task(self._keep_root(), name=f"evolution:{name}:socket")
                group.create_task(self._keep_namespace(listener), name=f"evolution:{name}:namespace")
        finally:
            self._listeners.remove(listener)

    async def _keep_root(self) -> None:
        """Hold the shared socket, or wait for whoever holds it to leave."""
        async with self._root_lock:
            await self._keep_socket("/", self._on_root_event, self._on_root_again)

    async def _keep_namespace(self, listener: _Listener) -> None:
        """Follow the instance's own namespace for as long as events have not come on `/`."""
        while True:
            async with asyncio.TaskGroup() as group:
                own = group.create_task(self._keep_own(listener), name=f"evolution:{listener.name}:own")
                await self._is_global.wait()
                own.cancel()
            await self._is_apart.wait()

    async def _keep_own(self, listener: _Listener) -> None:
        def on_event(event: str, envelope: object) -> None:
            if not self._is_global.is_set():
                self._dispatch(event, envelope, [listener])

        def on_again(since: datetime) -> None:
            if not self._is_global.is_set():
                listener.queue.put_nowait(GapEnded(listener.instance_id, since))

        async def subscribe() -> None:
            await self._subscribe(listener.name)

        await self._keep_socket(f"/{listener.name}", on_event, on_again, subscribe)

    def _on_root_event(self, event: str, envelope: object) -> None:
        name = instance_of(envelope)
        if name is not None:
            self._is_global.set()
            self._is_apart.clear()
            self._dispatch(event, envelope, [listener for listener in self._listeners if listener.name == name])

    def _on_root_again(self, since: datetime) -> None:
        if self._is_global.is_set():
            self._is_global.clear()  # until its first event
            self._is_apart.set()
            for listener in self._listeners:
                listener.queue.put_nowait(GapEnded(listener.instance_id, since))

    def _dispatch(self, event: str, envelope: object, listeners: Sequence[_Listener]) -> None:
        for listener in listeners:
            for item in inbound(event, envelope, listener.instance_id, self._clock.now()):
                listener.queue.put_nowait(item)

    async def _subscribe(self, name: str) -> None:
        """Turn the instance's events on where they are off. A refusal is not fatal: it may be global mode."""
        answer = await self.http.get("websocket", "find", name)
        if not isinstance(answer, Answer) or answer.status >= 300:
            return  # who set it blindly would take away what others subscribed to
        setting = fields_of(json_of(answer))
        wanted = set(map(str, items_of(setting.get("events"))))
        if setting.get("enabled") is True and wanted.issuperset(EVENTS):
            return
        # Both members are needed: without `events` the server answers 500. What others subscribed to stays.
        body = json_body({"websocket": {"enabled": True, "events": sorted(wanted.union(EVENTS))}})
        result = await self.http.post("websocket", "set", name, body=body)
        if not isinstance(result, Answer) or result.status >= 300:
            log.info("%s: the server did not take the subscription to events", name)

    async def _keep_socket(
        self,
        namespace: str,
        on_event: OnEvent,
        on_again: Callable[[datetime], None],
        prepare: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Stay connected until cancelled. Pauses double up to a minute, and are jittered so that clients spread.

        Args:
            on_again: called when it is connected, and was not since the given moment: what was emitted in between is
                lost.
            prepare: called before each attempt: the server may have been away, or have forgotten, since the last one.
                Such a namespace exists from its first event on, which nobody can hear.
        """
        pause_s, lost_at = FIRST_PAUSE_S, None if prepare is None else self._clock.now()

        def on_connected() -> None:
            nonlocal lost_at
            if lost_at is not None:
                on_again(lost_at)
            lost_at = None

        while True:
            try:
                if prepare is not None:
                    await prepare()
                await self._follow(namespace, on_event, on_connected)
                pause_s = FIRST_PAUSE_S  # it was connected for a while
            except (SocketIOError, *SOCKET_ERRORS) as error:
                log.info("events on %s: %s", namespace, clean_text(str(error), (self.key,)))
            _raise_if_cancelled()
            lost_at = lost_at or self._clock.now()
            await self._clock.sleep(pause_s * (1.0 - JITTER_SHARE * self._rng.random()))
            pause_s = min(pause_s * 2.0, LONGEST_PAUSE_S)

    async def _follow(self, namespace: str, on_event: OnEvent, on_connected: Callable[[], None]) -> None:
        """Connect, and return when the connection has ended."""
        is_gone = asyncio.Event()

        def on_gone(_reason: object) -> None:
            is_gone.set()

        async with self.http.socket_session() as session:
            # Silent: socketio logs the packets themselves, and they carry keys and messages.
            client: Any = socketio.AsyncClient(
                reconnection=False,
                logger=_silent(),
                engineio_logger=_silent(),
                http_session=session,
                handle_sigint=False,
            )
            client.on("*", on_event, namespace=namespace)
            client.on("disconnect", on_gone, namespace=namespace)
            try:
                async with asyncio.timeout(CONNECT_S):
                    await client.connect(
                        self.http.base_url,
                        headers={"apikey": self.key},
                        namespaces=[namespace],
                        socketio_path=_socket_path(self.http.base_url),
                        wait_timeout=NAMESPACE_WAIT_S,
                    )
                _raise_if_cancelled()  # or it would be waited for as long as the connection lasts
                on_connected()
                await is_gone.wait()
            finally:
                await _disconnect(client)


def _raise_if_cancelled() -> None:
    """Honour a cancellation that `asyncio.wait_for`, which socketio uses, may swallow before Python 3.12."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _disconnect(client: Any) -> None:
    """Say goodbye, but do not wait for a server that does not answer: closing the session ends what is left."""
    # Workaround (engineio 4.15): while its first transport is still being made, `disconnect` awaits a task that does
    # not exist yet and raises TypeError. Without waiting it works. Remove when engineio looks before it waits.
    is_half_open = client.eio.read_loop_task is None
    try:
        async with asyncio.timeout(GOODBYE_S):
            await (client.eio.disconnect(abort=True) if is_half_open else client.disconnect())
    except (SocketIOError, *SOCKET_ERRORS) as error:
        log.info("events: no goodbye: %s", clean_text(str(error)))


def _silent() -> Any:  # socketio declares a bool here, and takes a logger as well
    return logging.Logger("socketio", level=logging.CRITICAL + 1)


def _socket_path(base_url: str) -> str:
    prefix = urlsplit(base_url).path.strip("/")
    return f"{prefix}/socket.io" if prefix else "socket.io"
