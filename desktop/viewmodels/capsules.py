"""Campaigns in capsules: handed over, looked into, taken in and taken back."""

from collections.abc import Awaitable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.viewmodels import formats
from desktop.viewmodels.jobs import Jobs, Spawn

SUFFIX = ".cadencia-capsule"


class Exported(Protocol):
    @property
    def file(self) -> Path: ...
    @property
    def handed_over(self) -> bool: ...


class Shown(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def made_at(self) -> str:
        """ISO 8601."""
        ...

    @property
    def people(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def was_started(self) -> bool: ...
    @property
    def counts(self) -> Mapping[str, int]: ...


class Imported(Protocol):
    @property
    def campaign_id(self) -> CampaignId: ...
    @property
    def people(self) -> int: ...


class Desk(Protocol):
    def handed_over(self) -> Awaitable[frozenset[CampaignId]]: ...

    def export(self, campaign_id: CampaignId, target: Path, passphrase: str) -> Awaitable[Exported]: ...

    def show(self, source: Path, passphrase: str) -> Awaitable[Shown]: ...

    def take_in(self, source: Path, passphrase: str, *, rest: bool = False) -> Awaitable[Imported]: ...

    def take_back(self, campaign_id: CampaignId) -> Awaitable[None]: ...


class CapsulesViewModel(QObject):
    """Signals:
    exported(object): a capsule is on the disk (`Exported`).
    shown(object): what is in the capsule that is looked into (`Shown`).
    passphrase_needed(object): the file (Path) opens with another passphrase only.
    taken_in(object): a draft was made (CampaignId).
    taken_back: a campaign may be sent here again.
    marked(object): which campaigns (CampaignId) are handed over is known anew.
    failed(object): something was refused with this KnownError.
    """

    exported = Signal(object)
    shown = Signal(object)
    passphrase_needed = Signal(object)
    taken_in = Signal(object)
    taken_back = Signal()
    marked = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.handed_over: frozenset[CampaignId] = frozenset()
        self._source, self._passphrase = Path(), ""

    def activate(self) -> None:
        """Learn which campaigns may be sent elsewhere."""
        self.jobs.refresh("capsules.load", self._load)

    def export(self, campaign_id: CampaignId, target: Path, passphrase: str) -> None:
        """Write a capsule; without a passphrase whoever has the file can read it."""

        async def work() -> None:
            made = await self._desk.export(campaign_id, target, passphrase)
            await self._load()
            self.exported.emit(made)

        self.jobs.start("capsules.export", work)

    def look_into(self, source: Path, passphrase: str = "") -> None:
        """Read a capsule, and ask for its passphrase when it has one."""

        async def work() -> None:
            try:
                found = await self._desk.show(source, passphrase)
            except KnownError as refusal:
                if refusal.code == "wrong_passphrase" and not passphrase:
                    self.passphrase_needed.emit(source)
                    return
                raise
            self._source, self._passphrase = source, passphrase
            self.shown.emit(found)

        self.jobs.start("capsules.look", work)

    def take_in(self, *, rest: bool) -> None:
        """Make a draft of the capsule that was looked into; `rest`: of who was not written to yet."""
        source, passphrase = self._source, self._passphrase

        async def work() -> None:
            done = await self._desk.take_in(source, passphrase, rest=rest)
            self.taken_in.emit(done.campaign_id)

        self.jobs.start("capsules.take_in", work)

    def take_back(self, campaign_id: CampaignId) -> None:
        """Let a campaign be sent here again."""

        async def work() -> None:
            await self._desk.take_back(campaign_id)
            await self._load()
            self.taken_back.emit()

        self.jobs.start("capsules.take_back", work)

    async def _load(self) -> None:
        self.handed_over = await self._desk.handed_over()
        self.marked.emit(self.handed_over)


def suggested_name(name: str, campaign_id: CampaignId) -> str:
    """Return a file name for a campaign's capsule."""
    kept = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in name).strip()[:60]
    return f"{kept or campaign_id}{SUFFIX}"


def summary(found: Shown) -> str:
    """Say what is in a capsule, what taking it in means, and what nobody but the operator can know."""
    made = QCoreApplication.translate(
        "Capsules",
        "This file was made on {when}. Two desks that take it in would both send, and neither can know of the other: "
        "go on only if nobody else has taken it in, or will.",
    )
    try:
        when = formats.moment(datetime.fromisoformat(found.made_at))
    except ValueError:
        when = found.made_at
    return f"{_what_is_made(found)}\n\n{made.format(when=when)}"


def _what_is_made(found: Shown) -> str:
    people = formats.people(found.waiting)
    if not found.was_started:
        text = QCoreApplication.translate("Capsules", "A draft is made here, to {people}. Who opted out is left out.")
        return text.format(people=people)
    text = QCoreApplication.translate(
        "Capsules",
        "It was started where it comes from: {done} of {total} have its message, are in doubt or are left out. "
        "A draft is made here to the rest, {people}.",
    )
    done = formats.number(found.people - found.waiting)
    return text.format(done=done, total=formats.number(found.people), people=people)
