"""The WebSocket of one WAHA session: receipts, replies and states as they happen, and the memory of our own messages.

Nothing is replayed after a disconnection: polling covers the gaps. A socket may also fall silent while the session
works (#2151): when messages leave and no event comes, it is opened anew.
"""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlencode

import aiohttp

from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import Found
from desktop.domain.receipt import GapEnded, Inbound, Reply, StateChanged
from desktop.engine.ports import Clock, Doubt
from desktop.gateways.evolution_records import StoredMessage, fields_of, text_of
from desktop.gateways.gather import deliver_in_batches
from desktop.gateways.http import SOCKET_ERRORS, HttpClient
from desktop.gateways.jids import forms, number_of
from desktop.gateways.redact import clean_text
from desktop.gateways.waha_events import EVENTS, parse_event, session_of
from desktop.gateways.waha_lids import WahaLids
from desktop.gateways.waha_records import stored_message

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
JITTER_SHARE = 0.3
CONNECT_S = 20.0
HEARTBEAT_S = 30.0  # ours; the server's own comes about every 60 s. Source: gateways.md §6.W
UNAUTHORISED_CODE = 1008
LONGEST_SILENCE_S = 180.0
LOOK_EVERY_S = 15.0
KEPT_EVENTS = 2_000
KEPT_MESSAGES = 5_000
# How much earlier than our attempt an own message may seem to be: the server's clock is not ours.
CLOCK_MARGIN = timedelta(minutes=2)


class WahaSocket:
    """Follows one session."""

    def __init__(self, http: HttpClient, key: str, session: str, clock: Clock, rng: Random) -> None:
        self._http = http
        self._key = key
        self._session = session
        self._lids = WahaLids(http, session)
        self._clock = clock
        self._rng = rng
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._own: OrderedDict[str, StoredMessage] = OrderedDict()
        self._lost_at: datetime | None = None  # when it was found that nothing is heard
        self._silent_since_s: float | None = None  # monotonic: the first send that no event has followed yet

    def note_sent(self) -> None:
        """Expect an event: a message has left."""
        if self._silent_since_s is None:
            self._silent_since_s = self._clock.monotonic()

    async def shown(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        """Return replies with the phones of those whose address hides it, where the server knows them."""
        return [item for reply in replies if isinstance(item := await self._lids.shown(reply), Reply)]

    def own_messages(self, doubt: Doubt, known: Sequence[str]) -> list[Found]:
        """Return the own messages that events have told of and that could be the doubtful one.

        Args:
            known: addresses of the person besides those that show the phone.
        """
        wanted, since = forms(doubt.phone), (doubt.started_at - CLOCK_MARGIN).timestamp()
        return [
            Found(message.message_id, message.addresses[0] if message.addresses else None)
            for message in self._own.values()
            if message.digest == doubt.text_digest
            and (message.at is None or message.at >= since)
            and any(address in known or number_of(address) in wanted for address in message.addresses)
        ]

    async def listen(self, instance_id: InstanceId, deliver: Callable[[Sequence[Inbound]], None]) -> None:
        """Deliver, in batches, what concerns the session; until cancelled."""
        queue: asyncio.Queue[Inbound] = asyncio.Queue()
        async with asyncio.TaskGroup() as group:
            delivering = deliver_in_batches(queue, deliver, self._clock)
            group.create_task(delivering, name=f"waha:{self._session}:deliver")
            group.create_task(self._keep(instance_id, queue), name=f"waha:{self._session}:socket")

    async def _keep(self, instance_id: InstanceId, queue: asyncio.Queue[Inbound]) -> None:
        """Stay connected. Pauses double up to a minute, and are jittered so that clients spread."""
        pause_s = FIRST_PAUSE_S
        while True:
            is_welcome = False
            try:
                is_welcome = await self._follow(instance_id, queue)
                pause_s = FIRST_PAUSE_S if is_welcome else pause_s
            except aiohttp.WSServerHandshakeError as error:
                is_welcome = error.status not in (401, 403)
                log.info("events of %s: the server answered %s", self._session, error.status)
            except SOCKET_ERRORS as error:
                is_welcome = True
                log.info("events of %s: %s", self._session, clean_text(str(error), (self._key,)))
            self._lost_at = self._lost_at or self._clock.now()
            if not is_welcome:
                queue.put_nowait(StateChanged(instance_id, ConnectionState.UNAUTHORISED.value, "unauthorised"))
                pause_s = LONGEST_PAUSE_S
            await self._clock.sleep(pause_s * (1.0 - JITTER_SHARE * self._rng.random()))
            pause_s = min(pause_s * 2.0, LONGEST_PAUSE_S)

    async def _follow(self, instance_id: InstanceId, queue: asyncio.Queue[Inbound]) -> bool:
        """Connect, and return when the connection has ended; False when the server does not want us."""
        async with self._http.socket_session() as session:
            async with asyncio.timeout(CONNECT_S):
                socket = await session.ws_connect(self._url(), heartbeat=HEARTBEAT_S, autoping=True)
            if self._lost_at is not None:
                queue.put_nowait(GapEnded(instance_id, self._lost_at))
                self._lost_at = None
            async with socket, asyncio.TaskGroup() as group:
                watching = group.create_task(self._watch(socket), name=f"waha:{self._session}:watchdog")
                await self._read(socket, instance_id, queue)
                watching.cancel()
            return socket.close_code != UNAUTHORISED_CODE

    async def _read(
        self, socket: aiohttp.ClientWebSocketResponse, instance_id: InstanceId, queue: asyncio.Queue[Inbound]
    ) -> None:
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    await self._take(str(message.data), instance_id, queue)
        except SOCKET_ERRORS as error:
            log.info("events of %s: %s", self._session, clean_text(str(error), (self._key,)))

    def _url(self) -> str:
        # The header goes along as well, but not every version reads it here.
        query = urlencode([("x-api-key", self._key), ("session", self._session), *(("events", e) for e in EVENTS)])
        return f"ws{self._http.base_url.removeprefix('http')}/ws?{query}"

    async def _take(self, text: str, instance_id: InstanceId, queue: asyncio.Queue[Inbound]) -> None:
        try:
            envelope: object = json.loads(text)
        except (ValueError, RecursionError):
            log.info("events of %s: not JSON", self._session)
            return
        if session_of(envelope) != self._session or self._is_repeated(envelope):
            return
        self._silent_since_s = None
        self._note_own(envelope)
        for item in parse_event(envelope, instance_id, self._clock.now()):
            queue.put_nowait(await self._lids.shown(item))

    def _is_repeated(self, envelope: object) -> bool:
        event_id = text_of(fields_of(envelope).get("id"))
        if event_id is None:
            return False  # servers before 2025 number no events
        is_repeated = event_id in self._seen
        self._seen[event_id] = None
        if len(self._seen) > KEPT_EVENTS:
            self._seen.popitem(last=False)
        return is_repeated

    def _note_own(self, envelope: object) -> None:
        event = fields_of(envelope)
        payload = fields_of(event.get("payload"))
        # `source` is missing in older versions; what was typed on the phone is not ours.
        if event.get("event") != "message.any" or payload.get("fromMe") is not True or payload.get("source") == "app":
            return
        message = stored_message(payload)
        if message is not None:
            self._own[message.message_id] = message
            if len(self._own) > KEPT_MESSAGES:
                self._own.popitem(last=False)

    async def _watch(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Close a socket on which nothing comes although messages leave."""
        while True:
            await self._clock.sleep(LOOK_EVERY_S)
            since_s = self._silent_since_s
            if since_s is not None and self._clock.monotonic() - since_s > LONGEST_SILENCE_S:
                log.info("events of %s: silent although messages leave, connecting anew", self._session)
                self._silent_since_s = None
                await socket.close()
                return
