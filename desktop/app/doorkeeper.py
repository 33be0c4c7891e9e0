"""Stands between the window and whoever sits before it: sign-in, idle lock, and what a role may not press."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.composition import Workplace
from desktop.domain.operator import Deed, Operator, Role
from desktop.screens.access.cover import Cover
from desktop.screens.access.password_dialog import PasswordDialog
from desktop.screens.main_window import MainWindow
from desktop.viewmodels.access import IDLE_KEY, SignInViewModel, idle_minutes
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.wording_access import role_name
from desktop.widgets.permissions import needed

_TOUCHES = frozenset(
    {
        QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.KeyPress,
        QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    }
)  # fmt: skip
_APPEARANCES = frozenset({QEvent.Type.Show, QEvent.Type.EnabledChange})


class Doorkeeper(QObject):
    """Covers the window while nobody is signed in; sending goes on behind it.

    Attributes:
        admitted: set once the first one may see the window.

    Signals:
        failed(object): something was refused with this KnownError.
        workspace_requested(str): whoever stands before the cover wants another workspace.
    """

    failed = Signal(object)
    workspace_requested = Signal(str)

    def __init__(
        self,
        app: QApplication,
        workplace: Workplace,
        window: MainWindow,
        spawn: Spawn,
        saved: Callable[[], Awaitable[None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._workplace, self._window, self._spawn = app, workplace, window, spawn
        self._saved = saved
        self._is_leaving = False
        self._access = workplace.access
        self._seen: Operator | None = None
        self._is_watching = False
        self._cover: Cover | None = None
        self.admitted = asyncio.Event()
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._on_idle)
        window.account_requested.connect(self._on_account)
        window.why_not = self._why_not

    async def open(self) -> None:
        """Ask who is there, when the workspace wants to know."""
        if await self._access.refresh():
            await self._admit()
        else:
            await self._make_cover()
            self._ask("", "")

    def look(self) -> None:
        """Look again: operators may have been added, disabled or given another role elsewhere."""
        self.jobs.refresh("access.look", self._look)

    def stop(self) -> None:
        self._idle.stop()
        if self._is_watching:
            self._app.removeEventFilter(self)
            self._is_watching = False

    def lock(self, why: str = "") -> None:
        """Cover the window until the same operator, or another one, signs in."""
        if self._access.present is not None and self._cover is not None:
            name = self._access.present.name
            self._leave()
            self._ask(name, why)

    def sign_out(self) -> None:
        if self._cover is not None:
            self._leave()
            self._ask("", "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            if self._idle.isActive():
                self._idle.start()
        elif kind in _APPEARANCES and isinstance(watched, QWidget):
            self._hold_back(watched)
        return False

    def _hold_back(self, shown: QWidget) -> None:
        if isinstance(shown, QMenu):
            shown.setToolTipsVisible(True)
            controls: list[object] = list(shown.actions())
        else:
            controls = [shown]
        for control in controls:
            deed = needed(control)
            if deed is not None and not self._access.may(deed) and control.isEnabled():  # type: ignore[attr-defined]
                control.setEnabled(False)  # type: ignore[attr-defined]
                control.setToolTip(self._why_not(deed))  # type: ignore[attr-defined]

    def _why_not(self, deed: Deed) -> str:
        """Return why whoever is signed in may not do it; nothing when they may."""
        if self._access.may(deed):
            return ""
        return self.tr("Your role ({role}) does not allow this. Ask an admin.").format(role=self._role())

    def _role(self) -> str:
        return role_name(self._access.present.role) if self._access.present else ""

    async def _look(self) -> None:
        is_well = await self._access.refresh()
        await self._make_cover()
        if not is_well:
            if not self._window.is_covered:
                self._leave()
                self._ask("", "")
        elif not self._window.is_covered:
            await self._admit()

    async def _make_cover(self) -> None:
        if not await self._access.is_guarded():
            return
        if self._cover is None:
            self._cover = Cover(SignInViewModel(self._access, self._spawn))
            self._cover.workspace_requested.connect(self.workspace_requested)
            self._cover.signed_in.connect(self._on_signed_in)
        names = {found.id: found.name for found in await self._workplace.workspaces()}
        present = names.pop(self._workplace.workspace_id, "")
        self._cover.show_workspaces(present, tuple(names.values()))

    async def _admit(self) -> None:
        """Show the window to whoever is signed in now."""
        present = self._access.present
        await self._make_cover()
        self._window.show_operator(present.name if present else "", self._role())
        minutes = idle_minutes(await self._workplace.library.setting(IDLE_KEY))
        self._idle.stop()
        if present is not None and not self._is_watching:
            self._app.installEventFilter(self)
            self._is_watching = True
        if present is not None and minutes:
            self._idle.setInterval(minutes * 60_000)
            self._idle.start()
        # Before there were operators everybody was what an admin is.
        was = self._seen.role if self._seen else Role.ADMIN
        now = present.role if present else Role.ADMIN
        is_other = now is not was and self.admitted.is_set()
        if self._window.is_covered:
            self._window.uncover()
        if is_other:
            self._window.rebuild_pages()  # what was held back from one role is not from another
        self._seen = present
        self.admitted.set()

    def _leave(self) -> None:
        self._idle.stop()
        self._window.show_operator("", "")
        self._is_leaving = True
        self._window.leave_page()
        self.jobs.start("access.leave", self._sign_out)

    async def _sign_out(self) -> None:
        """Sign out once pages have saved what they had: the last words of a draft are still this operator's."""
        await self._saved()
        if self._is_leaving:  # nobody has signed in meanwhile
            self._access.sign_out()

    def _ask(self, name: str, why: str) -> None:
        if self._cover is not None:
            self._window.cover(self._cover)
            self._cover.ask(name, why)

    def _on_signed_in(self, _operator: object) -> None:
        self._is_leaving = False
        self.jobs.refresh("access.admit", self._admit)

    def _on_idle(self) -> None:
        self.lock(self.tr("Locked because nobody has touched the window for a while."))

    def _on_account(self, what: str) -> None:
        if what == "lock":
            self.lock()
        elif what == "sign_out":
            self.sign_out()
        else:
            title = self.tr("Change your password")
            PasswordDialog(self._window, title, self._on_new_password, asks_old=True).open()

    def _on_new_password(self, old: str, new: str) -> None:
        self.jobs.start("access.password", partial(self._change_password, old, new))

    async def _change_password(self, old: str, new: str) -> None:
        await self._access.change_own_password(old, new)
        self._window.notice(self.tr("Your password has been changed."))
