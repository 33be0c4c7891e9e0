"""A bordered ground that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.labels import label, set_role
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S


class Card(QFrame):
    """Put content into `body`; widgets beside the title into `header`."""

    def __init__(self, title: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        outer.setSpacing(SPACE_M)
        self.header = QHBoxLayout()
        self.header.setSpacing(SPACE_S)
        if title:
            self.title = label(title, "section")
            self.header.addWidget(self.title)
            self.header.addStretch(1)
            outer.addLayout(self.header)
        if hint:
            outer.addWidget(label(hint, "muted", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_M)
        outer.addLayout(self.body, 1)

    def set_selected(self, is_selected: bool) -> None:
        set_role(self, "selected", is_selected)


def well() -> QFrame:
    """Make a sunken ground, for samples, previews and code."""
    frame = QFrame()
    frame.setObjectName("well")
    return frame
