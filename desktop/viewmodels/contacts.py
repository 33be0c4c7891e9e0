"""The list of contacts: searched and filtered by the database, paged by key, never counted row by row."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QTimer, Signal

from desktop.domain.contact import Contact
from desktop.viewmodels import formats
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Library
from desktop.viewmodels.prepared_model import Cell, Column, PreparedModel
from desktop.viewmodels.table_roles import TONE

translate = QCoreApplication.translate

PAGE = 200
TYPING_MS = 250


class ContactsModel(PreparedModel[Contact]):
    """Contacts in ascending order of their ids.

    Signals:
        more_wanted: the view has reached the last row and there are more.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), _cells, lambda contact: contact.id, parent)
        self.has_more = False

    @property
    def last_id(self) -> int | None:
        return self.key_of(self.rowCount() - 1)

    def replace_all(self, contacts: Sequence[Contact], has_more: bool) -> None:
        self.has_more = has_more
        self.show_rows(contacts)

    def append(self, contacts: Sequence[Contact], has_more: bool) -> None:
        self.has_more = has_more
        self.append_rows(contacts)

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        if self.canFetchMore(parent):
            self.more_wanted.emit()


def _columns() -> list[Column]:
    return [
        Column(translate("Contacts", "Name")),
        Column(translate("Contacts", "Phone")),
        Column(translate("Contacts", "Tags")),
        Column(translate("Contacts", "Consent")),
        Column(translate("Contacts", "Added")),
    ]


def _cells(contact: Contact) -> list[Cell]:
    if contact.opted_out_at is not None:
        consent = translate("Contacts", "Opted out {day}").format(day=formats.day(contact.opted_out_at))
    else:
        consent = translate("Contacts", "May receive")
    muted = {TONE: "muted"}
    return [
        Cell(contact.name or translate("Contacts", "No name"), {} if contact.name else muted),
        Cell(formats.phone(contact.phone)),
        Cell(", ".join(contact.tags), muted),
        Cell(consent, {TONE: "success" if contact.opted_out_at is None else "warning"}),
        Cell(formats.day(contact.created_at), muted),
    ]


class ContactsViewModel(QObject):
    """Search, filter and page the contacts.

    Signals:
        changed: the filter, the totals, the tags or the emptiness of the model may be others.
        failed(object): a question was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, library: Library, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.model = ContactsModel(self)
        self.model.more_wanted.connect(self.load_more)
        self.text = ""
        self.tag: str | None = None
        self.total = 0
        self.tags: Sequence[tuple[str, int]] = ()
        self.has_loaded = False
        self._typing_timer = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing_timer.timeout.connect(self.reload)

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or self.tag)

    @property
    def is_empty(self) -> bool:
        """There is no contact at all, whatever the filter."""
        return self.has_loaded and self.total == 0

    @property
    def is_without_match(self) -> bool:
        return self.has_loaded and self.total > 0 and self.model.rowCount() == 0

    def activate(self) -> None:
        self.reload()

    def deactivate(self) -> None:
        self._typing_timer.stop()

    def set_text(self, text: str) -> None:
        if text.strip() != self.text:
            self.text = text.strip()
            self._typing_timer.start()

    def set_tag(self, tag: str | None) -> None:
        if tag != self.tag:
            self.tag = tag
            self.reload()

    def clear_filter(self) -> None:
        self.text, self.tag = "", None
        self.reload()

    def reload(self) -> None:
        self._typing_timer.stop()
        self.jobs.refresh("load contacts", self._reload)

    def load_more(self) -> None:
        if not self.jobs.is_running("load contacts"):
            self.jobs.start("load more contacts", self._load_more)

    async def _reload(self) -> None:
        contacts = await self._library.contacts(self.tag, None, PAGE, self.text)
        self.total = await self._library.contact_count()
        self.tags = await self._library.tags()
        self.has_loaded = True
        self.model.replace_all(contacts, has_more=len(contacts) == PAGE)
        self.changed.emit()

    async def _load_more(self) -> None:
        question = (self.tag, self.text, self.model.last_id)
        contacts = await self._library.contacts(self.tag, self.model.last_id, PAGE, self.text)
        if question == (self.tag, self.text, self.model.last_id):
            self.model.append(contacts, has_more=len(contacts) == PAGE)
