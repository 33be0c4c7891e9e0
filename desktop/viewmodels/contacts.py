"""The list of contacts: searched, filtered and sorted by the database, and what is done to many of them at once."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.domain.campaign import Audience
from desktop.domain.contact import Contact, ContactFilter, ContactOrder
from desktop.domain.ids import ContactId
from desktop.domain.segment import Consent, Group
from desktop.viewmodels import formats
from desktop.viewmodels.contacts_model import ORDERS, PAGE, ContactsModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library
from desktop.viewmodels.segments import SegmentsViewModel

translate = QCoreApplication.translate

_DOING = "change contacts"
_NEWEST = ContactFilter(order=ContactOrder.ADDED, is_descending=True)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to many, in words. `tag`, `is_on` and `changed` are what undoing needs; without, there is none."""

    text: str
    tag: str = ""
    is_on: bool = False
    changed: Sequence[ContactId] = ()

    @property
    def can_undo(self) -> bool:
        return bool(self.tag and self.changed)


class ContactsViewModel(QObject):
    """Search, filter, sort; tag, opt out and export whom the operator chose.

    Signals:
        changed: the filter, the totals, the tags or the emptiness of the model may be others.
        busy_changed: something is being done to many, or no longer (see `is_busy`).
        progressed(object, object): people done so far, and of how many.
        did(object): a `Deed` is done.
        failed(object): a question was refused with this KnownError.
    """

    changed = Signal()
    busy_changed = Signal()
    progressed = Signal(object, object)
    did = Signal(object)
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.segments = SegmentsViewModel(library, control, spawn, self)
        self.narrowed = ""
        self.model = ContactsModel(self)
        self.model.rows_missing.connect(self._on_rows_missing)
        self.where = _NEWEST
        self.total = 0
        self.tags: Sequence[tuple[str, int]] = ()
        self.has_loaded = False
        # Not while the view paints: loading a page changes what is being painted.
        self._missing_timer = QTimer(self, singleShot=True, interval=0)
        self._missing_timer.timeout.connect(self._load_missing)

    @property
    def text(self) -> str:
        return self.where.text

    @property
    def tag(self) -> str | None:
        return self.where.tag

    @property
    def is_filtered(self) -> bool:
        where = self.where
        return bool(where.text or where.tag or where.consent or where.rules or where.audience)

    @property
    def found(self) -> int:
        """How many people the filter finds."""
        return self.model.rowCount()

    @property
    def is_empty(self) -> bool:
        """There is no contact at all, whatever the filter."""
        return self.has_loaded and self.total == 0

    @property
    def is_without_match(self) -> bool:
        return self.has_loaded and self.total > 0 and self.model.rowCount() == 0

    @property
    def is_busy(self) -> bool:
        return self.jobs.is_running(_DOING)

    # Finding

    def activate(self) -> None:
        self.reload()

    def deactivate(self) -> None:
        """Nothing runs while the page is hidden."""

    def set_text(self, text: str) -> None:
        """Find what was typed; the field has waited for a pause in the typing."""
        if text.strip() != self.text:
            self.where = replace(self.where, text=text.strip())
            self.reload()

    def set_tag(self, tag: str | None) -> None:
        if tag != self.tag:
            self.where = replace(self.where, tag=tag)
            self.reload()

    def set_consent(self, consent: Consent | None) -> None:
        """Show only those with or without a record of their consent, or who opted out; None for all."""
        if consent is not self.where.consent:
            self.where = replace(self.where, consent=consent)
            self.reload()

    def narrow(self, rules: Group | None, said: str, audience: Audience | None = None) -> None:
        """Show only those whom rules find, of the people that a campaign may send to; `said` is what that means."""
        self.narrowed = said
        self.where = replace(self.where, text="", tag=None, consent=None, rules=rules, audience=audience)
        self.reload()

    def sort_by_column(self, column: int) -> None:
        """Sort by a column; by the same one again, the other way round."""
        order = ORDERS[column]
        if order is None:
            return
        is_same = order is self.where.order
        # The newest come first.
        is_descending = not self.where.is_descending if is_same else order is ContactOrder.ADDED
        self.where = replace(self.where, order=order, is_descending=is_descending)
        self.reload()

    def clear_filter(self) -> None:
        self.narrow(None, "")

    def reload(self) -> None:
        self.jobs.refresh("load contacts", self._reload)

    async def _reload(self) -> None:
        where = self.where
        if not where.text and not self.has_loaded:
            # The first screen at once; where everybody else stands takes a moment in a long list.
            self.model.show_ids(await self._library.contact_ids(where, PAGE))
        ids = await self._library.contact_ids(where)
        if not self.is_filtered:
            self.total = len(ids)
        elif not self.has_loaded:
            self.total = await self._library.contact_count()
        self.has_loaded = True
        self.model.show_ids(ids)
        self.changed.emit()
        # Who searches waits for neither: to count a million people takes longer than to find one of them.
        if self.is_filtered:
            self.total = await self._library.contact_count()
        self.tags = await self._library.tags()
        self.changed.emit()

    def _on_rows_missing(self) -> None:
        self._missing_timer.start()

    def _load_missing(self) -> None:
        self.jobs.start("load a page of contacts", self._load_pages)

    async def _load_pages(self) -> None:
        while (page := self.model.next_missing()) is not None:
            ids = self.model.ids_of_page(page)
            self.model.show_page(page, ids, await self._library.contacts_of(ids))

    # Doing

    def tag_people(self, ids: Sequence[int], tag: str, is_on: bool) -> None:
        """Put a tag on people or take it off."""

        async def tag_them() -> None:
            people = [ContactId(contact_id) for contact_id in ids]
            changed = await self._control.tag_contacts(people, tag, is_on, self._progress_of(len(ids)))
            pattern = (
                translate("Contacts", "Tag “{tag}” put on {people}.")
                if is_on
                else translate("Contacts", "Tag “{tag}” taken off {people}.")
            )
            self._finish(Deed(pattern.format(tag=tag, people=formats.people(len(changed))), tag, is_on, changed))

        self._do(tag_them)

    def undo(self, deed: Deed) -> None:
        """Take the tags of a deed back from exactly those who got them, or give them back."""

        async def take_back() -> None:
            await self._control.tag_contacts(
                deed.changed, deed.tag, not deed.is_on, self._progress_of(len(deed.changed))
            )
            self._finish(
                Deed(translate("Contacts", "Undone for {people}.").format(people=formats.people(len(deed.changed))))
            )

        if deed.can_undo:
            self._do(take_back)

    def opt_out_people(self, ids: Sequence[int]) -> None:
        """Never send to these people again."""

        async def opt_them_out() -> None:
            people = [ContactId(contact_id) for contact_id in ids]
            count = await self._control.opt_out_contacts(people, self._progress_of(len(ids)))
            self._finish(Deed(translate("Contacts", "Opted out: {people}.").format(people=formats.people(count))))

        self._do(opt_them_out)

    def export_people(self, path: Path, ids: Sequence[int]) -> None:
        """Write people to a table that spreadsheets cannot be tricked by."""

        async def export() -> None:
            count = await self._control.export_some(path, ids)
            text = translate("Contacts", "{people} written to {file}.")
            self.did.emit(Deed(text.format(people=formats.people(count), file=path.name)))

        self._do(export)

    def show_changed(self, person: Contact) -> None:
        """Show one person as they are now."""
        self.model.change(person)

    def _do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.jobs.start(_DOING, work)

    def _progress_of(self, total: int) -> Callable[[int], None]:
        return lambda done: self.progressed.emit(done, total)

    def _finish(self, deed: Deed) -> None:
        self.did.emit(deed)
        self.model.reload()
        self.reload()

    def _on_job_changed(self, name: str) -> None:
        if name == _DOING:
            self.busy_changed.emit()
