"""A word with a cross that takes it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.widgets.buttons import icon_button
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import CONTROL_HEIGHT, SPACE_M, SPACE_XS


class WordChip(QFrame):
    """Signals:
    removed: the word (str).
    """

    removed = Signal(str)

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("well")
        self.word = word
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(label(word), 0, Qt.AlignmentFlag.AlignVCenter)
        self.remove_button = icon_button("x", self.tr("Remove {word}").format(word=word))
        needs(self.remove_button, Deed.SETTINGS)
        self.setFixedHeight(CONTROL_HEIGHT)
        self.remove_button.clicked.connect(self._on_clicked)
        layout.addWidget(self.remove_button)

    def _on_clicked(self) -> None:
        self.removed.emit(self.word)
