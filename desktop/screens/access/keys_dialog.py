"""Asks for the passphrase of the file that holds the keys, where a computer has no keyring; or for a new one, twice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.operator import SHORTEST_PASSWORD
from desktop.widgets.buttons import button
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.medallion import Medallion
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 480
_PICTURE = 40


class KeysDialog(QDialog):
    """Stays until whoever made it closes it: a wrong passphrase is said and typed again.

    Signals:
        answered(str): the passphrase; the button stays disabled until `refuse` or the end.
        given_up: nothing is to be done about the keys now.
    """

    answered = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None, *, is_new: bool, later: str) -> None:
        """`later` is what the button says that leaves everything as it is."""
        super().__init__(parent)
        self._is_new = is_new
        title, why = self._words()
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_L)
        head = QHBoxLayout()
        head.setSpacing(SPACE_L)
        head.addWidget(Medallion("key-round", "accent", _PICTURE), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(title, "section", wrap=True), 1)
        outer.addLayout(head)
        said = label(why, "muted", wrap=True)
        said.ensurePolished()
        # A dialog asks its layout for a height before it knows its width: a long text would be cut.
        said.setMinimumHeight(said.heightForWidth(_WIDTH - 2 * SPACE_XL))
        outer.addWidget(said)
        self.word, self.again = _secret(), _secret()
        hint = self.tr("At least {n} characters; a few words are best.").format(n=SHORTEST_PASSWORD) if is_new else ""
        self.row = FormRow(self.tr("Passphrase"), self.word, hint)
        outer.addWidget(self.row)
        if is_new:
            outer.addWidget(FormRow(self.tr("Once more"), self.again))
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        self.later_button = button(later)
        self.later_button.clicked.connect(self.reject)
        self.done_button = button(self.tr("Protect") if is_new else self.tr("Open"), "primary")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self._on_done)
        buttons.addWidget(self.later_button)
        buttons.addWidget(self.done_button)
        outer.addLayout(buttons)
        for field in (self.word, self.again):
            field.textChanged.connect(self._on_typed)
        self.rejected.connect(self.given_up)
        self._on_typed()
        self.word.setFocus()

    def refuse(self, text: str) -> None:
        """Say what is wrong with the passphrase, and wait for another one."""
        self.row.set_error(text)
        self.done_button.setEnabled(True)
        self.word.selectAll()
        self.word.setFocus()

    def _words(self) -> tuple[str, str]:
        if self._is_new:
            return self.tr("Protect the keys of your numbers"), self.tr(
                "This computer has no keyring. The keys are in an encrypted file, but what opens it lies beside it: "
                "whoever can read your data folder can send in your name. With a passphrase nobody can without you. "
                "You will type it at each start. It is kept nowhere: if you forget it, the numbers have to be added "
                "again."
            )
        return self.tr("The keys of your numbers are sealed"), self.tr(
            "This computer has no keyring: the keys are in an encrypted file that only your passphrase opens. "
            "Without it no number can send."
        )

    def _on_typed(self) -> None:
        word = self.word.text()
        is_new_one = len(word) >= SHORTEST_PASSWORD and word == self.again.text()
        self.done_button.setEnabled(is_new_one if self._is_new else bool(word))

    def _on_done(self) -> None:
        self.row.set_error("")
        self.done_button.setEnabled(False)
        self.answered.emit(self.word.text())


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
