"""A table whose cells were made before they are painted: `data()` only looks them up, and cannot fail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.markup import as_plain
from desktop.viewmodels.table_roles import ALIGNMENT, DISPLAY, LEFT, ROW, TOOL_TIP

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Column:
    """Title of a column and how its cells are aligned."""

    title: str
    alignment: int = LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and what else it answers by role."""

    text: str
    roles: Mapping[int, object] = field(default_factory=dict[int, object])


class PreparedModel(QAbstractTableModel, Generic[RowT]):
    """Rows of one kind, identified by a key; `prepare` makes the cells of a row."""

    def __init__(
        self,
        columns: Sequence[Column],
        prepare: Callable[[RowT], Sequence[Cell]],
        key: Callable[[RowT], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._prepare = prepare
        self._key = key
        self._rows: list[RowT] = []
        self._cells: list[Sequence[Cell]] = []

    def row_at(self, index: Index) -> RowT | None:
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def row_of(self, key: int) -> int | None:
        """Return the place of the row with a key."""
        return next((n for n, row in enumerate(self._rows) if self._key(row) == key), None)

    def key_of(self, row: int) -> int | None:
        return self._key(self._rows[row]) if 0 <= row < len(self._rows) else None

    def show_rows(self, rows: Sequence[RowT], start: int = 0) -> None:
        """Show `rows` from place `start` on to the end, touching only what differs.

        Rows that stay at their place are changed there, so that selection and scrolling stay too.
        """
        old, new = self._rows[start:], list(rows)
        if [self._key(row) for row in old] == [self._key(row) for row in new]:
            self.change_rows(start, new)
        elif start == 0:
            self.beginResetModel()
            self._rows, self._cells = new, [self._prepare(row) for row in new]
            self.endResetModel()
        else:
            self.cut_rows(start)
            self.append_rows(new)

    def change_rows(self, start: int, rows: Sequence[RowT]) -> None:
        """Replace rows in place; only those that differ are painted again."""
        for place, row in enumerate(rows, start):
            if self._rows[place] != row:
                self._rows[place], self._cells[place] = row, self._prepare(row)
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    def prepare_again(self) -> None:
        """Make the cells anew of rows that are as they were: something else is known about them."""
        self._cells = [self._prepare(row) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))

    def append_rows(self, rows: Sequence[RowT]) -> None:
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows.extend(rows)
        self._cells.extend(self._prepare(row) for row in rows)
        self.endInsertRows()

    def cut_rows(self, start: int) -> None:
        """Take the rows from `start` on away."""
        if start < len(self._rows):
            self.beginRemoveRows(QModelIndex(), start, len(self._rows) - 1)
            del self._rows[start:], self._cells[start:]
            self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        row, column = index.row(), index.column()
        if not 0 <= row < len(self._cells) or not 0 <= column < len(self._columns):
            return None
        cell = self._cells[row][column]
        if role == DISPLAY:
            return cell.text
        if role == TOOL_TIP:
            tip = cell.roles.get(TOOL_TIP) or cell.text
            return as_plain(str(tip)) if tip else None
        if role == ALIGNMENT:
            return self._columns[column].alignment
        if role == ROW:
            return self._rows[row]
        return cell.roles.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == DISPLAY:
            return self._columns[section].title
        return self._columns[section].alignment if role == ALIGNMENT else None
