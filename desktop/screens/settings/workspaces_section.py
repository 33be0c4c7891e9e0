"""Workspaces in the settings: which one is open, another one, a new one."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.screens.settings.name_dialog import NameDialog
from desktop.viewmodels.access_settings import AccessViewModel, WorkspaceRow
from desktop.widgets.buttons import button
from desktop.widgets.card import Card, well
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_M, SPACE_S


class WorkspacesSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: AccessViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("WorkspacesSection", "Workspaces"),
            QCoreApplication.translate(
                "WorkspacesSection",
                "Each has its own contacts, numbers, campaigns, settings and operators; nothing crosses. The one that "
                "is open sends.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.new_button = button(self.tr("New workspace"), "secondary", "plus")
        needs(self.new_button, Deed.OPERATORS)
        self.new_button.clicked.connect(self._on_new)
        self.header.addWidget(self.new_button)
        place = QWidget()
        self._rows_layout = QVBoxLayout(place)
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        self._rows_layout.setSpacing(SPACE_M)
        self.body.addWidget(place)
        self.rows: list[WorkspaceRowWidget] = []
        self.dialog: NameDialog | None = None
        model.changed.connect(self._show)
        model.done.connect(self._on_done)
        model.failed.connect(self._on_failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def _show(self) -> None:
        if [widget.row for widget in self.rows] == list(self._model.workspaces):
            return
        for widget in self.rows:
            self._rows_layout.removeWidget(widget)
            widget.deleteLater()
        self.rows = [WorkspaceRowWidget(row) for row in self._model.workspaces]
        for widget in self.rows:
            widget.open_requested.connect(self._model.open_workspace)
            widget.rename_requested.connect(self._on_rename)
            self._rows_layout.addWidget(widget)

    def _on_new(self) -> None:
        self._open(NameDialog(self.tr("New workspace"), self.tr("Create"), "", self.window()), is_new=True)

    def _on_rename(self, name: str) -> None:
        self._open(NameDialog(self.tr("Rename the workspace"), self.tr("Rename"), name, self.window()), is_new=False)

    def _open(self, dialog: NameDialog, *, is_new: bool) -> None:
        self.dialog = dialog
        dialog.chosen.connect(self._model.add_workspace if is_new else self._model.rename_workspace)
        dialog.open()

    def _on_done(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.dialog = None

    def _on_failed(self, error: object) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_error(error)
        else:
            self.failed.emit(error)


class WorkspaceRowWidget(QWidget):
    """Signals:
    open_requested(str), rename_requested(str): its name.
    """

    open_requested = Signal(str)
    rename_requested = Signal(str)

    def __init__(self, row: WorkspaceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = well()
        outer.addWidget(frame)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        layout.setSpacing(SPACE_S)
        layout.addWidget(ElidedLabel(row.name, "strong"), 1)
        self.button: QPushButton
        if row.is_open:
            layout.addWidget(StatusPill(self.tr("Open"), "success"))
            self.button = button(self.tr("Rename…"), "ghost")
            needs(self.button, Deed.OPERATORS)
            self.button.clicked.connect(self._on_rename)
        else:
            self.button = button(self.tr("Open this one"), "secondary")
            self.button.clicked.connect(self._on_open)
        layout.addWidget(self.button)

    def _on_open(self) -> None:
        self.open_requested.emit(self.row.name)

    def _on_rename(self) -> None:
        self.rename_requested.emit(self.row.name)
