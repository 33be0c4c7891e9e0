"""An error that nobody foresaw, as the operator reads it."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.screens.crash.dialog import CrashDialog
from desktop.viewmodels.crash import crash_notice
from desktop.widgets.theme import Theme


def test_the_report_is_read_and_copied_and_it_says_where_it_is(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = CrashDialog(crash_notice("task", "ValueError: no luck", tmp_path / "crash-1.txt"))
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "ValueError: no luck"
    assert dialog.copy_button.text() == "Copied"
    assert "crash-1.txt" in dialog.place.text()
    assert "sending goes on" in dialog.text.text()


def test_a_second_error_is_added_and_nothing_is_lost_when_sending_stops_too(theme: Theme, qtbot: QtBot) -> None:
    dialog = CrashDialog(crash_notice("task", "ValueError: first", None))
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    dialog.add(crash_notice("engine", "RuntimeError: second", None))
    assert "first" in dialog.report.toPlainText()
    assert "second" in dialog.report.toPlainText()
    assert dialog.title.text() == "Sending has stopped"
    assert dialog.copy_button.text() == "Copy report"
    assert dialog.folder_button.isHidden(), "there is no file whose folder could be opened"


def test_each_way_to_fail_has_words_of_its_own() -> None:
    titles = {crash_notice(where, "", None).title for where in ("task", "engine", "start", "previous_run")}
    assert len(titles) == 4
