"""What stands on the screen while the program loads: its mark, on the ground of the theme to come. Needs only Qt."""

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QRectF, Qt, QThread
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

from desktop.widgets.resources import APP_ICON
from desktop.widgets.tokens import DARK, LIGHT

_SIDE, _MARK, _RADIUS = 240, 96, 16
_PAINTED_WITHIN_MS, _LOOK_EVERY_MS = 100, 2


class Splash(QLabel):
    """The mark in a window of its own, until it is closed."""

    def __init__(self, picture: QPixmap) -> None:
        # Not QSplashScreen: Qt's own lets a second pass in its `show`, waiting for a window that it shows afterwards
        # (6.11, on X11 and off-screen alike). It was the longest single wait of a start.
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # round corners
        # The last window to close ends Qt's loop; this one closes before a question that may stand alone.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAccessibleName("Cadência")
        self.setPixmap(picture)
        self.is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.is_painted = True


def show_splash() -> Splash:
    """Show the mark in the middle of the screen, as light or dark as the system; returns when it is painted."""
    splash = Splash(_picture())
    place = QRect(QPoint(0, 0), splash.sizeHint())
    place.moveCenter(QGuiApplication.primaryScreen().geometry().center())
    splash.setGeometry(place)
    splash.show()
    # The loop does not run yet, and will not before everything is loaded. The screen's server takes a few
    # milliseconds to ask for the picture; one that never asks shall not hold up the start.
    waiting = QElapsedTimer()
    waiting.start()
    QGuiApplication.processEvents()
    while not splash.is_painted and waiting.elapsed() < _PAINTED_WITHIN_MS:
        QThread.msleep(_LOOK_EVERY_MS)
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
