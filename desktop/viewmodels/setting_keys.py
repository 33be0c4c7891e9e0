"""Settings that are read before there is a window; the others are named where they are used."""

THEME_KEY = "ui.theme"
LANGUAGE_KEY = "ui.language"
