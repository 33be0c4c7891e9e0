"""A ring that fills with what was sent today: how much of the day's allowance is used."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.viewmodels import formats
from desktop.widgets.tokens import TEXT_CAPTION, current_tokens

_SIDE = 64
_THICK = 7
_WARN_FROM = 0.8


class AllowanceRing(QWidget):
    """`share` is None without a daily limit: the ring is then an empty track."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self.setFixedSize(QSize(_SIDE, _SIDE))

    def set_share(self, share: float | None, spoken: str) -> None:
        if share != self._share:
            self._share = share
            self.update()
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(_THICK / 2, _THICK / 2, -_THICK / 2, -_THICK / 2)
        painter.setPen(QPen(QColor(tokens.neutral_soft), _THICK))
        painter.drawEllipse(ring)
        share = self._share
        if share:
            role = tokens.danger if share >= 1 else tokens.warning if share >= _WARN_FROM else tokens.accent_text
            pen = QPen(QColor(role), _THICK)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        font = QFont(self.font())
        font.setPixelSize(TEXT_CAPTION)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "∞" if share is None else formats.share(share))
