"""What covers the window until somebody has signed in: when it opens, after a sign-out, and when nobody touched it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.operator import Operator
from desktop.viewmodels import wording
from desktop.viewmodels.access import SignInViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import CONTROL_HEIGHT, SPACE_L, SPACE_XL

_WIDTH = 400


class Cover(QWidget):
    """Asks for name and password. Nothing of the workspace is on it.

    Signals:
        signed_in(object): the Operator.
        workspace_requested(str): another one shall be opened instead.
    """

    signed_in = Signal(object)
    workspace_requested = Signal(str)

    def __init__(self, model: SignInViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        model.setParent(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        card = Card(self.tr("Sign in"))
        self.workspace = label("", "muted", wrap=True)
        card.body.addWidget(self.workspace)
        card.setFixedWidth(_WIDTH)
        outer.addStretch(2)
        # Between stretches: an alignment would not ask the card how high its wrapped lines make it.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.why = label("", "muted", wrap=True)
        self.why.hide()
        self.name = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.button = button(self.tr("Sign in"), "primary", "log-in")
        self.forgotten = label(
            self.tr("Forgotten? An admin can give you a new password. Sending goes on meanwhile."), "caption", wrap=True
        )
        self.others_button = button(self.tr("Another workspace"), "ghost", "layers")
        self.others = QMenu(self.others_button)
        self.others.triggered.connect(self._on_other)
        self.others_button.setMenu(self.others)
        self.others_button.hide()
        for part in (
            self.why,
            FormRow(self.tr("Name"), self.name),
            FormRow(self.tr("Password"), self.password),
            self.error,
            self.button,
            self.forgotten,
            self.others_button,
        ):
            card.body.addWidget(part)
        for field in (self.name, self.password):
            field.setMinimumHeight(CONTROL_HEIGHT)
        card.body.setSpacing(SPACE_L)
        self.button.clicked.connect(self._on_sign_in)
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._on_sign_in)
        for field in (self.name, self.password):
            field.textChanged.connect(self._show)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.signed_in.connect(self._on_signed_in)
        self._show()

    def show_workspaces(self, present: str, others: Sequence[str]) -> None:
        """Show which workspace asks, and offer the other ones: whoever has no name here may have one there."""
        self.workspace.setText(present)
        self.others.clear()
        for name in others:
            self.others.addAction(name.replace("&", "&&")).setData(name)
        self.others_button.setVisible(bool(others))

    def ask(self, name: str = "", why: str = "") -> None:
        """Be ready for the next sign-in, with the name of whoever was here."""
        self.name.setText(name)
        self.password.clear()
        self.error.hide()
        self.why.setText(why)
        self.why.setVisible(bool(why))
        (self.password if name else self.name).setFocus()

    def _show(self) -> None:
        is_complete = bool(self.name.text().strip() and self.password.text())
        self.button.setEnabled(is_complete and not self._model.is_busy)

    def _on_sign_in(self) -> None:
        if self.button.isEnabled():
            self.error.hide()
            self._model.sign_in(self.name.text(), self.password.text())

    def _on_other(self, action: QAction) -> None:
        self.workspace_requested.emit(action.data())

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.error.setText(f"{text} {hint}".strip())
        self.error.show()
        self.password.clear()
        self.password.setFocus()

    def _on_signed_in(self, operator: Operator) -> None:
        self.password.clear()
        self.signed_in.emit(operator)
