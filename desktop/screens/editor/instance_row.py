"""One number in the list that a campaign chooses from: its state, and what it may still send today."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.summaries import InstanceSummary
from desktop.viewmodels import formats, instance_words
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_M


class InstanceRow(QWidget):
    """Signals:
    toggled: name (str) of the number, and whether it is to send.
    """

    toggled = Signal(str, bool)

    def __init__(self, row: InstanceSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = row.instance.name
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        self.box = QCheckBox()
        self.box.setAccessibleName(self._name)
        self.box.toggled.connect(self._on_toggled)
        layout.addWidget(self.box)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        name = ElidedLabel(self._name, "strong")
        phone = formats.phone(row.instance.phone) if row.instance.phone else row.instance.base_url
        texts.addWidget(name)
        texts.addWidget(ElidedLabel(phone, "caption"))
        layout.addLayout(texts, 1)
        layout.addWidget(label(instance_words.room(row.instance.limits, row.sent_today), "caption"))
        layout.addWidget(StatusPill(*instance_words.state(row.instance)))

    def set_chosen(self, is_chosen: bool) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(is_chosen)
        self.box.blockSignals(False)

    def _on_toggled(self, is_on: bool) -> None:
        self.toggled.emit(self._name, is_on)
