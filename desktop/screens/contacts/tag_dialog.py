"""Which tag to put on people, or to take off them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 420


class TagDialog(QDialog):
    """Choose one of the tags that there are; or type a new one, when it `may_be_new`."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        yes: str,
        tags: Sequence[str],
        on_chosen: Callable[[str], None],
        *,
        may_be_new: bool,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._on_chosen = on_chosen
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(title, "section", wrap=True))
        self.field = ChoiceField()
        self.field.addItems(list(tags))
        self.field.setEditable(may_be_new)
        if may_be_new:
            self.field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.field.setCurrentText("")
            completer = self.field.completer()
            if completer is not None:
                completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.field.currentTextChanged.connect(self._on_text_changed)
        hint = self.tr("Choose one, or type a new one.") if may_be_new else ""
        layout.addWidget(FormRow(self.tr("Tag"), self.field, hint))
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        no_button = button(self.tr("Cancel"))
        no_button.clicked.connect(self.reject)
        self.yes_button = button(yes, "primary")
        self.yes_button.setDefault(True)
        self.yes_button.clicked.connect(self.accept)
        row.addWidget(no_button)
        row.addWidget(self.yes_button)
        layout.addLayout(row)
        self.finished.connect(self._on_finished)
        self._on_text_changed(self.field.currentText())
        self.field.setFocus()

    def _on_text_changed(self, text: str) -> None:
        self.yes_button.setEnabled(bool(text.strip()))

    def _on_finished(self, code: int) -> None:
        tag = self.field.currentText().strip()
        if code == QDialog.DialogCode.Accepted and tag:
            self._on_chosen(tag)
