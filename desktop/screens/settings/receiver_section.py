"""What gateways post to us, in the settings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.screens.settings.way_row import WayRow
from desktop.viewmodels import wording
from desktop.viewmodels.receiver_settings import ReceiverViewModel
from desktop.widgets.card import Card
from desktop.widgets.dialogs import ask
from desktop.widgets.fields import NumberField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label, set_role
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_L, SPACE_M


class ReceiverSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: ReceiverViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("ReceiverSection", "Receipts and replies by webhook"),
            QCoreApplication.translate(
                "ReceiverSection",
                "The WhatsApp Cloud API tells what became of messages only by posting to an address. "
                "Evolution API and WAHA can, but need not: they are listened to anyway.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Receive webhooks"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(model.set_enabled)
        self.body.addWidget(self.box)
        self.status = label("", "caption", wrap=True, selectable=True)
        self.body.addWidget(self.status)
        self.details = QWidget()
        inside = QVBoxLayout(self.details)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE_M)
        fields = QHBoxLayout()
        fields.setSpacing(SPACE_L)
        self.port = NumberField(1024, 65535, 8788)
        self.port.setGroupSeparatorShown(False)
        self.port.setFixedWidth(140)
        self.port.editingFinished.connect(self._on_port)
        self.public_url = QLineEdit()
        self.public_url.setPlaceholderText("https://hooks.example.com")
        self.public_url.editingFinished.connect(self._on_public_url)
        fields.addWidget(FormRow(self.tr("Port"), self.port))
        fields.addWidget(FormRow(self.tr("Public address"), self.public_url), 1)
        inside.addLayout(fields)
        self.tunnel = label("", "caption", wrap=True, selectable=True)
        inside.addWidget(self.tunnel)
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setSpacing(SPACE_M)
        inside.addLayout(self._rows_layout)
        self.body.addWidget(self.details)
        self.rows: dict[str, WayRow] = {}
        model.changed.connect(self._show)
        model.said.connect(self._on_said)
        model.place_taken.connect(self._ask_take_over)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def _show(self) -> None:
        state = self._model.state
        self.box.setChecked(state.is_enabled)
        self.details.setVisible(state.is_enabled)
        if state.port and not self.port.hasFocus():
            self.port.setValue(state.port)
        if not self.public_url.hasFocus():
            self.public_url.setText(state.public_url)
        text, role = "", "caption"
        if state.problem is not None:
            text, role = " ".join(wording.error(state.problem)), "error"
        elif state.is_enabled and state.is_open:
            text = self.tr("Other computers can reach it.")
        self.status.setText(text)
        set_role(self.status, "role", role)
        self.status.setVisible(bool(text))
        self.tunnel.setText(
            self.tr(
                "Meta posts to public https addresses only. Run a tunnel to http://127.0.0.1:{port}, for example "
                "“cloudflared tunnel --url http://127.0.0.1:{port}”, and enter the address that it prints."
            ).format(port=state.port)
        )
        present = {way.name for way in state.ways}
        for gone in [name for name in self.rows if name not in present]:
            row = self.rows.pop(gone)
            self._rows_layout.removeWidget(row)
            row.deleteLater()
        for way in state.ways:
            if way.name not in self.rows:
                row = self.rows[way.name] = WayRow(way)
                row.connect_requested.connect(self._on_connect)
                row.disconnect_requested.connect(self._model.disconnect_gateway)
                row.test_requested.connect(self._model.test)
                row.secret_given.connect(self._model.keep_app_secret)
                self._rows_layout.addWidget(row)
            self.rows[way.name].show_way(way)

    def _on_port(self) -> None:
        self._model.set_port(self.port.value())

    def _on_public_url(self) -> None:
        self._model.set_public_url(self.public_url.text())

    def _on_connect(self, name: str) -> None:
        self._model.connect_gateway(name)

    def _on_said(self, name: str, tone: str, text: str) -> None:
        if name in self.rows:
            self.rows[name].show_answer(tone, text)

    def _ask_take_over(self, name: str) -> None:
        def on_answer(answer: str) -> None:
            if answer == "yes":
                self._model.connect_gateway(name, take_over=True)

        ask(
            self.window(),
            self.tr("Replace the other program's webhook?"),
            self.tr(
                "Another program receives the webhooks of {name}, and the gateway knows only one. That program is told "
                "nothing more. Cadência does not need it: it listens to this gateway anyway."
            ).format(name=name),
            self.tr("Replace"),
            self.tr("Leave it"),
            on_answer,
            tone="warning",
        )
