"""A row of a list in a dialog: a name, a line about it, something at its right; one of a few is chosen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.labels import ElidedLabel
from desktop.widgets.tokens import SPACE_M, SPACE_S


class ListRow(QPushButton):
    """`key` is what it stands for. Put further parts into `side`; they let clicks through."""

    def __init__(self, key: object, name: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{name}. {about}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_S)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        for part in (ElidedLabel(name, "strong"), ElidedLabel(about, "caption")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(part)
        layout.addLayout(texts, 1)
        self._layout = layout

    def add_side(self, part: QWidget) -> None:
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._layout.addWidget(part)
