"""A choice with a picture, a title and what it means: one of a few that exclude each other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.labels import label
from desktop.widgets.medallion import Medallion
from desktop.widgets.tokens import SPACE_L, SPACE_M


class ChoiceCard(QPushButton):
    """A checkable card. Put it into an exclusive `QButtonGroup`."""

    def __init__(self, icon_name: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        # The texts decide the height: a push button would take that of one line.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        layout.setSpacing(SPACE_M)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self._medallion = Medallion(icon_name, "neutral", 36)
        self._icon_name = icon_name
        layout.addWidget(self._medallion, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        self._title = label(title, "strong")
        self._text = label(text, "caption", wrap=True)
        for part in (self._title, self._text):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(part)
        layout.addLayout(texts, 1)
        self.toggled.connect(self._on_toggled)

    def set_text(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleDescription(text)

    def _on_toggled(self, is_on: bool) -> None:
        self._medallion.set_picture(self._icon_name, "accent" if is_on else "neutral")
