"""Segments as they are written: rules by their place, live counts, saved and deleted."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import Audience, AudienceKind, CampaignStatus
from desktop.domain.segment import (
    Comparison,
    Consent,
    ConsentRule,
    Deed,
    FieldRule,
    Group,
    HistoryRule,
    Match,
    Rule,
    TagRule,
)
from desktop.viewmodels import segment_edit as edit
from desktop.viewmodels import segment_words as words
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_audience import AudienceViewModel
from desktop.viewmodels.segments import SegmentsViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary

VIP = TagRule("vip")
CITY = FieldRule("custom.cidade", Comparison.EQUALS, "Recife")
READ = HistoryRule(Deed.READ, True, "Natal", 30)
INNER = Group(Match.ANY, (READ, CITY))
OUTER = Group(Match.ALL, (VIP, INNER))


class World:
    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.control = FakeControl(self.library)
        self.model = SegmentsViewModel(self.library, self.control, ImmediateSpawn())


@pytest.fixture
def world(qapp: QApplication) -> World:
    return World()


def test_a_rule_is_changed_added_and_removed_at_its_place() -> None:
    changed = edit.put(OUTER, (1, 0), VIP)
    assert edit.at(changed, (1, 0)) == VIP
    assert edit.at(changed, (1, 1)) == CITY
    assert edit.at(edit.add(OUTER, (1,), VIP), (1, 2)) == VIP
    assert edit.remove(OUTER, (0,)).rules == (INNER,)


def test_a_group_inside_goes_with_its_last_rule() -> None:
    left = edit.remove(edit.remove(OUTER, (1, 0)), (1, 0))
    assert left == Group(Match.ALL, (VIP,))
    assert edit.remove(left, (0,)) == Group(Match.ALL, ())


def test_what_lacks_a_value_does_not_count_yet() -> None:
    unfinished = Group(Match.ALL, (VIP, FieldRule("name", Comparison.CONTAINS), Group(Match.ANY, (TagRule(""),))))
    assert edit.completed(unfinished) == Group(Match.ALL, (VIP,))
    assert edit.completed(Group(Match.ALL, (TagRule(""),))) is None
    assert not edit.is_complete(FieldRule("custom.compras", Comparison.GREATER, "muitas"))
    assert edit.is_complete(FieldRule("custom.compras", Comparison.GREATER, "3"))
    assert edit.is_complete(FieldRule("name", Comparison.EMPTY))


@pytest.mark.parametrize("kind", [FieldRule, TagRule, ConsentRule, HistoryRule, Group])
def test_a_new_row_is_of_its_kind(kind: type[Rule]) -> None:
    assert type(edit.new_rule(kind, "vip")) is kind


def test_what_was_saved_is_what_was_written() -> None:
    assert edit.stored_form(OUTER) == OUTER


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (OUTER, "has the tag “vip” and (read a message “Natal” in the last 30 days or cidade is “Recife”)"),
        (ConsentRule(Consent.OPTED_OUT), "consent was withdrawn (opted out)"),
        (FieldRule("phone", Comparison.FILLED), "Phone is filled in"),
        (HistoryRule(Deed.CONTACTED, False, "", 1), "was sent no message in the last day"),
        (HistoryRule(Deed.CONTACTED, False), "was sent no message"),
        (TagRule("vip", False), "does not have the tag “vip”"),
    ],
)
def test_rules_are_said_in_words(qapp: QApplication, rule: Rule, said: str) -> None:
    assert words.describe(rule) == said


def test_the_first_visit_begins_a_new_segment(world: World) -> None:
    world.model.refresh()
    assert world.model.is_new
    assert not world.model.can_save
    assert "vip" in world.model.tags


def test_people_are_counted_while_rules_are_written(world: World, qtbot: QtBot) -> None:
    world.model.refresh()
    world.model.add((), TagRule)
    world.model.set_rule((0,), VIP)
    assert world.model.is_counting
    qtbot.waitUntil(lambda: world.model.size is not None)
    expected = sum("vip" in person.tags for person in world.library.people)
    assert world.model.size is not None
    assert world.model.size[0] == expected
    assert all("vip" in person.tags for person in world.model.sample)
    assert not world.model.is_counting


def test_a_segment_is_saved_shown_and_deleted(world: World, qtbot: QtBot) -> None:
    world.model.refresh()
    world.model.add((), TagRule)
    world.model.set_rule((0,), VIP)
    assert not world.model.can_save
    world.model.set_name(" Clientes ")
    assert world.model.can_save
    with qtbot.waitSignal(world.model.saved):
        world.model.save()
    assert ("save_segment", "Clientes", Group(Match.ALL, (VIP,))) in world.control.done
    assert (world.model.name, world.model.is_new, world.model.is_dirty) == ("Clientes", False, False)
    assert world.model.sizes["Clientes"][0] > 0
    world.model.set_name("Outro")
    with qtbot.waitSignal(world.model.deleted):
        world.model.delete()
    assert world.model.is_new
    assert not world.model.segments


def test_a_saved_segment_gets_another_name_and_tells_who_follows(world: World) -> None:
    world.model.refresh()
    world.model.add((), TagRule)
    world.model.set_rule((0,), VIP)
    world.model.set_name("Clientes")
    world.model.save()
    waiting, done, *_ = world.library.rows.values()
    theirs = Audience(AudienceKind.SEGMENT, ("Clientes",))
    world.library.rows = {
        row.id: replace(row, name=name, status=status, draft=replace(row.draft, audience=theirs))
        for row, name, status in (
            (waiting, "Natal", CampaignStatus.SCHEDULED),
            (done, "Feita", CampaignStatus.COMPLETED),
        )
    }
    world.model.refresh("Clientes")
    assert list(world.model.users) == ["Natal"]
    world.model.set_name("Ouro")
    assert (world.model.is_dirty, world.model.can_save) == (True, True)
    world.model.save()
    assert world.control.done[-1] == ("rename_segment", "Clientes", "Ouro")
    assert [each.name for each in world.model.segments] == ["Ouro"]
    assert not world.model.is_dirty
    world.model.set_name("Prata")
    world.model.set_rule((0,), TagRule("prata"))
    world.model.save()
    assert [deed[0] for deed in world.control.done[-2:]] == ["rename_segment", "save_segment"]
    assert [each.name for each in world.model.segments] == ["Prata"]


def test_what_is_written_before_a_long_list_has_come_stays(world: World) -> None:
    world.model.begin()
    world.model.add((), HistoryRule)
    world.model.refresh()
    assert isinstance(world.model.rules.rules[0], HistoryRule)
    world.model.begin()
    assert not world.model.rules.rules, "another visit begins anew"


def test_a_name_that_is_taken_is_not_saved_over(world: World) -> None:
    world.model.refresh()
    world.model.add((), TagRule)
    world.model.set_name("Clientes")
    world.model.save()
    world.model.copy()
    world.model.set_name("Clientes")
    assert world.model.is_name_taken
    assert not world.model.can_save


def test_groups_do_not_go_deeper_than_is_allowed(world: World) -> None:
    path: tuple[int, ...] = ()
    world.model.refresh()
    world.model.add((), Group)
    for _ in range(9):
        path = (*path, 0 if not path else 1)
        before = world.model.rules
        world.model.add(path, Group)
        if world.model.rules == before:
            break
    edit.stored_form(world.model.rules)  # would raise
    assert len(path) == 4


def test_a_campaign_is_sent_to_a_segment_that_was_made_on_the_way(qapp: QApplication) -> None:
    library = FakeLibrary()
    control = FakeControl(library)
    editor = EditorViewModel(library, control, ImmediateSpawn())
    audience = AudienceViewModel(editor, library, ImmediateSpawn())
    editor.open_new("Natal")
    audience.choose(AudienceKind.SEGMENT)
    assert editor.draft.audience == Audience(AudienceKind.SEGMENT, ())
    assert [each.code for each in editor.problems(_audience_step())] == ["segment_missing"]
    editor.segments.saved.connect(audience.take_saved)
    editor.segments.refresh("")
    editor.segments.add((), TagRule)
    editor.segments.set_name("Clientes")
    editor.segments.save()
    assert editor.draft.audience == Audience(AudienceKind.SEGMENT, ("Clientes",))
    assert audience.selected_segment == "Clientes"
    assert [each.name for each in audience.segments] == ["Clientes"]
    audience.choose(AudienceKind.ALL)
    audience.choose(AudienceKind.SEGMENT)
    assert audience.selected_segment == "Clientes"


def _audience_step() -> object:
    from desktop.viewmodels.editor import Step

    return Step.AUDIENCE
