"""The log timeline: a filter, a window of rows over millions of events, and a live tail that does not disturb.

Newest first. Pages by key in both directions; nothing here counts or jumps by offset.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.domain.events import Event, Severity
from desktop.domain.ids import CampaignId, EventId, InstanceId
from desktop.domain.summaries import EventFilter, EventRow
from desktop.viewmodels import wording
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.person_events import PersonAsked
from desktop.viewmodels.ports import Library
from desktop.viewmodels.timeline_model import TimelineModel

translate = QCoreApplication.translate

PAGE = 200
TAIL_EVERY_MS = 200  # 5 Hz. Source: performance.md §3.
TAIL_PAGE = 500
MOST_PENDING = 1000  # More than this is not counted one by one: "1,000+ new".
TYPING_MS = 250


class Span(StrEnum):
    """Time filters by name."""

    ANY = "any"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    OWN = "own"


_LENGTHS = {Span.HOUR: timedelta(hours=1), Span.DAY: timedelta(days=1), Span.WEEK: timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class TimelineChoices:
    """What the filters offer besides the fixed lists."""

    campaigns: tuple[tuple[CampaignId, str], ...] = ()
    instances: tuple[tuple[InstanceId, str], ...] = ()


def facts_of(row: EventRow) -> list[tuple[str, str]]:
    """Return (name, value) of what is known of an event, for its detail; what is not known is left out."""
    facts = [
        (translate("Timeline", "Time"), wording.moment(row.at)),
        (translate("Timeline", "Kind"), wording.event_type(row.type)),
        (translate("Timeline", "Campaign"), row.campaign or ""),
        (translate("Timeline", "Number"), row.instance or ""),
        (translate("Timeline", "Contact"), row.contact or ""),
        (translate("Timeline", "Phone"), wording.phone(row.phone) if row.phone else ""),
        (translate("Timeline", "Took"), wording.milliseconds(row.duration_ms) if row.duration_ms is not None else ""),
        (translate("Timeline", "HTTP status"), str(row.http_status or "")),
        (translate("Timeline", "Progress"), wording.share(row.progress) if row.progress is not None else ""),
        (translate("Timeline", "Health"), wording.number(row.health_score) if row.health_score is not None else ""),
        (translate("Timeline", "Operator"), row.operator or ""),
        (translate("Timeline", "Event no."), str(row.id)),
    ]
    return [(name, value) for name, value in facts if value]


def as_json(row: EventRow) -> str:
    """Return the whole event as readable JSON, for the clipboard and for evidence."""
    fields = {
        "id": row.id,
        "at": row.at.isoformat(),
        "type": row.type,
        "severity": row.severity.value,
        "campaign": row.campaign,
        "instance": row.instance,
        "contact": row.contact,
        "phone": row.phone,
        "duration_ms": row.duration_ms,
        "http_status": row.http_status,
        "progress": row.progress,
        "health_score": row.health_score,
        "operator": row.operator,
        "details": dict(row.details),
        "request": row.request,
        "response": row.response,
    }
    return pretty({name: value for name, value in fields.items() if value is not None})


def pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    return dict(value.items()) if hasattr(value, "items") else str(value)  # type: ignore[attr-defined]


class TimelineViewModel(QObject):
    """Filter, page and follow the events.

    Signals:
        filter_changed: `where` is another filter.
        choices_changed: `choices` are others.
        state_changed: `is_loading`, `is_live`, `pending` or the emptiness of the model may be others.
        failed(object): a question was refused with this KnownError.
    """

    filter_changed = Signal()
    choices_changed = Signal()
    state_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        bridge: EventBridge,
        spawn: Spawn,
        now: Callable[[], datetime],
        campaign_id: CampaignId | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`campaign_id` fixes the timeline to one campaign, for its page."""
        super().__init__(parent)
        self._library = library
        self.now = now
        self._fixed_campaign = campaign_id
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.model = TimelineModel(self)
        self.model.older_wanted.connect(self.load_older)
        self.where = EventFilter(min_severity=Severity.INFO, campaign_id=campaign_id)
        self.person = ""  # how whoever `where.contact_id` or `where.recipient_id` is about is called
        self.span = Span.ANY
        self.choices = TimelineChoices()
        self.is_live = True
        self._is_active = False
        self.is_at_top = True
        self._has_loaded = False
        self._last_id = EventId(0)
        self._pending: list[EventRow] = []
        self._is_flooded = False
        self._tail_timer = QTimer(self, singleShot=True, interval=TAIL_EVERY_MS)
        self._tail_timer.timeout.connect(self._on_tail_due)
        self._typing_timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing_timer.timeout.connect(self.reload)
        bridge.events.connect(self._on_events)
        bridge.reload_needed.connect(self._on_reload_needed)

    # State

    @property
    def is_campaign_fixed(self) -> bool:
        return self._fixed_campaign is not None

    @property
    def is_loading(self) -> bool:
        return self.jobs.is_running("load timeline")

    @property
    def is_empty(self) -> bool:
        """Loaded, and nothing matches."""
        return self._has_loaded and not self.is_loading and self.model.rowCount() == 0

    @property
    def is_filtered(self) -> bool:
        return self.where != EventFilter(min_severity=Severity.INFO, campaign_id=self._fixed_campaign)

    @property
    def pending(self) -> int:
        """Rows that have arrived and are not shown, because the operator is reading further down."""
        return MOST_PENDING if self._is_flooded else len(self._pending)

    @property
    def is_flooded(self) -> bool:
        """More than `pending` rows have arrived."""
        return self._is_flooded

    def activate(self) -> None:
        self._is_active = True
        self.jobs.refresh("load choices of timeline", self._load_choices)
        if self._has_loaded:
            self._on_tail_due()
        else:
            self.reload()

    def deactivate(self) -> None:
        self._is_active = False
        self._tail_timer.stop()

    # Filter

    def set_types(self, types: Sequence[str]) -> None:
        self._set_where(replace(self.where, types=tuple(types)))

    def set_min_severity(self, severity: Severity) -> None:
        self._set_where(replace(self.where, min_severity=severity))

    def set_campaign(self, campaign_id: CampaignId | None) -> None:
        """Without effect when the timeline belongs to one campaign."""
        self._set_where(replace(self.where, campaign_id=self._fixed_campaign or campaign_id))

    def set_instance(self, instance_id: InstanceId | None) -> None:
        self._set_where(replace(self.where, instance_id=instance_id))

    def show_person(self, asked: PersonAsked) -> None:
        """Show everything that happened to one person, of all levels, and drop every other filter."""
        self.person = asked.name
        self.span = Span.ANY
        # Of a recipient the campaign is known: naming it as well would only lead the search through all its events.
        campaign_id = self._fixed_campaign if asked.recipient_id is None else None
        self._set_where(
            EventFilter(campaign_id=campaign_id, contact_id=asked.contact_id, recipient_id=asked.recipient_id)
        )

    def clear_person(self) -> None:
        """Show the events of everybody again; the other filters stay."""
        self.person = ""
        self._set_where(replace(self.where, contact_id=None, recipient_id=None))

    def set_text(self, text: str) -> None:
        """Search as it is typed; the question goes out when the typing pauses."""
        if text.strip() != self.where.text:
            self.where = replace(self.where, text=text.strip())
            self._typing_timer.start()
            self.filter_changed.emit()

    def set_span(self, span: Span, since: datetime | None = None, until: datetime | None = None) -> None:
        """`since` and `until` are aware; they count for `Span.OWN` only."""
        self.span = span
        length = _LENGTHS.get(span)
        if span is Span.OWN:
            self._set_where(replace(self.where, since=since, until=until))
        else:
            self._set_where(replace(self.where, since=self.now() - length if length else None, until=None))

    def clear_filter(self) -> None:
        self.span, self.person = Span.ANY, ""
        self._set_where(EventFilter(min_severity=Severity.INFO, campaign_id=self._fixed_campaign))

    def _set_where(self, where: EventFilter) -> None:
        if where != self.where:
            self.where = where
            self.filter_changed.emit()
            self.reload()

    # Loading

    def reload(self) -> None:
        """Show the newest rows of the filter."""
        self._typing_timer.stop()
        self.jobs.refresh("load timeline", self._reload)

    def load_older(self) -> None:
        if not self.is_loading:
            self.jobs.start("load older events", self._load_older)

    def load_newer(self) -> None:
        """Load again what made room while the operator scrolled down."""
        if self.model.has_newer and not self.is_loading:
            self.jobs.start("load newer events", self._load_newer)

    async def _load_choices(self) -> None:
        campaigns = () if self.is_campaign_fixed else await self._library.campaigns()
        instances = await self._library.instances()
        self.choices = TimelineChoices(
            tuple((row.id, row.name) for row in campaigns),
            tuple((row.instance.id, row.instance.name) for row in instances),
        )
        self.choices_changed.emit()

    async def _reload(self) -> None:
        last_id = await self._library.last_event_id()
        rows = await self._library.events_before(self.where, None, PAGE)
        self._last_id = max(last_id, rows[0].id) if rows else last_id
        self._drop_pending()
        self._has_loaded = True
        self.is_at_top = True
        self.model.replace_all(rows, has_older=len(rows) == PAGE)
        self.state_changed.emit()

    async def _load_older(self) -> None:
        where, oldest = self.where, self.model.oldest_id
        rows = await self._library.events_before(where, oldest, PAGE)
        if where == self.where and oldest == self.model.oldest_id:
            self.model.append_older(rows, has_older=len(rows) == PAGE)
            self.state_changed.emit()

    async def _load_newer(self) -> None:
        where, newest = self.where, self.model.newest_id
        if newest is None:
            return
        rows = await self._library.events_after(where, newest, PAGE)
        if where == self.where and newest == self.model.newest_id:
            has_newer = len(rows) == PAGE
            # The rows in sight stay in sight: the operator is on the way up, and not there yet.
            self.is_at_top = False
            self.model.prepend_newer(rows[::-1], has_newer)
            if not has_newer and rows:
                self._last_id = max(self._last_id, rows[-1].id)
                self._drop_pending()
            self.state_changed.emit()

    # Live tail

    def set_live(self, is_live: bool) -> None:
        self.is_live = is_live
        if is_live:
            self.show_newest()
        self.state_changed.emit()

    def set_at_top(self, is_at_top: bool) -> None:
        """Tell whether the newest row is in sight: only then may rows move under the operator's eyes."""
        if is_at_top == self.is_at_top:
            return
        self.is_at_top = is_at_top
        if is_at_top and self.model.has_newer:
            self.load_newer()
        elif is_at_top and self.is_live:
            self.show_newest()

    def show_newest(self) -> None:
        """Show what has arrived meanwhile, and follow again."""
        if self.model.has_newer or self._is_flooded:
            self.reload()
            return
        self.is_at_top = True
        self.model.prepend_newer(self._pending[::-1], has_newer=False)
        self._drop_pending()
        self.state_changed.emit()
        self._on_tail_due()

    def _on_events(self, _events: Sequence[Event]) -> None:
        """Take note that something was written; it is read, with its names, at most five times a second."""
        if self._is_tailing() and not self._tail_timer.isActive():
            self._tail_timer.start()

    def _on_reload_needed(self) -> None:
        # The tail asks by key: what the bridge has dropped is found all the same.
        self._on_events(())

    def _is_tailing(self) -> bool:
        return self._is_active and self.is_live and self._has_loaded and self.where.until is None

    def _on_tail_due(self) -> None:
        if self._is_tailing() and not self._is_flooded and not self.model.has_newer:
            self.jobs.refresh("follow timeline", self._follow)

    async def _follow(self) -> None:
        where, after = self.where, self._last_id
        rows = await self._library.events_after(where, after, TAIL_PAGE)
        if not rows or where != self.where or after != self._last_id:
            return
        self._last_id = rows[-1].id
        if not self.is_at_top:
            self._pending.extend(rows)
            if len(self._pending) > MOST_PENDING:
                self._drop_pending()
                self._is_flooded = True
        elif len(rows) == TAIL_PAGE:
            self.reload()  # A flood: a new snapshot is cheaper than following.
        else:
            self.model.prepend_newer(rows[::-1], has_newer=False)
        self.state_changed.emit()

    def _drop_pending(self) -> None:
        self._pending.clear()
        self._is_flooded = False

    def _on_job_changed(self, name: str) -> None:
        if name == "load timeline":
            self.state_changed.emit()
