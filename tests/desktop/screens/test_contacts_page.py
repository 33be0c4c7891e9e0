"""Contacts and their import on the screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.screens.contacts.import_dialog import dropped_file
from desktop.screens.contacts.page import ContactsPage
from desktop.viewmodels.contacts import PAGE, ContactsViewModel
from desktop.viewmodels.importing import ImportViewModel
from desktop.widgets.theme import apply_theme
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


class World:
    def __init__(self, qtbot: QtBot, *, is_empty: bool = False) -> None:
        self.library = FakeLibrary(is_empty=is_empty)
        self.control = FakeControl(self.library)
        spawn = ImmediateSpawn()
        self.model = ContactsViewModel(self.library, spawn)
        self.importing = ImportViewModel(self.library, self.control, spawn)
        self.page = ContactsPage(self.model, self.importing)
        qtbot.addWidget(self.page, before_close_func=lambda _page: self.page.deactivate())
        self.page.resize(1064, 760)
        self.page.show()
        self.page.activate()


@pytest.fixture(scope="module", autouse=True)
def _theme(qapp: QApplication) -> None:  # pyright: ignore[reportUnusedFunction]
    apply_theme(qapp, "light")


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> World:
    return World(qtbot)


def test_scrolling_to_the_end_brings_everybody(world: World) -> None:
    assert world.model.model.rowCount() == PAGE
    world.page.table.view.scrollToBottom()
    world.page.table.view.scrollToBottom()
    assert world.model.model.rowCount() == 400


def test_searching_finds_nobody_and_comes_back(world: World, qtbot: QtBot) -> None:
    qtbot.keyClicks(world.page.search, "zzzz")
    qtbot.waitUntil(world.page.no_match.isVisible)
    qtbot.mouseClick(world.page.no_match.action, Qt.MouseButton.LeftButton)
    assert world.model.model.rowCount() == PAGE
    assert world.page.search.text() == ""


def test_a_tag_is_chosen_with_its_count(world: World) -> None:
    index = world.page.tag.findText("vip (80)")
    world.page.tag.setCurrentIndex(index)
    world.page.tag.activated.emit(index)
    assert world.model.model.rowCount() == 80
    assert world.page.tag.currentText() == "vip (80)"


def test_an_import_from_file_to_report(world: World, qtbot: QtBot) -> None:
    dialog = world.page.open_import_dialog()
    dialog._on_file_chosen("clientes.csv")
    assert dialog.mapping_view.isVisible()
    assert dialog.mapping_view.combos["Celular"].currentText() == "Phone"
    assert dialog.import_button.isEnabled()
    combo = dialog.mapping_view.combos["Celular"]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert not dialog.import_button.isEnabled()
    assert dialog.mapping_view.missing.isVisible()
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    qtbot.keyClicks(dialog.mapping_view.tags_field, "novos")
    with qtbot.waitSignal(world.page.noticed) as noticed:
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert noticed.args == ["1,783 people added"]
    assert dialog.done_view.isVisible()
    assert "contatos-recusados.csv" in dialog.done_view.rejects_path.text()
    assert world.control.done[-1][3] == ("novos",)
    dialog.reject()


def test_a_file_that_cannot_be_read_is_said_in_the_dialog(world: World) -> None:
    world.control.refuse = KnownError("file_empty", "Empty.")
    dialog = world.page.open_import_dialog()
    dialog._on_file_chosen("vazio.csv")
    assert dialog.banner.isVisible()
    assert dialog.choose_view.isVisible()
    dialog.reject()


def test_only_one_table_can_be_dropped() -> None:
    def drop(*names: str) -> Path | None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(name) for name in names])
        return dropped_file(data)

    assert drop("/x/Clientes.CSV") == Path("/x/Clientes.CSV")
    assert drop("/x/a.csv", "/x/b.csv") is None
    assert drop("/x/photo.png") is None
    assert drop() is None


def test_without_contacts_the_page_leads_to_the_import(qapp: QApplication, qtbot: QtBot) -> None:
    world = World(qtbot, is_empty=True)
    assert world.page.empty.isVisible()
    assert not world.page.import_button.isVisible()
