"""The end of the desktop session: nothing new leaves, and what is on its way gets the time that the system gives.

What each system does (Source: Qt 6, qwindowscontext.cpp and qcocoaapplicationdelegate.mm of qtbase):

- Windows asks every program (WM_QUERYENDSESSION, Qt's `commitDataRequest`), and another one may still refuse. Then it
  tells (WM_ENDSESSION, `aboutToQuit`) and kills the process as soon as that returns. A program that takes longer than
  five seconds for either is taken to hang. Both come from inside Qt's event loop, so waiting needs a loop of its own.
- Linux: the binding's Qt speaks to no X session manager; the end comes as SIGTERM or SIGHUP (`qt_loop.run`).
- macOS: a Quit event closes the window, which asks where messages are being sent; the system waits for the answer.

The end of the session is never refused: whatever the time did not suffice for is in doubt at the next start.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)

BUDGET_S = 4.0
"""Within the five seconds after which Windows takes a program to hang."""
CALLED_OFF_AFTER_S = 60.0
"""Who still lives then has seen a session end that somebody called off."""
_LOOK_EVERY_MS = 20


class SessionManager(Protocol):
    """What is used of QSessionManager."""

    def allowsInteraction(self) -> bool: ...  # noqa: N802 — Qt's name
    def release(self) -> None: ...


class SendingHold(Protocol):
    """The engine of the window."""

    @property
    def is_idle(self) -> bool:
        """Whether no engine runs: nothing is in flight, and every outcome is recorded."""
        ...

    def hold(self) -> None:
        """Let nothing new leave until `let_go`."""
        ...

    def let_go(self) -> None: ...


class SessionEnd(QObject):
    """Follows what the system tells of the end of the desktop session.

    Args:
        engine: what is held.
        say: shows that the session ends (True), or that it does not after all.
        close: asks for the end of the program; `is_closed` tells that it has come.
    """

    def __init__(
        self,
        app: QGuiApplication,
        engine: SendingHold,
        say: Callable[[bool], None],
        close: Callable[[], None],
        is_closed: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._say, self._close, self._is_closed = engine, say, close, is_closed
        self.is_announced = False
        self._called_off = QTimer(self, singleShot=True, interval=round(CALLED_OFF_AFTER_S * 1000))
        self._called_off.timeout.connect(self._on_called_off)
        # Directly: the system takes the return of these slots for our agreement.
        app.commitDataRequest.connect(self.on_asked, Qt.ConnectionType.DirectConnection)
        app.aboutToQuit.connect(self.on_told, Qt.ConnectionType.DirectConnection)

    def on_asked(self, manager: SessionManager) -> None:
        """Hold sending; what is on its way is awaited for as long as the system waits for us. Nothing is closed yet."""
        if self._is_closed():
            return
        log.info("the desktop session is about to end")
        self.is_announced = True
        self._engine.hold()
        if may_speak := manager.allowsInteraction():
            self._say(True)
        _wait_for(lambda: self._engine.is_idle)
        if may_speak:
            manager.release()
        self._called_off.start()

    def on_told(self) -> None:
        """End in order, if the session ends: the process is killed when this returns."""
        if not self.is_announced or self._is_closed():
            return
        self._close()
        _wait_for(self._is_closed)

    def _on_called_off(self) -> None:
        if self._is_closed():
            return
        log.info("the desktop session did not end")
        self.is_announced = False
        self._engine.let_go()
        self._say(False)


def _wait_for(is_done: Callable[[], bool]) -> None:
    """Run Qt's events, and with them asyncio, until something is done or the budget is used up."""
    loop, look, end = QEventLoop(), QTimer(interval=_LOOK_EVERY_MS), QTimer(singleShot=True)
    look.timeout.connect(lambda: loop.quit() if is_done() else None)
    end.timeout.connect(loop.quit)
    if is_done():
        return
    look.start()
    end.start(round(BUDGET_S * 1000))
    loop.exec()
    look.stop()
