"""An icon on a round coloured ground: the illustration of empty states, choices and banners."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.icons import icon_pixmap
from desktop.widgets.stylesheet import soft_of
from desktop.widgets.tokens import current_tokens


class Medallion(QWidget):
    def __init__(self, name: str, tone: str = "accent", size: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self.setFixedSize(size, size)
        # It sits inside buttons too: a press on it is a press on them.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_picture(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft_of(tokens, self._tone)))
        painter.drawEllipse(QRectF(self.rect()))
        side = round(self.width() * 0.46)
        role = "accent_text" if self._tone == "accent" else self._tone
        picture = icon_pixmap(self._name, role, side, self.devicePixelRatioF())
        offset = (self.width() - side) / 2
        painter.drawPixmap(round(offset), round(offset), picture)
