"""Draws a QR code: black on white with its quiet zone in either theme, because phones expect just that."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.tokens import RADIUS_M

_SIDE = 296
_QUIET_MODULES = 4  # On each side. Source: ISO/IEC 18004.


class QrView(QWidget):
    """A square with the code of a text; empty without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: str | None = None
        self._rows: tuple[bytes, ...] = ()
        self.setFixedSize(QSize(_SIDE, _SIDE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def modules(self) -> int:
        """Modules a side, the quiet zone apart; 0 without a code."""
        return len(self._rows)

    def show_text(self, text: str | None) -> None:
        """Draw another code."""
        if text == self._text:
            return
        self._text = text
        self._rows = tuple(bytes(row) for row in segno.make_qr(text).matrix) if text else ()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_M, RADIUS_M)
        if not self._rows:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.GlobalColor.black)
        # Whole device pixels a module: a blurred edge costs a phone the code.
        ratio = self.devicePixelRatioF()
        module = int(self.width() * ratio / (len(self._rows) + 2 * _QUIET_MODULES)) / ratio
        offset = (self.width() - module * len(self._rows)) / 2
        offset = round(offset * ratio) / ratio
        for y, row in enumerate(self._rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    painter.drawRect(QRectF(offset + x * module, offset + y * module, module, module))
