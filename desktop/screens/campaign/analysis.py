"""The answers about one campaign: rates beside their definitions, times, hours, errors, variations; and its reports."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.domain.analysis import CampaignAnalysis
from desktop.screens.campaign.variations import VariationsCard
from desktop.viewmodels import analysis_words as words
from desktop.viewmodels import budget as cost_words
from desktop.viewmodels import wording
from desktop.viewmodels.analysis import AnalysisViewModel
from desktop.viewmodels.analysis_words import ColumnRow, Tile
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.column_chart import Column, ColumnChart
from desktop.widgets.figure_table import FigureTable
from desktop.widgets.labels import label
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.tokens import SPACE_L, SPACE_M
from desktop.widgets.vertical_scroll import VerticalScroll

FORMATS = ("pdf", "xlsx", "csv", "json")


class AnalysisPanel(QWidget):
    """Asks only while it is shown."""

    def __init__(self, model: AnalysisViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._format = FORMATS[0]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        area = VerticalScroll()
        layout.addWidget(area)
        area.column.addLayout(self._build_head())
        area.column.addLayout(self._build_rates())
        area.column.addLayout(self._build_times())
        charts = QHBoxLayout()
        charts.setSpacing(SPACE_L)
        self.hours = ColumnChart(self.tr("Sent by hour of the day"))
        self.weekdays = ColumnChart(self.tr("Sent by weekday"))
        charts.addWidget(_carded(self.tr("By hour of the day"), self.hours), 2)
        charts.addWidget(_carded(self.tr("By weekday"), self.weekdays), 1)
        area.column.addLayout(charts)
        self.when_note = label("", "caption", wrap=True)
        area.column.addWidget(self.when_note)
        self.days = ColumnChart(self.tr("Sent by day"))
        area.column.addWidget(_carded(self.tr("By day"), self.days))
        area.column.addWidget(self._build_tries())
        self.errors = FigureTable(
            (self.tr("What happened"), self.tr("Times"), self.tr("Share"), self.tr("What to do")), wide=(3,)
        )
        self.no_errors = label(self.tr("No attempt ended with an error."), "muted")
        hint = self.tr("The share is of all attempts that were not accepted.")
        area.column.addWidget(_carded(self.tr("Commonest errors"), self.errors, self.no_errors, hint=hint))
        self.cost_text = label("", "strong", wrap=True)
        self.cost_note = label("", "caption", wrap=True)
        self.costs = FigureTable(
            (
                self.tr("Category"),
                self.tr("Country"),
                self.tr("Messages"),
                self.tr("Estimated"),
                self.tr("As far as known"),
            ),
            wide=(1,),
        )
        hint = self.tr("By the prices in Settings at the moment of each message; what Meta tells takes their place.")
        self.cost_card = _carded(self.tr("Cost"), self.cost_text, self.costs, self.cost_note, hint=hint)
        area.column.addWidget(self.cost_card)
        self.variations = VariationsCard()
        area.column.addWidget(self.variations)
        self.numbers = FigureTable(
            (
                self.tr("Number"),
                self.tr("Sent"),
                self.tr("Not sent"),
                self.tr("Success rate"),
                self.tr("Average"),
                self.tr("95 of 100 within"),
            )
        )
        hint = self.tr("Average and 95 of 100: from the request to the answer of the gateway that accepted it.")
        area.column.addWidget(_carded(self.tr("By number"), self.numbers, hint=hint))
        model.changed.connect(self._show)
        model.jobs.changed.connect(self._on_job_changed)

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.export_progress = label("", "muted")
        self.export_cancel = button(self.tr("Cancel"), "ghost", "x")
        self.export_cancel.clicked.connect(self._model.cancel_report)
        for part in (self.export_progress, self.export_cancel):
            part.hide()
            row.addWidget(part)
        self._model.report_progressed.connect(self._show_progress)
        self.export_button = button(self.tr("Export…"), "secondary", "download")
        menu = QMenu(self.export_button)
        for file_format, text in (
            ("pdf", self.tr("Report to read (PDF)")),
            ("xlsx", self.tr("Workbook (XLSX)")),
            ("csv", self.tr("Proof report (CSV)")),
            ("json", self.tr("Proof report (JSON)")),
        ):
            action = QAction(text, menu)
            action.setData(file_format)
            menu.addAction(action)
        menu.triggered.connect(self._on_format_chosen)
        self.export_button.setMenu(menu)
        row.addWidget(self.export_button)
        return row

    def _build_rates(self) -> QGridLayout:
        success = self.tr("Accepted by the gateway, of those whose sending is decided (accepted or not sent)")
        delivery = self.tr("Delivered to the phone, of those accepted")
        reading = self.tr("Read, of those delivered. Who has switched read receipts off counts as not read")
        reply = self.tr("Answered at least once, of those accepted")
        self.rates = (
            MetricTile(self.tr("Success rate"), hint=success),
            MetricTile(self.tr("Delivery rate"), hint=delivery),
            MetricTile(self.tr("Read rate"), hint=reading),
            MetricTile(self.tr("Reply rate"), hint=reply),
        )
        grid = QGridLayout()
        grid.setSpacing(SPACE_M)
        for column, (tile, definition) in enumerate(zip(self.rates, (success, delivery, reading, reply), strict=True)):
            grid.addWidget(tile, 0, column)
            grid.addWidget(label(definition, "caption", wrap=True), 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        return grid

    def _build_times(self) -> QGridLayout:
        time_hint = self.tr("From the request to the answer of the gateway that accepted it")
        self.times = tuple(
            MetricTile(title, hint=time_hint)
            for title in (
                self.tr("Shortest send time"),
                self.tr("Average send time"),
                self.tr("95 of 100 within"),
                self.tr("Longest send time"),
            )
        )
        self.tries = (
            MetricTile(self.tr("Accepted at the first try")),
            MetricTile(self.tr("Accepted at a later try")),
        )
        grid = QGridLayout()
        grid.setSpacing(SPACE_M)
        for column, tile in enumerate((*self.times, *self.tries)):
            grid.addWidget(tile, 0, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(label(time_hint, "caption", wrap=True), 1, 0, 1, 4)
        grid.addWidget(label(self.tr("Of all accepted messages"), "caption", wrap=True), 1, 4, 1, 2)
        return grid

    def _build_tries(self) -> Card:
        self.tries_text = label("", "strong", wrap=True)
        self.by_try = FigureTable(
            (self.tr("Accepted at try"), self.tr("Messages"), self.tr("Share of the accepted")), wide=()
        )
        hint = self.tr("A try is one request to a gateway. What it refuses for a reason that can pass is tried again.")
        return _carded(self.tr("Tries and retries"), self.tries_text, self.by_try, hint=hint)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.show(is_shown=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.show(is_shown=False)

    def _show(self, analysis: CampaignAnalysis) -> None:
        _fill(self.rates, words.rates(analysis))
        for tile, text in zip(self.times, words.times(analysis.times), strict=True):
            tile.set_value(text)
        _fill(self.tries, words.tries(analysis))
        self.tries_text.setText(words.tries_summary(analysis))
        rows = words.by_try(analysis)
        self.by_try.set_rows(rows)
        self.by_try.setVisible(bool(rows))
        note = self.tr("By the clock of {zone}: accepted messages; what was not sent stands on top in red.")
        self.when_note.setText(note.format(zone=analysis.zone))
        show_columns(self.hours, words.hours(analysis))
        show_columns(self.weekdays, words.weekdays(analysis))
        show_columns(self.days, words.days(analysis.days))
        rows = words.errors(analysis)
        self.errors.set_rows(rows)
        self.errors.setVisible(bool(rows))
        self.no_errors.setVisible(not rows)
        self.variations.show_rows(analysis.variations)
        self.numbers.set_rows(words.numbers(analysis))

        self._show_cost()

    def _show_cost(self) -> None:
        currency, parts = self._model.cost
        self.cost_card.setVisible(bool(parts))
        text, note = cost_words.cost_summary(parts, currency)
        self.cost_text.setText(text)
        self.cost_note.setText(note)
        self.cost_note.setVisible(bool(note))
        self.costs.set_rows(cost_words.cost_rows(parts, currency))

    def _on_job_changed(self, name: str) -> None:
        if name == "analysis.write":
            is_writing = self._model.jobs.is_running(name)
            self.export_button.setEnabled(not is_writing)
            self.export_button.setText(self.tr("Exporting…") if is_writing else self.tr("Export…"))
            self.export_progress.setVisible(is_writing)
            self.export_cancel.setVisible(is_writing)
            self._show_progress()

    def _show_progress(self) -> None:
        is_cancelled = self._model.is_report_cancelled
        share = wording.share(self._model.report_share)
        self.export_progress.setText(
            self.tr("Cancelling…") if is_cancelled else self.tr("{share} written").format(share=share)
        )
        self.export_cancel.setEnabled(not is_cancelled)

    def _on_format_chosen(self, action: QAction) -> None:
        self._format = str(action.data())
        dialog = QFileDialog(self, QCoreApplication.translate("AnalysisPanel", "Export the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{self._format.upper()} (*.{self._format})")
        dialog.setDefaultSuffix(self._format)
        dialog.selectFile(self._model.suggested_name(self._format))
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, name: str) -> None:
        """Write the report of the chosen format to a file of this name."""
        self._model.save(Path(name), self._format)


def show_columns(chart: ColumnChart, rows: Sequence[ColumnRow]) -> None:
    """Hand a chart its bars."""
    chart.set_columns([Column(row.name, row.sent, row.failed, row.tip) for row in rows], *words.scale(rows))


def _fill(tiles: Sequence[MetricTile], values: Sequence[Tile]) -> None:
    for tile, value in zip(tiles, values, strict=True):
        tile.set_value(value.value, value.note)


def _carded(title: str, *content: QWidget, hint: str = "") -> Card:
    card = Card(title, hint)
    for widget in content:
        card.body.addWidget(widget)
    return card
