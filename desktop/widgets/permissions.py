"""Marks what needs a right, so that whoever watches the window can disable it with the reason as a tool tip."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.domain.operator import Deed

_MARK = "needs"


def needs(control: QWidget | QAction, deed: Deed) -> None:
    """Say which deed a button or the entry of a menu is for."""
    control.setProperty(_MARK, deed.value)


def needed(control: object) -> Deed | None:
    """Return the deed that a control was marked with."""
    if not isinstance(control, QWidget | QAction):
        return None
    marked = control.property(_MARK)
    return Deed(marked) if isinstance(marked, str) else None
