"""A scrolled list of rows of which one is chosen, in a dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.screens.editor.list_row import ListRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_S
from desktop.widgets.vertical_scroll import VerticalScroll


class RowList(VerticalScroll):
    """Signals:
    chosen: the key (object) of a row that was clicked.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(SPACE_S, parent)
        self.rows: list[ListRow] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self.note = label("", "muted", wrap=True)
        self.column.addWidget(self.note)

    def show_rows(self, rows: Sequence[ListRow], chosen: object, note: str = "") -> None:
        """Replace the rows; `note` is said above them."""
        for row in self.rows:
            self._group.removeButton(row)
            self.column.removeWidget(row)
            row.deleteLater()
        self.rows = list(rows)
        for row in self.rows:
            self._group.addButton(row)
            self.column.addWidget(row)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.choose(chosen)

    def choose(self, key: object) -> None:
        """Mark the row of a key."""
        for row in self.rows:
            if row.key == key:
                row.setChecked(True)

    @property
    def keys(self) -> list[object]:
        return [row.key for row in self.rows]

    def _on_clicked(self) -> None:
        row = self._group.checkedButton()
        if isinstance(row, ListRow):
            self.chosen.emit(row.key)
