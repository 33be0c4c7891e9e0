"""How every step is laid out: what is decided at the left, what follows from it at the right, scrolled together."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.tokens import SPACE_L
from desktop.widgets.vertical_scroll import VerticalScroll

SIDE_WIDTH = 320


class TwoColumns(VerticalScroll):
    """Add decisions to `main` and consequences to `side`; both keep to the top."""

    def __init__(self, side_width: int = SIDE_WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_L)
        self.column.addLayout(columns)
        left = QVBoxLayout()
        self.main = QVBoxLayout()
        self.main.setSpacing(SPACE_L)
        left.addLayout(self.main)
        left.addStretch(1)
        columns.addLayout(left, 1)
        side = QWidget()
        side.setFixedWidth(side_width)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        self.side = QVBoxLayout()
        self.side.setSpacing(SPACE_L)
        right.addLayout(self.side)
        right.addStretch(1)
        columns.addWidget(side)
