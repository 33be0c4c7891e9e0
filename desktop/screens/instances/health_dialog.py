"""The health of one number over the last thirty days."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.viewmodels import wording
from desktop.viewmodels.analysis_words import scale
from desktop.viewmodels.health_history import HealthHistoryViewModel
from desktop.widgets.buttons import button
from desktop.widgets.column_chart import Column, ColumnChart
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 720


class HealthDialog(QDialog):
    """Two charts: the score of each day, and what was sent and not sent."""

    def __init__(self, model: HealthHistoryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        title = self.tr("Health of {name}").format(name=model.instance.name)
        self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_S)
        layout.addWidget(label(title, "section", wrap=True))
        hint = self.tr("The share of messages that left on each day of its time zone, 0 to 100.")
        layout.addWidget(label(hint, "muted", wrap=True))
        self.scores = ColumnChart(self.tr("Health by day"))
        layout.addWidget(self.scores)
        layout.addSpacing(SPACE_S)
        layout.addWidget(label(self.tr("Sent by day; what was not sent stands on top in red"), "caption"))
        self.flows = ColumnChart(self.tr("Sent by day"))
        layout.addWidget(self.flows)
        self.status = label(self.tr("One moment…"), "muted", wrap=True)
        layout.addWidget(self.status)
        row = QHBoxLayout()
        row.addStretch(1)
        self.close_button = button(self.tr("Close"), "primary")
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        layout.addLayout(row)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.activate()

    def _show(self) -> None:
        for chart, rows in ((self.scores, self._model.scores()), (self.flows, self._model.flows())):
            chart.set_columns([Column(row.name, row.sent, row.failed, row.tip) for row in rows], *scale(rows))
        self.status.setText(self.tr("Nothing was sent through it in the last 30 days."))
        self.status.setVisible(self._model.is_empty)

    def _on_failed(self, refusal: KnownError) -> None:
        self.status.setText(" ".join(wording.error(refusal)))
