"""Small questions about one person: how they agreed, and a field that they do not have yet."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

translate = QCoreApplication.translate

_WIDTH = 440


class _Asking(QDialog):
    """A title, some rows, and two buttons; `rows` holds what the question is about."""

    def __init__(self, parent: QWidget | None, title: str, yes: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(title, "section", wrap=True))
        self.rows = QVBoxLayout()
        self.rows.setSpacing(SPACE_L)
        layout.addLayout(self.rows)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        self.no_button = button(translate("PersonDialogs", "Cancel"))
        self.no_button.clicked.connect(self.reject)
        self.yes_button = button(yes, "primary")
        self.yes_button.setDefault(True)
        self.yes_button.clicked.connect(self.accept)
        row.addWidget(self.no_button)
        row.addWidget(self.yes_button)
        layout.addLayout(row)


class ConsentDialog(_Asking):
    """Asks how a person agreed; `on_agreed` gets the proof."""

    def __init__(self, parent: QWidget | None, on_agreed: Callable[[str], None], *, is_again: bool) -> None:
        title = (
            translate("PersonDialogs", "Did this person agree again?")
            if is_again
            else translate("PersonDialogs", "Record this person's consent?")
        )
        super().__init__(parent, title, translate("PersonDialogs", "Yes, they agreed"))
        self._on_agreed = on_agreed
        text = translate(
            "PersonDialogs", "Confirm only when they told you so themselves. The day is kept as their consent."
        )
        self.rows.addWidget(label(text, "muted", wrap=True))
        self.proof = QLineEdit()
        self.proof.setPlaceholderText(translate("PersonDialogs", "form on the site, signed sheet, call…"))
        self.rows.addWidget(FormRow(translate("PersonDialogs", "How they agreed"), self.proof))
        self.proof.setFocus()
        self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        self._on_agreed(self.proof.text().strip())


class FieldDialog(_Asking):
    """Asks for the name and value of another field; `on_filled` gets both."""

    def __init__(
        self, parent: QWidget | None, known: Sequence[str], taken: Sequence[str], on_filled: Callable[[str, str], None]
    ) -> None:
        super().__init__(parent, translate("PersonDialogs", "Add a field"), translate("PersonDialogs", "Add"))
        self._taken = {name.casefold() for name in taken}
        self._on_filled = on_filled
        self.name = ChoiceField()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems([each for each in known if each.casefold() not in self._taken])
        self.name.setCurrentText("")
        self.name_row = FormRow(
            translate("PersonDialogs", "Field"), self.name, translate("PersonDialogs", "Choose one, or type a new one.")
        )
        self.rows.addWidget(self.name_row)
        self.value = QLineEdit()
        self.rows.addWidget(FormRow(translate("PersonDialogs", "Value"), self.value))
        self.name.currentTextChanged.connect(self._show_state)
        self.value.textChanged.connect(self._show_state)
        self.accepted.connect(self._on_accepted)
        self._show_state()
        self.name.setFocus()

    def _show_state(self) -> None:
        name = self.name.currentText().strip()
        is_taken = name.casefold() in self._taken
        self.name_row.set_error(translate("PersonDialogs", "This person has that field already.") if is_taken else "")
        self.yes_button.setEnabled(bool(name) and not is_taken and bool(self.value.text().strip()))

    def _on_accepted(self) -> None:
        self._on_filled(self.name.currentText().strip(), self.value.text().strip())
