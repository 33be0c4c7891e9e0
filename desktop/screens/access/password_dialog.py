"""Asks for a new password, twice; for the own one also for the old."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.operator import SHORTEST_PASSWORD
from desktop.widgets.buttons import button
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 420


class PasswordDialog(QDialog):
    """`on_done` gets (old, new) once; old is empty when it was not asked for."""

    def __init__(
        self, parent: QWidget | None, title: str, on_done: Callable[[str, str], None], *, asks_old: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._on_done = on_done
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(title, "section", wrap=True))
        self.old, self.new, self.again = (_password_field() for _ in range(3))
        if asks_old:
            layout.addWidget(FormRow(self.tr("Present password"), self.old))
        layout.addWidget(
            FormRow(
                self.tr("New password"),
                self.new,
                self.tr("At least {n} characters; a few words are best.").format(n=SHORTEST_PASSWORD),
            )
        )
        layout.addWidget(FormRow(self.tr("Once more"), self.again))
        self._asks_old = asks_old
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        self.cancel_button = button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = button(self.tr("Save"), "primary")
        self.save_button.clicked.connect(self._on_save)
        self.save_button.setDefault(True)
        row.addWidget(self.cancel_button)
        row.addWidget(self.save_button)
        layout.addLayout(row)
        for field in (self.old, self.new, self.again):
            field.textChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        is_new = len(self.new.text()) >= SHORTEST_PASSWORD and self.new.text() == self.again.text()
        self.save_button.setEnabled(is_new and (bool(self.old.text()) or not self._asks_old))

    def _on_save(self) -> None:
        self._on_done(self.old.text(), self.new.text())
        self.accept()


def _password_field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
