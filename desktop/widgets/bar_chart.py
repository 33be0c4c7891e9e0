"""Horizontal bars of parts, one a row: the same shape for three instances as for thirty."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.markup import as_plain
from desktop.widgets.delegates import draw_line
from desktop.widgets.progress import paint_parts
from desktop.widgets.tokens import SPACE_M, TEXT_CAPTION, current_tokens

_ROW = 40
_BAR = 8
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, its figure in words, its parts as (amount, token role), and what the tool tip says."""

    name: str
    figure: str
    parts: tuple[tuple[float, str], ...]
    tip: str = ""


class BarChart(QWidget):
    """Bars share one scale: the largest total fills the width."""

    def __init__(self, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[Bar, ...] = ()

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show rows, in the order given."""
        new = tuple(bars)
        if new == self._bars:
            return
        if len(new) != len(self._bars):
            self.updateGeometry()
        self._bars = new
        self.setAccessibleDescription("; ".join(f"{bar.name}: {bar.figure}" for bar in new))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _ROW * max(len(self._bars), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = current_tokens()
        largest = max((sum(amount for amount, _ in bar.parts) for bar in self._bars), default=0) or 1
        font = QFont(self.font())
        font.setPixelSize(TEXT_CAPTION)
        for row, bar in enumerate(self._bars):
            line = QRect(0, row * _ROW, self.width(), 20)
            figure_width = painter.fontMetrics().horizontalAdvance(bar.figure)
            painter.setFont(self.font())
            painter.setPen(QColor(tokens.text))
            draw_line(painter, line.adjusted(0, 0, -figure_width - SPACE_M, 0), bar.name, _LEFT)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text_muted))
            draw_line(painter, line, bar.figure, _RIGHT)
            parts = [(amount / largest, role) for amount, role in bar.parts]
            paint_parts(painter, QRectF(0, row * _ROW + 22, self.width(), _BAR), parts)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // _ROW
            tip = self._bars[row].tip if 0 <= row < len(self._bars) else ""
            QToolTip.showText(event.globalPos(), as_plain(tip), self)
            return True
        return super().event(event)
