"""The time in which a start can be taken back, in the settings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.grace import LONGEST_GRACE_S
from desktop.domain.operator import Deed
from desktop.viewmodels.grace_settings import GraceSettingsViewModel
from desktop.widgets.card import Card
from desktop.widgets.fields import DecimalField
from desktop.widgets.form import FormRow
from desktop.widgets.permissions import needs


class GraceSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: GraceSettingsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("GraceSection", "Start of a campaign"),
            QCoreApplication.translate(
                "GraceSection", "Right after a start everything can still be taken back: nothing leaves before."
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.seconds = DecimalField(0, LONGEST_GRACE_S, 10, " s")
        self.seconds.setDecimals(0)
        self.seconds.setFixedWidth(110)
        needs(self.seconds, Deed.SETTINGS)
        self.seconds.editingFinished.connect(self._on_edited)
        hint = self.tr("With 0 the first messages leave at once.")
        self.body.addWidget(FormRow(self.tr("Time to take a start back"), self.seconds, hint))
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing to stop."""

    def _show(self) -> None:
        self.seconds.setValue(self._model.grace_s)

    def _on_edited(self) -> None:
        if self.seconds.value() != self._model.grace_s:
            self._model.set_grace(self.seconds.value())
