"""Hears of every error that nobody caught, writes its report, and shows it over whatever window there is."""

import asyncio
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from desktop.crash_reports import CrashReport, CrashReporter
from desktop.domain.errors import KnownError
from desktop.engine.clock import SystemClock
from desktop.logs import FaultFile, RecentLines, catch_uncaught, remember_recent
from desktop.paths import Home
from desktop.screens.main_window import MainWindow

if TYPE_CHECKING:
    from desktop.screens.crash.dialog import CrashDialog
    from desktop.viewmodels.crash import CrashNotice

log = logging.getLogger(__name__)
qt_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Crashes(QObject):
    """One for the program. `hear` may be called from any thread; the report is written there, and shown here.

    Each different error is shown once; while nobody is signed in it waits. A KnownError is the business of whoever
    called, not of this.
    """

    _written = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recent: RecentLines | None = None
        self._faults: FaultFile | None = None
        self._reporter: CrashReporter | None = None
        self._window: MainWindow | None = None
        self._waiting: list[CrashNotice] = []
        self.dialog: CrashDialog | None = None
        # Queued also on this thread: an error while a widget is painted must not open a dialog there.
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over what Python, asyncio and Qt do with errors that nobody caught."""
        self._recent = remember_recent()
        catch_uncaught(self.hear)
        loop.set_exception_handler(self._on_task_error)
        qInstallMessageHandler(log_qt_message)

    def uninstall(self) -> None:
        """Let go of Qt's messages: its handler must not outlive Python."""
        qInstallMessageHandler(None)
        if self._recent is not None:
            logging.getLogger().removeHandler(self._recent)

    def open_home(self, home: Home) -> None:
        """Keep reports in this home from now on, and tell of a run that died without a word."""
        recent = self._recent.lines if self._recent else list[str]
        self._reporter = CrashReporter(home.crashes, recent, SystemClock().now)
        self._faults = FaultFile(home.logs)
        if self._faults.left.strip():
            log.error("the run before this one was ended by a fault")
            self._written.emit(self._reporter.write_fault(self._faults.left))

    def close_home(self) -> None:
        """Let go of the files of the home, which may be thrown away now."""
        if self._faults is not None:
            self._faults.close()
            self._faults = None

    def show_over(self, window: MainWindow) -> None:
        """Show dialogs over this window from now on, and those that have waited for one."""
        self._window = window
        window.uncovered.connect(self._show_waiting)
        self._show_waiting()

    def window_closed(self) -> None:
        self._window = self.dialog = None

    def hear(self, where: str, error: BaseException) -> None:
        """Report an error that nobody handled (it has been logged); may be called from any thread."""
        if isinstance(error, KnownError) or self._reporter is None:
            return
        report = self._reporter.write(where, error)
        if report is not None:
            self._written.emit(report)

    async def show_alone(self, error: BaseException) -> None:
        """Show why there is no window, and wait until that has been read."""
        report = self._reporter.write("start", error) if self._reporter else None
        if report is None:
            return
        dialog, closed = _dialog(_notice(report)), asyncio.Event()
        dialog.finished.connect(closed.set)
        dialog.open()
        await closed.wait()

    def _on_task_error(self, _loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        known = error if isinstance(error, BaseException) else None
        log.error("%s", context.get("message"), exc_info=known)
        if known is not None:
            self.hear("task", known)

    def _on_written(self, report: CrashReport) -> None:
        self._waiting.append(_notice(report))
        self._show_waiting()

    def _show_waiting(self) -> None:
        if self._window is None or self._window.is_covered:
            return
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            if self.dialog is not None:
                self.dialog.add(notice)
                continue
            self.dialog = _dialog(notice, self._window)
            self.dialog.finished.connect(self._on_read)
            self.dialog.open()

    def _on_read(self) -> None:
        self.dialog = None


def _dialog(notice: "CrashNotice", window: MainWindow | None = None) -> "CrashDialog":
    from desktop.screens.crash.dialog import CrashDialog  # late: few starts have anything to show

    return CrashDialog(notice, window)


def _notice(report: CrashReport) -> "CrashNotice":
    from desktop.viewmodels.crash import crash_notice

    return crash_notice(report.where, report.text, report.path)


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Put what Qt says into our log, at its own level; it may come from any thread."""
    # Source: Qt 6 documentation of qInstallMessageHandler; a fatal message ends the process after this returns.
    category = str(context.category or "default")  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", category, text)
