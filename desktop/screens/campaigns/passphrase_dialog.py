"""Asks for a passphrase: of a capsule that is opened, or for one that is made, twice and perhaps none."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 440


class PassphraseDialog(QDialog):
    """`on_done` gets the passphrase once, when it is not cancelled; empty for none (of a new one only)."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        on_done: Callable[[str], None],
        *,
        is_new: bool,
        may_be_empty: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._on_done, self._is_new, self._may_be_empty = on_done, is_new, is_new and may_be_empty
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        for said in (label(title, "section", wrap=True), label(text, "muted", wrap=True)):
            said.ensurePolished()
            said.setMinimumHeight(said.heightForWidth(_WIDTH - 2 * SPACE_XL))
            layout.addWidget(said)
        self.word, self.again = _secret(), _secret()
        hint = self.tr("Without one, whoever has the file can read it.") if self._may_be_empty else ""
        layout.addWidget(FormRow(self.tr("Passphrase"), self.word, hint))
        if is_new:
            layout.addWidget(FormRow(self.tr("Once more"), self.again))
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        self.cancel_button = button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.done_button = button(self.tr("Continue"), "primary")
        self.done_button.clicked.connect(self._on_continue)
        self.done_button.setDefault(True)
        row.addWidget(self.cancel_button)
        row.addWidget(self.done_button)
        layout.addLayout(row)
        for field in (self.word, self.again):
            field.textChanged.connect(self._show)
        self._show()
        self.word.setFocus()

    def _show(self) -> None:
        word = self.word.text()
        is_same = not self._is_new or word == self.again.text()
        self.done_button.setEnabled(is_same and (bool(word) or self._may_be_empty))

    def _on_continue(self) -> None:
        self.accept()
        self._on_done(self.word.text())


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
