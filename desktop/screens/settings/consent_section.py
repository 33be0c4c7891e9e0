"""The rule about consent in the settings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.operator import Deed
from desktop.viewmodels import formats
from desktop.viewmodels.consent_settings import ConsentSettingsViewModel
from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs


class ConsentSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: ConsentSettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("ConsentSection", "Consent"),
            QCoreApplication.translate(
                "ConsentSection",
                "A consent is recorded with its day and proof: by an import that says so, or in Contacts by you.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Send only to people whose consent is recorded"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(model.set_required)
        self.body.addWidget(self.box)
        self.note = label("", "caption", wrap=True)
        self.body.addWidget(self.note)
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing to stop."""

    def _show(self) -> None:
        self.box.setChecked(self._model.is_required)
        lacking = self._model.lacking
        parts = [self.tr("It counts from the next start of a campaign on. Who opted out never receives anything.")]
        if lacking:
            pattern = (
                self.tr("Left out at present: {people}.")
                if self._model.is_required
                else self.tr("It would leave out: {people}.")
            )
            parts.insert(0, pattern.format(people=formats.people(lacking)))
        self.note.setText(" ".join(parts))
