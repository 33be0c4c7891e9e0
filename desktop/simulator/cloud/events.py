"""What the practice Cloud API tells by itself: signed webhooks, tried again until they are taken."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections import deque
from collections.abc import Callable
from typing import Any

import aiohttp
from aiohttp import web

from desktop.simulator.behaviour import Behaviour
from desktop.simulator.cloud import answers
from desktop.simulator.state import Instance, Json, Message

log = logging.getLogger(__name__)

PATH = "/_no_socket/"  # Meta has no channel that a client could open
APP_SECRET = "practice-app-secret"  # guards nothing: see `DEFAULT_API_KEY`
_POST_S = 10.0
_TRIES = 10  # with twice the wait each time; the real one goes on for a week


class CloudEvents:
    """Posts webhooks to the subscribed address, in the order in which things happen. Implements `EventHub`."""

    def __init__(self, behaviour: Callable[[], Behaviour]) -> None:
        self._behaviour = behaviour
        self._queue: deque[tuple[str, int]] = deque()  # body, tries so far
        self._has_work = asyncio.Event()
        self.subscribed_url: str | None = None
        self.server_url = ""
        self.sent_count = 0

    @property
    def listener_count(self) -> int:
        return int(self.subscribed_url is not None)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Refuse: there is nothing to listen to."""
        return web.Response(status=404)

    def emit(self, instance: Instance, event: str, data: Any) -> None:
        """Take a sign-in event of Evolution's: Meta tells nobody that a token has ended."""

    def tell(self, instance: Instance, field: str, value: Json) -> None:
        """Queue one webhook."""
        body = json.dumps(answers.webhook(instance, field, value), ensure_ascii=True, separators=(",", ":"))
        self._push(body, 0)

    def _push(self, body: str, tries: int) -> None:
        self._queue.append((body, tries))
        self._has_work.set()

    async def subscribe(self, url: str, verify_token: str) -> bool:
        """Ask the address to prove that it wants webhooks, and keep it when it does."""
        query = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": "1158201444"}
        try:
            timeout = aiohttp.ClientTimeout(total=_POST_S)
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url, params=query) as answer:
                is_theirs = answer.status == 200 and await answer.text() == query["hub.challenge"]
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False
        if is_theirs:
            self.subscribed_url = url
        return is_theirs

    async def run(self) -> None:
        """Work the queue for ever; cancel to stop."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_POST_S)) as session:
            while True:
                await self._has_work.wait()
                self._has_work.clear()
                while self._queue:
                    body, tries = self._queue.popleft()
                    if self.subscribed_url is not None and not await self._post(session, self.subscribed_url, body):
                        self._again(body, tries + 1)

    async def disconnect_all(self) -> None:
        """There is nobody to drop."""

    async def _post(self, session: aiohttp.ClientSession, url: str, body: str) -> bool:
        data = body.encode()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature(data)}
        try:
            async with session.post(url, data=data, headers=headers) as answer:
                self.sent_count += answer.status == 200
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("webhook: %s", type(error).__name__)
            return False

    def _again(self, body: str, tries: int) -> None:
        if tries < _TRIES:
            delay_s = 2.0**tries / self._behaviour().speed
            asyncio.get_running_loop().call_later(delay_s, self._push, body, tries)


def signature(body: bytes) -> str:
    """Return the header that proves a webhook to whoever knows the app's secret."""
    return f"sha256={hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()}"


class CloudTeller:
    """Tells of messages in Meta's webhooks; knows the tag that each one was sent with, and why one fails."""

    def __init__(self, events: CloudEvents) -> None:
        self._events = events
        self.tags: dict[str, str] = {}
        self.codes: dict[str, int] = {}

    def received(self, message: Message, instance: Instance) -> None:
        """Tell of a message that a person wrote."""
        self._events.tell(instance, "messages", answers.about(instance) | answers.inbound(message))

    def status(self, message: Message, status: str, instance: Instance) -> None:
        """Tell of a status."""
        code = self.codes.get(message.id, 131000)
        row = answers.status(message, status, self.tags.get(message.id), code)
        self._events.tell(instance, "messages", answers.about(instance) | {"statuses": [row]})
