"""The head of a page: where am I, in one line, and what can be done here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import icon_button
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.tokens import SPACE_M, SPACE_S


class PageHeader(QWidget):
    """Title, optional subtitle and pill, actions at the right; `back` shows an arrow.

    Signals:
        back_requested: the arrow was pressed.
    """

    back_requested = Signal()

    def __init__(self, title: str, subtitle: str = "", back: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        if back:
            arrow = icon_button("arrow-left", back)
            arrow.clicked.connect(self.back_requested)
            layout.addWidget(arrow, 0, Qt.AlignmentFlag.AlignTop)
        self.title = ElidedLabel(title, "title")
        self.subtitle = ElidedLabel(subtitle, "muted")
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(SPACE_M)
        self.title_row.addWidget(self.title)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addLayout(self.title_row)
        texts.addWidget(self.subtitle)
        layout.addLayout(texts, 1)
        self.subtitle.setVisible(bool(subtitle))  # not before it has its place: it would be a window for a moment
        self._actions = QHBoxLayout()
        self._actions.setSpacing(SPACE_S)
        layout.addLayout(self._actions)

    def add_action(self, widget: QWidget) -> None:
        """Add a button (or a field) at the right end."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def add_beside_title(self, widget: QWidget) -> None:
        """Add something small, such as a pill, right after the title."""
        self.title.setSizePolicy(self.title.sizePolicy().Policy.Maximum, self.title.sizePolicy().verticalPolicy())
        self.title_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.title_row.addStretch(1)

    def set_title(self, text: str) -> None:
        if text != self.title.text():
            self.title.setText(text)

    def set_subtitle(self, text: str) -> None:
        if text != self.subtitle.text():
            self.subtitle.setText(text)
            self.subtitle.setVisible(bool(text))
