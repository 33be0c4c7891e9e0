"""Asks for what people wrote while nobody listened: an opt-out must not depend on this program being open.

Gateways tell of a message once. What came while the program was closed, or a connection was lost, is asked for as soon
as the number can be asked; what was heard all the same changes nothing a second time. Who could not be asked in this
life of the engine (a phone without power) is asked in the next one, from the same moment on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol, cast

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState
from desktop.domain.receipt import GapEnded, Inbound
from desktop.engine.clock import wait
from desktop.engine.lane import Lane
from desktop.engine.ports import Clock

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
ASK_AGAIN_S = 60.0
PATIENCE_S = 10.0  # a number waits so long before it sends
LONGEST_BACK = timedelta(days=7)  # who was away for longer reads the older ones by hand
# A connection is noticed to be lost after a while (three minutes at most), and two clocks differ.
MARGIN = timedelta(minutes=5)


class Notes(Protocol):
    """Remembers one JSON-ready value from one life of the engine to the next."""

    async def read(self) -> object:
        """Return what was written last; None when nothing was."""
        ...

    async def write(self, value: object) -> None: ...


class MissedReplies:
    """Follows which instances were not listened to, and since when."""

    def __init__(
        self,
        lanes: Mapping[InstanceId, Lane],
        clock: Clock,
        receive: Callable[[Sequence[Inbound]], Awaitable[None]],
        notes: Notes | None = None,
    ) -> None:
        self._lanes, self._clock, self._receive = lanes, clock, receive
        self._notes = notes
        self._written: object = None  # what the notes hold
        self._last_life: datetime | None = None
        self._since: dict[InstanceId, datetime] = {}
        self._not_before_s: dict[InstanceId, float] = {}  # monotonic
        self._seen: set[InstanceId] = set()
        self._again: set[InstanceId] = set()  # not heard once more, since they were last asked
        self.wake = asyncio.Event()

    async def begin(self, last_life: datetime | None) -> None:
        """Begin a life of the engine; the last one listened until `last_life`. None: there was none."""
        self._last_life = last_life
        if self._notes is not None:
            self._written = await self._notes.read()
            for instance_id, since in _read(self._written):
                self._note(instance_id, since)

    def gap(self, gap: GapEnded) -> None:
        """Note that an instance was not heard for a while."""
        self._note(gap.instance_id, gap.since or self._clock.now())
        self._again.add(gap.instance_id)
        self.wake.set()

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await self.look()
            await wait(self._clock, self._clock.now() + timedelta(seconds=LOOK_EVERY_S), self.wake)

    async def look(self) -> None:
        """Ask those numbers that were not heard and can be asked now."""
        lanes = tuple(self._lanes.items())
        for _, lane in lanes:
            self._see(lane)
        # Before anybody is asked.
        await self._keep()
        for instance_id, lane in lanes:
            is_there = lane.reachable and lane.state is ConnectionState.CONNECTED
            if is_there and self._not_before_s.get(instance_id, 0.0) <= self._clock.monotonic():
                await self._ask(lane)

    async def before_it_sends(self, lane: Lane) -> None:
        """Ask a number that is there again before anything leaves through it: who wrote SAIR may be next.

        Not for longer than a moment: a gateway that does not answer is asked again while it sends.
        """
        self._see(lane)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._ask(lane)
        except TimeoutError:
            log.info("%s: what came while nobody listened is asked for later", lane.instance.name)

    def _see(self, lane: Lane) -> None:
        if lane.instance.id not in self._seen:
            self._seen.add(lane.instance.id)
            if self._last_life is not None:
                self._note(lane.instance.id, max(self._last_life, lane.instance.created_at))

    async def _ask(self, lane: Lane) -> None:
        since = self._since.get(lane.instance.id)
        if since is None:
            return
        now = self._clock.now()
        self._again.discard(lane.instance.id)
        replies = await lane.client.missed_replies(max(since - MARGIN, now - LONGEST_BACK), now)
        if replies is None:
            self._not_before_s[lane.instance.id] = self._clock.monotonic() + ASK_AGAIN_S
            return
        if replies:
            log.info("%s: %d messages came while nobody listened", lane.instance.name, len(replies))
            await self._receive(replies)
        if lane.instance.id in self._again:
            self._since[lane.instance.id] = now  # what came in this gap may not be in the answer
        else:
            self._since.pop(lane.instance.id, None)

    async def _keep(self) -> None:
        """Note who is still to be asked, when that has changed."""
        value = {str(instance_id): since.isoformat() for instance_id, since in self._since.items()} or None
        if self._notes is None or value == self._written:
            return
        try:
            await self._notes.write(value)
        except KnownError as error:
            log.info("who was not heard is not noted yet: %s", error.code)
            return
        self._written = value

    def _note(self, instance_id: InstanceId, since: datetime) -> None:
        known = self._since.get(instance_id)
        self._since[instance_id] = since if known is None else min(known, since)


def _read(value: object) -> list[tuple[InstanceId, datetime]]:
    """Read what was noted; what makes no sense is left out."""
    found: list[tuple[InstanceId, datetime]] = []
    for key, since in cast("dict[str, object]", value).items() if isinstance(value, dict) else ():
        try:
            found.append((InstanceId(int(key)), datetime.fromisoformat(str(since)).astimezone(UTC)))
        except ValueError:
            log.info("what was noted of an instance that was not heard makes no sense")
    return found
