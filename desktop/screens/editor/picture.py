"""Draws a picture into a rounded place."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap


def rounded(picture: QPixmap, within: QSize, radius: int, ratio: float) -> QPixmap:
    """Return a picture as large as fits `within` (logical pixels) with round corners, for a screen of `ratio`."""
    if picture.isNull():
        return picture
    size = picture.size().scaled(within, Qt.AspectRatioMode.KeepAspectRatio)
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, size.width(), size.height()), radius, radius)
    painter.setClipPath(path)
    painter.drawPixmap(QRectF(0, 0, size.width(), size.height()), picture, QRectF(picture.rect()))
    painter.end()
    return made
