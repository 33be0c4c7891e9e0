"""One address that is told what happens."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.viewmodels.hooks import HookCard
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import well
from desktop.widgets.labels import ElidedLabel, label, set_role
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_M, SPACE_S, SPACE_XS


class HookRow(QWidget):
    """Signals:
    test_requested(object), remove_requested(object), dead_requested(object): HookId.
    pause_requested(object, bool): HookId, and whether it shall pause.
    """

    test_requested = Signal(object)
    pause_requested = Signal(object, bool)
    remove_requested = Signal(object)
    dead_requested = Signal(object)

    def __init__(self, card: HookCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = well()
        outer.addWidget(frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        layout.setSpacing(SPACE_XS)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        self.url = ElidedLabel("", "strong")
        self.pill = StatusPill("", "neutral")
        head.addWidget(self.url, 1)
        head.addWidget(self.pill)
        layout.addLayout(head)
        self.kinds = ElidedLabel("", "caption")
        self.detail = label("", "caption", wrap=True)
        self.answer = label("", "caption", wrap=True)
        self.answer.hide()
        for part in (self.kinds, self.detail, self.answer):
            layout.addWidget(part)
        layout.addSpacing(SPACE_XS)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        self.test_button = button(self.tr("Send a test"), "secondary")
        self.test_button.clicked.connect(self._on_test)
        self.pause_button = button("", "ghost")
        self.pause_button.clicked.connect(self._on_pause)
        self.dead_button = button("", "ghost")
        self.dead_button.clicked.connect(self._on_dead)
        self.remove_button = icon_button("trash-2", self.tr("Remove this address"))
        self.remove_button.clicked.connect(self._on_remove)
        for part in (self.test_button, self.pause_button, self.remove_button):
            needs(part, Deed.SETTINGS)
        for part in (self.test_button, self.pause_button, self.dead_button):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.remove_button)
        layout.addLayout(foot)
        self.show_card(card)

    def show_card(self, card: HookCard) -> None:
        self._card = card
        self.url.setText(card.url)
        self.pill.set_status(card.status, card.tone)
        self.kinds.setText(card.kinds)
        self.detail.setText(card.detail)
        self.detail.setVisible(bool(card.detail))
        self.pause_button.setText(self.tr("Resume") if card.is_paused else self.tr("Pause"))
        self.dead_button.setText(self.tr("Given up…"))
        self.dead_button.setVisible(card.dead > 0)

    def show_answer(self, tone: str, text: str) -> None:
        """Show what the test came to."""
        set_role(self.answer, "role", "error" if tone == "danger" else "caption")
        self.answer.setText(text)
        self.answer.show()
        self.test_button.setEnabled(True)

    def _on_test(self) -> None:
        self.test_button.setEnabled(False)
        self.answer.hide()
        self.test_requested.emit(self._card.id)

    def _on_pause(self) -> None:
        self.pause_requested.emit(self._card.id, not self._card.is_paused)

    def _on_dead(self) -> None:
        self.dead_requested.emit(self._card.id)

    def _on_remove(self) -> None:
        self.remove_requested.emit(self._card.id)
