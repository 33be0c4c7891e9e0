"""Words and figures are compared in English, whatever the machine speaks; all screens wear the one light theme."""

import pytest
from PySide6.QtCore import QLocale

from desktop.widgets.theme import Theme


@pytest.fixture(autouse=True)
def _english() -> None:  # pyright: ignore[reportUnusedFunction]
    QLocale.setDefault(QLocale("en_US"))


@pytest.fixture(autouse=True)
def _dressed(theme: Theme) -> None:  # pyright: ignore[reportUnusedFunction]
    """Dress what a test shows; a theme for each module would lay its style sheet over everything alive."""
