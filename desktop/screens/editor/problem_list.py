"""What is wrong in a text, a line each; a press goes to the place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.icons import icon

_MOST = 5


class ProblemList(QWidget):
    """Signals:
    place_chosen: start and end (int, int) of the place, as Qt counts.
    """

    place_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._places: Sequence[tuple[int, int, str]] = ()
        self.lines: list[QPushButton] = []
        for _ in range(_MOST):
            line = button("", "ghost", "circle-alert")
            line.setIcon(icon("circle-alert", "danger"))
            line.setToolTip(self.tr("Show the place"))
            line.clicked.connect(self._on_clicked)
            self.lines.append(line)
            layout.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_places(self, places: Sequence[tuple[int, int, str]]) -> None:
        """Show the first few of (start, end, words)."""
        self._places = places
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(places))
            if number < len(places):
                line.setText(places[number][2])
        self.setVisible(bool(places))

    def _on_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, QPushButton):
            start, end, _words = self._places[self.lines.index(line)]
            self.place_chosen.emit(start, end)
