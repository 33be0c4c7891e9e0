"""Light, dark or the system's: sets font, palette and style sheet of the application, and switches them live."""

import logging
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from desktop.widgets.resources import APP_ICON, FONTS
from desktop.widgets.stylesheet import style_sheet
from desktop.widgets.tokens import DARK, FONT_FAMILY, LIGHT, TEXT_BODY, Tokens

_log = logging.getLogger(__name__)


class ThemeMode(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Theme(QObject):
    """What the application wears now.

    Signals:
        changed: after palette and style sheet have been replaced; charts and other own drawings follow.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: ThemeMode) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._wear()

    @property
    def mode(self) -> ThemeMode:
        return self._mode

    @property
    def is_dark(self) -> bool:
        if self._mode is ThemeMode.SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode is ThemeMode.DARK

    @property
    def tokens(self) -> Tokens:
        return DARK if self.is_dark else LIGHT

    def set_mode(self, mode: ThemeMode | str) -> None:
        """Switch at once; every open window follows."""
        chosen = ThemeMode(mode)
        if chosen is not self._mode:
            self._mode = chosen
            self._wear()

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode is ThemeMode.SYSTEM:
            self._wear()

    def _wear(self) -> None:
        # Taking the old sheet off first: to replace one by another cost 0.9 s with every page open, this way 0.15 s.
        self._app.setStyleSheet("")
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()


def apply_theme(app: QApplication, mode: ThemeMode | str) -> Theme:
    """Give the application its font, icon, style and colours; returns the theme, which the application owns."""
    app.setStyle("Fusion")
    app.setFont(_load_font())
    app.setWindowIcon(QIcon(str(APP_ICON)))
    return Theme(app, ThemeMode(mode))


def palette(tokens: Tokens) -> QPalette:
    """Build the palette of a theme: what the style draws itself, and what tells widgets which theme it is."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.surface_sunken,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text_faint,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent_text,
        role.LinkVisited: tokens.accent_text,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
        role.Light: tokens.surface,
        role.Midlight: tokens.surface_hover,
        role.Mid: tokens.border,
        role.Dark: tokens.border_strong,
        role.Shadow: tokens.border_strong,
        role.Accent: tokens.accent,
    }.items():
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.text_faint))
    return made


def _load_font() -> QFont:
    """Return the bundled font: it looks the same everywhere, also on a machine without any font."""
    for path in sorted(FONTS.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            _log.warning("cannot load the font %s", path.name)
    font = QFont(FONT_FAMILY)
    font.setPixelSize(TEXT_BODY)
    # Figures of equal width: counters and columns must not dance while they change.
    font.setFeature(QFont.Tag("tnum"), 1)
    # Without hinting letters stand where the font puts them; with it, each is pushed to a whole pixel.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
