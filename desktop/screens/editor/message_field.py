"""The field that a message is written in: problems are underlined where they are."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.screens.editor.attachment_panel import dropped_path
from desktop.screens.editor.completion_popup import CompletionPopup
from desktop.viewmodels.editor_completion import Completion, Offer, complete
from desktop.widgets.tokens import current_tokens

_COMPLETER_KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
)


class MessageField(QPlainTextEdit):
    """Signals:
    edited: the text (str) after the operator changed it.
    file_given: a file (Path) was dropped here or pasted.
    """

    edited = Signal(str)
    file_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_text_changed)
        self._custom_fields: Sequence[str] = ()
        self._found: Completion | None = None
        self.completion = CompletionPopup(self)
        self.completion.chosen.connect(self._on_offer_chosen)

    def show_text(self, text: str) -> None:
        """Show another text; the cursor and the undo history stay when it is the same."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def insert(self, text: str, select: tuple[int, int] | None = None) -> None:
        """Insert at the cursor; `select` are the offsets in `text` of what is to be typed over next."""
        cursor = self.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(text)
        if select is not None:
            cursor.setPosition(start + select[0])
            cursor.setPosition(start + select[1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        self.setFocus()

    def set_fields(self, custom_fields: Sequence[str]) -> None:
        """Say which fields contacts have besides name and phone, for completion."""
        self._custom_fields = custom_fields

    def underline(self, places: Sequence[tuple[int, int, str]]) -> None:
        """Underline (start, end, tool tip), positions as Qt counts them."""
        selections: list[QTextEdit.ExtraSelection] = []
        for start, end, tip in places:
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(QColor(current_tokens().danger))
            look.setBackground(QColor(current_tokens().danger_soft))
            look.setToolTip(tip)
            selection = QTextEdit.ExtraSelection()
            selection.format = look
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(max(end, start), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selections.append(selection)
        self.setExtraSelections(selections)

    def go_to(self, start: int, end: int) -> None:
        """Select a place, for mending it."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 — overrides Qt
        return dropped_path(source) is not None or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 — overrides Qt
        """A file is attached, not written into the text with its name."""
        path = dropped_path(source)
        if path is not None:
            self.file_given.emit(path)
            return
        super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completion.is_open and event.key() in _COMPLETER_KEYS:
            event.ignore()  # The list takes it.
            return
        super().keyPressEvent(event)
        if event.text() or event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.completion.close()
        super().focusOutEvent(event)

    def _offer(self) -> None:
        """Open the list of what fits at the cursor, or close it."""
        cursor = self.textCursor()
        is_writing = not self.isReadOnly() and not cursor.hasSelection()
        found = complete(self.toPlainText(), cursor.position(), self._custom_fields) if is_writing else None
        self._found = found
        self.completion.show_offers(found.offers if found else (), self.cursorRect())

    def _on_offer_chosen(self, offer: Offer) -> None:
        found, self._found = self._found, None
        if found is None:
            return
        cursor = self.textCursor()
        cursor.setPosition(found.start)
        cursor.setPosition(found.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offer.written + ("" if found.is_closed else "}}"))
        # Before the braces: a bar goes on to filters and to the text for a missing value.
        cursor.setPosition(found.start + len(offer.written))
        self.setTextCursor(cursor)

    def _on_text_changed(self) -> None:
        self.edited.emit(self.toPlainText())
