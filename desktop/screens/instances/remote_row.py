"""One of the instances that a gateway has, to choose or not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.viewmodels import formats, wording
from desktop.viewmodels.instance_adding import RemoteInstance
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S


class RemoteRow(QPushButton):
    """Signals:
    chosen: the name (str) of the instance at the gateway, and whether it is wanted (bool).
    """

    chosen = Signal(str, bool)

    def __init__(self, remote: RemoteInstance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remote = remote
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setEnabled(not remote.is_added)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
        layout.setSpacing(SPACE_M)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        phone = formats.phone(remote.phone) if remote.phone else self.tr("not connected to a phone yet")
        for part in (ElidedLabel(remote.name, "strong"), ElidedLabel(phone, "caption")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(part)
        layout.addLayout(texts, 1)
        if remote.is_added:
            pill = StatusPill(self.tr("Added already"), "neutral")
        else:
            pill = StatusPill(wording.connection(remote.state), wording.connection_tone(remote.state))
        pill.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(pill)
        self.setAccessibleName(f"{remote.name}, {phone}")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.remote.name, self.isChecked())
