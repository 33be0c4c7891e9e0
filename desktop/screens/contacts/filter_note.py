"""Says by which rules the list of contacts is narrowed, and takes them away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.card import well
from desktop.widgets.labels import ElidedLabel, IconLabel
from desktop.widgets.tokens import SPACE_M, SPACE_S


class FilterNote(QWidget):
    """Hidden while the list is not narrowed.

    Signals:
        cleared: the operator wants to see everybody again.
    """

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame: QFrame = well()
        outer.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        row.setSpacing(SPACE_S)
        row.addWidget(IconLabel("funnel", "accent_text"))
        self.text = ElidedLabel("", "body")
        row.addWidget(self.text, 1)
        self.clear_button = button(self.tr("Show all contacts"), "link")
        self.clear_button.clicked.connect(self.cleared)
        row.addWidget(self.clear_button)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show what the list is narrowed to; nothing for an empty text."""
        self.text.setText(text)
        self.setVisible(bool(text))
