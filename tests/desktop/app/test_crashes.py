"""What nobody caught reaches the operator: from slots, tasks, threads, the run before; once, not over the cover."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.app.crashes import Crashes, log_qt_message
from desktop.crash_reports import reports_in
from desktop.domain.errors import KnownError
from desktop.paths import Home
from desktop.screens.main_window import MainWindow
from desktop.widgets.theme import Theme
from tests.conftest import LogWatch
from tests.fakes.window import FakeProgram


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> MainWindow:
    made = FakeProgram().window()
    qtbot.addWidget(made, before_close_func=lambda _: made.close_for_good())
    made.show()
    return made


@pytest.fixture
def crashes(tmp_path: Path) -> Iterator[Crashes]:
    made = Crashes()
    made.open_home(Home(tmp_path))
    yield made
    made.close_home()


def test_an_error_of_another_thread_is_shown_over_the_window(
    crashes: Crashes, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    crashes.show_over(window)
    thread = threading.Thread(target=lambda: crashes.hear("thread", ValueError("far away")))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: crashes.dialog is not None)
    assert crashes.dialog is not None
    assert "far away" in crashes.dialog.report.toPlainText()
    assert len(reports_in(tmp_path / "crashes")) == 1


def test_a_storm_of_errors_is_one_dialog(crashes: Crashes, window: MainWindow, qtbot: QtBot) -> None:
    crashes.show_over(window)
    for _ in range(50):
        crashes.hear("main", ValueError("while painting"))
    crashes.hear("main", KeyError("another"))
    qtbot.waitUntil(lambda: crashes.dialog is not None and "another" in crashes.dialog.report.toPlainText())
    assert crashes.dialog is not None
    assert crashes.dialog.report.toPlainText().count("while painting") == 1
    crashes.dialog.accept()
    assert crashes.dialog is None


def test_while_nobody_is_signed_in_it_waits(crashes: Crashes, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    crashes.show_over(window)
    window.cover(QLabel("who are you?"))
    crashes.hear("task", ValueError("meanwhile"))
    qtbot.waitUntil(lambda: bool(crashes._waiting))
    assert crashes.dialog is None
    assert reports_in(tmp_path / "crashes"), "the file does not wait"
    window.uncover()
    assert crashes.dialog is not None


def test_a_refusal_is_no_crash(crashes: Crashes, tmp_path: Path) -> None:
    crashes.hear("task", KnownError("disk_full", "The disk is full."))
    assert reports_in(tmp_path / "crashes") == []


def test_a_run_that_died_of_a_fault_is_told_of_at_the_next_start(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, log_watch: LogWatch
) -> None:
    log_watch.expect("ended by a fault")
    home = Home(tmp_path)
    home.logs.mkdir()
    (home.logs / "faults.log").write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    crashes = Crashes()
    crashes.open_home(home)
    crashes.show_over(window)
    qtbot.waitUntil(lambda: crashes.dialog is not None)
    assert crashes.dialog is not None
    assert "Segmentation fault" in crashes.dialog.report.toPlainText()
    crashes.close_home()
    again = Crashes()
    again.open_home(home)
    again.close_home()
    assert len(reports_in(home.crashes)) == 1, "it is told once"


def test_what_ends_a_task_is_heard_from_the_loop(crashes: Crashes, tmp_path: Path, log_watch: LogWatch) -> None:
    log_watch.expect("task broke")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        crashes._on_task_error(loop, {"message": "task broke", "exception": ValueError("x")})
        crashes._on_task_error(loop, {"message": "task broke"})

    asyncio.run(main())
    assert len(reports_in(tmp_path / "crashes")) == 1


def test_what_qt_says_is_in_the_log_at_its_own_level(log_watch: LogWatch, caplog: pytest.LogCaptureFixture) -> None:
    log_watch.expect("qt.widgets: no luck")

    class Context:
        category = "qt.widgets"

    with caplog.at_level(logging.DEBUG, "qt"):
        log_qt_message(QtMsgType.QtWarningMsg, Context(), "no luck")  # type: ignore[arg-type]
        log_qt_message(QtMsgType.QtDebugMsg, Context(), "all is well")  # type: ignore[arg-type]
    assert [record.levelname for record in caplog.records] == ["WARNING", "DEBUG"]
