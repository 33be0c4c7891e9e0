"""What stands on the screen while the program loads: its mark, on the ground of the theme to come. Needs only Qt."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSplashScreen

from desktop.widgets.resources import APP_ICON
from desktop.widgets.tokens import DARK, LIGHT

_SIDE, _MARK, _RADIUS = 240, 96, 16


def show_splash() -> QSplashScreen:
    """Show the mark in the middle of the screen, as light or dark as the system; returns when it is painted."""
    splash = QSplashScreen(_picture())
    # The last window to close ends Qt's loop; this one closes before a question that may stand alone.
    splash.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    splash.setAccessibleName("Cadência")
    splash.show()
    # The loop does not run yet, and will not before everything is loaded.
    QGuiApplication.processEvents()
    return splash


def _picture() -> QPixmap:
    hints = QGuiApplication.styleHints()
    tokens = DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio()
    picture = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(tokens.window))
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.drawRoundedRect(QRectF(0.5, 0.5, _SIDE - 1, _SIDE - 1), _RADIUS, _RADIUS)
    margin = (_SIDE - _MARK) / 2
    QSvgRenderer(str(APP_ICON)).render(painter, QRectF(margin, margin, _MARK, _MARK))
    painter.end()
    return picture
