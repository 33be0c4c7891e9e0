"""Everything about one event: its facts in words, its details, request and answer as they are stored."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.summaries import EventRow
from desktop.viewmodels import wording
from desktop.viewmodels.timeline import as_json, facts_of, pretty
from desktop.widgets.buttons import button
from desktop.widgets.drawer import Drawer, column
from desktop.widgets.labels import label
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_XS

_FRAME = 16
_MOST_LINES = 16


class EventDrawer(Drawer):
    """Hidden until `show_event`.

    Signals:
        copied: the event is on the clipboard.
    """

    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Close"), parent)
        self._row: EventRow | None = None
        self.blocks: dict[str, QPlainTextEdit] = {}
        self.copy_button = button(self.tr("Copy as JSON"), "secondary", "copy")
        self.copy_button.clicked.connect(self._on_copy)
        self.foot.addWidget(self.copy_button)

    def show_event(self, row: EventRow) -> None:
        self._row = row
        content, layout = column()
        pill = StatusPill(wording.severity(row.severity), wording.severity_tone(row.severity))
        layout.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(label(wording.event(row), "strong", wrap=True, selectable=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_XS)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(facts_of(row)):
            grid.addWidget(label(name, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(value, "body", wrap=True, selectable=True), place, 1)
        layout.addLayout(grid)
        self.blocks = {}
        self._add_block(layout, self.tr("Details"), "details", row.details)
        self._add_block(layout, self.tr("Request"), "request", row.request)
        self._add_block(layout, self.tr("Answer"), "response", row.response)
        layout.addStretch(1)
        self.set_content(wording.event_type(row.type), content)

    def _add_block(self, layout: QVBoxLayout, name: str, key: str, value: Mapping[str, object] | None) -> None:
        """Show a JSON value as text that can be selected, at its own height up to a limit."""
        if not value:
            return
        text = pretty(value)
        field = QPlainTextEdit(text)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setAccessibleName(name)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        lines = min(text.count("\n") + 1, _MOST_LINES)
        field.setFixedHeight(lines * field.fontMetrics().lineSpacing() + 2 * _FRAME)
        layout.addWidget(label(name, "overline"))
        layout.addWidget(field)
        self.blocks[key] = field

    def _on_copy(self) -> None:
        if self._row is not None:
            QGuiApplication.clipboard().setText(as_json(self._row))
            self.copied.emit()
