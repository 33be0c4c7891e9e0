"""The engine of the window: runs it while the home's lock is ours, and says who holds it when it is not."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.composition import Workplace
from desktop.domain.engine_trouble import EngineTrouble
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, InstanceId
from desktop.engine.supervisor import Supervisor
from desktop.engine_lock import EngineLock
from desktop.policy.explain import Explanation

if TYPE_CHECKING:
    from desktop.engine.engine import Engine

log = logging.getLogger(__name__)

TRY_AGAIN_S = 2.0
# After the first, the second … failure in a row; the last one holds for all that follow. It never gives up: a disk that
# was full is emptied, and campaigns run at night.
AGAIN_AFTER_S = (5.0, 15.0, 60.0, 300.0)
IS_WELL_AFTER_S = 600.0  # an engine that ran this long has got over what stopped it before


class WindowEngine:
    """Implements `viewmodels.ports.EngineState`, whoever is sending.

    Args:
        report: shows an error of the engine; it is started again a little later.
    """

    def __init__(self, workplace: Workplace, report: Callable[[BaseException], None]) -> None:
        self._workplace, self._report = workplace, report
        self._lock = EngineLock(workplace.home, "the window")
        self._engine: Engine | None = None
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._failures = 0
        self.holder: str | None = None
        self.trouble: EngineTrouble | None = None

    @property
    def online(self) -> bool:
        return self._engine is None or self._engine.online

    @property
    def in_flight(self) -> int:
        return self._engine.in_flight if self._engine else 0

    def why_idle(self, instance_id: InstanceId) -> tuple[str, datetime | None] | None:
        return self._engine.why_idle(instance_id) if self._engine else None

    def next_departure(self, campaign_id: CampaignId) -> tuple[str, datetime | None] | None:
        return self._engine.next_departure(campaign_id) if self._engine else None

    def explain_instance(self, instance_id: InstanceId) -> Explanation | None:
        return self._engine.explain_instance(instance_id) if self._engine else None

    def explain_campaign(self, campaign_id: CampaignId) -> Explanation | None:
        return self._engine.explain_campaign(campaign_id) if self._engine else None

    async def run(self) -> None:
        """Send whenever it is our turn, until `stop`. What stops an engine is kept in `trouble` and reported."""
        while not self._stopping.is_set():
            pause_s = TRY_AGAIN_S
            if self._take_lock():
                try:
                    pause_s = await self._try_once()
                finally:
                    self._lock.release()
            await self._pause(pause_s)

    def start_again(self) -> None:
        """Start at once, instead of at the time that `trouble` tells."""
        self._wake.set()

    def stop(self) -> None:
        """Let `run` return once what is in flight has been recorded."""
        self._stopping.set()
        self._wake.set()
        if self._engine is not None:
            self._engine.stop()

    def _take_lock(self) -> bool:
        try:
            self._lock.take()
        except KnownError as error:
            self.holder = str(error.facts.get("holder"))
            return False
        self.holder = None
        return True

    async def _try_once(self) -> float:
        """Run an engine to its end; return after how many seconds the next one may begin."""
        clock = self._workplace.clock
        began_s = clock.monotonic()
        try:
            await self._run_once()
        # Whatever stops the engine is shown and tried again: the window is what supervises it.
        except Exception as error:
            self._failures = 1 if clock.monotonic() - began_s >= IS_WELL_AFTER_S else self._failures + 1
            again_s = AGAIN_AFTER_S[min(self._failures, len(AGAIN_AFTER_S)) - 1]
            known = error if isinstance(error, KnownError) else None
            log.exception("the engine stopped with an error")
            self._wake.clear()
            now = clock.now()
            self.trouble = EngineTrouble(type(error).__name__, known, now, now + timedelta(seconds=again_s))
            self._report(error)
            await self._note(known.code if known else type(error).__name__, now)
            return again_s
        return TRY_AGAIN_S

    async def _run_once(self) -> None:
        self._engine = await self._workplace.build_engine()
        if self._stopping.is_set():
            self._engine.stop()
        self.trouble = None
        beside = Supervisor()
        beside.spawn("upkeep", self._workplace.keep_up())
        try:
            await self._engine.run()
        finally:
            await beside.cancel()
            self._engine = self._workplace.engine = None

    async def _note(self, cause: str, now: datetime) -> None:
        """Tell the timeline: whoever looks in the morning sees when nothing was sent, and why."""
        facts = {"code": "engine_stopped", "cause": cause}
        try:
            await self._workplace.ledger.note(NewEvent(EventType.ERROR, now, Severity.ERROR, facts))
        except KnownError as error:  # the database may be what has stopped the engine
            log.warning("the stop of the engine is in the log only: %s", error.code)

    async def _pause(self, seconds: float) -> None:
        if self._stopping.is_set():
            return
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return
