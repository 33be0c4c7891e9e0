"""Outbound webhooks in the settings: addresses, how telling them goes, and what was given up."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.ids import HookId
from desktop.domain.operator import Deed
from desktop.screens.settings.hook_dialogs import AddHookDialog, DeadDialog, SecretDialog
from desktop.screens.settings.hook_row import HookRow
from desktop.viewmodels.hooks import DeadLine, HooksViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.dialogs import ask
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_M


class HooksSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: HooksViewModel, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("HooksSection", "Webhooks"), parent=parent)
        self._model = model
        model.setParent(self)
        self.add_button = button(self.tr("Add address"), "secondary", "plus")
        needs(self.add_button, Deed.SETTINGS)
        self.add_button.clicked.connect(self._on_add)
        self.header.addWidget(self.add_button)
        self.body.addWidget(
            label(
                self.tr(
                    "Other programs, such as n8n, are told what happens, while it happens. "
                    "Each message is signed; what cannot be delivered is tried again for hours and then kept here."
                ),
                "muted",
                wrap=True,
            )
        )
        self.empty = label(self.tr("No address yet."), "caption")
        self.body.addWidget(self.empty)
        place = QWidget()
        self._rows_layout = QVBoxLayout(place)
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        self._rows_layout.setSpacing(SPACE_M)
        self.body.addWidget(place)
        self.rows: dict[HookId, HookRow] = {}
        self.dialog: AddHookDialog | None = None
        self.dead_dialog: DeadDialog | None = None
        model.changed.connect(self._show)
        model.added.connect(self._on_added)
        model.tested.connect(self._on_tested)
        model.dead_loaded.connect(self._on_dead_loaded)
        model.failed.connect(self._on_failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def _show(self) -> None:
        present = {card.id for card in self._model.cards}
        for gone in [hook_id for hook_id in self.rows if hook_id not in present]:
            row = self.rows.pop(gone)
            self._rows_layout.removeWidget(row)
            row.deleteLater()
        for card in self._model.cards:
            if card.id not in self.rows:
                row = self.rows[card.id] = HookRow(card)
                row.test_requested.connect(self._model.test)
                row.pause_requested.connect(self._model.set_paused)
                row.remove_requested.connect(self._ask_remove)
                row.dead_requested.connect(self._model.load_dead)
                self._rows_layout.addWidget(row)
            self.rows[card.id].show_card(card)
        self.empty.setVisible(not self.rows)

    def _on_add(self) -> None:
        self.dialog = AddHookDialog(self.window())
        self.dialog.chosen.connect(self._model.add)
        self.dialog.open()

    def _on_added(self, _hook_id: object, secret: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None
        SecretDialog(secret, self.window()).open()

    def _on_failed(self, error: object) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_error(error)
        else:
            self.failed.emit(error)

    def _on_tested(self, hook_id: object, tone: str, text: str) -> None:
        row = self.rows.get(hook_id)  # type: ignore[call-overload]
        if row is not None:
            row.show_answer(tone, text)

    def _on_dead_loaded(self, hook_id: object, lines: tuple[DeadLine, ...]) -> None:
        self.dead_dialog = DeadDialog(hook_id, lines, self.window())
        self.dead_dialog.retry_requested.connect(self._model.retry_dead)
        self.dead_dialog.open()

    def _ask_remove(self, hook_id: object) -> None:
        def on_answer(answer: str) -> None:
            if answer == "yes":
                self._model.remove(hook_id)  # type: ignore[arg-type]

        ask(
            self.window(),
            self.tr("Remove this address?"),
            self.tr("It is told nothing more, and what it was not told yet is forgotten."),
            self.tr("Remove"),
            self.tr("Keep"),
            on_answer,
            tone="danger",
        )
