"""The segments on the screen: rows that follow what they are about, and nothing lost without asking."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.segment import Comparison, ConsentRule, Deed, FieldRule, Group, HistoryRule, Match, TagRule
from desktop.screens.segments.dialog import SegmentsDialog
from desktop.screens.segments.rule_row import RuleRow
from desktop.viewmodels.segments import SegmentsViewModel
from desktop.widgets.fields import ChoiceField, NumberField
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


class World:
    def __init__(self, qtbot: QtBot) -> None:
        self.library = FakeLibrary()
        self.control = FakeControl(self.library)
        self.model = SegmentsViewModel(self.library, self.control, ImmediateSpawn())
        self.dialog = SegmentsDialog(self.model)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(self.dialog)
        self.dialog.open()

    def row(self, place: int) -> RuleRow:
        assert self.dialog.box is not None
        return self.dialog.box.rows[place]


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> World:
    return World(qtbot)


def choose(field: object, place: int) -> None:
    assert isinstance(field, ChoiceField)
    field.setCurrentIndex(place)
    field.activated.emit(place)


def test_a_row_becomes_what_it_is_about(world: World) -> None:
    assert world.dialog.box is not None
    world.dialog.box.add_button.click()
    assert isinstance(world.model.rules.rules[0], HistoryRule)
    for place, kind in enumerate((FieldRule, TagRule, ConsentRule, HistoryRule)):
        choose(world.row(0).kind, place)
        assert type(world.model.rules.rules[0]) is kind
        assert world.row(0).read() == world.model.rules.rules[0]


def test_a_rule_about_history_is_written_with_campaign_and_days(world: World) -> None:
    assert world.dialog.box is not None
    world.dialog.box.add_button.click()
    row = world.row(0)
    choose(row.fields["deed"], 5)
    choose(row.fields["campaign"], 1)
    span = row.fields["days"]
    assert isinstance(span, NumberField)
    span.setValue(30)
    assert world.model.rules.rules[0] == HistoryRule(Deed.READ, False, world.model.campaigns[0], 30)
    assert world.row(0) is row  # a value does not make the rows anew: the focus stays


def test_a_field_is_compared_with_what_is_typed(world: World) -> None:
    assert world.dialog.box is not None
    world.dialog.box.add_button.click()
    choose(world.row(0).kind, 0)
    row = world.row(0)
    value = row.fields["value"]
    assert isinstance(value, QLineEdit)
    choose(row.fields["field"], 2)
    QTest.keyClicks(value, "Recife")
    assert world.model.rules.rules[0] == FieldRule("custom.cidade", Comparison.CONTAINS, "Recife")
    choose(row.fields["comparison"], list(Comparison).index(Comparison.EMPTY))
    assert not value.isVisible()


def test_groups_stand_in_groups_and_go_again(world: World) -> None:
    assert world.dialog.box is not None
    world.dialog.box.group_button.click()
    assert world.dialog.box is not None
    inner = world.dialog.box.groups[0]
    inner.match.chosen.emit(Match.ALL.value)
    inner.add_button.click()
    rules = world.model.rules
    assert isinstance(rules.rules[0], Group)
    assert len(rules.rules[0].rules) == 2
    assert world.dialog.box is not None
    world.dialog.box.groups[0].remove_button.click()
    assert not world.model.rules.rules


def test_a_segment_is_saved_and_stands_in_the_list(world: World) -> None:
    assert world.dialog.box is not None
    world.dialog.box.add_button.click()
    QTest.keyClicks(world.dialog.name, "Nunca leram")
    assert world.dialog.save_button.isEnabled()
    world.dialog.save_button.click()
    assert world.dialog.list.count() == 1
    assert world.dialog.list.item(0).text().startswith("Nunca leram\n")
    assert not world.dialog.save_button.isEnabled()
    QTest.keyClicks(world.dialog.name, " nada")
    world.dialog.save_button.click()
    assert world.dialog.list.item(0).text().startswith("Nunca leram nada\n")
    question = world.dialog.ask_to_delete()
    question.yes_button.click()
    assert world.dialog.list.count() == 0


def test_nothing_is_lost_without_asking(world: World) -> None:
    assert world.dialog.box is not None
    world.dialog.box.add_button.click()
    world.dialog.reject()
    assert world.dialog.isVisible()
    assert world.dialog.question is not None
    world.dialog.question.no_button.click()
    assert world.dialog.isVisible()
    world.dialog.reject()
    world.dialog.question.yes_button.click()
    assert not world.dialog.isVisible()


def test_everybody_in_it_is_shown_in_the_list_of_contacts(world: World, qtbot: QtBot) -> None:
    assert world.dialog.box is not None
    world.dialog.box.add_button.click()
    choose(world.row(0).kind, 1)
    qtbot.waitUntil(world.dialog.who.all_button.isEnabled)
    with qtbot.waitSignal(world.dialog.all_requested) as shown:
        world.dialog.who.all_button.click()
    assert shown.args is not None
    assert shown.args[0] == world.model.rules
    assert not world.dialog.isVisible()
