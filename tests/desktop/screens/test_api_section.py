"""The REST API in the settings."""

from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.api.host import ApiSettings
from desktop.domain.errors import KnownError
from desktop.screens.settings.api_section import ApiSection
from desktop.viewmodels.api_settings import ApiViewModel
from tests.fakes.engine_state import ImmediateSpawn


@dataclass
class Place:
    """A home and the server of its window."""

    stored: ApiSettings = field(default_factory=ApiSettings)
    problem: KnownError | None = None
    tokens: int = 0

    async def read(self) -> ApiSettings:
        return self.stored

    async def store(self, *, is_enabled: bool, port: int, bind: str, new_token: bool = False) -> str | None:
        self.stored = replace(self.stored, is_enabled=is_enabled, port=port, bind=bind)
        if not is_enabled or (self.tokens and not new_token):
            return None
        self.tokens += 1
        return f"token-{self.tokens}"

    def state(self) -> tuple[str | None, KnownError | None]:
        answers = self.stored.is_enabled and self.problem is None
        return (f"http://127.0.0.1:{self.stored.port}" if answers else None), self.problem


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def section(qapp: QApplication, qtbot: QtBot, place: Place) -> ApiSection:
    made = ApiSection(ApiViewModel(place.read, place.store, place.state, ImmediateSpawn()))
    qtbot.addWidget(made)
    made.show()
    made.activate()
    return made


def test_it_is_off_until_it_is_switched_on_and_then_shows_its_token_once(
    section: ApiSection, place: Place, qtbot: QtBot
) -> None:
    assert not section.box.isChecked()
    assert section.token_row.isHidden()
    section.box.click()
    assert place.stored.is_enabled
    assert section.token.text() == "token-1"
    assert "http://127.0.0.1:8793/v1" in section.status.text()
    qtbot.mouseClick(section.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "token-1"
    section.deactivate()
    assert section.token.text() == ""
    section.box.click()
    assert not place.stored.is_enabled


def test_another_port_and_another_token(section: ApiSection, place: Place, qtbot: QtBot) -> None:
    section.box.click()
    section.port.setValue(9000)
    section.port.editingFinished.emit()
    assert place.stored.port == 9000
    qtbot.mouseClick(section.token_button, Qt.MouseButton.LeftButton)
    assert section.token.text() == "token-2"
    section.deactivate()


def test_why_it_does_not_answer_and_who_can_reach_it_is_said(section: ApiSection, place: Place) -> None:
    place.stored, place.problem = replace(place.stored, is_enabled=True), KnownError("api_port_taken", "taken")
    section._model.refresh()
    assert section.status.property("role") == "error"
    assert section.status.text()
    closed = section.status.text()
    place.problem, place.stored = None, replace(place.stored, bind="0.0.0.0")
    section._model.refresh()
    assert section.status.property("role") == "caption"
    assert section.status.text() != closed
    section.box.click()
    assert place.stored.bind == "0.0.0.0", "the window neither opens nor closes what was opened by command line"
    section.deactivate()
