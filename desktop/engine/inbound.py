"""What comes back: receipts, replies and states, live from the gateways and by polling what was missed."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId, RecipientId
from desktop.domain.receipt import GapEnded, Inbound, ProviderNews, Receipt, Reply, StateChanged
from desktop.domain.recipient import RecipientStatus
from desktop.engine.clock import wait
from desktop.engine.lane import Lane
from desktop.engine.ports import Clock, Ledger, Unconfirmed
from desktop.engine.supervisor import uninterrupted
from desktop.policy.poll_budget import WINDOW_S, polls_left

log = logging.getLogger(__name__)

BATCH = 500
LOOK_BACK = timedelta(hours=72)  # Source: gateways.md §10.8
POLL_EVERY_S = 15.0
PAGE = 500
PAGES_AT_ONCE = 20
POLL_PAGE = 100
LONGEST_PAUSE_S = 6 * 3600.0
FIRST_POLL_AFTER = timedelta(seconds=20)
POLL_AT_ONCE = 4


class Inbox:
    """Collects what the listeners deliver and writes it in batches.

    Args:
        unwritten: what is still to be written. It outlives the inbox: a database that takes nothing ends the engine,
            and what people wrote meanwhile, opt-outs among it, is told by nobody a second time.
    """

    def __init__(
        self,
        ledger: Ledger,
        is_opt_out: Callable[[str], Awaitable[bool]],
        on_state: Callable[[StateChanged], None],
        on_receipt: Callable[[Receipt], None],
        on_gap: Callable[[GapEnded], None] = lambda _gap: None,
        unwritten: deque[Inbound] | None = None,
    ) -> None:
        self._ledger, self._is_opt_out = ledger, is_opt_out
        self._on_state, self._on_receipt, self._on_gap = on_state, on_receipt, on_gap
        self._unwritten = deque[Inbound]() if unwritten is None else unwritten
        self._has_work = asyncio.Event()

    def deliver(self, items: Sequence[Inbound]) -> None:
        """Take what a gateway sent; returns at once."""
        self._tell(items)
        for item in items:
            if not isinstance(item, StateChanged | GapEnded):
                self._unwritten.append(item)
                self._has_work.set()

    async def receive(self, items: Sequence[Inbound]) -> None:
        """Take what a gateway posted; returns when it is written, so that the gateway need not tell it again."""
        self._tell(items)
        await self._write(items)

    def _tell(self, items: Sequence[Inbound]) -> None:
        """What concerns the number itself cannot wait until it is written."""
        for item in items:
            if isinstance(item, StateChanged):
                self._on_state(item)
            elif isinstance(item, GapEnded):
                self._on_gap(item)
            elif isinstance(item, Receipt):
                self._on_receipt(item)

    async def run(self) -> None:
        """Write for ever what arrives."""
        while True:
            while not self._unwritten:
                self._has_work.clear()
                await self._has_work.wait()
            _, was_cancelled = await uninterrupted(self._write_first(BATCH))
            if was_cancelled:
                raise asyncio.CancelledError

    async def drain(self) -> None:
        """Write what is waiting; for the end of a run. What the database does not take stays for the next one."""
        try:
            if self._unwritten:
                await self._write_first(len(self._unwritten))
        except KnownError as error:
            log.warning("%d messages of the gateways are not written yet: %s", len(self._unwritten), error.code)

    async def _write_first(self, count: int) -> None:
        """Write the oldest items. They are given up only where writing them is our own mistake."""
        items = list(islice(self._unwritten, count))
        try:
            await self._write(items)
        except KnownError:
            raise
        except Exception:
            self._forget_first(items)  # or every engine after this one would end with them
            raise
        self._forget_first(items)

    def _forget_first(self, items: Sequence[Inbound]) -> None:
        for _ in items:
            self._unwritten.popleft()

    async def _write(self, items: Sequence[Inbound]) -> None:
        receipts = [item for item in items if isinstance(item, Receipt)]
        if receipts:
            await self._ledger.apply_receipts(receipts)
        news = [item for item in items if isinstance(item, ProviderNews)]
        if news:
            await self._ledger.apply_news(news)
        for item in items:
            if isinstance(item, Reply):
                await self._ledger.apply_reply(item, await self._is_opt_out(item.text))


class ReceiptPoller:
    """The back-stop: asks for receipts that did not come, less and less often for each message."""

    def __init__(self, ledger: Ledger, clock: Clock, lane_of: Callable[[Unconfirmed], Lane | None], inbox: Inbox):
        self.wake = asyncio.Event()
        self._ledger, self._clock, self._lane_of, self._inbox = ledger, clock, lane_of, inbox
        self._polls: dict[RecipientId, tuple[float, int, float]] = {}  # next poll (monotonic), polls made, last poll
        self._gaps: dict[InstanceId, float] = {}  # when the newest gap of a listener ended (monotonic)
        self._asked: dict[str, deque[float]] = defaultdict(deque)  # by account or server: the last minute's questions
        self._cursor = RecipientId(0)
        self._seen: set[RecipientId] = set()  # on this way through all messages

    def catch_up(self, instance_id: InstanceId) -> None:
        """Ask anew, and soon, for all that was sent through an instance: it was not heard for a while."""
        self._gaps[instance_id] = self._clock.monotonic()
        self.wake.set()

    async def run(self) -> None:
        """Poll for ever."""
        while True:
            await self.poll_due()
            await wait(self._clock, self._clock.now() + timedelta(seconds=POLL_EVERY_S), self.wake)

    async def poll_due(self) -> None:
        """Look through a few pages until one has something due and poll that; the next call goes on behind it."""
        for _ in range(PAGES_AT_ONCE):
            now = self._clock.now()
            page = await self._ledger.unconfirmed(now - LOOK_BACK, self._cursor, PAGE)
            due = self._choose(page, now)
            self._go_behind(page, due)
            slots = asyncio.Semaphore(POLL_AT_ONCE)
            async with asyncio.TaskGroup() as group:
                for item in due:
                    group.create_task(self._poll(item, now, slots), name=f"poll:{item.recipient_id}")
            if due or not self._cursor:
                return

    def _choose(self, page: Sequence[Unconfirmed], now: datetime) -> Sequence[Unconfirmed]:
        """Return whom to ask about now, by id: where not all can be, those who were asked about least come first."""
        due = sorted((item for item in page if self._is_due(item, now)), key=self._polls_made)
        chosen = [item for item in due[:POLL_PAGE] if self._may_ask(item)]
        return sorted(chosen, key=lambda item: item.recipient_id)

    def _polls_made(self, item: Unconfirmed) -> int:
        return self._polls.get(item.recipient_id, (0.0, 0, 0.0))[1]

    def _go_behind(self, page: Sequence[Unconfirmed], due: Sequence[Unconfirmed]) -> None:
        """Move the cursor behind what is dealt with; at the end forget the messages that need no poll any more."""
        self._seen.update(item.recipient_id for item in page if item.recipient_id in self._polls)
        self._seen.update(item.recipient_id for item in due)
        if len(due) == POLL_PAGE:
            self._cursor = due[-1].recipient_id
        elif len(page) == PAGE:
            self._cursor = page[-1].recipient_id
        else:
            self._cursor = RecipientId(0)
            self._polls = {key: poll for key, poll in self._polls.items() if key in self._seen}
            self._seen.clear()

    def _is_due(self, item: Unconfirmed, now: datetime) -> bool:
        poll = self._polls.get(item.recipient_id)
        if poll is None:
            return item.sent_at + FIRST_POLL_AFTER <= now
        next_s, _made, last_s = poll
        return next_s <= self._clock.monotonic() or last_s < self._gaps.get(item.instance_id, last_s)

    def _may_ask(self, item: Unconfirmed) -> bool:
        """Take a place among the questions of this minute; not while there is nobody to be asked."""
        lane = self._lane_of(item)
        if lane is None or not lane.reachable:
            return False
        asked, now_s = self._asked[lane.instance.waba_id or lane.instance.base_url], self._clock.monotonic()
        while asked and asked[0] <= now_s - WINDOW_S:
            asked.popleft()
        if not polls_left(lane.instance.gateway, asked, now_s):
            return False
        asked.append(now_s)
        return True

    async def _poll(self, item: Unconfirmed, now: datetime, slots: asyncio.Semaphore) -> None:
        now_s = self._clock.monotonic()
        _next, made, last_s = self._polls.get(item.recipient_id, (0.0, 0, now_s))
        # After a gap everything may have been told meanwhile: as if nobody had asked yet.
        made = 1 if last_s < self._gaps.get(item.instance_id, last_s) else made + 1
        # A delivered message may never be read: it is asked for much less often than one not yet delivered.
        base_s = 30.0 if item.status is RecipientStatus.SENT else 300.0
        pause_s = min(base_s * 2.0 ** min(made, 10), LONGEST_PAUSE_S)
        self._polls[item.recipient_id] = (now_s + pause_s, made, now_s)
        lane = self._lane_of(item)
        if lane is None or not lane.reachable:
            return
        async with slots:
            self._inbox.deliver(await lane.client.poll_receipt(item, now))
