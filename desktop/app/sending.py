"""The engine of the window: runs it while the home's lock is ours, and says who holds it when it is not."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.composition import Workplace
from desktop.domain.engine_trouble import EngineTrouble, stop_event, trouble_of
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId
from desktop.engine.supervisor import Supervisor
from desktop.policy.restarts import again_after_s, failures_now
from desktop.policy.waiting import Rule

if TYPE_CHECKING:
    from desktop.engine.engine import Engine
    from desktop.engine_lock import EngineLock
    from desktop.policy.explain import Explanation

log = logging.getLogger(__name__)

TRY_AGAIN_S = 2.0


class WindowEngine:
    """Implements `viewmodels.ports.EngineState`, whoever is sending.

    Args:
        report: shows an error of the engine; it is started again a little later.
    """

    def __init__(self, workplace: Workplace, report: Callable[[BaseException], None]) -> None:
        self._workplace, self._report = workplace, report
        self._engine: Engine | None = None
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._is_held = False
        self._failures = 0
        self._untold: EngineTrouble | None = None  # not in the timeline yet
        self.holder: str | None = None

    @cached_property
    def _lock(self) -> "EngineLock":
        from desktop.engine_lock import EngineLock  # late: nothing is locked before the list of campaigns is there

        return EngineLock(self._workplace.home, "the window")

    @property
    def online(self) -> bool:
        return self._engine is None or self._engine.online

    @property
    def trouble(self) -> EngineTrouble | None:
        return self._workplace.engine_trouble

    @property
    def in_flight(self) -> int:
        return self._engine.in_flight if self._engine else 0

    @property
    def is_idle(self) -> bool:
        """Whether no engine runs here: nothing is on its way, and every outcome is recorded."""
        return self._engine is None

    def why_idle(self, instance_id: InstanceId) -> tuple[str, datetime | None] | None:
        return self._engine.why_idle(instance_id) if self._engine else self._stopped

    def next_departure(self, campaign_id: CampaignId) -> tuple[str, datetime | None] | None:
        return self._engine.next_departure(campaign_id) if self._engine else self._stopped

    def explain_instance(self, instance_id: InstanceId) -> "Explanation | None":
        from desktop.policy.explain import Subject, engine_stopped  # late: the window is up before anybody asks why

        if self._engine:
            return self._engine.explain_instance(instance_id)
        return engine_stopped(Subject.INSTANCE, self.trouble.again_at) if self.trouble else None

    def explain_campaign(self, campaign_id: CampaignId) -> "Explanation | None":
        from desktop.policy.explain import Subject, engine_stopped  # as above

        if self._engine:
            return self._engine.explain_campaign(campaign_id)
        return engine_stopped(Subject.CAMPAIGN, self.trouble.again_at) if self.trouble else None

    @property
    def _stopped(self) -> tuple[str, datetime | None] | None:
        if self._is_held:
            return Rule.ENGINE_STOPPED.value, None
        return (Rule.ENGINE_STOPPED.value, self.trouble.again_at) if self.trouble else None

    async def run(self) -> None:
        """Send whenever it is our turn, until `stop`. What stops an engine is kept in `trouble` and reported."""
        while not self._stopping.is_set():
            pause_s = TRY_AGAIN_S
            if not self._is_held and self._take_lock():
                try:
                    pause_s = await self._try_once()
                finally:
                    self._lock.release()
            await self._pause(pause_s)

    def start_again(self) -> None:
        """Start at once, instead of at the time that `trouble` tells."""
        self._wake.set()

    def hold(self) -> None:
        """Let nothing new leave until `let_go`; what is in flight is awaited and recorded."""
        self._is_held = True
        if self._engine is not None:
            self._engine.stop()

    def let_go(self) -> None:
        """Go on after `hold`."""
        self._is_held = False
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
            self._workplace.engine_trouble = None  # another one sends
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
            self._failures = failures_now(self._failures, clock.monotonic() - began_s)
            again_s = again_after_s(self._failures)
            log.exception("the engine stopped with an error")
            self._wake.clear()
            self._untold = self._workplace.engine_trouble = trouble_of(error, clock.now(), again_s)
            self._report(error)
            await self._tell()
            return again_s
        return TRY_AGAIN_S

    async def _run_once(self) -> None:
        self._engine = await self._workplace.build_engine()
        if self._stopping.is_set() or self._is_held:
            self._engine.stop()
        self._workplace.engine_trouble = None
        await self._tell()  # what could not be written while the disk was full
        beside = Supervisor()
        beside.spawn("upkeep", self._workplace.keep_up())
        try:
            await self._engine.run()
        finally:
            await beside.cancel()
            self._engine = self._workplace.engine = None

    async def _tell(self) -> None:
        """Write into the timeline that the engine had stopped, and why; later, when that cannot be written now."""
        if self._untold is None:
            return
        try:
            await self._workplace.ledger.note(stop_event(self._untold))
        except KnownError as error:  # the database may be what has stopped the engine
            log.warning("the stop of the engine is in the log only: %s", error.code)
            return
        self._untold = None

    async def _pause(self, seconds: float) -> None:
        if self._stopping.is_set():
            return
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return
        self._wake.clear()  # or no later pause would be one
