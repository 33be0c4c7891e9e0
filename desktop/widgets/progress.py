"""Slim bars: one share, or the parts of a whole. The painting functions serve delegates too."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.tokens import current_tokens

BAR_HEIGHT = 6


def paint_parts(
    painter: QPainter, rect: QRectF, parts: Sequence[tuple[float, str]], tone_track: str = "neutral_soft"
) -> None:
    """Paint shares (0-1, in order from the left) in the colours of token roles, on a rounded track."""
    tokens = current_tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setClipPath(outline)
    painter.fillRect(rect, tokens.colour("neutral_soft"))
    left = rect.left()
    for share, role in parts:
        if share <= 0:
            continue
        # Something that exists is seen: a part is never thinner than a pixel and a half.
        width = max(rect.width() * min(share, 1.0), 1.5)
        painter.fillRect(QRectF(left, rect.top(), width, rect.height()), QColor(tokens.colour(role)))
        left += width
    painter.restore()


class ProgressBar(QWidget):
    """A whole and its parts. With one part it is a plain progress bar."""

    def __init__(self, height: int = BAR_HEIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[float, str], ...] = ()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)

    def set_share(self, share: float, role: str = "accent_text") -> None:
        """Show one share, 0-1."""
        self.set_parts(((share, role),))

    def set_parts(self, parts: Sequence[tuple[float, str]], spoken: str = "") -> None:
        """Show several shares, 0-1 in all; `spoken` is what a screen reader says."""
        new = tuple(parts)
        if new != self._parts:
            self._parts = new
            self.update()
        if spoken:
            self.setAccessibleName(spoken)

    def sizeHint(self) -> QSize:
        return QSize(120, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        paint_parts(painter, QRectF(self.rect()), self._parts)
