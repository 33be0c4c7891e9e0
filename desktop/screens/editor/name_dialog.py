"""Asks for the name under which a message is kept, and says what is replaced."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 440
_LONGEST = 120


class NameDialog(QDialog):
    """One field. `warn` returns what to say about a name that is typed, empty for nothing."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        yes: str,
        name: str,
        warn: Callable[[str], str],
        on_named: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._warn = warn
        self._on_named = on_named
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(title, "section", wrap=True))
        self.field = QLineEdit(name)
        self.field.setMaxLength(_LONGEST)
        self.field.textChanged.connect(self._on_text_changed)
        self.row = FormRow(self.tr("Name"), self.field, " ")
        layout.addWidget(self.row)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        foot.addStretch(1)
        self.no_button = button(self.tr("Cancel"))
        self.no_button.clicked.connect(self.reject)
        self.yes_button = button(yes, "primary")
        self.yes_button.setDefault(True)
        self.yes_button.clicked.connect(self.accept)
        foot.addWidget(self.no_button)
        foot.addWidget(self.yes_button)
        layout.addLayout(foot)
        self.finished.connect(self._on_finished)
        self._on_text_changed(name)
        self.field.selectAll()
        self.field.setFocus()

    def _on_text_changed(self, text: str) -> None:
        self.yes_button.setEnabled(bool(text.strip()))
        self.row.set_hint(self._warn(text) or " ")

    def _on_finished(self, code: int) -> None:
        name = self.field.text().strip()
        if code == QDialog.DialogCode.Accepted and name:
            self._on_named(name)
