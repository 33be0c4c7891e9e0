"""One upright bar a day: what is planned or allowed on it, what of that counts, and which day is today.

It is painted by hand and not with pyqtgraph: some dozens of bars are not worth the half second that its import takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.markup import as_plain
from desktop.widgets.scale import count_step, nice_top
from desktop.widgets.tokens import RADIUS_S, SPACE_S, SPACE_XS, TEXT_CAPTION, Tokens, current_tokens

_LEFT, _BOTTOM, _TOP = 48, 22, 18
_WIDEST_BAR = 40
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LABEL_GAP = 10
# Above what counts there is a little room, in which it shows that more was allowed.
_HEADROOM = 1.25


@dataclass(frozen=True, slots=True)
class DayBar:
    """A day: its label, its amount (None: without limit), the part of it that counts, colour role and tool tip.

    `mark` is written above the day, which is then lit up: "today".
    """

    name: str
    amount: float | None
    counted: float | None
    role: str
    tip: str = ""
    mark: str = ""


class DayBars(QWidget):
    """Bars share one scale, that of what counts; what goes beyond it is cut at the top."""

    def __init__(self, spoken: str, empty_text: str = "", height: int = 160, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(spoken)
        self._empty_text = empty_text
        self._height = height
        self.bars: tuple[DayBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[DayBar]) -> None:
        """Show days, in their order."""
        new = tuple(bars)
        if new != self.bars:
            self.bars = new
            self.setAccessibleDescription("; ".join(bar.tip for bar in new if bar.mark) or (new[0].tip if new else ""))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = current_tokens()
        font = QFont(self.font())
        font.setPixelSize(TEXT_CAPTION - 1)
        painter.setFont(font)
        if not self.bars:
            painter.setPen(QColor(tokens.text_muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._empty_text)
            return
        top = self._scale_top()
        self._paint_grid(painter, tokens, top)
        for place, bar in enumerate(self.bars):
            self._paint_bar(painter, tokens, self._slot(place), bar, top)
        self._paint_names(painter, tokens)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(event.pos().x())
            tip = self.bars[place].tip if place is not None else ""
            QToolTip.showText(event.globalPos(), as_plain(tip), self)
            return True
        return super().event(event)

    def _scale_top(self) -> float:
        counted = max((bar.counted for bar in self.bars if bar.counted is not None), default=0.0)
        allowed = max((bar.amount for bar in self.bars if bar.amount is not None), default=0.0)
        is_cut = any(bar.amount is None or bar.amount > counted for bar in self.bars)
        return nice_top(max(1.0, counted * _HEADROOM if is_cut and counted else counted or allowed))

    def _ground(self) -> QRectF:
        return QRectF(_LEFT, _TOP, max(1, self.width() - _LEFT - 1), max(1, self.height() - _TOP - _BOTTOM))

    def _slot(self, place: int) -> QRectF:
        ground = self._ground()
        width = ground.width() / len(self.bars)
        return QRectF(ground.left() + place * width, ground.top(), width, ground.height())

    def _place_at(self, x: float) -> int | None:
        ground = self._ground()
        if not self.bars or not ground.left() <= x < ground.right():
            return None
        return min(len(self.bars) - 1, int((x - ground.left()) / ground.width() * len(self.bars)))

    def _paint_grid(self, painter: QPainter, tokens: Tokens, top: float) -> None:
        ground, step, locale = self._ground(), count_step(top), QLocale()
        for line in range(int(top // step) + 1):
            y = round(ground.bottom() - ground.height() * line * step / top) + 0.5
            painter.setPen(QPen(QColor(tokens.chart_grid), 1))
            painter.drawLine(QPointF(ground.left(), y), QPointF(ground.right(), y))
            painter.setPen(QColor(tokens.text_muted))
            place = QRectF(0, y - 9, _LEFT - SPACE_S, 18)
            painter.drawText(place, _RIGHT, locale.toString(line * step))

    def _paint_bar(self, painter: QPainter, tokens: Tokens, slot: QRectF, bar: DayBar, top: float) -> None:
        if bar.mark:
            painter.fillRect(slot, QColor(tokens.accent_soft))
        width = min(_WIDEST_BAR, max(2.0, slot.width() - max(1.0, slot.width() * 0.25)))
        left = slot.center().x() - width / 2
        colour = tokens.colour(bar.role)
        faint = QColor(colour)
        faint.setAlpha(60)
        for amount, fill in ((bar.amount if bar.amount is not None else top, faint), (bar.counted, colour)):
            if not amount:
                continue
            high = max(2.0, slot.height() * min(amount, top) / top)
            shape = QRectF(left, slot.bottom() - high, width, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            radius = min(RADIUS_S / 2, width / 2, high / 2)
            painter.drawRoundedRect(shape, radius, radius)

    def _paint_names(self, painter: QPainter, tokens: Tokens) -> None:
        ground, metrics = self._ground(), painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(bar.name) for bar in self.bars) + _LABEL_GAP
        every = max(1, -int(-widest // self._slot(0).width()))
        for place, bar in enumerate(self.bars):
            centre = self._slot(place).center().x()
            if place % every == 0:
                painter.setPen(QColor(tokens.text_muted))
                box = QRectF(centre - widest / 2, ground.bottom() + SPACE_XS, widest, 16)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), bar.name)
            if bar.mark:
                painter.setPen(QColor(tokens.accent_text))
                wide = metrics.horizontalAdvance(bar.mark) + 2
                x = min(max(centre - wide / 2, ground.left()), ground.right() - wide)
                painter.drawText(QRectF(x, 0, wide, _TOP - 2), int(Qt.AlignmentFlag.AlignCenter), bar.mark)
