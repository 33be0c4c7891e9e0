"""Asks for the name, the role and the first password of a new operator."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.operator import LONGEST_NAME, SHORTEST_PASSWORD, Role
from desktop.viewmodels import wording
from desktop.viewmodels.wording_access import role_meaning, role_name
from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 440


class OperatorDialog(QDialog):
    """Stays open until it was done, or shows why it was not.

    Signals:
        chosen(str, object, str): name, Role, password.
    """

    chosen = Signal(str, object, str)

    def __init__(self, *, is_first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("The first admin") if is_first else self.tr("Add operator")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(title, "section", wrap=True))
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        layout.addWidget(FormRow(self.tr("Name"), self.name))
        self.role = ChoiceField()
        for role in (Role.AGENT, Role.VIEWER, Role.ADMIN):
            self.role.addItem(role_name(role), role.value)
        self.role_row = FormRow(self.tr("Role"), self.role, " ")
        self.role.currentIndexChanged.connect(self._show_role)
        layout.addWidget(self.role_row)
        if is_first:
            self.role.setCurrentIndex(self.role.findData(Role.ADMIN.value))
            self.role_row.hide()
            layout.addWidget(
                label(
                    self.tr(
                        "You are signed in with it at once. Keep the password well: without another admin nobody can "
                        "give you a new one."
                    ),
                    "caption",
                    wrap=True,
                )
            )
        self.password, self.again = QLineEdit(), QLineEdit()
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        hint = self.tr("At least {n} characters; a few words are best.").format(n=SHORTEST_PASSWORD)
        layout.addWidget(FormRow(self.tr("Password"), self.password, hint))
        layout.addWidget(FormRow(self.tr("Once more"), self.again))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        layout.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.add_button = button(self.tr("Add"), "primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._on_add)
        row.addWidget(cancel)
        row.addWidget(self.add_button)
        layout.addLayout(row)
        for field in (self.name, self.password, self.again):
            field.textChanged.connect(self._refresh)
        self._show_role()
        self._refresh()

    def show_error(self, error: object) -> None:
        """Say why it was refused."""
        if isinstance(error, KnownError):
            self.error.setText(" ".join(part for part in wording.error(error) if part))
            self.error.show()
        self.add_button.setEnabled(True)

    def _show_role(self) -> None:
        self.role_row.set_hint(role_meaning(Role(self.role.currentData())))

    def _refresh(self) -> None:
        self.error.hide()
        is_password = len(self.password.text()) >= SHORTEST_PASSWORD and self.password.text() == self.again.text()
        self.add_button.setEnabled(bool(self.name.text().strip()) and is_password)

    def _on_add(self) -> None:
        self.add_button.setEnabled(False)
        self.chosen.emit(self.name.text(), Role(self.role.currentData()), self.password.text())
