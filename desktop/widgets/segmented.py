"""A few exclusive choices side by side; arrow keys move between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget


class SegmentedControl(QFrame):
    """Signals:
    chosen: the key (str) of the choice that the operator made; not emitted by `set_current`.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], spoken: str = "", parent: QWidget | None = None) -> None:
        """`choices` are (key, text) pairs; the first is chosen at the start."""
        super().__init__(parent)
        self.setObjectName("segmented")
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, text in choices:
            segment = QPushButton(text)
            segment.setProperty("kind", "segment")
            segment.setCheckable(True)
            segment.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(segment)
            self._buttons[key] = segment
            layout.addWidget(segment)
        if choices:
            self._buttons[choices[0][0]].setChecked(True)
        self._group.buttonClicked.connect(self._on_button_clicked)

    @property
    def current(self) -> str:
        return next((key for key, segment in self._buttons.items() if segment.isChecked()), "")

    def set_current(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def show_choice(self, key: str, *, is_shown: bool) -> None:
        """Offer a choice or not; whoever hides the chosen one chooses another."""
        self._buttons[key].setVisible(is_shown)

    def set_text(self, key: str, text: str) -> None:
        """Change the words of a choice, e.g. to show a count."""
        if self._buttons[key].text() != text:
            self._buttons[key].setText(text)

    def _on_button_clicked(self, _button: object) -> None:
        self.chosen.emit(self.current)
