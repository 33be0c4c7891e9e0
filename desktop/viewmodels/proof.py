"""The proof of one campaign: whether anybody was sent to twice, computed from every recipient and attempt.

The computation runs in a reader's thread and may take a minute with a million recipients; what it has got to lies in a
plain value that a timer looks at, so that the thread touches nothing of Qt.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QTimer, Signal

from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.proof import RecipientFacts
from desktop.domain.report import ReportWatch
from desktop.domain.summaries import CampaignSummary
from desktop.policy.proof import ProofTally, ProofVerdict, Unproven
from desktop.viewmodels import formats, proof_words
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library, WrittenReport
from desktop.viewmodels.prepared_model import Cell, Column, PreparedModel
from desktop.viewmodels.table_roles import TONE, TOOL_TIP

PAGE = 200
LOOK_MS = 100
_LOOK_EVERY = 200  # recipients between two looks at whether it was cancelled


@dataclass(slots=True)
class _Counting:
    """One computation: how far it is, and whether it is to end."""

    campaign_id: CampaignId
    total: int = 0
    done: int = 0
    is_cancelled: bool = False
    tally: ProofTally = field(default_factory=ProofTally)

    def read(self, summary: CampaignSummary, recipients: Iterator[RecipientFacts]) -> bool:
        """Go through all recipients; return whether it came to the end. Runs in a reader's thread."""
        self.total = summary.counts.total
        for number, recipient in enumerate(recipients, 1):
            if number % _LOOK_EVERY == 0:
                self.done = number
                if self.is_cancelled:
                    return False
            self.tally.add(recipient)
        self.done = self.tally.recipients
        return not self.is_cancelled


class _Running:
    """What is being computed, where nothing of Qt can take it along: a window that is gone cancels it."""

    def __init__(self) -> None:
        self.counting: _Counting | None = None

    def cancel(self) -> None:
        if self.counting is not None:
            self.counting.is_cancelled = True
            self.counting = None


@dataclass(frozen=True, slots=True)
class ProofResult:
    """What was found, and when."""

    tally: ProofTally
    at: datetime

    @property
    def verdict(self) -> ProofVerdict:
        return self.tally.verdict


@dataclass(frozen=True, slots=True)
class UnprovenRow:
    """A line of the list: somebody for whom the claim is not proven."""

    unproven: Unproven
    verdict: ProofVerdict


class UnprovenModel(PreparedModel[UnprovenRow]):
    """Violations first; lines are made as they are scrolled to, because there may be a great many."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), _cells, lambda row: row.unproven.id, parent)
        self._all: list[UnprovenRow] = []

    def show_tally(self, tally: ProofTally | None) -> None:
        self._all = []
        if tally is not None:
            self._all += [UnprovenRow(each, ProofVerdict.VIOLATED) for each in tally.violated]
            self._all += [UnprovenRow(each, ProofVerdict.NOT_PROVABLE) for each in tally.not_provable]
        self.show_rows(self._all[:PAGE])

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return not parent.isValid() and self.rowCount() < len(self._all)

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        if not parent.isValid():
            place = self.rowCount()
            self.append_rows(self._all[place : place + PAGE])


class ProofViewModel(QObject):
    """Compute, show and save the proof of the campaign that is open.

    Signals:
        changed: it was begun, got further, ended, or another campaign was opened.
        written(object): a report is on the disk (`WrittenReport`).
        cancelled: the saving was given up, and left no file.
        failed(object): a question or the saving was refused with this KnownError.
    """

    changed = Signal()
    written = Signal(object)
    cancelled = Signal()
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        control: Control,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._control, self.now = library, control, now
        self._campaign_id: CampaignId | None = None
        self.result: ProofResult | None = None
        self.unproven = UnprovenModel(self)
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)
        self.jobs.changed.connect(self._on_job_changed)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.changed)
        self._running = _Running()
        # A window that closes must not wait for a million recipients.
        self.destroyed.connect(self._running.cancel)
        self._watch = ReportWatch()
        self._watch_timer = QTimer(self, interval=LOOK_MS)
        self._watch_timer.timeout.connect(self.changed)

    def open(self, campaign_id: CampaignId) -> None:
        """Turn to another campaign; what was computed about the last one is forgotten."""
        if campaign_id != self._campaign_id:
            self.cancel()
            self._campaign_id, self.result = campaign_id, None
            self.unproven.show_tally(None)
            self.changed.emit()

    @property
    def is_running(self) -> bool:
        return self._running.counting is not None

    @property
    def is_saving(self) -> bool:
        return self.jobs.is_running("proof.write")

    @property
    def progress(self) -> tuple[int, int]:
        """Return how many recipients were looked at, and of how many."""
        counting = self._running.counting
        return (counting.done, counting.total) if counting else (0, 0)

    def suggested_name(self, file_format: str) -> str:
        """Return a name for the file of the report."""
        text = QCoreApplication.translate("Proof", "proof-campaign-{id}")
        return f"{text.format(id=self._campaign_id)}.{file_format}"

    def compute(self) -> None:
        """Go through all recipients, unless that is under way."""
        if self._campaign_id is not None and not self.is_running:
            self._running.counting = _Counting(self._campaign_id)
            self._timer.start()
            self.jobs.refresh("proof.compute", self._compute)
            self.changed.emit()

    def cancel(self) -> None:
        """End the computation soon; nothing of it is shown."""
        if self.is_running:
            self._running.cancel()
            self._timer.stop()
            self.changed.emit()

    def save(self, path: Path, file_format: str) -> None:
        """Write the whole report, which is computed anew: it belongs to one state of the database."""
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
                self.cancelled.emit()
            else:
                self.written.emit(written)
            finally:
                self._watch_timer.stop()

        self.jobs.start("proof.write", work)

    @property
    def save_share(self) -> float:
        """How much of the report is written, 0-1."""
        return min(1.0, self._watch.done / self._watch.total) if self._watch.total else 0.0

    @property
    def is_save_cancelled(self) -> bool:
        return self._watch.is_cancelled

    def cancel_save(self) -> None:
        """End the saving soon; no file of it stays."""
        self._watch.is_cancelled = True
        self.changed.emit()

    async def _compute(self) -> None:
        counting = self._running.counting
        if counting is None:
            return
        is_complete = await self._library.proof(counting.campaign_id, counting.read)
        if counting is self._running.counting and is_complete:
            self._running.counting = None
            self._timer.stop()
            self.result = ProofResult(counting.tally, self.now())
            self.unproven.show_tally(counting.tally)

    def _on_failed(self, refusal: KnownError) -> None:
        if not self.jobs.is_running("proof.compute"):
            self.cancel()
        self.failed.emit(refusal)

    def _on_job_changed(self, _name: str) -> None:
        self.changed.emit()


def _columns() -> tuple[Column, ...]:
    return (
        Column(QCoreApplication.translate("Proof", "Recipient")),
        Column(QCoreApplication.translate("Proof", "Finding")),
        Column(QCoreApplication.translate("Proof", "Why")),
        Column(QCoreApplication.translate("Proof", "Attempts")),
    )


def _cells(row: UnprovenRow) -> tuple[Cell, ...]:
    attempts = ", ".join(formats.number(number) for number in row.unproven.attempts)
    return (
        Cell(formats.phone(row.unproven.phone)),
        Cell(proof_words.finding(row.verdict), {TONE: proof_words.tone(row.verdict)}),
        Cell(proof_words.why(row.unproven.why), {TONE: "muted", TOOL_TIP: proof_words.why(row.unproven.why)}),
        Cell(attempts or "–", {TONE: "muted"}),
    )
