"""Looks for anybody of the audience, to read the message with their eyes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from desktop.viewmodels import formats
from desktop.viewmodels.editor_people import PeopleViewModel
from desktop.widgets.search_field import SearchField


class ReaderSearch(SearchField):
    """A field with a list below it of whom it finds."""

    def __init__(self, model: PeopleViewModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        hint = self.tr("Anybody of the audience")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._model = model
        self.searched.connect(model.search)
        model.found_changed.connect(self._show_found)
        self._rows = QStandardItemModel(self)
        self._completer = QCompleter(self._rows, self)
        self.list = QListView()
        self._completer.setPopup(self.list)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._on_activated)

    def _show_found(self) -> None:
        self._rows.clear()
        if not self.text().strip():
            self.list.hide()
            return
        for contact in self._model.found:
            phone = formats.phone(contact.phone)
            item = QStandardItem(f"{contact.name}    {phone}" if contact.name else phone)
            self._rows.appendRow(item)
        if not self._model.found:
            nobody = QStandardItem(self.tr("Nobody of the audience is like that"))
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)
            self._rows.appendRow(nobody)
        self._completer.complete()

    def _on_activated(self, _text: object) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._model.found):
            self._model.show(self._model.found[row])
            self.clear()
