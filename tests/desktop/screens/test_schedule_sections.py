"""Backups, reports into a folder and the retention of the timeline, in the settings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.schedules import Done, When
from desktop.screens.settings.schedule_sections import BackupSection, ReportsSection, RetentionSection
from desktop.viewmodels.schedules import RetentionViewModel, SchedulesViewModel
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.samples import NOW
from tests.fakes.window import FakeSchedules


@pytest.fixture
def desk() -> FakeSchedules:
    return FakeSchedules()


@pytest.fixture
def backups(qapp: QApplication, qtbot: QtBot, desk: FakeSchedules) -> BackupSection:
    made = BackupSection(SchedulesViewModel(desk, ImmediateSpawn(), lambda: NOW))
    qtbot.addWidget(made)
    made.show()
    made.activate()
    return made


@pytest.fixture
def reports(qapp: QApplication, qtbot: QtBot, desk: FakeSchedules) -> ReportsSection:
    made = ReportsSection(SchedulesViewModel(desk, ImmediateSpawn(), lambda: NOW))
    qtbot.addWidget(made)
    made.show()
    made.activate()
    return made


def test_the_first_backup_needs_a_passphrase(backups: BackupSection, desk: FakeSchedules):
    assert not backups.every.isVisible()
    backups.box.click()
    assert backups.dialog is not None
    assert not backups.dialog.done_button.isEnabled()
    backups.dialog.reject()
    assert (backups.box.isChecked(), desk.backup.is_on) == (False, False)
    backups.box.click()
    backups.dialog.word.setText("word")
    backups.dialog.again.setText("word")
    backups.dialog.done_button.click()
    assert (desk.backup.is_on, desk.word) == (True, "word")
    assert backups.every.isVisible()
    backups.every.setValue(12)
    backups.keep.setValue(3)
    assert (desk.backup.every_h, desk.backup.keep) == (12, 3)
    backups.folder.chosen.emit("/mnt/nas")
    assert desk.backup.folder == "/mnt/nas"
    backups.folder.back_button.click()
    assert desk.backup.folder is None
    backups.box.click()
    assert not desk.backup.is_on


def test_what_fails_is_said_in_red(backups: BackupSection, desk: FakeSchedules, reports: ReportsSection):
    desk.word = "word"
    backups.activate()
    backups.box.click()
    assert backups.status.text() == "It was not done yet."
    desk.backup_done = Done(NOW - timedelta(days=1), NOW, "file_not_writable")
    backups.activate()
    assert backups.status.text().startswith("It fails since")
    assert backups.status.property("role") == "error"
    desk.backup_done = Done(NOW)
    backups.activate()
    assert backups.status.text().startswith("Done last: ")


def test_reports_are_chosen_by_kind_time_and_folder(reports: ReportsSection, desk: FakeSchedules):
    reports.box.click()
    assert desk.reports.is_on
    assert not reports.hour_row.isVisible(), "when a campaign ends has no hour"
    reports.formats["csv"].click()
    assert desk.reports.formats == ("pdf", "csv")
    reports.when.chosen.emit("day")
    assert desk.reports.when is When.DAY
    assert reports.hour_row.isVisible()
    reports.hour.setValue(18)
    assert desk.reports.hour == 18
    reports.folder.chosen.emit("/mnt/nas")
    assert desk.reports.folder == "/mnt/nas"


def test_a_refused_plan_leaves_what_is_stored_on_the_screen(reports: ReportsSection, desk: FakeSchedules, qtbot: QtBot):
    reports.box.click()
    desk.refusal = KnownError("bad_schedule", "No.")
    with qtbot.waitSignal(reports.failed):
        reports.formats["pdf"].click()
    assert reports.formats["pdf"].isChecked()


def test_the_days_of_the_timeline_are_a_setting(qapp: QApplication, qtbot: QtBot):
    stored: dict[str, object] = {}

    async def read(key: str) -> object | None:
        return stored.get(key)

    async def store(key: str, value: object) -> None:
        stored[key] = value

    section = RetentionSection(RetentionViewModel(read, store, ImmediateSpawn()))
    qtbot.addWidget(section)
    section.activate()
    assert section.days.limit is None
    section.days.no_limit.click()
    assert stored == {"events.keep_days": 365}
    section.days.figure.setValue(90)
    assert stored == {"events.keep_days": 90}
    section.days.no_limit.click()
    assert stored == {"events.keep_days": None}
    section.texts.click()
    assert stored["events.message_texts"] is True
    assert section.texts.isChecked()
    refused: Callable[[], object] = section.deactivate
    assert refused() is None
