"""How the keys of gateways are kept on this machine: said plainly, above all where it is not well."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed
from desktop.screens.access.keys_dialog import KeysDialog
from desktop.viewmodels import wording
from desktop.viewmodels.key_settings import KeysViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill


class SecretsSection(Card):
    """Where there is no keyring, a passphrase is set or changed here."""

    def __init__(self, model: KeysViewModel, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("SecretsSection", "Keys and tokens"), parent=parent)
        self._model = model
        model.setParent(self)
        self.pill = StatusPill("", "neutral")
        self.header.addWidget(self.pill)
        self.text, self.advice = label("", "muted", wrap=True), label("", "caption", wrap=True, selectable=True)
        self.body.addWidget(self.text)
        self.body.addWidget(self.advice)
        self.protect_button = button("", "secondary", "key-round")
        needs(self.protect_button, Deed.SETTINGS)
        self.protect_button.clicked.connect(self.ask)
        self.body.addWidget(self.protect_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.dialog: KeysDialog | None = None
        model.changed.connect(self._on_changed)
        model.failed.connect(self._on_failed)
        self._show()

    def ask(self) -> None:
        """Ask for a new passphrase, twice."""
        self.dialog = KeysDialog(self, is_new=True, later=self.tr("Cancel"))
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.answered.connect(self._model.protect)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_changed(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._show()

    def _on_failed(self, refusal: KnownError) -> None:
        if self.dialog is not None:
            self.dialog.refuse(" ".join(wording.error(refusal)))

    def _show(self) -> None:
        protection = self._model.protection
        status, tone, text, advice = self._words(protection)
        self.pill.set_status(status, tone)
        self.text.setText(text)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        is_sealed = protection == "passphrase"
        self.protect_button.setText(self.tr("Change the passphrase…") if is_sealed else self.tr("Set a passphrase…"))
        self.protect_button.setVisible(self._model.can_protect)

    def _words(self, protection: str) -> tuple[str, str, str, str]:
        if protection == "keyring":
            return (
                self.tr("Safe"),
                "success",
                self.tr("They are in the keyring of this system. No file of Cadência has them, and no backup."),
                "",
            )
        if protection == "passphrase":
            return (
                self.tr("Safe"),
                "success",
                self.tr("They are in an encrypted file, sealed with your passphrase."),
                self.tr(
                    "The window asks for it at each start. Workers without a window get it as CADENCIA_PASSPHRASE: "
                    "without it no number can send."
                ),
            )
        return (
            self.tr("Not well protected"),
            "warning",
            self.tr(
                "This system has no keyring: they are in an encrypted file, and its key lies beside it. That protects "
                "a copy of the file, not the machine: whoever can read your data folder can send in your name."
            ),
            self.tr("Set up a keyring (GNOME Keyring, KWallet), or choose a passphrase, which you type at each start."),
        )
