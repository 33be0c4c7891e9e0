"""How the keys of gateways are kept on this machine: said plainly, above all where it is not well."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.status_pill import StatusPill


class SecretsSection(Card):
    """`protection` is keyring, passphrase or file_only."""

    def __init__(self, protection: str, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("SecretsSection", "Keys and tokens"), parent=parent)
        status, tone, text, advice = self._words(protection)
        self.pill = StatusPill(status, tone)
        self.header.addWidget(self.pill)
        self.text = label(text, "muted", wrap=True)
        self.body.addWidget(self.text)
        self.advice = label(advice, "caption", wrap=True, selectable=True)
        self.advice.setVisible(bool(advice))
        self.body.addWidget(self.advice)

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
                self.tr("They are in an encrypted file, sealed with the passphrase that the program was started with."),
                self.tr("Each start needs the same CADENCIA_PASSPHRASE: without it no number can send."),
            )
        return (
            self.tr("Not well protected"),
            "warning",
            self.tr(
                "This system has no keyring: they are in an encrypted file, and its key lies beside it. That protects "
                "a copy of the file, not the machine: whoever can read your data folder can send in your name."
            ),
            self.tr(
                "Set up a keyring (GNOME Keyring, KWallet), or start the program with a passphrase in "
                "CADENCIA_PASSPHRASE: the file is sealed with it at the next change."
            ),
        )
