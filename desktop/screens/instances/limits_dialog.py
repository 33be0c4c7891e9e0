"""The limits of one number."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ids import InstanceId
from desktop.domain.instance import Instance
from desktop.screens.instances.limits_form import LimitsForm
from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 440


class LimitsDialog(QDialog):
    """Signals:
    saved: id of the number, its limits, its time zone (object, object, str).
    """

    saved = Signal(object, object, str)

    def __init__(self, instance: Instance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._instance_id: InstanceId = instance.id
        title = self.tr("Limits of {name}").format(name=instance.name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(title, "section", wrap=True))
        layout.addWidget(label(self.tr("They hold for all campaigns together."), "muted", wrap=True))
        self.form = LimitsForm()
        self.form.show_limits(instance.limits, instance.timezone)
        layout.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save_button = button(self.tr("Save"), "primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._on_save)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        layout.addLayout(buttons)
        self.finished.connect(self.deleteLater)

    def _on_save(self) -> None:
        self.accept()
        self.saved.emit(self._instance_id, self.form.limits, self.form.timezone.currentText())
