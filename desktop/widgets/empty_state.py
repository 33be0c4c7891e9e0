"""What a page shows when it has nothing to show: what would be here, and the one step that fills it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.labels import Paragraph, label
from desktop.widgets.medallion import Medallion
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XXL

_TEXT_WIDTH = 400


class EmptyState(QWidget):
    """Signals:
    action_requested: the main button was pressed.
    second_requested: the quiet button was pressed.
    """

    action_requested = Signal()
    second_requested = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        action: str = "",
        second: str = "",
        tone: str = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XXL, SPACE_XXL, SPACE_XXL, SPACE_XXL)
        layout.setSpacing(SPACE_S)
        layout.addStretch(2)
        layout.addWidget(Medallion(icon_name, tone), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(SPACE_S)
        self.title = label(title, "section")
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        self.text = Paragraph(text, "muted", _TEXT_WIDTH)
        layout.addWidget(self.text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(SPACE_M)
        layout.addLayout(self._buttons(action, second))
        layout.addStretch(3)

    def _buttons(self, action: str, second: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        row.addStretch(1)
        if action:
            self.action = button(action, "primary")
            self.action.clicked.connect(self.action_requested)
            row.addWidget(self.action)
        if second:
            self.second = button(second)
            self.second.clicked.connect(self.second_requested)
            row.addWidget(self.second)
        row.addStretch(1)
        return row
