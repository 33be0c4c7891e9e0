"""What the window does with log files and crash reports: show where they are, choose how much and where."""

import asyncio
from dataclasses import replace
from pathlib import Path

from desktop.composition import Workplace
from desktop.crash_reports import reports_in
from desktop.domain.events import EventType, NewEvent
from desktop.domain.operator import Deed
from desktop.home_logs import HomeLogs
from desktop.viewmodels.log_settings import LogFacts


class LogDesk:
    """Implements `viewmodels.log_settings.LogControl`."""

    def __init__(self, workplace: Workplace, logs: HomeLogs) -> None:
        self._workplace, self._logs = workplace, logs

    async def facts(self) -> LogFacts:
        crashes = self._workplace.home.crashes
        reports = await asyncio.to_thread(reports_in, crashes)
        chosen = self._logs.settings
        return LogFacts(chosen.level, self._logs.folder, chosen.folder is not None, crashes, len(reports))

    async def set_level(self, level: str) -> None:
        by = await self._workplace.access.permit(Deed.SETTINGS)
        await asyncio.to_thread(self._logs.change, replace(self._logs.settings, level=level))
        await self._note(by)

    async def set_folder(self, folder: Path | None) -> None:
        by = await self._workplace.access.permit(Deed.SETTINGS)
        await asyncio.to_thread(self._logs.change, replace(self._logs.settings, folder=folder))
        await self._note(by)

    async def _note(self, by: str | None) -> None:
        facts: dict[str, object] = {"setting": "logs"}
        event = NewEvent(EventType.EDITED, self._workplace.clock.now(), details=facts, operator=by)
        await self._workplace.ledger.note(event)
