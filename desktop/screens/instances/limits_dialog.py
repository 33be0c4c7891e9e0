"""The limits of one number."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway, Instance
from desktop.screens.instances.limits_form import LimitsForm
from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 440


class LimitsDialog(QDialog):
    """Signals:
    saved: id of the number, its limits, its time zone, its options (object, object, str, object).
    """

    saved = Signal(object, object, str, object)

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
        self._options = instance.options
        self.preview_box = QCheckBox(self.tr("Texts show a preview of their first link"))
        self.preview_box.setChecked(instance.options.link_preview)
        self.typing_box = QCheckBox(self.tr("Show “typing…” for a moment before a text"))
        self.typing_box.setChecked(instance.options.shows_typing)
        # Meta shows it only in answer to a person. Source: gateways.md §3.C.
        self.typing_box.setVisible(instance.gateway is not Gateway.CLOUD)
        layout.addWidget(self.preview_box)
        layout.addWidget(self.typing_box)
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
        options = replace(
            self._options, link_preview=self.preview_box.isChecked(), shows_typing=self.typing_box.isChecked()
        )
        self.saved.emit(self._instance_id, self.form.limits, self.form.timezone.currentText(), options)
