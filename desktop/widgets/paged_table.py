"""A table over a model that loads its rows as they are scrolled to. It knows looks, not what the rows mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedLayout,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.delegates import TextDelegate
from desktop.widgets.labels import set_role
from desktop.widgets.tokens import ROW_HEIGHT


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """How wide a column is, in pixels; `stretch` columns share what is left. `delegate` draws it.

    A table narrower than `hide_below` does without the column: better one fact less than all of them cut.
    """

    width: int
    stretch: bool = False
    delegate: QStyledItemDelegate | None = None
    hide_below: int = 0


class PagedTable(QFrame):
    """Rows of one model, one selected at a time, or `many`; the arrow keys move, Return opens.

    Signals:
        opened: a row (QModelIndex) was double-clicked, or Return was pressed on it.
        row_chosen: another row (QModelIndex, invalid for none or several) was chosen.
        selection_changed: other rows, or more or fewer, are selected.
        sort_requested(int): the head of a column was clicked (only where `allow_sorting` was called).
    """

    opened = Signal(QModelIndex)
    row_chosen = Signal(QModelIndex)
    selection_changed = Signal()
    sort_requested = Signal(int)

    def __init__(
        self,
        model: QAbstractItemModel,
        looks: Sequence[ColumnLook],
        spoken: str,
        *,
        row_height: int = ROW_HEIGHT,
        empty: QWidget | None = None,
        many: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("table-frame")
        self.view = _View(row_height)
        self.view.setAccessibleName(spoken)
        self.view.setModel(model)
        if many:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._looks = tuple(looks)
        self._delegates = [look.delegate for look in looks]  # The view does not own them.
        self._apply_looks()
        self._model = model
        self._empty = empty
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedLayout()
        layout.addLayout(self._stack)  # before it has widgets: it shows the first one, which would be a window
        self._stack.addWidget(self.view)
        if empty is not None:
            # It may be cut where there is no room: a table must not ask for more because of a text that is not shown.
            empty.setMinimumSize(1, 1)
            self._stack.addWidget(empty)
            for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
                changed.connect(self._on_rows_changed)
            self._on_rows_changed()
        self.view.doubleClicked.connect(self.opened)
        self.view.return_pressed.connect(self.opened)
        # Not the current row: a table that gets the focus makes its first row current without choosing it.
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.view.installEventFilter(self)

    def visible_rows(self) -> tuple[int, int]:
        """Return the first and the last row (0-based) that are on the screen; (0, -1) when there are none."""
        view = self.view
        count = self._model.rowCount()
        if count == 0:
            return 0, -1
        first = max(view.rowAt(0), 0)
        last = view.rowAt(view.viewport().height() - 1)
        return first, last if last >= 0 else count - 1

    def selected_ranges(self) -> list[tuple[int, int]]:
        """Return what is selected as rows from … to, both included: a million rows are one range, not a million."""
        selection = self.view.selectionModel().selection()
        parts = [selection.at(place) for place in range(selection.count())]
        return [(part.top(), part.bottom()) for part in parts]

    def selected_count(self) -> int:
        return sum(last - first + 1 for first, last in self.selected_ranges())

    def allow_sorting(self) -> None:
        """Let the heads of columns be clicked (see `sort_requested`)."""
        header = self.view.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self.sort_requested)

    def show_order(self, column: int, *, is_descending: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.view.horizontalHeader().setSortIndicator(column, order)

    def clear_choice(self) -> None:
        """Take the selection away, e.g. when the detail of a row is closed."""
        self.view.selectionModel().clear()

    def choose_row(self, row: int) -> None:
        index = self._model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, look in enumerate(self._looks):
            if look.hide_below:  # Whoever hides another column has a reason of their own.
                self.view.setColumnHidden(column, self.width() < look.hide_below)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_role(self, "focused", event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _on_rows_changed(self, *_args: object) -> None:
        if self._empty is not None:
            self._stack.setCurrentWidget(self.view if self._model.rowCount() else self._empty)

    def _on_selection_changed(self, *_args: object) -> None:
        ranges = self.selected_ranges()
        is_one = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
        self.row_chosen.emit(self._model.index(ranges[0][0], 0) if is_one else QModelIndex())
        self.selection_changed.emit()

    def _apply_looks(self) -> None:
        header = self.view.horizontalHeader()
        for column, look in enumerate(self._looks):
            mode = QHeaderView.ResizeMode.Stretch if look.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, mode)
            self.view.setColumnWidth(column, look.width)
            if look.delegate is not None:
                self.view.setItemDelegateForColumn(column, look.delegate)


class _View(QTableView):
    return_pressed = Signal(QModelIndex)

    def __init__(self, row_height: int) -> None:
        super().__init__()
        self.hovered_row = -1
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        # Tab leaves the table: inside it, the arrow keys move.
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(TextDelegate(parent=self))
        self.verticalHeader().setVisible(False)
        # One height for all rows: asking each of a million rows for its own would take minutes.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(48)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        # The style lights one cell up; a row is one thing, and the delegates ask for this number.
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.return_pressed.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
