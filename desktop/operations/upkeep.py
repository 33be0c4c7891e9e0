"""What is done beside the work by whoever is the engine: searching is made ready, old events are removed, and so are
files that no message needs.

Sending comes first: each round is short, and while much happens there is one small batch in each.
"""

import logging
from datetime import datetime, timedelta

from desktop.domain.errors import KnownError
from desktop.engine.ports import Clock
from desktop.operations.ports import EventUpkeep, Files, Questions

log = logging.getLogger(__name__)

KEEP_DAYS = "events.keep_days"  # setting: whole days, or null for ever
ROUND_S = 2.0
PRUNE_EVERY = timedelta(hours=1)
SWEEP_EVERY = timedelta(days=1)

# An attachment that was taken away stays so long: an editor may be open for days with a file that is not saved yet.
ORPHAN_AGE = timedelta(days=7)

# New events in a round that mean that somebody is sending fast: then one batch is enough.
BUSY = 100


class Upkeep:
    """Works in rounds until it is cancelled."""

    def __init__(self, library: Questions, events: EventUpkeep, files: Files, clock: Clock) -> None:
        self._library, self._events, self._files, self._clock = library, events, files, clock
        self._last_seen = 0
        self._prune_at: datetime | None = None
        self._sweep_at: datetime | None = None

    async def run(self) -> None:
        while True:
            await self.round()
            await self._clock.sleep(ROUND_S)

    async def round(self) -> None:
        """Do what is due. What the world refuses is logged, and tried again when it is due again."""
        try:
            await self._index()
            await self._prune()
            await self._sweep()
        except KnownError as error:
            log.warning("upkeep was refused: %s", error.code)

    async def _index(self) -> None:
        last = int(await self._library.last_event_id())
        is_busy = last - self._last_seen > BUSY
        self._last_seen = last
        while await self._events.index() and not is_busy:
            pass

    async def _prune(self) -> None:
        now = self._clock.now()
        if self._prune_at is not None and now < self._prune_at:
            return
        self._prune_at = now + PRUNE_EVERY
        days = await self._library.setting(KEEP_DAYS)
        if isinstance(days, int) and not isinstance(days, bool) and days > 0:
            await self._events.prune(now - timedelta(days=days), now)

    async def _sweep(self) -> None:
        """Delete the files of messages that nobody needs any more."""
        now = self._clock.now()
        if self._sweep_at is not None and now < self._sweep_at:
            return
        self._sweep_at = now + SWEEP_EVERY
        swept = await self._files.sweep(self._library.media_in_use, now - ORPHAN_AGE)
        if swept:
            log.info("%d files of messages that nobody needs were deleted", swept)
