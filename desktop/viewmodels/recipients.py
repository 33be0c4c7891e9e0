"""The recipients of one campaign, paged by key, and the attempts of the one that is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QTimer, Signal

from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.recipient import FINAL_FOR_SENDING, RecipientStatus
from desktop.domain.summaries import AttemptRow, RecipientRow
from desktop.viewmodels import why_words, wording
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library
from desktop.viewmodels.prepared_model import Cell, Column, PreparedModel
from desktop.viewmodels.table_roles import SECOND, TONE, TOOL_TIP

PAGE = 200
WHY_MS = 1000


@dataclass(frozen=True, slots=True)
class AttemptWords:
    """An attempt in words: heading, outcome and its tone, what happened, what to do."""

    heading: str
    outcome: str
    tone: str
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class RecipientDetail:
    """Everything about one recipient."""

    row: RecipientRow
    reason: str
    advice: str
    times: tuple[tuple[str, str], ...]  # (what, when), in the order of life
    attempts: tuple[AttemptWords, ...]  # newest first
    own_text: str | None = None  # what this person alone gets, or got


@dataclass(frozen=True, slots=True)
class TableWords:
    """How a table of recipients is worded: its columns, and the cells of a row at a moment."""

    columns: Sequence[Column]
    cells: Callable[[RecipientRow, datetime], Sequence[Cell]]


class RecipientsModel(PreparedModel[RecipientRow]):
    """Signals:
    more_wanted: the view has come to the end of what is loaded.
    """

    more_wanted = Signal()

    def __init__(self, words: TableWords, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(words.columns, lambda row: words.cells(row, now()), lambda row: row.id, parent)
        self.has_more = False

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        if not parent.isValid() and self.has_more:
            self.more_wanted.emit()


class RecipientsViewModel(QObject):
    """Pages, filter and detail of the recipients of one campaign.

    Signals:
        detail_changed(object): the `RecipientDetail` to show, or None.
        why_changed(object): why nothing leaves to the chosen one now (`WhyView`); again each second.
        failed(object): a question was refused with this KnownError.
    """

    detail_changed = Signal(object)
    why_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        control: Control,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        words: TableWords | None = None,
        only: str | None = None,
    ) -> None:
        """`words` are other ones than those of all recipients; `only` is the status to begin with."""
        super().__init__(parent)
        self._library, self._control = library, control
        self._now = now
        self._campaign_id: CampaignId | None = None
        self._only = only
        self._status = only
        self._text = ""
        self._generation = 0
        self._chosen: RecipientRow | None = None
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.model = RecipientsModel(words or TableWords(_columns(), _cells), now, self)
        self.model.more_wanted.connect(self._on_more_wanted)
        self._why_timer = QTimer(self, interval=WHY_MS)
        self._why_timer.timeout.connect(self._ask_why)

    @property
    def is_filtered(self) -> bool:
        return self._status is not None or bool(self._text)

    @property
    def is_loading(self) -> bool:
        return self.jobs.is_running("recipients.load")

    def open(self, campaign_id: CampaignId) -> None:
        """Show the first page of a campaign's recipients."""
        if campaign_id != self._campaign_id:
            self._campaign_id = campaign_id
            self._status, self._text = self._only, ""
            self.model.show_rows(())
            self.choose(None)
        self.reload()

    def set_filter(self, status: str | None, text: str) -> None:
        """Show only a status, and of it those whose name or phone contains `text`."""
        self._status, self._text = status, text
        self.reload()

    def reload(self) -> None:
        """Read the first page again."""
        self._generation += 1
        self.jobs.refresh("recipients.load", self._load_first)

    def refresh_rows(self, first: int, last: int) -> None:
        """Read again what is on the screen (places of rows), because events have come."""
        if self._campaign_id is None or self.is_loading:
            return
        if self.model.rowCount() == 0:
            self.reload()
            return
        start = max(0, first)
        limit = min(PAGE, max(last - start + 1, 20) + 10)

        async def work() -> None:
            await self._load_again(start, limit)

        self.jobs.start("recipients.refresh", work)

    def choose(self, row: RecipientRow | None) -> None:
        """Show the detail of a recipient, or none."""
        self._chosen = row
        if row is None:
            self._why_timer.stop()
            self.detail_changed.emit(None)
        else:
            self.jobs.refresh("recipients.attempts", self._load_attempts)

    def stop(self) -> None:
        """Ask nothing by itself any more: nobody looks."""
        self._why_timer.stop()

    def follow(self) -> None:
        """Ask again each second why nothing leaves to the chosen one, unless it is settled."""
        if self._chosen is not None and self._chosen.status not in FINAL_FOR_SENDING:
            self._ask_why()
            self._why_timer.start()
        else:
            self._why_timer.stop()

    def _ask_why(self) -> None:
        if not self.jobs.is_running("recipients.why"):
            self.jobs.start("recipients.why", self._load_why)

    async def _load_why(self) -> None:
        row = self._chosen
        if row is None:
            return
        explanation = await self._control.why_not_now(row.id)
        if self._chosen is not None and row.id == self._chosen.id:
            self.why_changed.emit(why_words.view(explanation, self._now()))

    async def _load_first(self) -> None:
        if self._campaign_id is None:
            return
        generation = self._generation
        rows = await self._library.recipients(self._campaign_id, self._status, None, PAGE, self._text)
        if generation == self._generation:
            self.model.has_more = len(rows) == PAGE
            self.model.show_rows(rows)

    async def _load_more(self) -> None:
        if self._campaign_id is None:
            return
        generation = self._generation
        after = self.model.key_of(self.model.rowCount() - 1)
        key = None if after is None else RecipientId(after)
        rows = await self._library.recipients(self._campaign_id, self._status, key, PAGE, self._text)
        if generation == self._generation and after == self.model.key_of(self.model.rowCount() - 1):
            self.model.has_more = len(rows) == PAGE
            self.model.append_rows(rows)

    async def _load_again(self, start: int, limit: int) -> None:
        if self._campaign_id is None:
            return
        generation, before = self._generation, self.model.key_of(start - 1)
        after = None if before is None else RecipientId(before)
        rows = await self._library.recipients(self._campaign_id, self._status, after, limit, self._text)
        if generation != self._generation or before != self.model.key_of(start - 1):
            return
        shown = [self.model.key_of(place) for place in range(start, min(start + len(rows), self.model.rowCount()))]
        if shown == [row.id for row in rows][: len(shown)]:
            self.model.change_rows(start, rows[: len(shown)])
            self.model.append_rows(rows[len(shown) :])
            if len(rows) < limit:
                self.model.cut_rows(start + len(rows))
        else:
            # Under a filter people leave the list as their status changes: what follows is read when it is scrolled to.
            self.model.show_rows(rows, start)
        if self.model.rowCount() == start + len(rows):
            self.model.has_more = len(rows) == limit
        self._follow_chosen(rows)

    def _follow_chosen(self, rows: Sequence[RecipientRow]) -> None:
        if self._chosen is None:
            return
        new = next((row for row in rows if row.id == self._chosen.id), None)
        if new is not None and new != self._chosen:
            self.choose(new)

    async def _load_attempts(self) -> None:
        row = self._chosen
        if row is None:
            return
        attempts = await self._library.attempts(row.id)
        own_text = await self._library.own_text_of_recipient(row.id)
        if row is self._chosen:
            self.detail_changed.emit(describe(row, attempts, self._now(), own_text))
            self.follow()

    def _on_more_wanted(self) -> None:
        if not self.is_loading:
            self.jobs.start("recipients.more", self._load_more)


def describe(
    row: RecipientRow, attempts: Sequence[AttemptRow], now: datetime, own_text: str | None = None
) -> RecipientDetail:
    """Word everything about a recipient."""
    return RecipientDetail(
        row,
        wording.reason(row.reason),
        wording.advice(row.reason),
        _times(row, now),
        tuple(_attempt_words(attempt, now) for attempt in sorted(attempts, key=lambda a: a.number, reverse=True)),
        own_text,
    )


def _times(row: RecipientRow, now: datetime) -> tuple[tuple[str, str], ...]:
    found = (
        (QCoreApplication.translate("Recipients", "Next attempt"), row.next_attempt_at),
        (QCoreApplication.translate("Recipients", "Sent"), row.sent_at),
        (QCoreApplication.translate("Recipients", "Delivered"), row.delivered_at),
        (QCoreApplication.translate("Recipients", "Read"), row.read_at),
        (QCoreApplication.translate("Recipients", "Replied"), row.replied_at),
    )
    return tuple((name, wording.near_moment(at, now)) for name, at in found if at is not None)


def _attempt_words(attempt: AttemptRow, now: datetime) -> AttemptWords:
    facts = [wording.exact_moment(attempt.started_at, now), attempt.instance]
    if attempt.duration_ms is not None:
        facts.append(wording.milliseconds(attempt.duration_ms))
    if attempt.http_status is not None:
        facts.append(f"HTTP {attempt.http_status}")
    why = wording.reason(attempt.code) if attempt.code else ""
    return AttemptWords(
        heading=" · ".join(facts),
        outcome=wording.outcome(attempt.outcome),
        tone=wording.outcome_tone(attempt.outcome),
        text=" ".join(part for part in (why, f"“{attempt.text}”" if attempt.text else "") if part),
        advice=wording.advice(attempt.code),
    )


def _columns() -> Sequence[Column]:
    return (
        Column(QCoreApplication.translate("Recipients", "Recipient")),
        Column(QCoreApplication.translate("Recipients", "Status")),
        Column(QCoreApplication.translate("Recipients", "Why")),
        Column(QCoreApplication.translate("Recipients", "Number")),
        Column(QCoreApplication.translate("Recipients", "Last change")),
    )


def _cells(row: RecipientRow, now: datetime) -> Sequence[Cell]:
    status, tone = wording.recipient_status(row.status), wording.recipient_tone(row.status)
    if row.replied_at is not None and row.status in (RecipientStatus.READ, RecipientStatus.DELIVERED):
        status, tone = QCoreApplication.translate("Recipients", "Replied"), "success"
    shown_phone = wording.phone(row.phone)
    why = wording.reason(row.reason)
    last = row.replied_at or row.read_at or row.delivered_at or row.sent_at or row.tried_at
    if row.status is RecipientStatus.RETRYING and row.next_attempt_at is not None:
        pattern = QCoreApplication.translate("Recipients", "again {when}")
        when = pattern.format(when=wording.when(row.next_attempt_at, now))
    else:
        when = wording.near_moment(last, now) if last is not None else ""
    return (
        Cell(row.name or shown_phone, {SECOND: shown_phone if row.name else ""}),
        Cell(status, {TONE: tone}),
        Cell(why, {TONE: "muted", TOOL_TIP: " ".join(part for part in (why, wording.advice(row.reason)) if part)}),
        Cell(row.instance or "", {TONE: "muted"}),
        Cell(when, {TONE: "muted"}),
    )
