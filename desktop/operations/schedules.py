"""Backups and reports by themselves, beside sending, by whoever is the engine. A failure is an event and is shown."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId
from desktop.domain.operator import Deed, Permit
from desktop.domain.schedules import (
    BackupPlan,
    Done,
    ReportPlan,
    When,
    backup_document,
    backup_of,
    done_document,
    done_of,
    report_document,
    report_of,
)
from desktop.domain.summaries import CampaignSummary
from desktop.engine.ports import Clock
from desktop.operations.audit import Note
from desktop.operations.reporting import Written
from desktop.policy.schedules import backup_is_due, reports_since

log = logging.getLogger(__name__)

ROUND_S = 20.0
BACKUP, BACKUP_DONE = "backup.schedule", "backup.done"
REPORTS, REPORTS_DONE = "reports.schedule", "reports.done"
SECRET = "backup"


class Facts(Protocol):
    async def setting(self, key: str) -> object | None: ...

    async def campaigns(self) -> Sequence[CampaignSummary]: ...


class SettingWrites(Protocol):
    async def put(
        self, key: str, value: object, now: datetime, operator: str | None = None, *, is_audited: bool = True
    ) -> None: ...


class SecretPlace(Protocol):
    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """Both plans and what became of them; folders as they are used."""

    backup: BackupPlan
    backup_folder: Path
    backup_done: Done
    has_passphrase: bool
    reports: ReportPlan
    reports_folder: Path
    reports_done: Done


@dataclass(frozen=True, slots=True)
class Schedules:
    """What runs by itself, and the operator's choices about it.

    Args:
        make_backup: writes the next backup of a folder: (folder, passphrase, how many are kept, now). Blocks.
        zone: IANA name, in which days and weeks begin.
    """

    library: Facts
    settings: SettingWrites
    secrets: SecretPlace
    note: Callable[[NewEvent], Awaitable[None]]
    audit: Note
    write_report: Callable[[CampaignId, str, Path], Awaitable[Written]]
    make_backup: Callable[[Path, str, int, datetime], object]
    clock: Clock
    permit: Permit
    home_folder: Path
    zone: str

    async def run(self) -> None:
        """Do what is due, in rounds, until it is cancelled."""
        while True:
            await self.round()
            await self.clock.sleep(ROUND_S)

    async def round(self) -> None:
        """Do what is due; what fails is noted and tried again within the hour."""
        await self._backup()
        await self._reports()

    async def state(self) -> ScheduleState:
        """Return the plans and what became of them."""
        await self.permit(Deed.READ)
        backup, reports = await self._plans()
        try:
            passphrase = await asyncio.to_thread(self.secrets.get, SECRET)
        except KnownError:  # a locked keyring is told when a backup needs it
            passphrase = None
        return ScheduleState(
            backup,
            self._backup_folder(backup),
            done_of(await self.library.setting(BACKUP_DONE)),
            bool(passphrase),
            reports,
            self._reports_folder(reports),
            done_of(await self.library.setting(REPORTS_DONE)),
        )

    async def plan_backup(self, plan: BackupPlan, passphrase: str | None = None) -> None:
        """Keep the plan, and a new passphrase in the keyring; what failed is tried again at once.

        Raises:
            KnownError: `passphrase_missing`, `bad_schedule`, `keyring_locked`.
        """
        by = await self.permit(Deed.SETTINGS)
        if not 1 <= plan.every_h <= 24 * 31 or not 1 <= plan.keep <= 365:
            raise KnownError(
                "bad_schedule", "That is no schedule.", "At least hourly and at most monthly; 1 to 365 kept."
            )
        if passphrase:
            await asyncio.to_thread(self.secrets.set, SECRET, passphrase)
            await self.audit("secret_set", by, secret="backup_passphrase")
        if plan.is_on and not await asyncio.to_thread(self.secrets.get, SECRET):
            raise KnownError("passphrase_missing", "A backup needs a passphrase.", "Set CADENCIA_PASSPHRASE.")
        now = self.clock.now()
        await self.settings.put(BACKUP, backup_document(plan), now, by)
        await self._forgive(BACKUP_DONE, now)

    async def plan_reports(self, plan: ReportPlan) -> None:
        """Keep the plan; what ended before it was switched on is not reported on.

        Raises:
            KnownError: `bad_schedule`.
        """
        by = await self.permit(Deed.SETTINGS)
        if plan.is_on and not plan.formats:
            raise KnownError("bad_schedule", "That is no schedule.", "Choose at least one kind of report.")
        was_on, now = (await self._plans())[1].is_on, self.clock.now()
        await self.settings.put(REPORTS, report_document(plan), now, by)
        if plan.is_on and not was_on:
            await self._finish(REPORTS_DONE, Done(now), now)
        else:
            await self._forgive(REPORTS_DONE, now)

    async def _plans(self) -> tuple[BackupPlan, ReportPlan]:
        return backup_of(await self.library.setting(BACKUP)), report_of(await self.library.setting(REPORTS))

    def _backup_folder(self, plan: BackupPlan) -> Path:
        return Path(plan.folder) if plan.folder else self.home_folder / "backups"

    def _reports_folder(self, plan: ReportPlan) -> Path:
        return Path(plan.folder) if plan.folder else self.home_folder / "reports"

    async def _backup(self) -> None:
        plan, now = (await self._plans())[0], self.clock.now()
        done = done_of(await self.library.setting(BACKUP_DONE))
        if not backup_is_due(plan, done, now):
            return
        try:
            passphrase = await asyncio.to_thread(self.secrets.get, SECRET)
            if not passphrase:
                raise KnownError("passphrase_missing", "A backup needs a passphrase.", "Set CADENCIA_PASSPHRASE.")
            folder = self._backup_folder(plan)
            await asyncio.to_thread(self.make_backup, folder, passphrase, plan.keep, now)
        except (KnownError, OSError) as error:
            await self._fail(BACKUP_DONE, "backup_failed", done, error, now)
            return
        await self.audit("backup_made", None)
        await self._finish(BACKUP_DONE, Done(now), now)

    async def _reports(self) -> None:
        plan, now = (await self._plans())[1], self.clock.now()
        done = done_of(await self.library.setting(REPORTS_DONE))
        since = reports_since(plan, done, now, self.zone)
        if since is None:
            return
        wanted = [each for each in await self.library.campaigns() if _is_wanted(each, plan.when, since)]
        if not wanted and plan.when is When.END:
            return
        try:
            folder = self._reports_folder(plan)
            await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
            for campaign in wanted:
                for file_format in plan.formats:
                    await self.write_report(campaign.id, file_format, folder / _name(campaign, plan, now, file_format))
        except (KnownError, OSError) as error:
            await self._fail(REPORTS_DONE, "report_failed", done, error, now)
            return
        last = max((each.finished_at for each in wanted if each.finished_at), default=now)
        await self._finish(REPORTS_DONE, Done(last if plan.when is When.END else now), now)

    async def _fail(self, key: str, code: str, done: Done, error: Exception, now: datetime) -> None:
        """Say it in the timeline once, and show it until it is done again."""
        cause = error.code if isinstance(error, KnownError) else "file_not_writable"
        log.warning("%s: %s", code, cause)
        if done.failure != cause:
            facts: dict[str, object] = {"code": code, "cause": cause}
            await self.note(NewEvent(EventType.ERROR, now, Severity.ERROR, facts))
        await self._finish(key, replace(done, failed_at=now, failure=cause), now)

    async def _forgive(self, key: str, now: datetime) -> None:
        done = done_of(await self.library.setting(key))
        if done.failed_at is not None:
            await self._finish(key, Done(done.at), now)

    async def _finish(self, key: str, done: Done, now: datetime) -> None:
        # What the program did by itself is no choice of an operator: the log has no line of it for each round.
        await self.settings.put(key, done_document(done), now, is_audited=False)


def _is_wanted(campaign: CampaignSummary, when: When, since: datetime) -> bool:
    if campaign.started_at is None:
        return False
    if campaign.finished_at is not None:
        return campaign.finished_at > since
    return when is not When.END


def _name(campaign: CampaignSummary, plan: ReportPlan, now: datetime, file_format: str) -> str:
    at = campaign.finished_at if plan.when is When.END and campaign.finished_at else now
    words = re.sub(r"[^\w-]+", "-", campaign.name, flags=re.UNICODE).strip("-")[:50]
    return f"{at:%Y-%m-%d}-{campaign.id}-{words or 'campaign'}.{file_format}"
