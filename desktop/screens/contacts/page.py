"""The people: searched, sorted, changed many at a time, each with a history; and the way in for more of them."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.contact import Contact, ImportResult
from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed as Right
from desktop.domain.segment import Consent, Group
from desktop.screens.contacts.actions_bar import ActionsBar
from desktop.screens.contacts.filter_note import FilterNote
from desktop.screens.contacts.import_dialog import ImportDialog
from desktop.screens.contacts.number_check_dialog import NumberCheckDialog
from desktop.screens.contacts.person_drawer import PersonDrawer
from desktop.screens.segments.dialog import SegmentsDialog
from desktop.viewmodels import formats, wording
from desktop.viewmodels.contacts import ContactsViewModel, Deed
from desktop.viewmodels.contacts_model import ORDERS
from desktop.viewmodels.importing import ImportViewModel
from desktop.viewmodels.number_checking import NumberCheckViewModel
from desktop.viewmodels.people_asked import PeopleAsked
from desktop.viewmodels.person import PersonViewModel
from desktop.viewmodels.table_roles import TONE
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.delegates import PillDelegate, TextDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import ChoiceField
from desktop.widgets.page_header import PageHeader
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.permissions import needs
from desktop.widgets.search_field import SearchField
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_XL

_TAGS_WIDTH = 220
_SEARCH_WIDTH = 280
_CONSENT_WIDTH = 200
_TABLE_LEAST = 300


class ContactsPage(QWidget):
    """Signals:
    noticed(str): a passing sentence.
    events_requested(object): what happened to one person (`PersonAsked`) is to be shown.
    """

    noticed = Signal(str)
    events_requested = Signal(object)

    def __init__(
        self,
        model: ContactsViewModel,
        person: PersonViewModel,
        importing: ImportViewModel,
        checking: NumberCheckViewModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self._person = person
        self._importing = importing
        self._checking = checking
        self._undo: Deed | Contact | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        self.header = PageHeader(self.tr("Contacts"), self.tr("People who asked to hear from you"))
        self.import_button = button(self.tr("Import contacts…"), "primary", "file-up")
        needs(self.import_button, Right.PEOPLE)
        self.import_button.clicked.connect(self.open_import_dialog)
        self.segments_button = button(self.tr("Segments"), "secondary", "funnel")
        self.segments_button.clicked.connect(self.open_segments)
        self.check_button = button(self.tr("Check on WhatsApp…"), "secondary", "smartphone")
        needs(self.check_button, Right.PEOPLE)
        self.check_button.clicked.connect(self.open_number_check)
        self.header.add_action(self.check_button)
        self.header.add_action(self.segments_button)
        self.header.add_action(self.import_button)
        layout.addWidget(self.header)
        self.banner = Banner(closable=True)
        self.banner.action_requested.connect(self._on_undo_requested)
        layout.addWidget(self.banner)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_list())
        self._stack.addWidget(self._build_empty())
        layout.addWidget(self._stack, 1)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.did.connect(self._on_did)
        person.changed.connect(self._on_person_changed)
        person.edited.connect(self._on_edited)
        person.erased.connect(self._on_erased)
        person.exported.connect(self._on_exported)
        person.failed.connect(self._on_failed)
        importing.imported.connect(self._on_imported)
        importing.undone.connect(self._on_undone)
        self._show()

    def _build_list(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.search = SearchField(self.tr("Name, phone, tag or field…"))
        self.search.searched.connect(self._model.set_text)
        self.tag = ChoiceField()
        self.tag.setAccessibleName(self.tr("Tag"))
        self.tag.setFixedWidth(_TAGS_WIDTH)
        self.tag.setMaxVisibleItems(16)
        self.tag.activated.connect(self._on_tag_chosen)
        self.search.setMinimumWidth(_SEARCH_WIDTH)
        row.addWidget(self.search)
        row.addWidget(self.tag)
        self.consent = ChoiceField()
        self.consent.setAccessibleName(self.tr("Consent"))
        for text, consent in (
            (self.tr("Any consent"), None),
            (self.tr("Consent recorded"), Consent.AGREED),
            (self.tr("No consent recorded"), Consent.UNKNOWN),
            (self.tr("Opted out"), Consent.OPTED_OUT),
        ):
            self.consent.addItem(text, consent.value if consent else None)
        self.consent.setMinimumWidth(_CONSENT_WIDTH)
        self.consent.activated.connect(self._on_consent_chosen)
        row.addWidget(self.consent)
        row.addStretch(1)
        column.addLayout(row)
        self.filter_note = FilterNote()
        self.filter_note.cleared.connect(self._on_clear)
        column.addWidget(self.filter_note)
        self.no_match = EmptyState(
            "search",
            self.tr("Nobody matches"),
            self.tr("No contact has this in the name, the phone, a tag or a field."),
            self.tr("Show all contacts"),
            tone="neutral",
        )
        self.no_match.action_requested.connect(self._on_clear)
        looks = [
            ColumnLook(260, stretch=True, delegate=TextDelegate(TONE, is_strong=True, parent=self)),
            ColumnLook(170),
            ColumnLook(220, stretch=True, delegate=TextDelegate(TONE, parent=self), hide_below=700),
            ColumnLook(244, delegate=PillDelegate(TONE, parent=self)),
            ColumnLook(120, delegate=TextDelegate(TONE, parent=self), hide_below=820),
        ]
        self.table = PagedTable(self._model.model, looks, self.tr("Contacts"), empty=self.no_match, many=True)
        self.table.setMinimumWidth(_TABLE_LEAST)
        self.table.allow_sorting()
        self.table.sort_requested.connect(self._model.sort_by_column)
        self.table.row_chosen.connect(self._on_row_chosen)
        beside = QHBoxLayout()
        beside.setSpacing(SPACE_M)
        beside.addWidget(self.table, 1)
        self.drawer = PersonDrawer(self._person)
        self.drawer.closed.connect(self._on_drawer_closed)
        self.drawer.events_requested.connect(self.events_requested)
        beside.addWidget(self.drawer)
        column.addLayout(beside, 1)
        self.actions_bar = ActionsBar(self._model, self.table)
        self.actions_bar.clear_requested.connect(self.table.clear_choice)
        column.addWidget(self.actions_bar)
        return place

    def _build_empty(self) -> EmptyState:
        self.empty = EmptyState(
            "users",
            self.tr("No contact yet"),
            self.tr(
                "Bring your list from a spreadsheet or from a phone. Choose the file, drag it onto this window, "
                "or copy the cells and paste them."
            ),
            self.tr("Import contacts…"),
            self.tr("Paste from a spreadsheet"),
        )
        self.empty.action_requested.connect(self.open_import_dialog)
        self.empty.second_requested.connect(self.paste_people)
        return self.empty

    def open(self, asked: PeopleAsked) -> None:
        """Show whom something is about."""
        self._model.narrow(asked.rules, asked.said, asked.audience)

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def open_import_dialog(self) -> ImportDialog:
        dialog = ImportDialog(self._importing, self)
        dialog.open()
        return dialog

    def paste_people(self) -> None:
        """Look at the table in the clipboard."""
        self.open_import_dialog().paste()

    def open_number_check(self) -> NumberCheckDialog:
        dialog = NumberCheckDialog(self._checking, self._model.tag, self)
        dialog.open()
        return dialog

    def open_segments(self) -> SegmentsDialog:
        dialog = SegmentsDialog(self._model.segments, self)
        dialog.all_requested.connect(self._on_segment_requested)
        dialog.open()
        return dialog

    # Showing

    def _show(self) -> None:
        model = self._model
        self._stack.setCurrentIndex(1 if model.is_empty else 0)
        self.import_button.setVisible(not model.is_empty)
        self.segments_button.setVisible(not model.is_empty)
        self.check_button.setVisible(not model.is_empty)
        self.filter_note.show_text(f"{model.narrowed}: {formats.people(model.found)}" if model.narrowed else "")
        consent = model.where.consent
        self.consent.setCurrentIndex(self.consent.findData(consent.value if consent else None))
        if model.has_loaded and model.total:
            self.header.set_subtitle(formats.people(model.total))
        self.tag.clear()
        self.tag.addItem(self.tr("All tags"), None)
        for name, count in model.tags:
            self.tag.addItem(f"{name} ({formats.number(count)})", name)
        self.tag.setCurrentIndex(max(0, self.tag.findData(model.tag)))
        self.table.show_order(ORDERS.index(model.where.order), is_descending=model.where.is_descending)

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

    def _on_did(self, deed: Deed) -> None:
        self._say_done(deed.text, deed if deed.can_undo else None)

    def _on_edited(self, person: Contact) -> None:
        self._model.show_changed(person)
        if self._person.can_undo:
            self._say_done(
                self.tr("{name} was changed.").format(name=person.name or formats.phone(person.phone)), person
            )
        elif isinstance(self._undo, Contact):
            self.banner.hide()

    def _on_erased(self, name: str) -> None:
        self._model.reload()
        self.noticed.emit(self.tr("{name} was erased").format(name=name))

    def _on_exported(self, path: Path) -> None:
        self.noticed.emit(self.tr("Written to {file}").format(file=path.name))

    def _say_done(self, text: str, undo: Deed | Contact | None) -> None:
        self._undo = undo
        self.banner.show_message("success", text, action=self.tr("Undo") if undo is not None else "")

    def _on_undo_requested(self) -> None:
        self.banner.hide()
        if isinstance(self._undo, Deed):
            self._model.undo(self._undo)
        elif self._undo is not None:
            self._person.undo_edit()

    # One person

    def _on_row_chosen(self, index: QModelIndex) -> None:
        person = self._model.model.contact_at(index.row()) if index.isValid() else None
        if person is not None:
            self._person.open(person.id)
        elif self.drawer.isVisible():
            self.drawer.hide()
            self._person.close()

    def _on_person_changed(self) -> None:
        if self._person.history is None:
            self.table.clear_choice()

    def _on_drawer_closed(self) -> None:
        self.table.clear_choice()
        self.table.view.setFocus()

    # Doing

    def _on_tag_chosen(self, _index: int) -> None:
        self._model.set_tag(self.tag.currentData())

    def _on_consent_chosen(self, _index: int) -> None:
        chosen = self.consent.currentData()
        self._model.set_consent(Consent(chosen) if chosen else None)

    def _on_segment_requested(self, rules: Group, name: str) -> None:
        self._model.narrow(rules, self.tr("People in the segment “{name}”").format(name=name))

    def _on_clear(self) -> None:
        self.search.clear()
        self._model.clear_filter()

    def _on_imported(self, result: ImportResult) -> None:
        self._model.reload()
        self.noticed.emit(self.tr("{people} added").format(people=formats.people(result.added)))

    def _on_undone(self, removed: int, restored: int) -> None:
        self._model.reload()
        self.noticed.emit(self.tr("Import undone: {people} removed").format(people=formats.people(removed)))

    def import_file(self, path: Path) -> None:
        """Look at a file that was dropped on the window; while an import runs, it goes on undisturbed."""
        self.open_import_dialog()
        self._importing.choose(path)
