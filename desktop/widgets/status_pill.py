"""A status in one word and one tone. The word carries the meaning: the colour only helps to find it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from desktop.widgets.labels import label, set_role
from desktop.widgets.stylesheet import text_of
from desktop.widgets.tokens import SPACE_S, SPACE_XS, current_tokens

_DOT = 6


class _Dot(QWidget):
    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(_DOT, _DOT)

    def set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(text_of(current_tokens(), self._tone)))
        painter.drawEllipse(self.rect())


class StatusPill(QFrame):
    """`tone` is success, warning, danger, info, doubt, neutral or accent."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pill")
        self._dot = _Dot(tone)
        self._label = label(text)
        # Lower than twice its corner's radius the style would draw it with square corners.
        self._label.setMinimumHeight(16)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_S, 2, SPACE_S + 1, 2)
        layout.setSpacing(SPACE_XS + 1)
        # As wide as its word, whoever else wants the room: a cut status is no status.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        layout.addWidget(self._dot)
        layout.addWidget(self._label)
        self.set_status(text, tone)

    def set_status(self, text: str, tone: str) -> None:
        """Show another status."""
        if self._label.text() != text:
            self._label.setText(text)
        self.setAccessibleName(text)
        set_role(self, "tone", tone)
        self._dot.set_tone(tone)
