"""Words and figures are compared in English, whatever the machine speaks."""

import pytest
from PySide6.QtCore import QLocale


@pytest.fixture(autouse=True)
def _english() -> None:  # pyright: ignore[reportUnusedFunction]
    QLocale.setDefault(QLocale("en_US"))
