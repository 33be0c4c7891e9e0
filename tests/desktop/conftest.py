"""What tests of widgets, screens and view-models share: one theme for the whole session."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.widgets.theme import Theme, apply_theme


@pytest.fixture(scope="session")
def _one_theme(qapp: QApplication) -> Theme:  # pyright: ignore[reportUnusedFunction]
    """Dress the application once: each new style sheet is laid over every widget that is still alive."""
    return apply_theme(qapp, "light")


@pytest.fixture
def theme(_one_theme: Theme) -> Theme:
    """The theme that the program wears, light at the start of each test."""
    _one_theme.set_mode("light")
    return _one_theme
