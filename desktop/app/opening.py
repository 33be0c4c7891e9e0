"""Paints the mark, then loads the program: who starts it sees at once that it has begun.

Here and in what is imported above nothing but Qt may be loaded; a test holds that.
"""

import argparse
import sys

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.widgets.resources import APP_ICON
from desktop.widgets.splash import Splash, show_splash


def run_window(options: argparse.Namespace) -> int:
    """Open the window and return the exit code when it has been closed."""
    app, splash = open_application()
    # Late: database, pages and engine take ten times as long as the mark.
    from desktop.app.start import run

    return run(app, options, splash.close)


def open_application() -> tuple[QApplication, Splash]:
    """Return Qt's application and the mark, which is painted; whoever shows a window closes it."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Cadência")
    app.setDesktopFileName("cadencia")
    app.setWindowIcon(QIcon(str(APP_ICON)))
    return app, show_splash()
