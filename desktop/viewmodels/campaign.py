"""One campaign while it is looked at: figures, pace, what it waits for, charts, what may be done with it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.events import Event
from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.summaries import CampaignSummary, ChartSeries
from desktop.policy.campaign_queue import select
from desktop.policy.explain import Explanation, Subject
from desktop.policy.forecast import Forecast
from desktop.policy.waiting import Rule
from desktop.viewmodels import plan_words
from desktop.viewmodels.campaign_facts import CampaignFacts, describe, instance_bar
from desktop.viewmodels.event_bridge import EventBridge, Refresher
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, EngineState, Library

COUNTS_MS = 250
SERIES_MS = 1000
PLAN_MS = 10_000
PLAN_LASTS = timedelta(minutes=1)
CLOCK_MS = 1000
MAX_BUCKETS = 180


class CampaignViewModel(QObject):
    """Open one campaign at a time, and follow it while the page is active.

    Signals:
        changed(object): new `CampaignFacts`.
        series_changed(object): new `ChartSeries`.
        instances_changed(object): a tuple of `InstanceBar`.
        plan_changed(object): a tuple of `PlanDay`, and the rule that holds most of them in words; empty without a plan.
        recipients_changed: rows of the recipients may be others.
        gone: the campaign was deleted.
        duplicated(object): a new draft (CampaignId) was made from it.
        failed(object): a question or an intention was refused with this KnownError.
    """

    changed = Signal(object)
    series_changed = Signal(object)
    instances_changed = Signal(object)
    plan_changed = Signal(object, str)
    recipients_changed = Signal()
    gone = Signal()
    duplicated = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        control: Control,
        engine: EngineState,
        bridge: EventBridge,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._control, self._engine, self._now = library, control, engine, now
        self._id: CampaignId | None = None
        self._summary: CampaignSummary | None = None
        self._facts: CampaignFacts | None = None
        self._is_active = False
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self._counts = Refresher(self.jobs, "campaign.counts", self._load_counts, COUNTS_MS, self)
        self._series = Refresher(self.jobs, "campaign.series", self._load_series, SERIES_MS, self)
        self._forecast: Forecast | None = None
        self._planned_at: datetime | None = None
        self._elsewhere: Explanation | None = None
        self._plan = Refresher(self.jobs, "campaign.plan", self._load_plan, PLAN_MS, self)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self._on_tick)
        bridge.events.connect(self._on_events)
        bridge.reload_needed.connect(self._on_reload_needed)

    @property
    def campaign_id(self) -> CampaignId | None:
        return self._id

    @property
    def facts(self) -> CampaignFacts | None:
        return self._facts

    def open(self, campaign_id: CampaignId) -> None:
        """Show another campaign."""
        if campaign_id != self._id:
            self._id, self._summary, self._facts, self._forecast = campaign_id, None, None, None
            self._planned_at, self._elsewhere = None, None
            if self._is_active:
                self._plan.demand()
                self._counts.demand()
                self._series.demand()

    def activate(self) -> None:
        """Follow events from now on; what came meanwhile is read."""
        self._is_active = True
        self._reload()

    def deactivate(self) -> None:
        self._is_active = False
        self._clock.stop()
        self._counts.stop()
        self._series.stop()
        self._plan.stop()

    def act(self, action: CampaignAction) -> None:
        """Carry an intention to the control; the answer arrives as an event, and as new facts."""
        campaign_id = self._id
        if campaign_id is None:
            return

        async def work() -> None:
            await self._control.act(campaign_id, action)
            if action is CampaignAction.DELETE:
                self._id = None
                self.gone.emit()
            else:
                await self._load_counts()

        self.jobs.start("campaign.act", work)

    def duplicate(self) -> None:
        campaign_id = self._id
        if campaign_id is None:
            return

        async def work() -> None:
            self.duplicated.emit(await self._control.duplicate(campaign_id))

        self.jobs.start("campaign.duplicate", work)

    def resolve(self, recipient_ids: Sequence[RecipientId] | None, *, as_sent: bool) -> None:
        """Decide what became of recipients in doubt; None means all of this campaign."""
        campaign_id = self._id
        if campaign_id is None:
            return

        async def work() -> None:
            whom = campaign_id if recipient_ids is None else recipient_ids
            await self._control.resolve_doubt(whom, as_sent)
            await self._load_counts()
            self.recipients_changed.emit()

        self.jobs.start("campaign.resolve", work)

    def _reload(self) -> None:
        if self._id is not None and self._is_active:
            self._counts.request()
            self._series.request()
            self._plan.request()

    async def _load_plan(self) -> None:
        campaign_id = self._id
        if campaign_id is None:
            return
        summary = await self._library.campaign(campaign_id)
        is_ahead = summary.status in (CampaignStatus.RUNNING, CampaignStatus.SCHEDULED, CampaignStatus.PAUSED)
        forecast = await self._control.forecast(campaign_id) if is_ahead else None
        queued = await self._queued(campaign_id) if summary.status is CampaignStatus.RUNNING else None
        if campaign_id == self._id:
            self._elsewhere = queued
            self._forecast, self._planned_at = forecast, self._now()
            days = plan_words.days(forecast, self._now()) if forecast else ()
            held = plan_words.bottleneck(forecast) if forecast else ""
            self.plan_changed.emit(days, held)
            self._describe()

    async def _queued(self, campaign_id: CampaignId) -> Explanation | None:
        """Explain that the campaign waits for a place, where another process sends: its engine cannot be asked."""
        if self._engine.explain_campaign(campaign_id) is not None:
            return None
        chosen = select(await self._library.running_campaigns())
        waits = tuple(wait for waiting, wait in chosen.waiting if waiting == campaign_id)
        return Explanation(Subject.CAMPAIGN, waits) if waits else None

    async def _load_counts(self) -> None:
        campaign_id = self._id
        if campaign_id is None:
            return
        summary = await self._library.campaign(campaign_id)
        if campaign_id != self._id:
            return
        self._summary = summary
        self._describe()
        if self._is_active and summary.status is CampaignStatus.RUNNING:
            self._clock.start()
        else:
            self._clock.stop()

    async def _load_series(self) -> None:
        campaign_id = self._id
        if campaign_id is None:
            return
        series: ChartSeries = await self._library.campaign_series(campaign_id, MAX_BUCKETS)
        instances = await self._library.campaign_by_instance(campaign_id)
        if campaign_id == self._id:
            self.series_changed.emit(series)
            self.instances_changed.emit(tuple(instance_bar(name, counts) for name, counts in instances))

    def _describe(self) -> None:
        """Word what is known, again when only the time has passed: spans and waits change with it."""
        if self._summary is None or self._id is None:
            return
        wait = self._engine.next_departure(self._id) if self._summary.status is CampaignStatus.RUNNING else None
        is_running = self._summary.status is CampaignStatus.RUNNING
        why = self._engine.explain_campaign(self._id) if is_running else None
        if why is None and is_running and self._elsewhere is not None:
            why, wait = self._elsewhere, wait or (Rule.CAMPAIGN_QUEUE.value, None)
        facts = describe(
            self._summary,
            wait,
            is_online=self._engine.online,
            now=self._now(),
            why=why,
            forecast=self._forecast,
            is_planned=self._planned_at is not None,
        )
        if facts != self._facts:
            self._facts = facts
            self.changed.emit(facts)

    def _on_tick(self) -> None:
        # While nothing happens, the end moves away.
        if self._planned_at is not None and self._now() - self._planned_at > PLAN_LASTS:
            self._plan.request()
        self._describe()

    def _on_events(self, events: Sequence[Event]) -> None:
        if self._is_active and any(event.fact.campaign_id is None and event.fact.instance_id for event in events):
            self._plan.request()  # a number went, or came back
        if self._is_active and any(event.fact.campaign_id == self._id for event in events):
            self._on_reload_needed()
        elif self._is_active:
            self._describe()

    def _on_reload_needed(self) -> None:
        if self._is_active and self._id is not None:
            self._counts.request()
            self._series.request()
            self._plan.request()
            self.recipients_changed.emit()
