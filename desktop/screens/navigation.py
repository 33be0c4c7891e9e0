"""The bar at the left: the mark, the pages, and at its foot whether anything is being sent."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.domain.markup import as_plain
from desktop.screens.doubt_badge import DoubtBadge
from desktop.screens.pages import PageName
from desktop.viewmodels import wording
from desktop.viewmodels.shell import ShellState
from desktop.widgets.icons import icon
from desktop.widgets.labels import label
from desktop.widgets.resources import APP_ICON
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import ICON_M, NAVIGATION_WIDTH, SPACE_L, SPACE_M, SPACE_S, SPACE_XS

_ICONS = {
    PageName.DASHBOARD: "layout-dashboard",
    PageName.CAMPAIGNS: "megaphone",
    PageName.INSTANCES: "smartphone",
    PageName.CONTACTS: "users",
    PageName.TIMELINE: "scroll-text",
    PageName.SETTINGS: "settings",
}
_MARK = 28

# Pages that belong to another one stay under its name.
_PARENTS = {
    PageName.CAMPAIGN: PageName.CAMPAIGNS,
    PageName.EDITOR: PageName.CAMPAIGNS,
    PageName.FIRST_RUN: PageName.CAMPAIGNS,
}


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._picture = QSvgRenderer(str(APP_ICON), self)
        self.setFixedSize(_MARK, _MARK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._picture.render(QPainter(self))


class Navigation(QFrame):
    """Signals:
    chosen(object): the operator pressed the button of a page (PageName).
    doubts_requested(object): show the doubts of this campaign (CampaignId).
    account_requested(str): lock, sign_out or password.
    """

    chosen = Signal(object)
    doubts_requested = Signal(object)
    account_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setFixedWidth(NAVIGATION_WIDTH)
        self.setAccessibleName(self.tr("Pages"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_L, SPACE_M, SPACE_L)
        layout.setSpacing(SPACE_XS)
        layout.addLayout(self._brand())
        layout.addSpacing(SPACE_M)
        self._group = QButtonGroup(self)
        self._buttons: dict[PageName, QPushButton] = {}
        names = {
            PageName.DASHBOARD: self.tr("Dashboard"),
            PageName.CAMPAIGNS: self.tr("Campaigns"),
            PageName.INSTANCES: self.tr("Instances"),
            PageName.CONTACTS: self.tr("Contacts"),
            PageName.TIMELINE: self.tr("Log"),
            PageName.SETTINGS: self.tr("Settings"),
        }
        for place, (name, text) in enumerate(names.items(), 1):
            if name is PageName.SETTINGS:
                layout.addStretch(1)
            layout.addWidget(self._button(name, text, place))
            if name is PageName.CAMPAIGNS:  # Here, so that the tab key comes to it in its place.
                self.doubts = DoubtBadge()
                self.doubts.requested.connect(self.doubts_requested)
                layout.addWidget(self.doubts)
        self._group.buttonClicked.connect(self._on_clicked)
        layout.addSpacing(SPACE_S)
        self.account_button = self._account()
        layout.addWidget(self.account_button)
        layout.addLayout(self._foot())
        self.show_state(ShellState())

    def set_current(self, name: PageName) -> None:
        """Mark the page that is shown, or the one that it belongs to."""
        self._buttons[_PARENTS.get(name, name)].setChecked(True)

    def show_state(self, state: ShellState) -> None:
        """Show whether and how fast messages leave, and how many doubts wait."""
        self.doubts.show_doubts(state.doubts)
        if state.awaited:
            self._pill.set_status(self.tr("Closing"), "neutral")
        elif state.stopped is not None:
            self._pill.set_status(self.tr("Stopped"), "danger")
        elif not state.online:
            self._pill.set_status(self.tr("Offline"), "warning")
        elif state.running:
            self._pill.set_status(self.tr("Sending"), "accent")
        else:
            self._pill.set_status(self.tr("Online"), "success")
        is_moving = state.running > 0 and state.online and not state.awaited and state.stopped is None
        self._rate.setText(wording.per_minute(state.per_minute) if is_moving and state.per_minute else "")

    def show_operator(self, name: str, role: str) -> None:
        """Show who is signed in; nothing for an empty name."""
        self.account_button.setVisible(bool(name))
        room = NAVIGATION_WIDTH - 2 * SPACE_M - 3 * ICON_M - SPACE_M
        shown = self.account_button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        self.account_button.setText(f"  {shown}".replace("&", "&&"))
        self.account_button.setToolTip(as_plain(f"{name} · {role}"))
        self.account_button.setAccessibleName(self.tr("Signed in: {name}, {role}").format(name=name, role=role))

    def _account(self) -> QPushButton:
        made = QPushButton()
        made.setProperty("kind", "navigation")
        made.setIcon(icon("user", "text_muted", "accent_text"))
        made.setIconSize(QSize(ICON_M - 2, ICON_M - 2))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(made)
        for what, text in (
            ("password", self.tr("Change password…")),
            ("lock", self.tr("Lock the window")),
            ("sign_out", self.tr("Sign out")),
        ):
            menu.addAction(text).setData(what)
        menu.triggered.connect(self._on_account)
        made.setMenu(menu)
        made.hide()
        return made

    def _on_account(self, action: QAction) -> None:
        self.account_requested.emit(action.data())

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_S, 0, 0, 0)
        row.setSpacing(SPACE_S + 2)
        row.addWidget(_Mark())
        row.addWidget(label("Cadência", "brand"))
        row.addStretch(1)
        return row

    def _button(self, name: PageName, text: str, place: int) -> QPushButton:
        made = QPushButton("  " + text)
        made.setAccessibleName(text)
        made.setProperty("kind", "navigation")
        made.setCheckable(True)
        made.setIcon(icon(_ICONS[name], "text_muted", "accent_text"))
        made.setIconSize(QSize(ICON_M - 2, ICON_M - 2))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setShortcut(QKeySequence(f"Ctrl+{place}"))
        made.setToolTip(QKeySequence(f"Ctrl+{place}").toString(QKeySequence.SequenceFormat.NativeText))
        self._group.addButton(made)
        self._buttons[name] = made
        return made

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE_S, SPACE_S, 0, 0)
        row.setSpacing(SPACE_S)
        self._pill = StatusPill("", "neutral")
        self._rate = label("", "caption")
        row.addWidget(self._pill)
        row.addWidget(self._rate)
        row.addStretch(1)
        return row

    def _on_clicked(self, pressed: QPushButton) -> None:
        self.chosen.emit(next(name for name, made in self._buttons.items() if made is pressed))
