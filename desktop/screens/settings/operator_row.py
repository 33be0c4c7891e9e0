"""One operator in the settings."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.domain.operator import Deed, Role
from desktop.viewmodels.access_settings import OperatorRow
from desktop.viewmodels.wording_access import role_meaning, role_name
from desktop.widgets.buttons import icon_button
from desktop.widgets.card import well
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_M, SPACE_S, SPACE_XS

_TONES = {Role.ADMIN: "accent", Role.AGENT: "info", Role.VIEWER: "neutral"}


class OperatorRowWidget(QWidget):
    """Signals:
    role_requested(str, object): name, Role.
    password_requested(str), remove_requested(str): name.
    disabled_requested(str, bool): name, and whether to keep out.
    """

    role_requested = Signal(str, object)
    password_requested = Signal(str)
    disabled_requested = Signal(str, bool)
    remove_requested = Signal(str)

    def __init__(self, row: OperatorRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = well()
        outer.addWidget(frame)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_S, SPACE_S)
        layout.setSpacing(SPACE_M)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_XS)
        self.name = ElidedLabel("", "strong")
        self.note = label("", "caption", wrap=True)
        texts.addWidget(self.name)
        texts.addWidget(self.note)
        layout.addLayout(texts, 1)
        self.pill = StatusPill("", "neutral")
        layout.addWidget(self.pill)
        self.more = icon_button("ellipsis", self.tr("What can be done"))
        layout.addWidget(self.more)
        self.menu = QMenu(self.more)
        self.menu.setToolTipsVisible(True)
        self.roles: dict[Role, QAction] = {}
        group = QActionGroup(self.menu)
        for role in Role:
            action = self.roles[role] = self.menu.addAction(role_name(role))
            action.setCheckable(True)
            action.setToolTip(role_meaning(role))
            action.setData(role.value)
            group.addAction(action)
            needs(action, Deed.OPERATORS)
        group.triggered.connect(self._on_role)
        self.menu.addSeparator()
        self.password_action = self._action(self.tr("New password…"))
        self.password_action.triggered.connect(self._on_password)
        self.unlock_action = self._action(self.tr("Unlock now"))
        self.unlock_action.triggered.connect(self._on_unlock)
        self.disable_action = self._action("")
        self.disable_action.triggered.connect(self._on_disable)
        self.remove_action = self._action(self.tr("Remove…"))
        self.remove_action.triggered.connect(self._on_remove)
        self.more.setMenu(self.menu)
        self.show_row(row)

    def show_row(self, row: OperatorRow) -> None:
        self._row = row
        self.name.setText(self.tr("{name} (you)").format(name=row.name) if row.is_you else row.name)
        self.note.setText(row.note or role_meaning(row.role))
        self.pill.set_status(row.role_name, "neutral" if row.is_disabled else _TONES[row.role])
        self.more.setAccessibleName(self.tr("What can be done with {name}").format(name=row.name))
        self.roles[row.role].setChecked(True)
        self.unlock_action.setVisible(row.is_locked)
        self.disable_action.setText(self.tr("Let in again") if row.is_disabled else self.tr("Keep out"))

    def _action(self, text: str) -> QAction:
        action = self.menu.addAction(text)
        needs(action, Deed.OPERATORS)
        return action

    def _on_role(self, action: QAction) -> None:
        self.roles[self._row.role].setChecked(True)  # until it is so
        self.role_requested.emit(self._row.name, Role(action.data()))

    def _on_password(self) -> None:
        self.password_requested.emit(self._row.name)

    def _on_unlock(self) -> None:
        self.disabled_requested.emit(self._row.name, self._row.is_disabled)

    def _on_disable(self) -> None:
        self.disabled_requested.emit(self._row.name, not self._row.is_disabled)

    def _on_remove(self) -> None:
        self.remove_requested.emit(self._row.name)
