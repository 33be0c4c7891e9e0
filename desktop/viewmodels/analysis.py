"""The analyses that screens show: of one campaign, and of the workspace on the first page."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.domain.analysis import CampaignAnalysis, DashboardFacts
from desktop.domain.budget import BudgetState, CategorySpent
from desktop.domain.errors import KnownError
from desktop.domain.events import Event
from desktop.domain.ids import CampaignId
from desktop.domain.report import ReportWatch
from desktop.policy.campaign_queue import places
from desktop.policy.scheduling import MOST_RUNNING
from desktop.viewmodels.event_bridge import EventBridge, Refresher
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library, WrittenReport

REFRESH_MS = 2_000
WATCH_MS = 200  # how often the progress of a report is looked at

Cost = Callable[[CampaignId], Awaitable[tuple[str, Sequence[CategorySpent]]]]
"""Asks for a currency, and what a campaign has cost by category and market."""


class AnalysisViewModel(QObject):
    """Answers about the campaign that is open, while its page is looked at; and its reports.

    Signals:
        changed(object): a new `CampaignAnalysis`.
        report_progressed: `report_share` is another.
        report_cancelled: the report was given up, and left no file.
        written(object): a report is on the disk (`WrittenReport`).
        failed(object): a question or a report was refused with this KnownError.
    """

    changed = Signal(object)
    report_progressed = Signal()
    report_cancelled = Signal()
    written = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        control: Control,
        bridge: EventBridge,
        spawn: Spawn,
        zone: str,
        cost: Cost | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._control, self._zone, self._cost = library, control, zone, cost
        self.cost: tuple[str, Sequence[CategorySpent]] = ("", ())
        self._campaign_id: CampaignId | None = None
        self._is_shown = False
        self.analysis: CampaignAnalysis | None = None
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self._watch = ReportWatch()
        self._watch_timer = QTimer(self, interval=WATCH_MS)
        self._watch_timer.timeout.connect(self.report_progressed)
        self._refresher = Refresher(self.jobs, "analysis.load", self._load, REFRESH_MS, self)
        bridge.events.connect(self._on_events)
        bridge.reload_needed.connect(self._on_reload_needed)

    def open(self, campaign_id: CampaignId) -> None:
        """Turn to a campaign; nothing is asked before it is looked at."""
        self._campaign_id, self.analysis = campaign_id, None

    def show(self, *, is_shown: bool) -> None:
        """Load and follow, or stop."""
        self._is_shown = is_shown
        if is_shown and self._campaign_id is not None:
            self._refresher.request()
        else:
            self._refresher.stop()

    def suggested_name(self, file_format: str) -> str:
        text = QCoreApplication.translate("Analysis", "report-campaign-{id}")
        return f"{text.format(id=self._campaign_id)}.{file_format}"

    def save(self, path: Path, file_format: str) -> None:
        """Write a report of the campaign."""
        campaign_id = self._campaign_id
        if campaign_id is None:
            return

        async def work() -> None:
            self._watch = watch = ReportWatch()
            self._watch_timer.start()
            try:
                written: WrittenReport = await self._control.write_report(campaign_id, file_format, path, watch)
            except KnownError as refusal:
                if refusal.code != "report_cancelled":
                    raise
                self.report_cancelled.emit()
            else:
                self.written.emit(written)
            finally:
                self._watch_timer.stop()

        self.jobs.start("analysis.write", work)

    @property
    def report_share(self) -> float:
        """How much of the report is written, 0-1."""
        return min(1.0, self._watch.done / self._watch.total) if self._watch.total else 0.0

    @property
    def is_report_cancelled(self) -> bool:
        return self._watch.is_cancelled

    def cancel_report(self) -> None:
        """End the report soon; no file of it stays."""
        self._watch.is_cancelled = True
        self.report_progressed.emit()

    async def _load(self) -> None:
        campaign_id = self._campaign_id
        if campaign_id is None:
            return
        analysis = await self._library.campaign_analysis(campaign_id, self._zone)
        cost = await self._cost(campaign_id) if self._cost else ("", ())
        if campaign_id == self._campaign_id:
            self.analysis, self.cost = analysis, cost
            self.changed.emit(analysis)

    def _on_events(self, events: Sequence[Event]) -> None:
        if self._is_shown and any(event.fact.campaign_id == self._campaign_id for event in events):
            self._refresher.request()

    def _on_reload_needed(self) -> None:
        if self._is_shown:
            self._refresher.request()


class DashboardViewModel(QObject):
    """What the first page shows.

    Signals:
        changed(object): new `DashboardFacts`.
        failed(object): the question was refused with this KnownError.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        bridge: EventBridge,
        spawn: Spawn,
        zone: str,
        now: Callable[[], datetime],
        budget: Callable[[], Awaitable[BudgetState]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._zone, self.now = library, zone, now
        self._budget = budget
        self.credits: BudgetState | None = None
        self._is_active = False
        self.facts: DashboardFacts | None = None
        self.places: Mapping[CampaignId, int] = {}  # of campaigns that wait for one among those that send
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self._refresher = Refresher(self.jobs, "dashboard.load", self._load, REFRESH_MS, self)
        bridge.events.connect(self._on_events)
        bridge.reload_needed.connect(self._on_reload_needed)

    def activate(self) -> None:
        self._is_active = True
        self._refresher.request()

    def deactivate(self) -> None:
        self._is_active = False
        self._refresher.stop()

    async def _load(self) -> None:
        if self._budget is not None:
            self.credits = await self._budget()
        self.facts = await self._library.dashboard(self._zone)
        # Most workspaces never run so many at once that somebody has to wait.
        is_full = self.facts.running > MOST_RUNNING
        self.places = places(await self._library.running_campaigns()) if is_full else {}
        self.changed.emit(self.facts)

    def _on_events(self, _events: Sequence[Event]) -> None:
        self._on_reload_needed()

    def _on_reload_needed(self) -> None:
        if self._is_active:
            self._refresher.request()
