"""How an import treats people: those who are known already, and how all of them agreed."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.consent import KnownPolicy
from desktop.viewmodels.importing import ImportViewModel
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import FormRow
from desktop.widgets.tokens import SPACE_L


class ImportChoices(QWidget):
    """Changes the rules of an `ImportViewModel`."""

    def __init__(self, model: ImportViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_L)
        self.known = ChoiceField()
        self.known.addItem(self.tr("Update them"), KnownPolicy.UPDATE)
        self.known.addItem(self.tr("Leave them as they are"), KnownPolicy.KEEP)
        self.known.addItem(self.tr("Only add the tags"), KnownPolicy.MERGE_TAGS)
        self.known.activated.connect(self._on_known_chosen)
        row.addWidget(FormRow(self.tr("Who is known already"), self.known), 1)
        self.proof = QLineEdit()
        self.proof.setPlaceholderText(self.tr("form on the site, signed sheet…"))
        self.proof.textChanged.connect(model.set_proof)
        row.addWidget(FormRow(self.tr("How they agreed to hear from you"), self.proof), 1)
        self.agreed_on = QLineEdit()
        self.agreed_on.setPlaceholderText(self.tr("day/month/year"))
        self.agreed_on.textChanged.connect(model.set_agreed_on)
        self._agreed_row = FormRow(self.tr("On which day"), self.agreed_on)
        row.addWidget(self._agreed_row, 1)
        model.changed.connect(self._show)

    def restart(self) -> None:
        """Show the choices of a new import."""
        self.known.setCurrentIndex(self.known.findData(self._model.known))
        self.proof.setText(self._model.proof)
        self.agreed_on.setText(self._model.agreed_on)

    def _show(self) -> None:
        self._agreed_row.set_error("" if self._model.has_valid_day else self.tr("Write a day, such as 31/12/2025."))

    def _on_known_chosen(self, _index: int) -> None:
        self._model.set_known(KnownPolicy(self.known.currentData()))
