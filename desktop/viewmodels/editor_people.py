"""Whom the message reaches: anybody of the audience as a reader, and who lacks what it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.campaign import Audience
from desktop.domain.contact import Contact, ContactFilter
from desktop.domain.segment import Comparison, FieldRule, Group, Match
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MessageViewModel, required_fields
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.message_ports import MessageQuestions

MOST_FOUND = 20
MOST_LISTED = 200
COUNT_AFTER_MS = 400


@dataclass(frozen=True, slots=True)
class Lack:
    """A field that the chosen variation needs, and how many people of the audience do not have it."""

    field: str
    count: int


class PeopleViewModel(QObject):
    """Find readers in the audience, and those for whom the message cannot be written.

    Signals:
        found_changed: `found` are others.
        lacks_changed: `lacks` are others.
        listed_changed: `listed` are others.
        failed(object): a question was refused with this KnownError.
    """

    found_changed = Signal()
    lacks_changed = Signal()
    listed_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        library: MessageQuestions,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._message = message
        self._library = library
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.found: Sequence[Contact] = ()
        self.lacks: Sequence[Lack] = ()
        self.listed: Sequence[Contact] = ()
        self.listed_field = ""
        self._text = ""
        self._counted: tuple[Audience | None, frozenset[str]] | None = None
        self._timer = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._timer.timeout.connect(self._on_count_due)
        message.text_changed.connect(self._look_again)
        editor.draft_changed.connect(self._look_again)

    @property
    def listed_count(self) -> int:
        """How many people lack the listed field, also those that are not listed."""
        return next((lack.count for lack in self.lacks if lack.field == self.listed_field), len(self.listed))

    def refresh(self) -> None:
        """Count again: people may have been imported or edited."""
        self._counted = None
        self._look_again()

    def search(self, text: str) -> None:
        """Look for people of the audience by name, phone, tag or custom field; nothing typed finds nobody."""
        self._text = text.strip()
        if not self._text:
            self.found = ()
            self.found_changed.emit()
        else:
            self.jobs.refresh("find readers", self._find)

    def show(self, contact: Contact) -> None:
        """Show the message as this person reads it."""
        self._message.show_contact(contact)

    def list_lacking(self, field: str) -> None:
        """List who lacks a field."""
        self.listed_field, self.listed = field, ()
        self.jobs.refresh("list who lacks", self._list)

    async def _find(self) -> None:
        text = self._text
        where = ContactFilter(text=text, audience=self._editor.draft.audience)
        found = await self._library.contacts_of(await self._library.contact_ids(where, MOST_FOUND))
        self.found = found if text == self._text else ()
        self.found_changed.emit()

    async def _list(self) -> None:
        rules = Group(Match.ALL, (FieldRule(self.listed_field, Comparison.EMPTY),))
        where = ContactFilter(rules=rules, audience=self._editor.draft.audience)
        self.listed = await self._library.contacts_of(await self._library.contact_ids(where, MOST_LISTED))
        self.listed_changed.emit()

    def _look_again(self) -> None:
        asked = (self._editor.draft.audience, required_fields(self._message.message))
        if asked != self._counted:
            self._timer.start()

    def _on_count_due(self) -> None:
        self.jobs.refresh("count who lacks", self._count)

    async def _count(self) -> None:
        audience, fields = self._editor.draft.audience, required_fields(self._message.message)
        counts: Mapping[str, int] = {}
        if audience is not None and fields:
            counts = await self._library.audience_lacking(audience, sorted(fields))
        self.lacks = [Lack(field, count) for field, count in counts.items() if count]
        self._counted = (audience, fields)
        self.lacks_changed.emit()
