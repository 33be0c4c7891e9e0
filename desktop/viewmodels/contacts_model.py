"""Rows of the list of contacts: as many as people are found, and only those that are looked at are loaded."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.contact import Contact, ContactOrder
from desktop.domain.ids import ContactId
from desktop.domain.markup import as_plain
from desktop.viewmodels import formats
from desktop.viewmodels.prepared_model import Cell
from desktop.viewmodels.table_roles import ALIGNMENT, DISPLAY, LEFT, ROW, TONE, TOOL_TIP

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex

PAGE = 200
# Pages that stay loaded: some screens in each direction, whoever scrolls back and forth finds them there.
_KEPT_PAGES = 30
# Pages that are waited for. Whoever drags the bar passes thousands that nobody needs any more.
_MOST_WAITING = 2

ORDERS = (ContactOrder.NAME, ContactOrder.PHONE, None, None, ContactOrder.ADDED)
"""What a click on the head of each column sorts by; None for a column that cannot be sorted by."""


class ContactsModel(QAbstractTableModel):
    """Knows the ids of all rows, and some of their people. A row that is not there yet is empty until it comes.

    Signals:
        rows_missing: rows were looked at that are not loaded (see `next_missing`).
    """

    rows_missing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = (
            translate("Contacts", "Name"),
            translate("Contacts", "Phone"),
            translate("Contacts", "Tags"),
            translate("Contacts", "Consent"),
            translate("Contacts", "Added"),
        )
        self.ids: Sequence[int] = ()
        self._pages: dict[int, tuple[list[Contact | None], list[Sequence[Cell]]]] = {}
        self._waiting: list[int] = []

    # Filling

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show another list. One that goes on where this one ends is added to it: selection and place stay."""
        known = len(self.ids)
        if known and len(ids) > known and ids[:known] == self.ids:
            self.beginInsertRows(QModelIndex(), known, len(ids) - 1)
            self.ids = ids
            self._pages.pop(known // PAGE, None)  # it may end in the middle
            self.endInsertRows()
        elif ids == self.ids:
            self.reload()
        else:
            self.beginResetModel()
            self.ids = ids
            self._pages.clear()
            self._waiting.clear()
            self.endResetModel()

    def reload(self) -> None:
        """Read the rows in sight again: who they are stays, what they say may be something else."""
        self._pages.clear()
        self._waiting.clear()
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self._titles) - 1))

    def next_missing(self) -> int | None:
        """Return the page that was asked for last and is not there."""
        return self._waiting[-1] if self._waiting else None

    def ids_of_page(self, page: int) -> Sequence[int]:
        return self.ids[page * PAGE : (page + 1) * PAGE]

    def show_page(self, page: int, ids: Sequence[int], people: Iterable[Contact]) -> None:
        """Show the people of a page; `ids` are those that were asked for, which may be others by now."""
        if page in self._waiting:
            self._waiting.remove(page)
        if ids != self.ids_of_page(page):
            return
        found = {person.id: person for person in people}
        rows = [found.get(ContactId(contact_id)) for contact_id in ids]
        self._pages.pop(page, None)
        self._pages[page] = (rows, [_cells(person) if person else _gone() for person in rows])
        while len(self._pages) > _KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        first = page * PAGE
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(rows) - 1, len(self._titles) - 1))

    def change(self, person: Contact) -> None:
        """Show a person as they are now, where they are loaded."""
        for page, (rows, cells) in self._pages.items():
            for place, row in enumerate(rows):
                if row is not None and row.id == person.id:
                    rows[place], cells[place] = person, _cells(person)
                    shown = page * PAGE + place
                    self.dataChanged.emit(self.index(shown, 0), self.index(shown, len(self._titles) - 1))
                    return

    def ids_in(self, ranges: Iterable[tuple[int, int]]) -> list[int]:
        """Return the ids of rows from … to, both included, each once."""
        found: list[int] = []
        behind = 0
        for first, last in sorted(ranges):
            found.extend(self.ids[max(first, behind) : last + 1])
            behind = max(behind, last + 1)
        return found

    def contact_at(self, row: int) -> Contact | None:
        page = self._pages.get(row // PAGE)
        return page[0][row % PAGE] if page and row % PAGE < len(page[0]) else None

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        row, column = index.row(), index.column()
        if not 0 <= row < len(self.ids) or not 0 <= column < len(self._titles):
            return None
        if role == ALIGNMENT:
            return LEFT
        page = self._pages.get(row // PAGE)
        if page is None:
            if role == DISPLAY:
                self._want(row // PAGE)
            return None
        if role == ROW:
            return page[0][row % PAGE]
        cell = page[1][row % PAGE][column]
        if role == DISPLAY:
            return cell.text
        if role == TOOL_TIP:
            return as_plain(cell.text) if cell.text else None
        return cell.roles.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role == DISPLAY:
            return self._titles[section]
        return LEFT if role == ALIGNMENT else None

    def _want(self, page: int) -> None:
        if page not in self._waiting:
            self._waiting.append(page)
            del self._waiting[:-_MOST_WAITING]
            self.rows_missing.emit()


def _gone() -> Sequence[Cell]:
    """Return the cells of somebody who was erased since the list was made."""
    return [Cell(translate("Contacts", "Erased"), {TONE: "muted"}), *[Cell("")] * 4]


def consent_tone(contact: Contact) -> str:
    """Return the tone in which a person's consent is shown."""
    if contact.opted_out_at is not None:
        return "warning"
    return "success" if contact.is_consented else "neutral"


def _cells(contact: Contact) -> list[Cell]:
    if contact.opted_out_at is not None:
        consent = translate("Contacts", "Opted out {day}").format(day=formats.day(contact.opted_out_at))
    else:
        consent = translate("Contacts", "Recorded") if contact.is_consented else translate("Contacts", "Not recorded")
    muted = {TONE: "muted"}
    return [
        Cell(contact.name or translate("Contacts", "No name"), {} if contact.name else muted),
        Cell(formats.phone(contact.phone)),
        Cell(", ".join(contact.tags), muted),
        Cell(consent, {TONE: consent_tone(contact)}),
        Cell(formats.day(contact.created_at), muted),
    ]
