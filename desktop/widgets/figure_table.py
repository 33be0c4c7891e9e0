"""A small table of words and figures that is read, not scrolled: a grid of labels."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S


class FigureTable(QWidget):
    """The first column and those in `wide` hold words and wrap; the others hold figures and stand at the right."""

    def __init__(self, heads: Sequence[str], wide: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_S)
        self._wide = {0, *wide}
        for column, head in enumerate(heads):
            self._grid.addWidget(label(head, "caption"), 0, column, self._side(column))
            self._grid.setColumnStretch(column, 3 if column in self._wide else 1)
        self._cells: list[QLabel] = []

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows in place of those before."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        for line, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                cell = label(text, "body", wrap=column in self._wide)
                self._grid.addWidget(cell, line, column, self._side(column))
                self._cells.append(cell)

    def texts(self) -> list[str]:
        """Return what the cells say, row by row."""
        return [cell.text() for cell in self._cells]

    def _side(self, column: int) -> Qt.AlignmentFlag:
        top = Qt.AlignmentFlag.AlignTop
        return top if column in self._wide else top | Qt.AlignmentFlag.AlignRight
