"""Who may work here: operators and the idle lock."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.screens.access.password_dialog import PasswordDialog
from desktop.screens.settings.operator_dialog import OperatorDialog
from desktop.screens.settings.operator_row import OperatorRowWidget
from desktop.viewmodels.access_settings import IDLE_CHOICES_MIN, AccessViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.dialogs import ask
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_M


class OperatorsSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: AccessViewModel, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("OperatorsSection", "Operators"), parent=parent)
        self._model = model
        model.setParent(self)
        self.add_button = button("", "secondary", "user-plus")
        needs(self.add_button, Deed.OPERATORS)
        self.add_button.clicked.connect(self.open_add_dialog)
        self.header.addWidget(self.add_button)
        self.intro = label("", "muted", wrap=True)
        self.body.addWidget(self.intro)
        place = QWidget()
        self._rows_layout = QVBoxLayout(place)
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        self._rows_layout.setSpacing(SPACE_M)
        self.body.addWidget(place)
        self.rows: dict[str, OperatorRowWidget] = {}
        self.dialog: OperatorDialog | None = None
        self.idle = ChoiceField()
        self.idle.setFixedWidth(280)
        needs(self.idle, Deed.SETTINGS)
        for minutes in IDLE_CHOICES_MIN:
            self.idle.addItem(self._idle_name(minutes), minutes)
        self.idle.activated.connect(self._on_idle)
        self.idle_row = FormRow(
            self.tr("Lock the window when nobody touches it for"), self.idle, self.tr("Sending goes on behind it.")
        )
        self.body.addWidget(self.idle_row)
        model.changed.connect(self._show)
        model.done.connect(self._on_done)
        model.failed.connect(self._on_failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def open_add_dialog(self) -> None:
        """Ask who shall come in; the first one is an admin."""
        self.dialog = OperatorDialog(is_first=not self._model.operators, parent=self.window())
        self.dialog.chosen.connect(self._model.add)
        self.dialog.open()

    def _idle_name(self, minutes: int) -> str:
        return self.tr("{n} minutes").format(n=minutes) if minutes else self.tr("Never")

    def _show(self) -> None:
        present = {row.name: row for row in self._model.operators}
        for gone in [name for name in self.rows if name not in present]:
            widget = self.rows.pop(gone)
            self._rows_layout.removeWidget(widget)
            widget.deleteLater()
        for name, row in present.items():
            if name not in self.rows:
                widget = self.rows[name] = OperatorRowWidget(row)
                widget.role_requested.connect(self._model.set_role)
                widget.password_requested.connect(self._on_password)
                widget.disabled_requested.connect(self._on_disabled)
                widget.remove_requested.connect(self._on_remove)
                self._rows_layout.addWidget(widget)
            self.rows[name].show_row(row)
        if present:
            self.intro.setText(self.tr("Everybody signs in with a name and a password, and the log says who did what."))
            self.add_button.setText(self.tr("Add operator"))
        else:
            self.intro.setText(
                self.tr(
                    "Nobody has to sign in: whoever opens this window may do everything. With the first operator, who "
                    "is an admin, the window begins to ask for a name and a password."
                )
            )
            self.add_button.setText(self.tr("Ask for sign-in…"))
        self.idle_row.setVisible(bool(present))
        place = self.idle.findData(self._model.idle_min)
        if place < 0:
            self.idle.addItem(self._idle_name(self._model.idle_min), self._model.idle_min)
            place = self.idle.count() - 1
        self.idle.setCurrentIndex(place)

    def _on_idle(self, _index: int) -> None:
        self._model.set_idle(int(self.idle.currentData()))

    def _on_done(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None

    def _on_failed(self, error: object) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_error(error)
        else:
            self.failed.emit(error)

    def _on_password(self, name: str) -> None:
        title = self.tr("A new password for {name}").format(name=name)

        def on_done(_old: str, new: str) -> None:
            self._model.set_password(name, new)

        PasswordDialog(self.window(), title, on_done, asks_old=False).open()

    def _on_disabled(self, name: str, is_disabled: bool) -> None:
        self._model.set_disabled(name, is_disabled)

    def _on_remove(self, name: str) -> None:
        def on_answer(answer: str) -> None:
            if answer == "yes":
                self._model.remove(name)

        ask(
            self.window(),
            self.tr("Remove {name}?").format(name=name),
            self.tr("They cannot sign in any more. What they did stays in the log under their name."),
            self.tr("Remove"),
            self.tr("Keep"),
            on_answer,
            tone="danger",
        )
