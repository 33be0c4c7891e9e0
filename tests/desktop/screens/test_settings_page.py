"""The settings on the screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.consent import NEEDS_CONSENT
from desktop.domain.grace import START_GRACE
from desktop.screens.settings.consent_section import ConsentSection
from desktop.screens.settings.grace_section import GraceSection
from desktop.screens.settings.page import SettingsPage
from desktop.screens.settings.topics import Topic
from desktop.viewmodels.consent_settings import ConsentSettingsViewModel
from desktop.viewmodels.grace_settings import GraceSettingsViewModel
from desktop.viewmodels.setting_keys import THEME_KEY
from desktop.viewmodels.settings import OPT_OUT_KEY, SettingsViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, library: FakeLibrary) -> SettingsPage:
    library.settings[THEME_KEY] = "dark"
    made = SettingsPage(SettingsViewModel(library, FakeControl(library), ImmediateSpawn()))
    qtbot.addWidget(made)
    made.show()
    made.activate()
    made.show_topic(Topic.PEOPLE)
    return made


def test_what_is_stored_is_shown(page: SettingsPage) -> None:
    assert page.theme.current == "dark"
    assert page.language.currentData() == "system"


def test_a_word_is_added_with_return_and_taken_away_with_its_cross(
    page: SettingsPage, library: FakeLibrary, qtbot: QtBot
) -> None:
    assert not page.add_button.isEnabled()
    qtbot.keyClicks(page.word_field, "Chega")
    qtbot.keyClick(page.word_field, Qt.Key.Key_Return)
    assert page.word_field.text() == ""
    assert page.chips[-1].word == "chega"
    qtbot.mouseClick(page.chips[0].remove_button, Qt.MouseButton.LeftButton)
    stored = library.settings[OPT_OUT_KEY]
    assert isinstance(stored, list)
    assert "chega" in stored
    assert "sair" not in stored


def test_without_words_the_page_warns(page: SettingsPage, qtbot: QtBot) -> None:
    while page.chips:
        qtbot.mouseClick(page.chips[0].remove_button, Qt.MouseButton.LeftButton)
    assert page.no_words.isVisible()


class Probe(QWidget):
    """A section that counts how often it was woken and put to sleep."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def activate(self) -> None:
        self.said.append("activate")

    def deactivate(self) -> None:
        self.said.append("deactivate")


def test_a_section_is_shown_and_awake_only_under_its_topic(
    qapp: QApplication, qtbot: QtBot, library: FakeLibrary
) -> None:
    section = Probe()
    model = SettingsViewModel(library, FakeControl(library), ImmediateSpawn())
    page = SettingsPage(model, [(Topic.DATA, section)])
    qtbot.addWidget(page)
    page.show()
    page.activate()
    assert not section.isVisible()
    page.topics.chosen.emit(Topic.DATA)
    assert section.isVisible()
    assert not page.theme.isVisible()
    assert section.said == ["deactivate", "activate"]
    page.deactivate()
    assert section.said[-1] == "deactivate"


def test_the_rule_about_consent_is_stored_and_says_whom_it_leaves_out(
    qapp: QApplication, qtbot: QtBot, library: FakeLibrary
) -> None:
    section = ConsentSection(ConsentSettingsViewModel(library, FakeControl(library), ImmediateSpawn()))
    qtbot.addWidget(section)
    section.show()
    section.activate()
    assert not section.box.isChecked()
    assert "It would leave out" in section.note.text()
    section.box.click()
    assert library.settings[NEEDS_CONSENT] is True
    assert "Left out at present" in section.note.text()


def test_the_time_to_take_a_start_back_is_set_in_seconds(
    qapp: QApplication, qtbot: QtBot, library: FakeLibrary
) -> None:
    section = GraceSection(GraceSettingsViewModel(library, FakeControl(library), ImmediateSpawn()))
    qtbot.addWidget(section)
    section.activate()
    assert section.seconds.value() == 10
    section.seconds.setValue(30)
    section.seconds.editingFinished.emit()
    assert library.settings[START_GRACE] == 30.0
    section.seconds.editingFinished.emit()
    section.deactivate()
