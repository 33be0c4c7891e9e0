"""In the settings: backups and reports that are made by themselves, and how long the timeline is kept."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.errors import KnownError
from desktop.domain.schedules import FORMATS, BackupPlan, Done, ReportPlan, When
from desktop.viewmodels import formats, wording
from desktop.viewmodels.jobs import Jobs, Spawn

KEEP_DAYS = "events.keep_days"
MESSAGE_TEXTS = "events.message_texts"


class State(Protocol):
    @property
    def backup(self) -> BackupPlan: ...
    @property
    def backup_folder(self) -> Path: ...
    @property
    def backup_done(self) -> Done: ...
    @property
    def has_passphrase(self) -> bool: ...
    @property
    def reports(self) -> ReportPlan: ...
    @property
    def reports_folder(self) -> Path: ...
    @property
    def reports_done(self) -> Done: ...


class Desk(Protocol):
    def state(self) -> Awaitable[State]: ...

    def plan_backup(self, plan: BackupPlan, passphrase: str | None = None) -> Awaitable[None]: ...

    def plan_reports(self, plan: ReportPlan) -> Awaitable[None]: ...


class SchedulesViewModel(QObject):
    """Signals:
    changed: `state` is another; also after a refusal, so that the screen shows what is stored.
    passphrase_needed: backups were switched on, and there is no passphrase yet.
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    passphrase_needed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, spawn: Spawn, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)
        self.state: State | None = None

    def activate(self) -> None:
        self.jobs.refresh("schedules.load", self._load)

    def set_backup(self, *, is_on: bool) -> None:
        """Switch backups on or off; without a passphrase one is asked for first."""
        if self.state is None:
            return
        if is_on and not self.state.has_passphrase:
            self.passphrase_needed.emit()
            return
        self.plan_backup(replace(self.state.backup, is_on=is_on))

    def set_passphrase(self, passphrase: str) -> None:
        """Keep a passphrase in the keyring and switch backups on."""
        if self.state is not None:
            self.plan_backup(replace(self.state.backup, is_on=True), passphrase)

    def plan_backup(self, plan: BackupPlan, passphrase: str | None = None) -> None:
        """Store another plan."""
        if self.state is None or (plan == self.state.backup and passphrase is None):
            return

        async def save() -> None:
            await self._desk.plan_backup(plan, passphrase)
            await self._load()

        self.jobs.refresh("schedules.backup", save)

    def plan_reports(self, plan: ReportPlan) -> None:
        """Store another plan."""
        if self.state is None or plan == self.state.reports:
            return

        async def save() -> None:
            await self._desk.plan_reports(plan)
            await self._load()

        self.jobs.refresh("schedules.reports", save)

    def set_format(self, file_format: str, *, is_wanted: bool) -> None:
        """Want reports of a kind, or not any more."""
        if self.state is not None:
            plan = self.state.reports
            wanted = {*plan.formats, file_format} if is_wanted else {*plan.formats} - {file_format}
            self.plan_reports(replace(plan, formats=tuple(each for each in FORMATS if each in wanted)))

    def told(self, done: Done, *, is_on: bool) -> tuple[str, bool]:
        """Say when it was done last, or why it fails; and whether it fails."""
        if done.failure is not None and done.failed_at is not None and is_on:
            why = wording.reason(done.failure) or " ".join(wording.error(KnownError(done.failure, done.failure)))
            text = QCoreApplication.translate("Schedules", "It fails since {when}: {why}")
            return text.format(when=formats.near_moment(done.failed_at, self._now()), why=why), True
        if done.at is None:
            return QCoreApplication.translate("Schedules", "It was not done yet."), False
        text = QCoreApplication.translate("Schedules", "Done last: {when}.")
        return text.format(when=formats.near_moment(done.at, self._now())), False

    async def _load(self) -> None:
        self.state = await self._desk.state()
        self.changed.emit()

    def _on_failed(self, refusal: KnownError) -> None:
        self.failed.emit(refusal)
        self.changed.emit()


def when_name(when: When) -> str:
    """Return when reports are written, in the operator's language."""
    names = {
        When.END: QCoreApplication.translate("Schedules", "When a campaign ends"),
        When.DAY: QCoreApplication.translate("Schedules", "Every day"),
        When.WEEK: QCoreApplication.translate("Schedules", "Mondays"),
    }
    return names[when]


class RetentionViewModel(QObject):
    """How long the lines of the timeline are kept.

    Signals:
        changed: `days` is another; None is for ever.
        failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        read: Callable[[str], Awaitable[object | None]],
        store: Callable[[str, object], Awaitable[None]],
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._store = read, store
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)
        self.days: int | None = None
        self.keeps_texts = False

    def activate(self) -> None:
        self.jobs.refresh("retention.load", self._load)

    def set_days(self, days: int | None) -> None:
        """Keep so many days, or everything (None); the change is a line of the timeline itself."""
        if days == self.days:
            return

        async def save() -> None:
            await self._store(KEEP_DAYS, days)
            await self._load()

        self.jobs.refresh("retention.save", save)

    def set_keeps_texts(self, keeps_texts: bool) -> None:
        """Let the timeline hold the words of the messages that are sent, from the next start of sending on."""

        async def save() -> None:
            await self._store(MESSAGE_TEXTS, keeps_texts)
            await self._load()

        self.jobs.refresh("retention.texts", save)

    async def _load(self) -> None:
        found = await self._read(KEEP_DAYS)
        self.keeps_texts = await self._read(MESSAGE_TEXTS) is True
        self.days = found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else None
        self.changed.emit()

    def _on_failed(self, refusal: KnownError) -> None:
        self.failed.emit(refusal)
        self.activate()
