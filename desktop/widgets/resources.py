"""Where the data files of the window are: icons, fonts and translations."""

from pathlib import Path

# Beside the packages in the source tree, and at the same place inside the program that PyInstaller makes.
RESOURCES = Path(__file__).resolve().parents[2] / "resources"

LUCIDE_ICONS = RESOURCES / "icons" / "lucide"
CONTROL_IMAGES = RESOURCES / "icons" / "controls"
STYLE_SHEET = RESOURCES / "themes" / "cadencia.qss"
APP_ICON = RESOURCES / "icons" / "cadencia.svg"
FONTS = RESOURCES / "fonts"
TRANSLATIONS = RESOURCES / "translations"
