"""The REST API in the settings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.operator import Deed
from desktop.viewmodels import wording
from desktop.viewmodels.api_settings import ApiViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import NumberField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label, set_role
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_S


class ApiSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: ApiViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("ApiSection", "API"),
            QCoreApplication.translate(
                "ApiSection",
                "Programs on this computer create, start, pause and follow campaigns, with the same checks as here.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Let other programs drive campaigns"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(model.set_enabled)
        self.body.addWidget(self.box)
        self.status = label("", "caption", wrap=True, selectable=True)
        self.body.addWidget(self.status)
        self.port = NumberField(1, 65535, 8793)
        self.port.setGroupSeparatorShown(False)
        self.port.setFixedWidth(140)
        needs(self.port, Deed.SETTINGS)
        self.port.editingFinished.connect(self._on_port)
        self.body.addWidget(FormRow(self.tr("Port"), self.port))
        self.token_button = button(self.tr("New token"), "secondary", "key-round")
        needs(self.token_button, Deed.SETTINGS)
        self.token_button.clicked.connect(model.make_token)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.token_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.token_row = QWidget()
        shown = QHBoxLayout(self.token_row)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(SPACE_S)
        self.token = QLineEdit()
        self.token.setReadOnly(True)
        self.token.setAccessibleName(self.tr("Token"))
        self.copy_button = button(self.tr("Copy"), "secondary", "copy")
        self.copy_button.clicked.connect(self._on_copy)
        shown.addWidget(self.token, 1)
        shown.addWidget(self.copy_button)
        self.token_note = label(
            self.tr("Shown only now: put it into the other program. Whoever has it can send campaigns from here."),
            "caption",
            wrap=True,
        )
        self.body.addWidget(self.token_row)
        self.body.addWidget(self.token_note)
        self._hide_token()
        model.changed.connect(self._show)
        model.token_made.connect(self._on_token)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()
        self._hide_token()

    def _show(self) -> None:
        state = self._model.state
        self.box.setChecked(state.is_enabled)
        self.token_button.setEnabled(state.is_enabled)
        if state.port and not self.port.hasFocus():
            self.port.setValue(state.port)
        text, role = "", "caption"
        if state.problem is not None:
            text, role = " ".join(wording.error(state.problem)), "error"
        elif state.address is not None:
            text = self.tr("It answers at {address}/v1; its description is at {address}/schema/openapi.json.").format(
                address=state.address
            )
            if state.is_open:
                text += " " + self.tr("Other computers can reach it.")
        elif state.is_enabled:
            text = self.tr("It answers while this window, or another engine of this data folder, is running.")
        self.status.setText(text)
        set_role(self.status, "role", role)
        self.status.setVisible(bool(text))

    def _on_port(self) -> None:
        self._model.set_port(self.port.value())

    def _on_token(self, token: str) -> None:
        self.token.setText(token)
        self.copy_button.setText(self.tr("Copy"))
        self.token_row.show()
        self.token_note.show()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.token.text())
        self.copy_button.setText(self.tr("Copied"))

    def _hide_token(self) -> None:
        self.token.clear()
        self.token_row.hide()
        self.token_note.hide()
