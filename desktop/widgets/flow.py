"""Layouts that follow the width: chips that wrap like words, and cards in as many equal columns as fit."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.widgets.tokens import SPACE_L, SPACE_S


class _WrappingLayout(QLayout):
    """What both have in common: items in order, and a height that depends on the width."""

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_real=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_real=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 — overrides Qt
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _visible(self) -> list[QLayoutItem]:
        # A hidden widget leaves no hole.
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, is_real: bool) -> int:
        """Place the items, or only measure; return the height."""
        raise NotImplementedError


class FlowLayout(_WrappingLayout):
    """Items at their own sizes, wrapped like words; those of a row are centred in its height."""

    def __init__(self, spacing: int = SPACE_S, parent: QWidget | None = None) -> None:
        super().__init__(spacing, parent)

    def _arrange(self, rect: QRect, *, is_real: bool) -> int:
        y = rect.y()
        for row in self._rows(rect.width()):
            x, row_height = rect.x(), max(size.height() for _item, size in row)
            for item, size in row:
                if is_real:
                    item.setGeometry(QRect(QPoint(x, y + (row_height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += row_height + self.spacing()
        return max(0, y - self.spacing() - rect.y())

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._visible():
            size = item.sizeHint()
            size.setWidth(min(size.width(), width))
            if not rows or used + size.width() > width:
                rows.append([])
                used = 0
            rows[-1].append((item, size))
            used += size.width() + self.spacing()
        return rows


class ColumnsLayout(_WrappingLayout):
    """Items of equal width in as many columns as fit; the items of a row are equally high."""

    def __init__(self, column_width: int, spacing: int = SPACE_L, parent: QWidget | None = None) -> None:
        """`column_width` is the least width of a column, in pixels."""
        super().__init__(spacing, parent)
        self._column_width = column_width

    def minimumSize(self) -> QSize:  # noqa: N802 — overrides Qt
        return QSize(self._column_width, super().minimumSize().height())

    def _arrange(self, rect: QRect, *, is_real: bool) -> int:
        items = self._visible()
        columns = max(1, (rect.width() + self.spacing()) // (self._column_width + self.spacing()))
        width = (rect.width() - (columns - 1) * self.spacing()) // columns
        y = rect.y()
        for first in range(0, len(items), columns):
            row = items[first : first + columns]
            height = max(_height(item, width) for item in row)
            if is_real:
                for place, item in enumerate(row):
                    item.setGeometry(QRect(rect.x() + place * (width + self.spacing()), y, width, height))
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.y())


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
