"""A figure with its name: the tiles over a campaign, an instance, an import."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, current_tokens

_SWATCH = 8


class Swatch(QWidget):
    """A small square in a token's colour: ties a figure to its line in a chart."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self.setFixedSize(_SWATCH, _SWATCH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_tokens().colour(self._role)))
        painter.drawRoundedRect(self.rect(), 2, 2)


class MetricTile(QFrame):
    """`set_value` is cheap: it touches the label only when the text differs."""

    def __init__(self, title: str, swatch_role: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_M, SPACE_M, SPACE_M)
        layout.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        if swatch_role:
            head.addWidget(Swatch(swatch_role), 0, Qt.AlignmentFlag.AlignVCenter)
        self._title = label(title, "caption")
        head.addWidget(self._title, 1)
        layout.addLayout(head)
        self._value = label("–", "title")
        layout.addWidget(self._value)
        self._note = label("", "caption")
        layout.addWidget(self._note)

    def set_value(self, value: str, note: str = "") -> None:
        """Show a figure, and below it what it is a share of."""
        if self._value.text() != value or self._note.text() != note:
            self._value.setText(value)
            self._note.setText(note)
            self.setAccessibleName(f"{self._title.text()}: {value} {note}".strip())
