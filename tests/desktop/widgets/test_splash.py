"""The mark that is seen while the program loads."""

from PySide6.QtCore import QElapsedTimer, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.splash import show_splash
from desktop.widgets.tokens import DARK, LIGHT


def test_the_mark_stands_in_the_middle_and_is_gone_when_it_is_closed(qapp: QApplication, qtbot: QtBot) -> None:
    splash = show_splash()
    qtbot.addWidget(splash)
    assert splash.isVisible()
    assert splash.is_painted
    middle_of_screen = QGuiApplication.primaryScreen().geometry().center()
    assert (splash.geometry().center() - middle_of_screen).manhattanLength() <= 2
    assert not splash.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose), "its end is not the end of the program"
    image = splash.pixmap().toImage()
    ground = {tokens.window.lower() for tokens in (LIGHT, DARK)}
    assert image.pixelColor(image.width() // 2, image.height() // 8).name() in ground
    middle = QRect(image.rect().center().x() - 30, image.rect().center().y() - 30, 60, 60)
    seen = {
        image.pixelColor(x, y).name()
        for x in range(middle.left(), middle.right(), 4)
        for y in range(middle.top(), middle.bottom(), 4)
    }
    assert len(seen) > 1, "the mark is drawn"
    assert QColor(image.pixelColor(0, 0)).alpha() == 0, "round corners"
    splash.close()
    assert not splash.isVisible()


def test_the_mark_holds_up_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    waiting = QElapsedTimer()
    waiting.start()
    qtbot.addWidget(show_splash())
    assert waiting.elapsed() < 500, "QSplashScreen takes a second, each time"
