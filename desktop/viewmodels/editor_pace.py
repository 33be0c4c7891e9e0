"""Step "instances and pace" of the editor: which numbers send, how fast, when, and when it would be finished."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from PySide6.QtCore import QObject, Signal

from desktop.domain.campaign import RetryPlan, SendWindow
from desktop.domain.summaries import InstanceSummary
from desktop.policy.campaign_queue import Joining, queue_outlook
from desktop.policy.scheduling import weight
from desktop.viewmodels import plan_words
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library

# Presets offered by name. Source: product.md §5 (B's defaults, D's preset for flaky links).
RETRY_PRESETS: tuple[tuple[str, RetryPlan], ...] = (
    ("standard", RetryPlan()),
    ("flaky", RetryPlan(attempts=5, base_s=2.0, max_s=32.0)),
    ("none", RetryPlan(attempts=1)),
)
OWN_RETRY = "own"  # the name of any other plan
ATTEMPTS = (1, 10)  # what the fields of an own plan offer. Source: product.md §5.
RETRY_BASE_S = (10, 600)
RETRY_MAX_S = (60, 7200)
PRIORITIES: Mapping[str, int] = {"low": -1, "normal": 0, "high": 1, "highest": 3}
PER_HOUR = (1, 1000, 100)  # lowest, highest, default. Source: product.md §4.
REPLIES_PER_HOUR = (1, 1000, 20)
PER_SECOND = (0.1, 2.0, 2.0)
BURST = (1, 10, 10)
DELAY_S = (0, 3600)
WEEK = (1, 2, 3, 4, 5)
HOLIDAYS = "BR"  # the country whose holidays are offered; a draft from a file may name another one
OFFICE_HOURS = SendWindow(WEEK, time(8), time(18), HOLIDAYS)


@dataclass(frozen=True, slots=True)
class Estimate:
    """When the campaign would be finished: `finish` is None when it never would, or when that cannot be known yet.

    `notes` says what else decides: replies, other campaigns, numbers that cannot send; empty without any. `place` is
    its place in the queue, where as many campaigns send as may at once.
    """

    recipients: int
    finish: datetime | None
    duration_s: float | None
    notes: str = ""
    place: int | None = None


class PaceViewModel(QObject):
    """Follow the instances and the pace of the draft.

    Signals:
        instances_changed: the instances there are, or their states, are others.
        estimate_changed: `estimate` is another one.
        retry_preset_changed: own values are asked for; the draft is still the same.
        failed(object): a question was refused with this KnownError.
    """

    instances_changed = Signal()
    retry_preset_changed = Signal()
    estimate_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        library: Library,
        control: Control,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._library = library
        self._control = control
        self.now = now
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.instances: Sequence[InstanceSummary] = ()
        self.estimate: Estimate | None = None
        self._recipients: int | None = None
        self._has_own_retry = False
        editor.loaded.connect(self._on_loaded)
        editor.draft_changed.connect(self._estimate)

    def refresh(self) -> None:
        self.jobs.refresh("load instances of editor", self._load)

    def set_recipients(self, count: int | None) -> None:
        """Say how many people the audience has; None while that is not known."""
        self._recipients = count
        self._estimate()

    def toggle_instance(self, name: str, is_on: bool) -> None:
        """Add an instance at the end of the rotation order, or take it out."""
        chosen = [other for other in self._editor.draft.instances if other != name]
        self._editor.set_instances([*chosen, name] if is_on else chosen)

    def set_delay(self, low_s: float, high_s: float) -> None:
        delay_s = (min(low_s, high_s), max(low_s, high_s))
        self._editor.set_pace(replace(self._editor.draft.pace, delay_s=delay_s))

    def set_per_hour(self, limit: int | None) -> None:
        self._editor.set_pace(replace(self._editor.draft.pace, per_hour=limit))

    def set_replies_per_hour(self, limit: int | None) -> None:
        self._editor.set_replies_per_hour(limit)

    def set_per_second(self, limit: float | None) -> None:
        self._editor.set_pace(replace(self._editor.draft.pace, per_second=limit))

    def set_burst(self, limit: int | None) -> None:
        self._editor.set_pace(replace(self._editor.draft.pace, burst=limit))

    def set_retry_preset(self, name: str) -> None:
        """Take a plan by its name; own values begin with those that were there."""
        self._has_own_retry = name == OWN_RETRY
        if self._has_own_retry:
            self.retry_preset_changed.emit()
        else:
            self._editor.set_retry(dict(RETRY_PRESETS)[name])

    def set_own_retry(self, plan: RetryPlan) -> None:
        """Take own values; the longest wait is never shorter than the first."""
        self._has_own_retry = True
        self._editor.set_retry(replace(plan, max_s=max(plan.base_s, plan.max_s)))

    @property
    def retry_preset(self) -> str:
        """Name of the preset that the draft's plan equals; `OWN_RETRY` for another plan, or while one is made."""
        if self._has_own_retry:
            return OWN_RETRY
        return next((name for name, plan in RETRY_PRESETS if plan == self._editor.draft.retry), OWN_RETRY)

    @property
    def retry_delays_s(self) -> Sequence[float]:
        """The waits after each failed attempt but the last, without their jitter, in seconds."""
        plan = self._editor.draft.retry
        return [min(plan.max_s, plan.base_s * 2**n) for n in range(plan.attempts - 1)]

    def set_priority(self, level: str) -> None:
        self._editor.set_priority(PRIORITIES[level])

    @property
    def priority_level(self) -> str:
        """The level that the priority is in; a draft from a file may have any from -100 to 100."""
        priority = self._editor.draft.priority
        return next((name for name, least in reversed(tuple(PRIORITIES.items())) if priority >= least), "low")

    @property
    def priority_weight(self) -> float:
        """Messages that leave through a shared number for each one of a campaign of normal priority."""
        return weight(self._editor.draft.priority)

    def set_window_on(self, is_on: bool) -> None:
        self._editor.set_window(OFFICE_HOURS if is_on else None)

    def set_window_day(self, day: int, is_on: bool) -> None:
        """`day` is ISO: Monday is 1."""
        window = self._editor.draft.window or OFFICE_HOURS
        days = {*window.days, day} if is_on else {*window.days} - {day}
        self._editor.set_window(replace(window, days=tuple(sorted(days))))

    def set_window_hours(self, start: time, end: time) -> None:
        window = self._editor.draft.window or OFFICE_HOURS
        self._editor.set_window(replace(window, start=start, end=end))

    def set_holidays(self, country: str | None) -> None:
        """Leave the public holidays of a country out (ISO code), or none."""
        window = self._editor.draft.window or OFFICE_HOURS
        self._editor.set_window(replace(window, holidays=country))

    def _on_loaded(self) -> None:
        self._has_own_retry = False

    async def _load(self) -> None:
        self.instances = await self._library.instances()
        self.instances_changed.emit()
        self._estimate()

    def _estimate(self) -> None:
        """Estimate again; months of a plan are worked elsewhere, the window goes on."""
        chosen = {row.instance.name for row in self.instances} & set(self._editor.draft.instances)
        if self._recipients is None or not chosen:
            self._show(None)
        else:
            self.jobs.refresh("estimate", self._foresee)

    async def _foresee(self) -> None:
        people, now = self._recipients, self.now()
        if people is None:
            return
        found = await self._control.estimate(self._editor.campaign_id, self._editor.draft, people)
        if self._recipients is not None:  # else nobody wants to know it any more
            duration_s = (found.likely - now).total_seconds() if found else None
            notes = plan_words.notes(found) if found else ""
            place = None if found else await self._place(now)
            self._show(Estimate(people, found.likely if found else None, duration_s, notes, place))

    async def _place(self, now: datetime) -> int | None:
        """Return the place in the queue that it would get now; None when it would send at once."""
        joining = Joining(self._editor.campaign_id, self._editor.draft.priority, now)
        return queue_outlook(joining, await self._library.running_campaigns()).place

    def _show(self, estimate: Estimate | None) -> None:
        if self.estimate != estimate:
            self.estimate = estimate
            self.estimate_changed.emit()
