"""The library of messages: look for one, read it, use it, rename or delete it."""

from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.campaign import MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.saved_message import SavedMessage
from desktop.screens.editor.attachment_panel import ICONS
from desktop.screens.editor.bubble import Chat
from desktop.screens.editor.list_row import ListRow
from desktop.screens.editor.name_dialog import NameDialog
from desktop.screens.editor.row_list import RowList
from desktop.viewmodels import editor_words, formats, wording
from desktop.viewmodels.editor_library import LibraryViewModel
from desktop.viewmodels.editor_message import plain_html
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.dialogs import Question, ask
from desktop.widgets.labels import ElidedLabel, IconLabel, label
from desktop.widgets.search_field import SearchField
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_SIZE = (860, 600)
_SIDE_WIDTH = 340
_LETTERS = tuple("ABCDEFGHIJ")


class LibraryDialog(QDialog):
    """A list at the left, the chosen message at the right; it closes when one is used."""

    def __init__(self, model: LibraryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown = 0  # which variation of the chosen entry is read
        self.setWindowTitle(self.tr("Saved messages"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_M)
        outer.addWidget(label(self.windowTitle(), "section"))
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_L)
        left = QVBoxLayout()
        left.setSpacing(SPACE_M)
        self.search = SearchField(self.tr("Name, words of the text, file"))
        self.search.searched.connect(model.search)
        left.addWidget(self.search)
        self.list = RowList()
        self.list.chosen.connect(self._on_chosen)
        left.addWidget(self.list, 1)
        columns.addLayout(left, 1)
        columns.addWidget(self._build_side())
        outer.addLayout(columns, 1)
        outer.addLayout(self._build_foot())
        self.error = label("", "error", wrap=True)
        self.error.hide()
        outer.insertWidget(1, self.error)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.used.connect(self._on_used)
        model.open()
        self._show()

    def _build_side(self) -> QWidget:
        self.side = QWidget()
        self.side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        head = QHBoxLayout()
        self.name = ElidedLabel("", "strong")
        head.addWidget(self.name, 1)
        self.rename_button = icon_button("pencil", self.tr("Rename"))
        self.rename_button.clicked.connect(self.open_rename)
        self.delete_button = icon_button("trash-2", self.tr("Delete"))
        self.delete_button.clicked.connect(self.open_delete)
        head.addWidget(self.rename_button)
        head.addWidget(self.delete_button)
        column.addLayout(head)
        self.letters = SegmentedControl([(letter, letter) for letter in _LETTERS], self.tr("Variation"))
        self.letters.chosen.connect(self._on_letter_chosen)
        column.addWidget(self.letters, 0, Qt.AlignmentFlag.AlignLeft)
        self.chat = Chat()
        column.addWidget(self.chat, 1)
        return self.side

    def _build_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        self.add_button = button(self.tr("Add as variations"))
        self.add_button.clicked.connect(self._model.add)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self.close_button = button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        foot.addWidget(self.close_button)
        self.use_button = button(self.tr("Use this message"), "primary")
        self.use_button.clicked.connect(self._model.use)
        foot.addWidget(self.use_button)
        return foot

    def open_rename(self) -> NameDialog | None:
        """Ask for another name."""
        entry = self._model.chosen
        if entry is None:
            return None
        title, yes = self.tr("Rename"), self.tr("Rename")
        dialog = NameDialog(self, title, yes, entry.name, self._no_warning, self._model.rename)
        dialog.open()
        return dialog

    def open_delete(self) -> Question | None:
        """Ask before deleting."""
        entry = self._model.chosen
        if entry is None:
            return None
        title = self.tr("Delete “{name}”?").format(name=entry.name)
        text = self.tr("Campaigns that were made from it keep their messages and files.")
        return ask(self, title, text, self.tr("Delete"), self.tr("Keep it"), self._on_delete_answer, tone="danger")

    def _show(self) -> None:
        entries, chosen = self._model.entries, self._model.chosen
        if self.list.keys != [entry.name for entry in entries] or not entries:
            self.list.show_rows([_row(entry) for entry in entries], None, self._note())
        self.list.choose(chosen.name if chosen else None)
        self.side.setVisible(chosen is not None)
        for part in (self.use_button, self.add_button):
            part.setEnabled(chosen is not None)
        self.add_button.setEnabled(chosen is not None and self._model.room > 0)
        if chosen is not None:
            self._shown = min(self._shown, len(chosen.messages) - 1)
            self.name.setText(chosen.name)
            self.letters.setVisible(len(chosen.messages) > 1)
            for index, letter in enumerate(_LETTERS):
                self.letters.show_choice(letter, is_shown=index < len(chosen.messages))
            self.letters.set_current(_LETTERS[self._shown])
            _show_message(self.chat, chosen.messages[self._shown])

    def _note(self) -> str:
        if self._model.entries or not self._model.is_loaded:
            return ""
        if self._model.text:
            return self.tr("No saved message has these words.")
        return self.tr("Nothing saved yet. Write a message and keep it with “Save message”: it can be used again here.")

    @staticmethod
    def _no_warning(_name: str) -> str:
        return ""

    def _on_chosen(self, key: object) -> None:
        self._shown = 0
        self.error.hide()
        self._model.choose(str(key))

    def _on_letter_chosen(self, letter: str) -> None:
        self._shown = _LETTERS.index(letter)
        self._show()

    def _on_delete_answer(self, answer: str) -> None:
        if answer == "yes":
            self._model.delete()

    def _on_used(self, _name: str) -> None:
        self.accept()

    def _on_failed(self, error: KnownError) -> None:
        self.error.setText(" ".join(wording.error(error)))
        self.error.show()


def _row(entry: SavedMessage) -> ListRow:
    first = entry.messages[0]
    text = " ".join((first.text or (first.template.name if first.template else "")).split())
    row = ListRow(entry.name, entry.name, text or editor_words.file_only())
    for kind in dict.fromkeys(message.media.kind for message in entry.messages if message.media):
        row.add_side(IconLabel(ICONS[kind], "text_muted", 16))
    if len(entry.messages) > 1:
        row.add_side(label(editor_words.variations(len(entry.messages)), "caption"))
    row.setToolTip(formats.moment(entry.updated_at))
    return row


def _show_message(chat: Chat, message: MessageDraft) -> None:
    """Show a message as it is written: whose values stand in it is not decided here."""
    media = message.media
    if media is None:
        chat.bubble.attachment.hide()
    else:
        chat.bubble.attachment.show_card(ICONS[media.kind], PurePath(media.path).name, "")
    if message.template is not None:
        chat.show_message(plain_html(editor_words.template_named(message.template.name)), "10:24")
    else:
        chat.show_message(plain_html(message.text), "10:24")
