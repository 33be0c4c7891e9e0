"""Contacts and their import on the screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.segment import Consent, Group, Match, Segment, TagRule
from desktop.screens.contacts.dropped import dropped_file
from desktop.screens.contacts.import_dialog import ImportDialog
from desktop.screens.contacts.number_check_dialog import NumberCheckDialog
from desktop.screens.contacts.page import ContactsPage
from desktop.viewmodels.contacts import ContactsViewModel
from desktop.viewmodels.importing import ImportViewModel
from desktop.viewmodels.number_checking import NumberCheckViewModel
from desktop.viewmodels.person import PersonViewModel
from desktop.viewmodels.timeline import PersonAsked
from desktop.widgets.labels import ElidedLabel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.samples import NOW


class World:
    def __init__(self, qtbot: QtBot, *, is_empty: bool = False) -> None:
        self.library = FakeLibrary(is_empty=is_empty)
        self.control = FakeControl(self.library)
        spawn = ImmediateSpawn()
        self.model = ContactsViewModel(self.library, self.control, spawn)
        self.person = PersonViewModel(self.library, self.control, spawn)
        self.importing = ImportViewModel(self.library, self.control, spawn)
        self.checking = NumberCheckViewModel(self.library, self.control, spawn)
        self.page = ContactsPage(self.model, self.person, self.importing, self.checking)
        qtbot.addWidget(self.page, before_close_func=lambda _page: self.page.deactivate())
        self.page.resize(1064, 760)
        self.page.show()
        self.page.activate()


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> World:
    return World(qtbot)


def test_the_last_row_is_reached_in_one_jump(world: World, qtbot: QtBot) -> None:
    assert world.model.model.rowCount() == 400
    assert world.model.model.contact_at(399) is None
    world.page.table.view.scrollToBottom()
    qtbot.waitUntil(lambda: world.model.model.contact_at(399) is not None)


def test_a_click_on_a_head_sorts_and_shows_it(world: World) -> None:
    world.page.table.view.horizontalHeader().sectionClicked.emit(0)
    assert world.page.table.view.horizontalHeader().sortIndicatorSection() == 0
    names = [each.name for each in world.library.people]
    assert world.model.model.ids[0] == min(world.library.people, key=lambda each: each.name).id
    assert len(names) == 400


def choose(world: World, qtbot: QtBot, row: int) -> None:
    qtbot.waitUntil(lambda: world.model.model.contact_at(row) is not None)
    world.page.table.choose_row(row)


def test_a_chosen_person_is_told_with_history_and_edited_with_undo(world: World, qtbot: QtBot) -> None:
    choose(world, qtbot, 0)
    assert world.page.drawer.isVisible()
    person = world.model.model.contact_at(0)
    assert person is not None
    field = world.page.drawer.fields["cidade"]
    field.setText("Olinda")
    field.editingFinished.emit()
    changed = world.model.model.contact_at(0)
    assert changed is not None
    assert changed.custom["cidade"] == "Olinda"
    assert world.page.banner.isVisible()
    qtbot.mouseClick(world.page.banner.action, Qt.MouseButton.LeftButton)
    assert world.model.model.contact_at(0) == person
    assert world.page.drawer.fields["cidade"].text() == person.custom["cidade"]
    assert not world.page.banner.isVisible()


def test_the_log_is_asked_what_happened_to_the_chosen_person(world: World, qtbot: QtBot) -> None:
    choose(world, qtbot, 0)
    person = world.model.model.contact_at(0)
    assert person is not None
    with qtbot.waitSignal(world.page.events_requested) as asked:
        qtbot.mouseClick(world.page.drawer.events_button, Qt.MouseButton.LeftButton)
    assert asked.args == [PersonAsked(person.id, person.name)]


def test_erasing_is_asked_first_and_closes_the_drawer(world: World, qtbot: QtBot) -> None:
    choose(world, qtbot, 0)
    question = world.page.drawer.ask_to_erase()
    question.reject()
    assert len(world.library.people) == 400
    question = world.page.drawer.ask_to_erase()
    with qtbot.waitSignal(world.page.noticed):
        qtbot.mouseClick(question.yes_button, Qt.MouseButton.LeftButton)
    assert not world.page.drawer.isVisible()
    assert world.model.model.rowCount() == 399


def test_tags_are_for_the_selected_ones_and_can_be_taken_back(world: World, qtbot: QtBot) -> None:
    bar = world.page.actions_bar
    assert "400" in bar.scope.text()
    world.page.table.view.selectAll()
    assert bar.scope.text() == "400 people selected"
    assert not world.page.drawer.isVisible()
    choose(world, qtbot, 0)
    assert bar.scope.text() == "1 person selected"
    dialog = bar.ask_for_tag()
    assert not dialog.yes_button.isEnabled()
    dialog.field.setCurrentText("páscoa")
    qtbot.mouseClick(dialog.yes_button, Qt.MouseButton.LeftButton)
    tagged = [each for each in world.library.people if "páscoa" in each.tags]
    assert [each.id for each in tagged] == [world.model.model.ids[0]]
    qtbot.mouseClick(world.page.banner.action, Qt.MouseButton.LeftButton)
    assert not any("páscoa" in each.tags for each in world.library.people)


def test_without_a_selection_an_opt_out_is_for_everybody_found(world: World, qtbot: QtBot) -> None:
    world.model.set_tag("vip")
    qtbot.mouseClick(world.page.actions_bar.opt_out_button, Qt.MouseButton.LeftButton)
    question = world.page.actions_bar.question
    assert "80" in question.windowTitle()
    qtbot.mouseClick(question.yes_button, Qt.MouseButton.LeftButton)
    assert len(world.control.done[-1][1]) == 80  # type: ignore[arg-type]
    assert world.page.banner.text.text() == "Opted out: 80 people."
    assert not world.page.banner.action.isVisible()


def test_searching_finds_nobody_and_comes_back(world: World, qtbot: QtBot) -> None:
    qtbot.keyClicks(world.page.search, "zzzz")
    qtbot.waitUntil(world.page.no_match.isVisible)
    qtbot.mouseClick(world.page.no_match.action, Qt.MouseButton.LeftButton)
    assert world.model.model.rowCount() == 400
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
    assert "12" in dialog.done_view.notices.text()
    assert "cut: 3. A name keeps 500 characters, a field 5,000" in dialog.done_view.notices.text()
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


def test_everybody_in_a_segment_is_listed_until_all_are_wanted(world: World, qtbot: QtBot) -> None:
    rules = Group(Match.ALL, (TagRule("vip"),))
    world.library.saved_segments["Ouro"] = Segment(1, "Ouro", rules, NOW)
    dialog = world.page.open_segments()
    qtbot.waitUntil(dialog.who.all_button.isEnabled)
    dialog.who.all_button.click()
    some = sum("vip" in each.tags for each in world.library.people)
    assert world.model.found == some < 400
    assert "Ouro" in world.page.filter_note.text.text()
    world.page.filter_note.clear_button.click()
    assert world.model.found == 400
    assert not world.page.filter_note.isVisible()


def test_the_list_is_narrowed_by_consent(world: World) -> None:
    world.page.consent.setCurrentIndex(3)
    world.page.consent.activated.emit(3)
    assert 0 < world.model.found < 400
    assert world.model.where.consent is Consent.OPTED_OUT
    world.page.consent.setCurrentIndex(0)
    world.page.consent.activated.emit(0)
    assert world.model.found == 400


def open_first(world: World, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: world.model.model.contact_at(0) is not None)
    world.page.table.choose_row(0)
    qtbot.waitUntil(world.page.drawer.isVisible)


def test_a_field_is_added_to_a_person(world: World, qtbot: QtBot) -> None:
    open_first(world, qtbot)
    dialog = world.page.drawer.ask_for_field()
    assert dialog is not None
    dialog.name.setCurrentText("cidade")
    dialog.value.setText("Recife")
    assert not dialog.yes_button.isEnabled(), "they have that one"
    dialog.name.setCurrentText("aniversário")
    dialog.yes_button.click()
    assert world.person.history is not None
    assert world.person.history.contact.custom["aniversário"] == "Recife"
    assert "aniversário" in world.page.drawer.fields
    world.page.banner.action_requested.emit()
    assert "aniversário" not in world.page.drawer.fields


def test_a_consent_is_recorded_with_how_they_agreed(world: World, qtbot: QtBot) -> None:
    open_first(world, qtbot)
    assert world.page.drawer.consent_button.isVisible()
    dialog = world.page.drawer.ask_for_consent()
    assert dialog is not None
    dialog.proof.setText(" ligação ")
    dialog.yes_button.click()
    assert world.control.done[-1][0] == "opt_in"
    assert world.control.done[-1][2] == "ligação"
    assert not world.page.drawer.consent_button.isVisible()


def test_everything_about_a_person_is_written_to_a_file(world: World, qtbot: QtBot, tmp_path: Path) -> None:
    open_first(world, qtbot)
    with qtbot.waitSignal(world.page.noticed):
        world.person.export(tmp_path / "ana.json")
    assert world.control.done[-1][0] == "export_person"


def test_who_is_on_whatsapp_is_asked_from_the_page(world: World) -> None:
    world.page.check_button.click()
    dialog = world.page.findChild(NumberCheckDialog)
    assert dialog is not None
    assert "272" in dialog.facts.text()
    dialog.start_button.click()
    assert world.control.done[-1] == ("check_numbers", None, 7, dialog.instance_field.currentData())
    assert "263" in dialog.banner.text.text()
    assert not dialog.start_button.isEnabled()
    assert not dialog.run.isVisibleTo(dialog)


def test_a_table_is_pasted_and_shown_as_it_will_be(world: World) -> None:
    QApplication.clipboard().setText("Nome\tCelular\nAna\t11988887771\n")
    dialog = world.page.open_import_dialog()
    QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert world.control.done[-2:] == [
        ("paste_import", "Nome\tCelular\nAna\t11988887771\n"),
        ("preview_import", Path("pasted-1.tsv")),
    ]
    assert world.importing.title == "the pasted table"
    shown = [cell.text() for cell in dialog.mapping_view.findChildren(ElidedLabel)]
    assert "+55 11 98765-4321" in shown
    assert "5,51198E+12" in shown
    world.importing.run()
    assert world.control.done[-2][0] == "drop_pasted" or ("drop_pasted",) in world.control.done


def test_another_mapping_shows_the_rows_anew(world: World) -> None:
    dialog = world.page.open_import_dialog()
    world.importing.choose(Path("a.csv"))
    before = [line.standing for line in world.importing.lines]
    world.importing.set_field("Celular", None)
    assert [line.standing for line in world.importing.lines] != before
    assert dialog.mapping_view.missing.isVisibleTo(dialog.mapping_view)


def test_a_list_is_pasted_where_there_is_none_yet(qtbot: QtBot) -> None:
    world = World(qtbot, is_empty=True)
    QGuiApplication.clipboard().setText("Nome\tCelular\nAna\t11988887777\n")
    world.page.empty.second.click()
    assert ("paste_import", "Nome\tCelular\nAna\t11988887777\n") in world.control.done
    (dialog,) = world.page.findChildren(ImportDialog)
    dialog.reject()
