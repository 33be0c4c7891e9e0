"""Who is next in one campaign: retries whose time has come, then the pending in order, read ahead in pages by key.

A page is only a hint of what to try: the claim in the ledger decides. Where the campaign has a send window, each time
zone is read by itself, so that a million people who sleep are not passed over one by one to find those who do not.
"""

from collections import deque
from collections.abc import Sequence
from math import inf

from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.recipient import Candidate
from desktop.engine.hours import Hours
from desktop.engine.ports import Clock, Ledger

PAGE = 200
FRESH_S = 60.0  # at a slow pace a page lasts for hours, and what was mended of a person meanwhile must count
RETRY_PAGE = 50
LOOK_EVERY_S = 1.0


class RecipientQueue:
    """Reads ahead; remembers whom it has handed out, because a page may name them again."""

    def __init__(self, campaign_id: CampaignId, ledger: Ledger, clock: Clock, hours: Hours) -> None:
        self._campaign_id, self._ledger, self._clock, self._hours = campaign_id, ledger, clock, hours
        self._ready: deque[Candidate] = deque()
        self._handled: set[RecipientId] = set()  # handed out or ready
        self._cursors: dict[str | None, RecipientId] = {}
        self._read_out: set[str | None] = set()  # sources without anybody beyond their cursor when last looked
        self._ask_retries_at_s = -inf  # monotonic
        self._stale_at_s = -inf  # when what is ready is to be read again
        self.has_rewound = False  # read again from the start, and nobody was found yet

    async def next(self) -> Candidate | None:
        """Hand out the next one; None when nobody may be tried right now."""
        now_s = self._clock.monotonic()
        if self._ready and now_s >= self._stale_at_s:
            for candidate in self._ready:
                self.postpone(candidate)
            self._ready.clear()
        if not self._ready:
            self._stale_at_s = now_s + FRESH_S
        if not self._ready or now_s >= self._ask_retries_at_s:
            self._ask_retries_at_s = now_s + LOOK_EVERY_S
            await self._take_retries()
        if not self._ready:
            await self._take_page()
        return self._ready.popleft() if self._ready else None

    def give_back(self, candidate: Candidate) -> None:
        """Try this one again next: it is pending as before."""
        self._ready.appendleft(candidate)
        self._handled.add(candidate.id)

    def done(self, recipient_id: RecipientId) -> None:
        """Forget one that was handed out: the ledger has it as sent, failed, skipped, or waiting for a retry."""
        self._handled.discard(recipient_id)

    def postpone(self, candidate: Candidate) -> None:
        """Put one back that is to be read again: its zone has closed meanwhile, or the page has become old."""
        self._handled.discard(candidate.id)
        source = candidate.zone if self._hours.has_window else None
        self._read_out.discard(source)
        before = RecipientId(candidate.id - 1)
        self._cursors[source] = min(self._cursors.get(source, before), before)

    def rewind(self) -> None:
        """Read from the start again: somebody went back to pending behind a cursor."""
        self._cursors.clear()
        self._read_out.clear()
        self.has_rewound = True

    async def _take_retries(self) -> None:
        now = self._clock.now()
        for source in self._hours.open_sources(now):
            due = await self._ledger.due_retries(self._campaign_id, now, RETRY_PAGE, source)
            # In front: a retry whose time has come must not wait behind a page that takes hours at this pace.
            fresh = self._fresh(due)
            self._ready.extendleft(reversed(fresh))

    async def _take_page(self) -> None:
        for source in self._hours.open_sources(self._clock.now()):
            if source in self._read_out:
                continue
            page = await self._ledger.pending(
                self._campaign_id, self._cursors.get(source, RecipientId(0)), PAGE, source
            )
            self._ready.extend(self._fresh(page))
            if not page:
                self._read_out.add(source)
                continue
            self._cursors[source], self.has_rewound = page[-1].id, False
            if self._ready:
                return

    def _fresh(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        fresh = [c for c in candidates if c.id not in self._handled]
        self._handled.update(c.id for c in fresh)
        return fresh
