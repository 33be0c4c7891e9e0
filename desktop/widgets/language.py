"""Loads the translations of a language. Source strings are English; every .qm of a locale is installed.

Pages read their words when they are built: after a switch, `MainWindow.rebuild_pages` builds them again. No page
listens for language changes itself, so none can be half translated.
"""

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.widgets.resources import TRANSLATIONS

_log = logging.getLogger(__name__)

LANGUAGES = ("pt_BR", "en")


class Languages:
    """The translators that an application has installed; keep it as long as the application."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self._current = "en"

    @property
    def current(self) -> str:
        return self._current

    def install(self, language: str) -> None:
        """Switch to one of `LANGUAGES`; words asked for from now on are in it, and so are dates and figures."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        self._current = language
        QLocale.setDefault(QLocale("pt_BR" if language == "pt_BR" else "en_US"))
        if language == "en":
            return
        # The words of Qt's own dialogs first: the last translator installed is asked first.
        self._install(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        files = sorted(TRANSLATIONS.glob(f"*_{language}.qm"))
        if not files:
            _log.warning("no translation for %s: run `make translations`", language)
        for path in files:
            self._install(path.stem, str(TRANSLATIONS))

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self._app)
        if translator.load(name, folder):
            self._app.installTranslator(translator)
            self._installed.append(translator)


def install_language(app: QCoreApplication, language: str) -> Languages:
    """Install the translations of a language; returns what switches to another."""
    languages = Languages(app)
    languages.install(language)
    return languages


def system_language() -> str:
    """Return the language of `LANGUAGES` that fits the system best: Portuguese for any Portuguese, else English."""
    return "pt_BR" if QLocale.system().language() == QLocale.Language.Portuguese else "en"
