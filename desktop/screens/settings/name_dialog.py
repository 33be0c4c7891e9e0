"""Asks for one name; stays open until it was accepted, or shows why it was not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.operator import LONGEST_NAME
from desktop.viewmodels import wording
from desktop.widgets.buttons import button
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 420


class NameDialog(QDialog):
    """Signals:
    chosen(str): the name, as it was typed.
    """

    chosen = Signal(str)

    def __init__(self, title: str, yes: str, present: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(title, "section", wrap=True))
        self.name = QLineEdit(present)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.selectAll()
        self.row = FormRow(self.tr("Name"), self.name)
        layout.addWidget(self.row)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.yes_button = button(yes, "primary")
        self.yes_button.setDefault(True)
        self.yes_button.clicked.connect(self._on_yes)
        row.addWidget(cancel)
        row.addWidget(self.yes_button)
        layout.addLayout(row)
        self.name.textChanged.connect(self._refresh)
        self._refresh()

    def show_error(self, error: object) -> None:
        """Say at the field why it was refused."""
        if isinstance(error, KnownError):
            self.row.set_error(" ".join(part for part in wording.error(error) if part))
        self.yes_button.setEnabled(True)

    def _refresh(self) -> None:
        self.row.set_error("")
        self.yes_button.setEnabled(bool(self.name.text().strip()))

    def _on_yes(self) -> None:
        self.yes_button.setEnabled(False)
        self.chosen.emit(self.name.text())
