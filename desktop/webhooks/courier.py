"""Tells other programs what happens, durably: events become deliveries, deliveries are tried until they are taken.

It runs beside the engine and never holds it up: it reads what was committed, and its failures are its own. Each address
has a lane of its own, in which one delivery follows the other: nobody waits for somebody else's slow receiver, and each
is told in the order in which things happened. What is refused holds back what follows of its campaign only.
"""

import asyncio
import json
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import httpx

from desktop.domain.errors import KnownError
from desktop.domain.hook import Delivery, Hook
from desktop.domain.ids import CampaignId, HookId
from desktop.domain.summaries import EventFilter
from desktop.engine.ports import Clock
from desktop.webhooks.payloads import NEEDED, Progress, deliveries
from desktop.webhooks.ports import Events, Outbox, Secrets
from desktop.webhooks.retry import Answer, GiveUp, Told, TryAgain, after_answer
from desktop.webhooks.signature import headers

log = logging.getLogger(__name__)

PAGE = 500
BATCH = 20
LOOK_EVERY_S = 1.0
KEEP_DELIVERED = timedelta(days=7)
KEEP_DEAD = timedelta(days=30)
CLEAN_EVERY = timedelta(hours=1)
_TIMEOUT = httpx.Timeout(15.0, connect=10.0)

Wait = Callable[[], Awaitable[None]]


def make_client(verify: ssl.SSLContext | bool = True) -> httpx.AsyncClient:
    """Return the client that carries deliveries: TLS verified, redirects not followed (they would move the secret)."""
    return httpx.AsyncClient(
        timeout=_TIMEOUT, follow_redirects=False, verify=verify, headers={"user-agent": "Cadencia-Webhooks/1"}
    )


class Courier:
    """One for each home, run by whoever runs the engine.

    Args:
        wait: returns when there may be something new, or after a second.
    """

    def __init__(
        self,
        outbox: Outbox,
        events: Events,
        secrets: Secrets,
        client: httpx.AsyncClient,
        clock: Clock,
        rng: Random,
        wait: Wait | None = None,
    ) -> None:
        self._outbox, self._events, self._secrets = outbox, events, secrets
        self._client, self._clock, self._rng = client, clock, rng
        self._wait = wait or self._a_second
        self._standing: dict[HookId, Mapping[CampaignId, Progress]] = {}
        self._lanes: dict[HookId, asyncio.Task[None]] = {}
        self._tries = 0
        self._cleaned_at: datetime | None = None

    async def run(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Tell until cancelled or `goes_on` says no. What cannot be read now is tried again at the next look."""
        try:
            async with asyncio.TaskGroup() as tasks:
                while goes_on():
                    try:
                        await self._begin(tasks)
                    except KnownError as error:
                        log.warning("webhooks: %s", error.code)
                    await self._wait()
                for lane in self._lanes.values():
                    lane.cancel()  # what was not told yet is in the outbox
        finally:
            await self.close()

    async def close(self) -> None:
        await self._client.aclose()

    async def look(self) -> int:
        """Gather what has happened and try what is due, to the end; return how many tries were made."""
        before = self._tries
        async with asyncio.TaskGroup() as tasks:
            await self._begin(tasks)
        return self._tries - before

    async def _begin(self, tasks: asyncio.TaskGroup) -> None:
        """Gather what has happened, and let each address be told that is not being told already."""
        hooks = await self._outbox.hooks()
        for hook in hooks:
            if hook.paused_at is None:
                await self._gather(hook)
        await self._clean()
        self._lanes = {hook_id: lane for hook_id, lane in self._lanes.items() if not lane.done()}
        for hook in hooks:
            if hook.paused_at is None and hook.id not in self._lanes:
                self._lanes[hook.id] = tasks.create_task(self._tell(hook), name=f"webhook {hook.id}")

    async def _tell(self, hook: Hook) -> None:
        """Tell one address what is due, one after the other."""
        try:
            while due := await self._outbox.due(hook.id, self._clock.now(), BATCH):
                held: set[CampaignId | None] = set()
                for delivery in due:
                    if delivery.campaign_id in held:
                        continue
                    is_told = await self._deliver(hook, delivery)
                    if not is_told and delivery.campaign_id is not None:
                        held.add(delivery.campaign_id)
        except KnownError as error:
            log.warning("webhooks: %s", error.code)

    async def _gather(self, hook: Hook) -> None:
        """Turn events into deliveries, a page at a time."""
        cursor, standing = hook.cursor, self._standing.get(hook.id, {})
        while True:
            # Read before the page: what is committed in between has a larger number and comes with the next page.
            last = await self._events.last_event_id()
            rows = await self._events.events_after(EventFilter(types=NEEDED), cursor, PAGE)
            found, standing_after = deliveries(hook, rows, standing)
            reached = rows[-1].id if len(rows) == PAGE else max(last, rows[-1].id if rows else last)
            if reached == cursor:
                return
            if not await self._outbox.enqueue(replace(hook, cursor=cursor), found, reached, self._clock.now()):
                return
            cursor, standing = reached, standing_after
            self._standing[hook.id] = standing

    async def _deliver(self, hook: Hook, delivery: Delivery) -> bool:
        """Try one delivery; tell whether those behind it may follow."""
        answer = await self.try_once(hook, delivery.key, delivery.body)
        self._tries += 1
        now = self._clock.now()
        match after_answer(answer, delivery.tries + 1, now, self._rng):
            case Told():
                await self._outbox.note_delivered(delivery.id, answer.http_status or 200, now)
            case TryAgain(at=at):
                await self._outbox.note_failed(delivery.id, answer.http_status, _word(answer), at, now)
                return False
            case GiveUp(pauses_hook=pauses):
                await self._outbox.note_failed(delivery.id, answer.http_status, _word(answer), None, now)
                if pauses:
                    await self._outbox.pause(hook.id, "gone", now)
        return True

    async def try_once(self, hook: Hook, key: str, body: Mapping[str, object]) -> Answer:
        """Post one body, signed; never raises for what the other side does."""
        secret = await asyncio.to_thread(self._secrets.get, hook.secret_name)
        if not secret:
            return Answer(None, "hook_secret_missing")
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            signed = headers(secret, key, self._clock.now(), content)
            async with self._client.stream(
                "POST", hook.url, content=content, headers={"content-type": "application/json", **signed}
            ) as response:
                return Answer(response.status_code, None, _retry_after(response.headers.get("retry-after")))
        except KnownError as error:
            return Answer(None, error.code)
        except httpx.TimeoutException:
            return Answer(None, "timeout")
        except httpx.TransportError as error:
            return Answer(None, "tls" if "CERTIFICATE" in str(error) or "SSL" in str(error) else "unreachable")
        except (httpx.InvalidURL, UnicodeError):  # a host that cannot be looked up: it must not end the engine
            return Answer(None, "bad_url")

    async def _clean(self) -> None:
        now = self._clock.now()
        if self._cleaned_at is None or now - self._cleaned_at >= CLEAN_EVERY:
            self._cleaned_at = now
            await self._outbox.forget_before(now - KEEP_DELIVERED, now - KEEP_DEAD)

    async def _a_second(self) -> None:
        await self._clock.sleep(LOOK_EVERY_S)


def _word(answer: Answer) -> str:
    return answer.error or f"http_{answer.http_status}"


def _retry_after(text: str | None) -> float | None:
    """Read Retry-After in seconds; its form as a date is rare and not worth a clock that disagrees."""
    return float(text) if text and text.strip().isdigit() else None
