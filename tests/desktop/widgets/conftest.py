"""Every test of a widget wears the theme, as the program does."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.widgets.theme import Theme, apply_theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, "light")
