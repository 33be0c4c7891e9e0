"""What became of the rows of an import: figures, and each reason for a refusal in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.viewmodels import formats, import_words
from desktop.viewmodels.ports import ImportReport
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S


class ImportDone(QWidget):
    """Signals:
    rejects_requested: the file with the refused rows is to be opened.
    """

    rejects_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_L)
        self.summary = label("", "muted", wrap=True)
        column.addWidget(self.summary)
        tiles = QHBoxLayout()
        tiles.setSpacing(SPACE_M)
        self.tiles = {
            "added": MetricTile(self.tr("New"), "success"),
            "updated": MetricTile(self.tr("Updated"), "info"),
            "duplicates": MetricTile(self.tr("Repeated in the file"), "neutral"),
            "rejected": MetricTile(self.tr("Refused"), "danger"),
        }
        for tile in self.tiles.values():
            tiles.addWidget(tile)
        column.addLayout(tiles)
        self.notices = label("", "muted", wrap=True)
        column.addWidget(self.notices)
        self.reasons = Card(self.tr("Why rows were refused"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_S)
        self._grid.setColumnStretch(1, 1)
        self.reasons.body.addLayout(self._grid)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.rejects_path = label("", "caption", wrap=True, selectable=True)
        self.rejects_button = button(self.tr("Open the refused rows"), "secondary", "external-link")
        self.rejects_button.clicked.connect(self.rejects_requested)
        row.addWidget(self.rejects_path, 1)
        row.addWidget(self.rejects_button)
        self.reasons.body.addLayout(row)
        column.addWidget(self.reasons)
        column.addStretch(1)

    def show_report(self, report: ImportReport) -> None:
        """Show what became of an import."""
        result = report.result
        self.summary.setText(import_words.summary(result))
        for name, tile in self.tiles.items():
            tile.set_value(formats.number(getattr(result, name)))
        notices = import_words.notices(report.landlines, report.shortened)
        self.notices.setText("\n".join(notices))
        self.notices.setVisible(bool(notices))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, (code, count) in enumerate(report.reasons):
            self._grid.addWidget(label(formats.number(count), "strong"), place, 0)
            self._grid.addWidget(label(import_words.reason(code), wrap=True), place, 1)
        self.reasons.setVisible(bool(report.reasons))
        has_file = report.rejects_path is not None
        self.rejects_button.setVisible(has_file)
        self.rejects_path.setVisible(has_file)
        self.rejects_path.setText(
            self.tr("Saved with the reasons, to be corrected and imported again: {path}").format(
                path=report.rejects_path
            )
        )
