"""The list of campaigns: loaded once, followed by events, filtered here (nobody has more than some hundreds)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.events import Event
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignSummary
from desktop.policy.campaign_queue import places
from desktop.policy.waiting import Rule
from desktop.viewmodels import plan_words, wording
from desktop.viewmodels.campaign_words import instances_text, progress_parts, subtitle
from desktop.viewmodels.event_bridge import EventBridge, Refresher
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library
from desktop.viewmodels.prepared_model import Cell, Column, PreparedModel
from desktop.viewmodels.table_roles import PARTS, RIGHT, SECOND, TONE, TOOL_TIP

if TYPE_CHECKING:
    from desktop.policy.forecast import Forecast

REFRESH_MS = 500
FORECAST_LASTS = timedelta(seconds=30)


class Group(StrEnum):
    """The segments above the list."""

    ALL = "all"
    ACTIVE = "active"
    DRAFTS = "drafts"
    ENDED = "ended"


_STATUSES = {
    Group.ACTIVE: {CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.SCHEDULED},
    Group.DRAFTS: {CampaignStatus.DRAFT},
    Group.ENDED: {CampaignStatus.COMPLETED, CampaignStatus.CANCELLED, CampaignStatus.FAILED},
}


class CampaignsViewModel(QObject):
    """Keep the list, and carry intentions about campaigns to the control.

    Signals:
        changed: the campaigns, or what is shown of them, are others.
        duplicated(object): a new draft (CampaignId) was made from another campaign.
        failed(object): a question or an intention was refused with this KnownError.
    """

    changed = Signal()
    duplicated = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        control: Control,
        bridge: EventBridge,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._forecasts: dict[CampaignId, tuple[datetime, Forecast | None]] = {}
        self._library = library
        self._control = control
        self._now = now
        self._group = Group.ALL
        self._text = ""
        self._all: tuple[CampaignSummary, ...] = ()
        self._handed_over: frozenset[CampaignId] = frozenset()
        self._places: Mapping[CampaignId, int] = {}
        self._is_active = False
        self.is_loaded = False
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self._refresher = Refresher(self.jobs, "campaigns.load", self._load, REFRESH_MS, self)
        self.model: PreparedModel[CampaignSummary] = PreparedModel(_columns(), self._cells, lambda row: row.id, self)
        bridge.events.connect(self._on_events)
        bridge.reload_needed.connect(self._on_reload_needed)

    @property
    def campaigns(self) -> Sequence[CampaignSummary]:
        """All of them, whatever the filter shows."""
        return self._all

    @property
    def is_filtered(self) -> bool:
        return self._group is not Group.ALL or bool(self._text)

    def activate(self) -> None:
        """Load, and follow from now on."""
        self._is_active = True
        self._refresher.request()

    def deactivate(self) -> None:
        self._is_active = False
        self._refresher.stop()

    def count_of(self, group: Group) -> int:
        return sum(_belongs(row, group) for row in self._all)

    def set_filter(self, group: Group, text: str) -> None:
        """Show one group, and of it the names that contain `text` (in whatever case)."""
        self._group, self._text = group, text.casefold()
        self._show()

    def mark_handed_over(self, campaigns: frozenset[CampaignId]) -> None:
        """Show which campaigns stand still because they may be sent elsewhere."""
        if campaigns != self._handed_over:
            self._handed_over = campaigns
            self.model.show_rows(())  # its cells are made anew
            self._show()

    def act(self, campaign_id: CampaignId, action: CampaignAction) -> None:
        async def work() -> None:
            await self._control.act(campaign_id, action)
            await self._load()

        self.jobs.start(f"campaigns.{action}.{campaign_id}", work)

    def duplicate(self, campaign_id: CampaignId) -> None:
        async def work() -> None:
            new_id = await self._control.duplicate(campaign_id)
            await self._load()
            self.duplicated.emit(new_id)

        self.jobs.start(f"campaigns.duplicate.{campaign_id}", work)

    async def _load(self) -> None:
        self._all = tuple(await self._library.campaigns())
        self._note_places()
        self.is_loaded = True
        self._show()
        # Behind the list: a forecast takes its time, and the first one loads all that acts.
        if await self._look_ahead():
            self.model.prepare_again()

    def _note_places(self) -> None:
        """Find out who waits for a place, and show those anew whose place is another one."""
        running = [row for row in self._all if row.status is CampaignStatus.RUNNING]
        found = places(running)
        if found != self._places:
            self._places = found
            self.model.show_rows(())  # its cells are made anew

    async def _look_ahead(self) -> bool:
        """Ask when those that run will end, each at most every half minute; return whether there was one to ask for."""
        has_asked = False
        now = self._now()
        running = [row.id for row in self._all if row.status is CampaignStatus.RUNNING]
        self._forecasts = {key: known for key, known in self._forecasts.items() if key in running}
        for campaign_id in running:
            known = self._forecasts.get(campaign_id)
            if known is None or now - known[0] > FORECAST_LASTS:
                self._forecasts[campaign_id] = (now, await self._control.forecast(campaign_id))
                has_asked = True
        return has_asked

    def _ends(self, row: CampaignSummary) -> str:
        _at, forecast = self._forecasts.get(row.id, (None, None))
        return plan_words.ends_text(forecast, self._now()) if forecast else ""

    def _show(self) -> None:
        rows = [row for row in self._all if _belongs(row, self._group) and self._text in row.name.casefold()]
        self.model.show_rows(rows)
        self.changed.emit()

    def _on_events(self, events: Sequence[Event]) -> None:
        if self._is_active and any(event.fact.campaign_id is not None for event in events):
            self._refresher.request()

    def _on_reload_needed(self) -> None:
        if self._is_active:
            self._refresher.request()

    def _cells(self, row: CampaignSummary) -> Sequence[Cell]:
        counts = row.counts
        has_recipients = counts.total > 0
        place = self._places.get(row.id)
        first = subtitle(row, self._now()) if place is None else wording.place_in_queue(place)
        second = " · ".join(part for part in (first, instances_text(row.instance_names)) if part)
        return (
            Cell(row.name or _untitled(), {SECOND: second, TOOL_TIP: self._ends(row)}),
            self._status(row),
            Cell(
                wording.share(counts.progress) if has_recipients else "",
                {PARTS: progress_parts(counts) if has_recipients else None},
            ),
            Cell(wording.number(counts.total) if has_recipients else "–", {TONE: "" if has_recipients else "muted"}),
            Cell(wording.number(counts.left) if has_recipients else "–", {TONE: "" if has_recipients else "muted"}),
            Cell(
                wording.number(counts.failed) if has_recipients else "–",
                {TONE: "danger" if counts.failed else "muted"},
            ),
            Cell(
                wording.number(counts.in_doubt) if has_recipients else "–",
                {TONE: "doubt" if counts.in_doubt else "muted"},
            ),
        )

    def _status(self, row: CampaignSummary) -> Cell:
        if row.id in self._handed_over:
            tip = QCoreApplication.translate("Campaigns", "It may be sent where its capsule was taken in.")
            return Cell(QCoreApplication.translate("Campaigns", "Handed over"), {TONE: "info", TOOL_TIP: tip})
        if row.id in self._places:
            tip = wording.idle(Rule.CAMPAIGN_QUEUE.value, None, self._now())
            return Cell(wording.in_the_queue(), {TONE: "info", TOOL_TIP: tip})  # the place is below the name
        return Cell(wording.campaign_status(row.status), {TONE: wording.campaign_tone(row.status)})


def _columns() -> Sequence[Column]:
    return (
        Column(QCoreApplication.translate("Campaigns", "Campaign")),
        Column(QCoreApplication.translate("Campaigns", "Status")),
        Column(QCoreApplication.translate("Campaigns", "Progress")),
        Column(QCoreApplication.translate("Campaigns", "Recipients"), RIGHT),
        Column(QCoreApplication.translate("Campaigns", "Sent"), RIGHT),
        Column(QCoreApplication.translate("Campaigns", "Not sent"), RIGHT),
        Column(QCoreApplication.translate("Campaigns", "In doubt"), RIGHT),
    )


def _untitled() -> str:
    return QCoreApplication.translate("Campaigns", "Untitled campaign")


def _belongs(row: CampaignSummary, group: Group) -> bool:
    return group is Group.ALL or row.status in _STATUSES[group]
