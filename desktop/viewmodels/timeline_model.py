"""A sliding window of timeline rows over millions of events, newest first. It asks nobody: the view-model feeds it.

At most `MAX_ROWS` rows are kept. What is dropped at one end is asked for again by key when the operator scrolls back.
"""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Signal

from desktop.domain.ids import EventId
from desktop.domain.summaries import EventRow
from desktop.viewmodels import wording
from desktop.viewmodels.prepared_model import Cell, PreparedModel
from desktop.viewmodels.prepared_model import Column as ColumnOf
from desktop.viewmodels.table_roles import TONE

MAX_ROWS = 5000

translate = QCoreApplication.translate


class Column(IntEnum):
    TIME = 0
    SEVERITY = 1
    WHAT = 2
    CAMPAIGN = 3
    NUMBER = 4
    CONTACT = 5


class TimelineModel(PreparedModel[EventRow]):
    """Rows newest first.

    Signals:
        older_wanted: the view has reached the last row and there are older ones.
    """

    older_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), _cells, lambda row: row.id, parent)
        self.has_older = False
        self.has_newer = False

    @property
    def newest_id(self) -> EventId | None:
        return self._rows[0].id if self._rows else None

    @property
    def oldest_id(self) -> EventId | None:
        return self._rows[-1].id if self._rows else None

    def event_at(self, row: int) -> EventRow | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def replace_all(self, rows: Sequence[EventRow], has_older: bool) -> None:
        """Show other rows; `rows` are newest first."""
        self.has_older, self.has_newer = has_older, False
        self.beginResetModel()
        self._rows, self._cells = list(rows), [self._prepare(row) for row in rows]
        self.endResetModel()

    def append_older(self, rows: Sequence[EventRow], has_older: bool) -> None:
        """Add rows below the last one, newest first; the newest ones make room."""
        self.has_older = has_older
        self.append_rows(rows)
        excess = len(self._rows) - MAX_ROWS
        if excess > 0:
            self.has_newer = True
            self.beginRemoveRows(QModelIndex(), 0, excess - 1)
            del self._rows[:excess], self._cells[:excess]
            self.endRemoveRows()

    def prepend_newer(self, rows: Sequence[EventRow], has_newer: bool) -> None:
        """Add rows above the first one, newest first; the oldest ones make room."""
        self.has_newer = has_newer
        if rows:
            self.beginInsertRows(QModelIndex(), 0, len(rows) - 1)
            self._rows[:0] = rows
            self._cells[:0] = [self._prepare(row) for row in rows]
            self.endInsertRows()
        if len(self._rows) > MAX_ROWS:
            self.has_older = True
            self.cut_rows(MAX_ROWS)

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return not parent.isValid() and self.has_older

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        if self.canFetchMore(parent):
            self.older_wanted.emit()


def _columns() -> list[ColumnOf]:
    return [
        ColumnOf(translate("Timeline", "Time")),
        ColumnOf(translate("Timeline", "Severity")),
        ColumnOf(translate("Timeline", "What happened")),
        ColumnOf(translate("Timeline", "Campaign")),
        ColumnOf(translate("Timeline", "Number")),
        ColumnOf(translate("Timeline", "Contact")),
    ]


def _cells(row: EventRow) -> list[Cell]:
    muted = {TONE: "muted"}
    return [
        Cell(wording.moment(row.at), muted),
        Cell(wording.severity(row.severity), {TONE: wording.severity_tone(row.severity)}),
        Cell(wording.event(row)),
        Cell(row.campaign or "", muted),
        Cell(row.instance or "", muted),
        Cell(_contact(row), muted),
    ]


def _contact(row: EventRow) -> str:
    """Name the person, or write the phone as people write it: without a name, the row has the phone for one."""
    if row.phone is not None and row.contact in (None, "", row.phone):
        return wording.phone(row.phone)
    return row.contact or ""
