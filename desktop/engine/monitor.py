"""Watches the instances: their connection state, and whether anything can be reached at all."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.receipt import StateChanged
from desktop.engine.clock import wait
from desktop.engine.lane import Lane
from desktop.engine.ports import Clock, InstanceStatus, Ledger

log = logging.getLogger(__name__)

CONNECTED_EVERY_S = 10.0  # so that a network that is gone is noticed within seconds, also where nothing is sent
# Meta counts these questions, 5,000 an hour for all of an account. Source: gateways.md §8.C.
PROVIDER_EVERY_S = 30.0
OTHERWISE_EVERY_S = 2.0
OTHERWISE_MAX_S = 15.0


async def _at_once(_lane: Lane) -> None:
    """Have nothing to wait for."""


class LaneMonitor:
    """Asks one gateway for the state of one instance: seldom while all is well, often while it is not."""

    def __init__(
        self,
        lane: Lane,
        ledger: Ledger,
        clock: Clock,
        rng: Random,
        changed: Callable[[], Awaitable[None]],
        before_it_sends: Callable[[Lane], Awaitable[None]] = _at_once,
    ) -> None:
        self.wake = asyncio.Event()
        self._lane, self._ledger, self._clock, self._rng, self._changed = lane, ledger, clock, rng, changed
        self._before_it_sends = before_it_sends
        self._misses = 0

    async def run(self) -> None:
        """Ask for ever; the first time at once."""
        while True:
            await self.ask()
            await wait(self._clock, self._next_at(), self.wake)

    async def ask(self) -> None:
        """Ask once and note what changed."""
        status = await self._lane.client.status()
        if status is None:
            self._misses += 1
            if self._lane.reachable:
                self._lane.reachable = False
                await self._changed()
            return
        self._misses = 0 if status.state is ConnectionState.CONNECTED else self._misses + 1
        was_reachable, self._lane.reachable = self._lane.reachable, True
        changed = await self._apply(status)
        if changed or not was_reachable:
            await self._changed()

    def heard(self, change: StateChanged) -> None:
        """Take a state that the gateway reported by itself: bad news stops the lane at once."""
        if change.state != ConnectionState.CONNECTED and self._lane.state is ConnectionState.CONNECTED:
            self._lane.state = ConnectionState(change.state)
        self.wake.set()

    async def _apply(self, status: InstanceStatus) -> bool:
        if status.state is self._lane.state and self._lane.instance.state is status.state:
            return False
        if status.state is ConnectionState.CONNECTED and self._lane.state is not status.state:
            await self._before_it_sends(self._lane)
        self._lane.state = status.state
        instance_id, now = self._lane.instance.id, self._clock.now()
        try:
            await self._ledger.set_instance_state(instance_id, status.state, now, phone=status.phone)
        except KnownError as error:
            # Removed a moment ago by another process: the lane is closed at the next look.
            log.info("the state of instance %s was not kept: %s", self._lane.instance.name, error.code)
        self._lane.note_stored_state(status.state)
        return True

    def _next_at(self) -> datetime:
        every_s = PROVIDER_EVERY_S if self._lane.instance.gateway is Gateway.CLOUD else CONNECTED_EVERY_S
        if self._misses:
            every_s = min(OTHERWISE_EVERY_S * 1.5 ** min(self._misses - 1, 10), OTHERWISE_MAX_S)
        return self._clock.now() + timedelta(seconds=every_s * (1 + 0.1 * self._rng.random()))


class Connectivity:
    """Offline means that no gateway at all can be reached; it begins and ends with an event."""

    def __init__(self, ledger: Ledger, clock: Clock, lanes: Mapping[InstanceId, Lane]) -> None:
        self.online = True
        self._ledger, self._clock, self._lanes = ledger, clock, lanes
        self._lock = asyncio.Lock()

    async def look(self) -> None:
        """Compare with what is known and write the change, if there is one."""
        async with self._lock:
            online = not self._lanes or any(lane.reachable for lane in self._lanes.values())
            if online == self.online:
                return
            self.online = online
            instances = [lane.instance.name for lane in self._lanes.values()]
            await self._ledger.note_connectivity(online, self._clock.now(), {"instances": instances})
