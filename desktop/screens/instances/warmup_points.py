"""The points of an own warm-up curve: from which day, how many messages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.viewmodels.warmup import LAST_DAY
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.fields import NumberField
from desktop.widgets.labels import label
from desktop.widgets.limit_field import LimitField
from desktop.widgets.tokens import SPACE_S
from desktop.widgets.vertical_scroll import VerticalScroll

_WIDTH = 350
_DAY_WIDTH = 84
_MOST = 100_000
Points = tuple[tuple[int, int | None], ...]


class _Point(QWidget):
    """One line of the table."""

    changed = Signal()
    removed = Signal()

    def __init__(self, day: int, messages: int | None, *, is_first: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        self.day = NumberField(1, LAST_DAY, day)
        self.day.setFixedWidth(_DAY_WIDTH)
        self.day.setEnabled(not is_first or day != 1)
        self.day.setAccessibleName(self.tr("Day"))
        self.messages = LimitField(0, _MOST, 100, self.tr("No limit"))
        self.messages.set_limit(messages)
        self.messages.figure.setAccessibleName(self.tr("Messages from day {day}").format(day=day))
        self.remove_button = icon_button("x", self.tr("Remove day {day}").format(day=day))
        self.remove_button.setEnabled(not is_first)
        row.addWidget(self.day)
        row.addWidget(self.messages, 1)
        row.addWidget(self.remove_button)
        self.day.valueChanged.connect(self._on_changed)
        self.messages.changed.connect(self._on_changed)
        self.remove_button.clicked.connect(self.removed)

    @property
    def point(self) -> tuple[int, int | None]:
        limit = self.messages.limit
        return self.day.value(), None if limit is None else int(limit)

    def _on_changed(self, _value: object = None) -> None:
        self.changed.emit()


class WarmupPoints(QWidget):
    """Signals:
    changed(object): the points as they stand there, in the order of the lines.
    add_requested: another point is wanted.
    remove_requested(int): the point at this place is not wanted any more.
    """

    changed = Signal(object)
    add_requested = Signal()
    remove_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        day = label(self.tr("From day"), "overline")
        day.setFixedWidth(_DAY_WIDTH)
        head.addWidget(day)
        head.addWidget(label(self.tr("Messages a day"), "overline"), 1)
        layout.addLayout(head)
        self._area = VerticalScroll(SPACE_S)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE_S)
        self._area.column.addLayout(self._lines)
        layout.addWidget(self._area, 1)
        self.add_button = button(self.tr("Add a day"), "secondary", "plus")
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add_requested)
        layout.addWidget(self.add_button)
        self.lines: list[_Point] = []

    def show_points(self, points: Points) -> None:
        """Show other points."""
        for line in self.lines:
            self._lines.removeWidget(line)
            line.deleteLater()
        self.lines = [_Point(day, messages, is_first=place == 0) for place, (day, messages) in enumerate(points)]
        for line in self.lines:
            line.changed.connect(self._on_changed)
            line.removed.connect(self._on_removed)
            self._lines.addWidget(line)

    def _on_changed(self) -> None:
        self.changed.emit(tuple(line.point for line in self.lines))

    def _on_removed(self) -> None:
        pressed = self.sender()
        self.remove_requested.emit(next(place for place, line in enumerate(self.lines) if line is pressed))
