"""Log files in the settings: how much, where, and the crash reports."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.screens.settings.logs_section import LogsSection
from desktop.viewmodels.log_settings import LogFacts, LogsViewModel
from desktop.widgets.theme import Theme
from tests.fakes.engine_state import ImmediateSpawn


class Control:
    def __init__(self) -> None:
        self.level, self.folder, self.crashes = "INFO", None, 0
        self.refuse: KnownError | None = None

    async def facts(self) -> LogFacts:
        folder = self.folder or Path("/data/logs")
        return LogFacts(self.level, folder, self.folder is not None, Path("/data/crashes"), self.crashes)

    async def set_level(self, level: str) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.level = level

    async def set_folder(self, folder: Path | None) -> None:
        self.folder = folder


@pytest.fixture
def control() -> Control:
    return Control()


@pytest.fixture
def section(theme: Theme, qtbot: QtBot, control: Control) -> LogsSection:
    made = LogsSection(LogsViewModel(control, ImmediateSpawn()))
    qtbot.addWidget(made)
    made.activate()
    return made


def test_the_level_is_chosen_and_a_refusal_puts_it_back(section: LogsSection, control: Control, qtbot: QtBot) -> None:
    section.level.chosen.emit("DEBUG")
    assert (control.level, section.level.current) == ("DEBUG", "DEBUG")
    control.refuse = KnownError("not_allowed", "Bia may not do this.")
    section.level.set_current("WARNING")
    with qtbot.waitSignal(section.failed):
        section.level.chosen.emit("WARNING")
    assert section.level.current == "DEBUG"


def test_the_folder_is_chosen_and_given_back(section: LogsSection, control: Control, tmp_path: Path) -> None:
    assert section.back_button.isHidden()
    section.choose().fileSelected.emit(str(tmp_path))
    assert section.folder.text() == str(tmp_path)
    assert not section.back_button.isHidden()
    section.back_button.click()
    assert control.folder is None


def test_crash_reports_are_counted(section: LogsSection, control: Control) -> None:
    assert section.crash_button.isHidden()
    control.crashes = 3
    section.activate()
    assert "3" in section.crashes.text()
    assert not section.crash_button.isHidden()
