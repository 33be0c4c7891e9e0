"""What a gateway has: its instances to choose from, and a line to make another one there."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.screens.instances.remote_row import RemoteRow
from desktop.viewmodels.instance_adding import AddInstanceViewModel, RemoteInstance
from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_S


class RemotesList(QWidget):
    """Signals:
    chosen: an instance (name: str) is wanted or not (bool).
    create_requested: an instance of this name (str) is to be made.
    """

    chosen = Signal(str, bool)
    create_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        self._hint = label("", "muted", wrap=True)
        column.addWidget(self._hint)
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setSpacing(SPACE_S)
        column.addLayout(self._rows_layout)
        self.rows: list[RemoteRow] = []
        self._new = QWidget()
        new = QHBoxLayout(self._new)
        new.setContentsMargins(0, 0, 0, 0)
        new.setSpacing(SPACE_S)
        self.new_field = QLineEdit()
        self.new_field.setMaxLength(60)
        self.new_field.setPlaceholderText(self.tr("Name of a new one, such as sales-2"))
        self.new_field.setAccessibleName(self.tr("Name of the new number at the gateway"))
        self.create_button = button(self.tr("Create at the gateway"), "secondary", "plus")
        self.create_button.setAutoDefault(False)
        self.create_button.clicked.connect(self._on_create)
        self.new_field.returnPressed.connect(self._on_create)
        self.new_field.textChanged.connect(self._on_new_changed)
        new.addWidget(self.new_field, 1)
        new.addWidget(self.create_button)
        column.addWidget(self._new)
        self._is_free = True

    def show_model(self, model: AddInstanceViewModel) -> None:
        """Show what the gateway has and what is chosen."""
        self._show_rows(model.remotes, model.names)
        has_answer = model.probe is not None and model.probe.ok
        self._hint.setText(self._hint_of(model))
        self._hint.setVisible(has_answer)
        self._new.setVisible(model.can_create)
        self._is_free = not model.is_busy
        self.create_button.setText(self.tr("Creating…") if model.is_creating else self.tr("Create at the gateway"))
        self._on_new_changed()

    def _show_rows(self, remotes: Sequence[RemoteInstance], names: Mapping[str, str]) -> None:
        if [row.remote for row in self.rows] != list(remotes):
            for row in self.rows:
                self._rows_layout.removeWidget(row)
                row.deleteLater()
            self.rows = [RemoteRow(remote) for remote in remotes]
            for row in self.rows:
                row.chosen.connect(self.chosen)
                self._rows_layout.addWidget(row)
            self.new_field.clear()
        for row in self.rows:
            row.setChecked(row.remote.name in names)

    def _hint_of(self, model: AddInstanceViewModel) -> str:
        if not model.remotes:
            if model.can_create:
                return self.tr("This gateway has no number yet: create the first one here.")
            return self.tr("This account has no number yet: add one in WhatsApp Manager first.")
        if all(remote.is_added for remote in model.remotes):
            return self.tr("All numbers of this gateway are added already.")
        return self.tr("Choose one number or several:")

    def _on_new_changed(self, _text: str = "") -> None:
        self.create_button.setEnabled(self._is_free and bool(self.new_field.text().strip()))

    def _on_create(self) -> None:
        if self.create_button.isEnabled():
            self.create_requested.emit(self.new_field.text())
