"""Where a gateway is and with which key: the fields change with its kind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.instance import Gateway
from desktop.viewmodels.instance_adding import META_URL
from desktop.widgets.buttons import button
from desktop.widgets.form import Form, FormRow
from desktop.widgets.path_field import PathField
from desktop.widgets.tokens import SPACE_M

_EXAMPLES = {
    Gateway.EVOLUTION: "https://evolution.example.com",
    Gateway.WAHA: "https://waha.example.com",
    Gateway.CLOUD: META_URL,
}


class AddressForm(Form):
    """Signals:
    changed: one of the fields says something else.
    submitted: Return was pressed in one of them.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.url_field = QLineEdit()
        self.token_field = QLineEdit()
        self.token_field.setEchoMode(QLineEdit.EchoMode.Password)
        self.waba_field = QLineEdit()
        self.phone_field = QLineEdit()
        self._url_row = self.add(self.tr("Address"), self.url_field)
        self._token_row = self.add(self.tr("API key"), self.token_field)
        self._ids = QWidget()
        ids = QHBoxLayout(self._ids)
        ids.setContentsMargins(0, 0, 0, 0)
        ids.setSpacing(SPACE_M)
        in_manager = self.tr("In WhatsApp Manager, on the page of the account.")
        leave_empty = self.tr("Leave it empty to choose among all numbers of the account.")
        for row in (
            FormRow(self.tr("WhatsApp Business Account ID"), self.waba_field, in_manager),
            FormRow(self.tr("Phone number ID"), self.phone_field, leave_empty),
        ):
            ids.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self.add_widget(self._ids)
        self._build_certificates()
        for field in (self.url_field, self.token_field, self.waba_field, self.phone_field):
            field.textChanged.connect(self.changed)
            field.returnPressed.connect(self.submitted)
        self.show_kind(Gateway.EVOLUTION)

    def _build_certificates(self) -> None:
        """What only companies with an authority of their own need, out of the way of everybody else."""
        self.certificates_button = button(self.tr("Certificates of your own…"), "ghost", "key-round")
        self.certificates_button.setAutoDefault(False)
        self.certificates_button.setCheckable(True)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.certificates_button)
        row.addStretch(1)
        self.add_widget(place)
        pattern = self.tr("Certificates (*.pem *.crt *.cer)")
        self.ca_field = PathField(self.tr("Choose a file"), pattern)
        self.client_field = PathField(self.tr("Choose a file"), pattern)
        rows = (
            self.add(
                self.tr("Authority to trust"),
                self.ca_field,
                self.tr("Of a server whose certificate your company has issued itself (PEM)."),
            ),
            self.add(
                self.tr("Your certificate"),
                self.client_field,
                self.tr("For a server that asks for one: certificate and key in one file, without a passphrase (PEM)."),
            ),
        )
        for each in rows:
            each.setVisible(False)
            self.certificates_button.toggled.connect(each.setVisible)
        for field in (self.ca_field, self.client_field):
            field.changed.connect(self.changed)

    def show_kind(self, kind: Gateway) -> None:
        """Offer the fields of this kind of gateway."""
        is_cloud = kind is Gateway.CLOUD
        self.url_field.setPlaceholderText(_EXAMPLES[kind])
        self._url_row.set_hint(
            self.tr("Leave it empty for Meta's own. Add a version at the end, such as /v24.0, to use that one.")
            if is_cloud
            else ""
        )
        self._token_row.label.setText(self.tr("Access token") if is_cloud else self.tr("API key"))
        self.token_field.setAccessibleName(self._token_row.label.text())
        self._token_row.set_hint(
            self.tr("Of a system user, so that it does not expire. Kept in the keyring of this computer only.")
            if is_cloud
            else self.tr("Kept in the keyring of this computer, nowhere else.")
        )
        self._ids.setVisible(is_cloud)
