"""The engine of the window: runs it while the home's lock is ours, and says who holds it when it is not."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId
from desktop.engine.engine import Engine
from desktop.engine.supervisor import Supervisor
from desktop.engine_lock import EngineLock
from desktop.policy.explain import Explanation

log = logging.getLogger(__name__)

TRY_AGAIN_S = 2.0
AFTER_FAILURE_S = 5.0


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
        self.holder: str | None = None

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
        """Send whenever it is our turn, until `stop`."""
        while not self._stopping.is_set():
            if self._take_lock():
                try:
                    await self._run_once()
                finally:
                    self._lock.release()
            await self._pause(TRY_AGAIN_S if self.holder else AFTER_FAILURE_S)

    def stop(self) -> None:
        """Let `run` return once what is in flight has been recorded."""
        self._stopping.set()
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

    async def _run_once(self) -> None:
        self._engine = await self._workplace.build_engine()
        if self._stopping.is_set():
            self._engine.stop()
        beside = Supervisor()
        beside.spawn("upkeep", self._workplace.keep_up())
        try:
            await self._engine.run()
        except Exception as error:
            log.exception("the engine stopped with an error")
            self._report(error)
        finally:
            await beside.cancel()
            self._engine = self._workplace.engine = None

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
