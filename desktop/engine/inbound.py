"""What comes back: receipts, replies and states, live from the gateways and by polling what was missed."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from desktop.domain.ids import RecipientId
from desktop.domain.receipt import Inbound, Receipt, Reply, StateChanged
from desktop.domain.recipient import RecipientStatus
from desktop.engine.clock import wait
from desktop.engine.lane import Lane
from desktop.engine.ports import Clock, Ledger, Unconfirmed

log = logging.getLogger(__name__)

BATCH = 500
LOOK_BACK = timedelta(hours=72)  # Source: gateways.md §10.8
POLL_EVERY_S = 15.0
POLL_PAGE = 100
FIRST_POLL_AFTER = timedelta(seconds=20)
POLL_AT_ONCE = 4


class Inbox:
    """Collects what the listeners deliver and writes it in batches."""

    def __init__(
        self, ledger: Ledger, is_opt_out: Callable[[str], bool], on_state: Callable[[StateChanged], None]
    ) -> None:
        self._ledger, self._is_opt_out, self._on_state = ledger, is_opt_out, on_state
        self._queue: asyncio.Queue[Inbound] = asyncio.Queue()

    def deliver(self, items: Sequence[Inbound]) -> None:
        """Take what a gateway sent; returns at once."""
        for item in items:
            if isinstance(item, StateChanged):
                self._on_state(item)
            else:
                self._queue.put_nowait(item)

    async def run(self) -> None:
        """Write for ever what arrives."""
        while True:
            items = [await self._queue.get()]
            while not self._queue.empty() and len(items) < BATCH:
                items.append(self._queue.get_nowait())
            await self._write(items)

    async def drain(self) -> None:
        """Write what is waiting; for the end of a run."""
        items: list[Inbound] = []
        while not self._queue.empty():
            items.append(self._queue.get_nowait())
        if items:
            await self._write(items)

    async def _write(self, items: Sequence[Inbound]) -> None:
        receipts = [item for item in items if isinstance(item, Receipt)]
        if receipts:
            await asyncio.shield(self._ledger.apply_receipts(receipts))
        for item in items:
            if isinstance(item, Reply):
                await asyncio.shield(self._ledger.apply_reply(item, self._is_opt_out(item.text)))


class ReceiptPoller:
    """The back-stop: asks for receipts that did not come, less and less often for each message."""

    def __init__(self, ledger: Ledger, clock: Clock, lane_of: Callable[[Unconfirmed], Lane | None], inbox: Inbox):
        self.wake = asyncio.Event()
        self._ledger, self._clock, self._lane_of, self._inbox = ledger, clock, lane_of, inbox
        self._polls: dict[RecipientId, tuple[datetime, int]] = {}  # next poll, polls made
        self._cursor = RecipientId(0)

    async def run(self) -> None:
        """Poll for ever."""
        while True:
            await self.poll_due()
            await wait(self._clock, self._clock.now() + timedelta(seconds=POLL_EVERY_S), self.wake)

    async def poll_due(self) -> None:
        """Poll one page of messages; the next call goes on behind it."""
        now = self._clock.now()
        page = await self._ledger.unconfirmed(now - LOOK_BACK, self._cursor, POLL_PAGE)
        self._cursor = page[-1].recipient_id if len(page) == POLL_PAGE else RecipientId(0)
        if not self._cursor:
            self._polls = {k: v for k, v in self._polls.items() if v[0] > now - LOOK_BACK}
        slots = asyncio.Semaphore(POLL_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for item in page:
                if self._is_due(item, now):
                    group.create_task(self._poll(item, now, slots), name=f"poll:{item.recipient_id}")

    def _is_due(self, item: Unconfirmed, now: datetime) -> bool:
        first_at = item.sent_at + FIRST_POLL_AFTER
        return self._polls.get(item.recipient_id, (first_at, 0))[0] <= now

    async def _poll(self, item: Unconfirmed, now: datetime, slots: asyncio.Semaphore) -> None:
        made = self._polls.get(item.recipient_id, (now, 0))[1] + 1
        # A delivered message may never be read: it is asked for much less often than one not yet delivered.
        base_s = 30.0 if item.status is RecipientStatus.SENT else 300.0
        self._polls[item.recipient_id] = (now + timedelta(seconds=min(base_s * 2.0 ** min(made, 10), 6 * 3600)), made)
        lane = self._lane_of(item)
        if lane is None or not lane.reachable:
            return
        async with slots:
            self._inbox.deliver(await lane.client.poll_receipt(item, now))
