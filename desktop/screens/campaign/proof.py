"""The proof of a campaign: the verdict, what it rests on, and those for whom it does not hold."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.viewmodels import proof_words, wording
from desktop.viewmodels import table_roles as roles
from desktop.viewmodels.proof import ProofViewModel
from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.delegates import PillDelegate, TextDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import label
from desktop.widgets.medallion import Medallion
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.progress import ProgressBar
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from desktop.widgets.vertical_scroll import VerticalScroll

_NARROW = 860
_PICTURES = {"success": "shield-check", "warning": "circle-question-mark", "danger": "octagon-x"}
_LIST_HEIGHT = 320


class ProofPanel(VerticalScroll):
    """Computes by itself when it is first seen; anew when asked.

    Signals:
        recipient_requested(str): show the recipient with this phone.
    """

    recipient_requested = Signal(str)

    def __init__(self, model: ProofViewModel, parent: QWidget | None = None) -> None:
        super().__init__(SPACE_L, parent)
        self._model = model
        self.column.addWidget(self._build_verdict())
        self.column.addLayout(self._build_tiles())
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(SPACE_L)
        self._halves.addWidget(self._build_evidence(), 2)
        self._halves.addWidget(self._build_list(), 3)
        self.column.addLayout(self._halves)
        model.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._model.result is None:
            self._model.compute()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.viewport().width() < _NARROW
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    # Building

    def _build_verdict(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self._picture = Medallion("shield-check", "neutral", 48)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_XS)
        self.verdict = label("", "title", wrap=True)
        self.note = label("", "muted", wrap=True)
        self.bar = ProgressBar(8)
        texts.addWidget(self.verdict)
        texts.addWidget(self.note)
        texts.addWidget(self.bar)
        row.addLayout(texts, 1)
        row.addLayout(self._build_actions())
        card.body.addLayout(row)
        return card

    def _build_actions(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.cancel_button = button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._model.cancel)
        self.again_button = button(self.tr("Compute again"), "secondary", "refresh-cw")
        self.again_button.clicked.connect(self._model.compute)
        self.json_button = button(self.tr("Save as JSON…"), "secondary", "download")
        self.json_button.clicked.connect(self._on_save_json)
        self.csv_button = button(self.tr("Save as CSV…"), "secondary", "download")
        self.csv_button.clicked.connect(self._on_save_csv)
        for part in (self.again_button, self.json_button, self.csv_button, self.cancel_button):
            row.addWidget(part)
        column.addLayout(row)
        self.saving = label("", "caption")
        self.save_cancel = button(self.tr("Cancel"), "ghost", "x")
        self.save_cancel.clicked.connect(self._model.cancel_save)
        progress = QHBoxLayout()
        progress.addStretch(1)
        progress.addWidget(self.saving)
        progress.addWidget(self.save_cancel)
        column.addLayout(progress)
        column.addStretch(1)
        return column

    def _build_tiles(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.tiles = {
            "sent_once": MetricTile(self.tr("Sent once"), "chart_read", self.tr("Exactly one attempt left.")),
            "not_sent": MetricTile(self.tr("Nothing sent"), "chart_sent", self.tr("No attempt left.")),
            "unknown": MetricTile(
                self.tr("At most once"), "doubt", self.tr("One attempt may have left: never more than one.")
            ),
            "not_provable": MetricTile(
                self.tr("Not proven"), "warning", self.tr("It cannot be excluded that they were sent to twice.")
            ),
            "violated": MetricTile(self.tr("Sent twice"), "danger", self.tr("Two attempts certainly left.")),
        }
        for tile in self.tiles.values():
            row.addWidget(tile)
        return row

    def _build_evidence(self) -> Card:
        card = Card(self.tr("How each attempt is known"))
        self.evidence = BarChart(self.tr("Attempts by evidence"))
        card.body.addWidget(self.evidence)
        card.body.addStretch(1)
        return card

    def _build_list(self) -> Card:
        card = Card(self.tr("For whom it is not proven"))
        self.table = PagedTable(
            self._model.unproven,
            (
                ColumnLook(160, delegate=TextDelegate(roles.TONE, parent=self)),
                ColumnLook(120, delegate=PillDelegate(roles.TONE, self)),
                ColumnLook(200, stretch=True, delegate=TextDelegate(roles.TONE, parent=self)),
                ColumnLook(90, delegate=TextDelegate(roles.TONE, parent=self), hide_below=520),
            ),
            self.tr("Recipients for whom it is not proven"),
            empty=EmptyState(
                "shield-check",
                self.tr("Nobody"),
                self.tr("Here stands everybody for whom it is not proven that at most one message left."),
                tone="neutral",
            ),
        )
        self.table.setMinimumHeight(_LIST_HEIGHT)
        self.table.opened.connect(self._on_opened)
        card.body.addWidget(self.table, 1)
        return card

    # Showing

    def _show(self) -> None:
        model = self._model
        is_running, result = model.is_running, model.result
        self.cancel_button.setVisible(is_running)
        self.again_button.setVisible(not is_running)
        self.bar.setVisible(is_running)
        for save in (self.json_button, self.csv_button):
            save.setEnabled(not model.is_saving)
        self._show_saving()
        if is_running:
            self._show_progress(*model.progress)
        elif result is None:
            self._picture.set_picture("shield-check", "neutral")
            self.verdict.setText(self.tr("Was anybody sent to twice?"))
            self.note.setText(self.tr("Every recipient and every attempt is looked at."))
        else:
            title, note = proof_words.verdict(result.tally)
            tone = proof_words.tone(result.verdict)
            self._picture.set_picture(_PICTURES[tone], tone)
            self.verdict.setText(title)
            self.note.setText(f"{note} {proof_words.computed_at(result.at, model.now())}.")
        for key, tile in self.tiles.items():
            tile.set_value(wording.number(result.tally.counts[key]) if result else "–")
        lines = proof_words.evidence_lines(result.tally) if result else ()
        self.evidence.set_bars([Bar(line.name, line.figure, line.parts, line.meaning) for line in lines])

    def _show_saving(self) -> None:
        model = self._model
        share = self.tr("{share} written").format(share=wording.share(model.save_share))
        text = self.tr("Cancelling…") if model.is_save_cancelled else share
        self.saving.setText(text if model.is_saving else "")
        self.save_cancel.setVisible(model.is_saving)
        self.save_cancel.setEnabled(not model.is_save_cancelled)

    def _show_progress(self, done: int, total: int) -> None:
        self._picture.set_picture("loader-circle", "neutral")
        self.verdict.setText(self.tr("Looking at every recipient…"))
        text = self.tr("{done} of {total}").format(done=wording.number(done), total=wording.recipients(total))
        self.note.setText(text if total else "")
        self.bar.set_share(done / total if total else 0.0)

    # Doing

    def _on_save_json(self) -> None:
        self._ask_where("json", self.tr("Proof report as JSON (*.json)"))

    def _on_save_csv(self) -> None:
        self._ask_where("csv", self.tr("Proof report as CSV (*.csv)"))

    def _ask_where(self, file_format: str, kind: str) -> None:
        dialog = QFileDialog(self, self.tr("Save the proof report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(file_format)
        dialog.selectFile(self._model.suggested_name(file_format))
        dialog.fileSelected.connect(self._on_json_chosen if file_format == "json" else self._on_csv_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_json_chosen(self, name: str) -> None:
        self._model.save(Path(name), "json")

    def _on_csv_chosen(self, name: str) -> None:
        self._model.save(Path(name), "csv")

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(roles.ROW)
        if row is not None:
            self.recipient_requested.emit(row.unproven.phone)
