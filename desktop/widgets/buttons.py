"""Buttons in the looks of the style sheet: one primary a screen, the rest quieter."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.widgets.icons import icon
from desktop.widgets.tokens import ICON_S

_GAP = 3
_ICON_ROLES = {
    "primary": "on_accent",
    "danger": "on_accent",
    "danger-ghost": "danger",
    "link": "accent_text",
}


def button(
    text: str, kind: str = "secondary", icon_name: str | None = None, parent: QWidget | None = None
) -> QPushButton:
    """Make a push button; `kind` is primary, secondary, danger, danger-ghost, ghost or link."""
    made = QPushButton(text, parent)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon_name is not None:
        made.setIcon(icon(icon_name, _ICON_ROLES.get(kind, "text_muted")))
        # The icon stands at the left of its place: what is wider is the gap to the text, which the style has too small.
        made.setIconSize(QSize(ICON_S + _GAP, ICON_S))
    return made


def icon_button(name: str, hint: str, kind: str = "ghost", parent: QWidget | None = None) -> QToolButton:
    """Make a square button that shows only an icon; `hint` is its tool tip and its accessible name."""
    made = QToolButton(parent)
    made.setProperty("kind", kind)
    made.setProperty("square", True)
    made.setIcon(icon(name, "text_muted"))
    made.setIconSize(QSize(ICON_S, ICON_S))
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    # A tool button does not take the focus from the tab key by itself.
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
