"""Fields for numbers, moments and choices, with the same height and inner distance as a line of text.

The wheel turns them only while they have the focus: scrolling a form must not change it.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDateTimeEdit, QDoubleSpinBox, QSpinBox, QTimeEdit, QWidget

from desktop.widgets.tokens import CONTROL_HEIGHT, SPACE_S


def settle(spin: QAbstractSpinBox) -> None:
    """Give a spin box the height of other fields and a distance before its text, which style sheets cannot."""
    spin.setFixedHeight(CONTROL_HEIGHT)
    spin.lineEdit().setTextMargins(SPACE_S, 0, 0, 0)
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class NumberField(QSpinBox):
    def __init__(self, minimum: int, maximum: int, value: int, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(minimum, maximum)
        self.setValue(value)
        self.setSuffix(suffix)
        self.setGroupSeparatorShown(True)
        settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DecimalField(QDoubleSpinBox):
    def __init__(
        self, minimum: float, maximum: float, value: float, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(minimum, maximum)
        self.setDecimals(1)
        self.setValue(value)
        self.setSuffix(suffix)
        settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class MomentField(QDateTimeEdit):
    """A date and a time on this computer's clock, with a calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class TimeField(QTimeEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        settle(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(QComboBox):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
