"""Upright bars of equal buckets: hours, weekdays, days. Painted directly, for a few dozen bars that seldom change."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.markup import as_plain
from desktop.widgets.delegates import draw_line
from desktop.widgets.tokens import TEXT_CAPTION, current_tokens

_HEIGHT = 170
_FOOT, _TOP, _LEFT = 20, 10, 44
_BETWEEN = 6  # px between two names
_CENTRE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Column:
    """A bar: the name below it, its height, a second part on top (0: none), and what the tool tip says."""

    name: str
    amount: int
    bad: int = 0
    tip: str = ""


class ColumnChart(QWidget):
    """The largest bar reaches the top line; names are left out where they have no room."""

    def __init__(self, spoken: str, role: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._role = role
        self._columns: tuple[Column, ...] = ()
        self._scale: tuple[str, str] = ("0", "0")

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def set_columns(self, columns: Sequence[Column], middle: str, top: str) -> None:
        """Show bars from left to right; `middle` and `top` word the half and the whole of the largest."""
        self._columns, self._scale = tuple(columns), (middle, top)
        self.setAccessibleDescription("; ".join(column.tip or column.name for column in self._columns))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(TEXT_CAPTION)
        painter.setFont(font)
        self._paint_scale(painter)
        if not self._columns:
            return
        largest = max(column.amount + column.bad for column in self._columns) or 1
        tall = self.height() - _FOOT - _TOP
        step = self._step
        widest = max(painter.fontMetrics().horizontalAdvance(column.name) for column in self._columns) + _BETWEEN
        each = max(1, -(-widest // max(int(step), 1)))
        tokens = current_tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        wide = min(step * 0.7, 34.0)
        for place, column in enumerate(self._columns):
            x = _LEFT + place * step + (step - wide) / 2
            bottom = float(self.height() - _FOOT)
            for amount, role in ((column.amount, self._role), (column.bad, "danger")):
                if amount:
                    height = max(1.0, tall * amount / largest)
                    painter.setBrush(QColor(tokens.colour(role)))
                    painter.drawRoundedRect(QRectF(x, bottom - height, wide, height), 2, 2)
                    bottom -= height
        painter.setPen(QColor(tokens.text_muted))
        for place, column in enumerate(self._columns[::each]):
            left = int(_LEFT + place * each * step - widest / 2 + step / 2)
            draw_line(painter, QRect(left, self.height() - _FOOT, widest, _FOOT), column.name, _CENTRE)

    def _paint_scale(self, painter: QPainter) -> None:
        tokens = current_tokens()
        tall = self.height() - _FOOT - _TOP
        for share, text in ((0.0, "0"), (0.5, self._scale[0]), (1.0, self._scale[1])):
            y = int(_TOP + tall * (1 - share))
            painter.setPen(QColor(tokens.border))
            painter.drawLine(_LEFT, y, self.width(), y)
            painter.setPen(QColor(tokens.text_muted))
            draw_line(painter, QRect(0, y - 9, _LEFT - 8, 18), text, _RIGHT)

    @property
    def _step(self) -> float:
        return (self.width() - _LEFT) / max(len(self._columns), 1)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = int((event.pos().x() - _LEFT) // self._step)
            tip = self._columns[place].tip if 0 <= place < len(self._columns) else ""
            QToolTip.showText(event.globalPos(), as_plain(tip), self)
            return True
        return super().event(event)
