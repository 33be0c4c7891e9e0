"""Below the list of contacts: whom a deed would be for, and the deeds for many."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.screens.contacts.tag_dialog import TagDialog
from desktop.viewmodels import formats
from desktop.viewmodels.contacts import ContactsViewModel
from desktop.widgets.buttons import button
from desktop.widgets.dialogs import ask
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.paged_table import PagedTable
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_S


class ActionsBar(QWidget):
    """Acts on the rows that are selected; on everybody who is found, when none is.

    Signals:
        clear_requested: nothing shall be selected.
    """

    clear_requested = Signal()

    def __init__(self, model: ContactsViewModel, table: PagedTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._table = table
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        self.scope = ElidedLabel("", "muted")
        row.addWidget(self.scope, 1)
        self.clear_button = button(self.tr("Select none"), "ghost")
        self.clear_button.clicked.connect(self.clear_requested)
        self.tag_button = button(self.tr("Add tag…"), "secondary")
        self.tag_button.clicked.connect(self.ask_for_tag)
        self.untag_button = button(self.tr("Remove tag…"), "secondary")
        self.untag_button.clicked.connect(self.ask_for_tag_to_remove)
        self.opt_out_button = button(self.tr("Opt out…"), "secondary")
        self.opt_out_button.clicked.connect(self._on_opt_out)
        self.export_button = button(self.tr("Export…"), "secondary")
        self.export_button.clicked.connect(self._on_export)
        self._deeds = (self.tag_button, self.untag_button, self.opt_out_button, self.export_button)
        for each in (self.tag_button, self.untag_button, self.opt_out_button):
            needs(each, Deed.PEOPLE)
        needs(self.export_button, Deed.EXPORT)
        for each in (self.clear_button, *self._deeds):
            row.addWidget(each)
        self._chosen: Sequence[int] = ()
        table.selection_changed.connect(self.show_scope)
        model.changed.connect(self.show_scope)
        model.busy_changed.connect(self.show_scope)
        model.progressed.connect(self._on_progressed)
        self.show_scope()

    # Showing

    def show_scope(self) -> None:
        """Say for how many a deed would be."""
        selected = self._table.selected_count()
        found = self._model.model.rowCount()
        if selected:
            text = self.tr("{people} selected").format(people=formats.people(selected))
        elif self._model.is_filtered:
            text = self.tr("Nobody selected: for everybody found, {people}").format(people=formats.people(found))
        else:
            text = self.tr("Nobody selected: for all contacts, {people}").format(people=formats.people(found))
        self.scope.setText(text)
        self.clear_button.setVisible(bool(selected))
        for each in self._deeds:
            each.setEnabled(found > 0 and not self._model.is_busy)
        self.untag_button.setEnabled(self.untag_button.isEnabled() and bool(self._model.tags))

    def _on_progressed(self, done: int, total: int) -> None:
        self.scope.setText(
            self.tr("{done} of {people} done").format(done=formats.number(done), people=formats.people(total))
        )

    # Doing

    def _whom(self) -> Sequence[int]:
        """Return the ids at this moment: while a question is open, the list may become another."""
        ranges = self._table.selected_ranges()
        return self._model.model.ids_in(ranges) if ranges else self._model.model.ids

    def ask_for_tag(self) -> TagDialog:
        return self._open_tag_dialog(self.tr("Tag {people}"), self.tr("Add tag"), self._on_tag_chosen, is_on=True)

    def ask_for_tag_to_remove(self) -> TagDialog:
        title = self.tr("Remove a tag from {people}")
        return self._open_tag_dialog(title, self.tr("Remove tag"), self._on_untag_chosen, is_on=False)

    def _open_tag_dialog(self, title: str, yes: str, on_chosen: Callable[[str], None], *, is_on: bool) -> TagDialog:
        self._chosen = self._whom()
        names = [name for name, _count in self._model.tags]
        shown = title.format(people=formats.people(len(self._chosen)))
        dialog = TagDialog(self, shown, yes, names, on_chosen, may_be_new=is_on)
        dialog.open()
        return dialog

    def _on_tag_chosen(self, tag: str) -> None:
        self._model.tag_people(self._chosen, tag, is_on=True)

    def _on_untag_chosen(self, tag: str) -> None:
        self._model.tag_people(self._chosen, tag, is_on=False)

    def _on_opt_out(self) -> None:
        self._chosen = self._whom()
        self.question = ask(
            self,
            self.tr("Never send to {people} again?").format(people=formats.people(len(self._chosen))),
            self.tr(
                "They are left out of every campaign, also of those that are running. There is no undo for all of them "
                "at once: each can only be taken back on their own word."
            ),
            self.tr("Opt out"),
            self.tr("Cancel"),
            self._on_opt_out_answered,
            tone="danger",
        )

    def _on_opt_out_answered(self, answer: str) -> None:
        if answer == "yes":
            self._model.opt_out_people(self._chosen)

    def _on_export(self) -> None:
        self._chosen = self._whom()
        dialog = QFileDialog(self, self.tr("Export contacts"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilter(self.tr("Table for spreadsheets (*.csv)"))
        dialog.selectFile(self.tr("contacts.csv"))
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_chosen(self, name: str) -> None:
        self._model.export_people(Path(name), self._chosen)
