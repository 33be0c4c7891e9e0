"""One person at the side of the list: edits with undo, opt-out and back, erasure, and the history in words."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.ids import ContactId
from desktop.viewmodels.person import PersonViewModel, consent_lines, message_times, source
from tests.fakes import samples
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def person(qapp: object, library: FakeLibrary) -> PersonViewModel:
    made = PersonViewModel(library, FakeControl(library), ImmediateSpawn())
    made.open(ContactId(7))
    return made


def test_edits_are_undone_newest_first(person: PersonViewModel, library: FakeLibrary) -> None:
    before = library.people[6]
    person.rename(" Zé ")
    person.set_field("cidade", "Olinda")
    person.set_field("cidade", "Olinda")
    assert (library.people[6].name, library.people[6].custom["cidade"]) == ("Zé", "Olinda")
    person.undo_edit()
    assert (library.people[6].name, library.people[6].custom) == ("Zé", before.custom)
    person.undo_edit()
    assert library.people[6] == before
    assert not person.can_undo


def test_an_emptied_field_is_taken_away(person: PersonViewModel, library: FakeLibrary) -> None:
    person.set_field("cidade", " ")
    assert library.people[6].custom == {}


def test_opting_out_and_back_is_told(person: PersonViewModel, library: FakeLibrary, qtbot: QtBot) -> None:
    with qtbot.waitSignal(person.edited):
        person.opt_out()
    assert library.people[6].opted_out_at is not None
    person.opt_in()
    assert library.people[6].opted_out_at is None


def test_an_erased_person_is_closed_and_cannot_be_undone(person: PersonViewModel, library: FakeLibrary) -> None:
    person.rename("Zé")
    person.erase()
    assert person.history is None
    assert not person.can_undo
    assert all(each.id != 7 for each in library.people)


def test_consent_is_told_with_source_date_and_proof(qapp: object) -> None:
    someone = replace(samples.contacts(1)[0], opt_in_source="import:lista.csv", opted_out_at=samples.NOW)
    someone = replace(someone, is_consented=True)
    lines = consent_lines(samples.history(someone))
    assert [what for what, _how in lines] == ["Agreed", "Proof", "Opted out"]
    assert lines[0][1].endswith("import (lista.csv)")
    assert lines[2][1].endswith("by a reply")
    bare = replace(
        samples.history(someone), contact=replace(someone, opt_in_source=None, is_consented=False), proof="", consent=()
    )
    assert [what for what, _how in consent_lines(bare)] == ["Agreed", "Opted out"]
    assert consent_lines(bare)[0][1] == "No record"
    unproven = replace(samples.history(someone), contact=replace(someone, is_consented=False), proof="", consent=())
    assert [what for what, _how in consent_lines(unproven)] == ["Agreed", "Came by", "Opted out"]
    assert source("novo_modo") == "novo modo"


def test_the_life_of_a_message_is_told_in_order(qapp: object) -> None:
    skipped, read = samples.history(samples.contacts(1)[0]).messages
    assert message_times(skipped) == []
    assert [what for what, _when in message_times(read)] == ["Sent", "Delivered", "Read", "Replied"]
