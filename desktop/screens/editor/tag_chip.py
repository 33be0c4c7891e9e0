"""A tag that can be chosen, with the number of contacts that have it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.labels import label
from desktop.widgets.tokens import CONTROL_HEIGHT, SPACE_M, SPACE_S


class TagChip(QPushButton):
    """Signals:
    chosen: the tag (str), and whether it is wanted.
    """

    chosen = Signal(str, bool)

    def __init__(self, tag: str, count: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = tag
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{tag}, {count}")
        layout = QHBoxLayout(self)
        self._layout = layout
        layout.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        layout.setSpacing(SPACE_S)
        for part in (label(tag), label(count, "caption")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)

        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return QSize(self._layout.sizeHint().width(), CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, CONTROL_HEIGHT)

    def _on_clicked(self, is_on: bool) -> None:
        self.chosen.emit(self._tag, is_on)
