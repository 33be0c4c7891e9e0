"""The list of contacts: found by the database, loaded where it is looked at, and changed many at a time."""

from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.contact import ContactOrder
from desktop.viewmodels.contacts import ContactsViewModel, Deed
from desktop.viewmodels.contacts_model import PAGE, ContactsModel
from tests.fakes import samples
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def control(library: FakeLibrary) -> FakeControl:
    return FakeControl(library)


@pytest.fixture
def contacts(qapp: object, library: FakeLibrary, control: FakeControl) -> ContactsViewModel:
    made = ContactsViewModel(library, control, ImmediateSpawn())
    made.activate()
    return made


def test_everybody_has_a_row_and_only_what_is_looked_at_is_loaded(contacts: ContactsViewModel, qtbot: QtBot) -> None:
    model = contacts.model
    assert model.rowCount() == 400
    assert model.contact_at(399) is None
    assert model.data(model.index(399, 0)) is None
    qtbot.waitUntil(lambda: model.contact_at(399) is not None)
    assert model.contact_at(0) is None
    assert model.ids[0] == 400, "the newest come first"


def test_whoever_drags_the_bar_waits_only_for_where_it_stops(qapp: object) -> None:
    model = ContactsModel()
    model.show_ids(list(range(1, 100 * PAGE + 1)))
    for row in range(0, 100 * PAGE, PAGE):
        model.data(model.index(row, 0))
    assert model.next_missing() == 99
    model.show_page(99, model.ids_of_page(99), samples.contacts(3))
    assert model.next_missing() == 98
    assert model.data(model.index(99 * PAGE, 0)) == "Erased", "whoever is gone leaves an empty place"


def test_a_page_of_a_list_that_is_another_by_now_is_dropped(qapp: object) -> None:
    model = ContactsModel()
    people = samples.contacts(4)
    model.show_ids([1, 2])
    asked = model.ids_of_page(0)
    model.show_ids([3, 4])
    model.show_page(0, asked, people)
    assert model.contact_at(0) is None


def test_a_list_that_goes_on_keeps_place_and_selection(qapp: object, qtbot: QtBot) -> None:
    model = ContactsModel()
    model.show_ids([1, 2])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        model.show_ids([1, 2, 3])


def test_rows_are_named_by_ranges_each_once(qapp: object) -> None:
    model = ContactsModel()
    model.show_ids(list(range(10, 20)))
    assert model.ids_in([(5, 6), (0, 1), (1, 2)]) == [10, 11, 12, 15, 16]


def test_who_is_searched_for_is_shown_before_everybody_is_counted(contacts: ContactsViewModel) -> None:
    shown: list[tuple[int, int]] = []
    contacts.changed.connect(lambda: shown.append((contacts.found, contacts.total)))
    contacts.total = 7
    contacts.set_text("zzzz")
    assert (shown[0], shown[-1]) == ((0, 7), (0, 400))
    assert contacts.is_without_match
    assert not contacts.is_empty
    contacts.clear_filter()
    assert contacts.model.rowCount() == 400


def test_a_tag_filters_at_once(contacts: ContactsViewModel) -> None:
    contacts.set_tag("vip")
    assert contacts.model.rowCount() == 80
    assert contacts.is_filtered


def test_a_column_sorts_and_once_more_the_other_way_round(contacts: ContactsViewModel, library: FakeLibrary) -> None:
    contacts.sort_by_column(0)
    assert (contacts.where.order, contacts.where.is_descending) == (ContactOrder.NAME, False)
    first = contacts.model.ids[0]
    contacts.sort_by_column(0)
    assert contacts.where.is_descending
    assert contacts.model.ids[-1] == first
    contacts.sort_by_column(2)
    assert contacts.where.order is ContactOrder.NAME, "tags are no order"
    contacts.sort_by_column(4)
    assert contacts.where.is_descending, "the newest first"


def test_undoing_a_tag_leaves_those_who_had_it_before(
    contacts: ContactsViewModel, control: FakeControl, library: FakeLibrary, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(contacts.did) as did:
        contacts.tag_people([1, 2, 3, 4, 5], "vip", is_on=True)
    deed = did.args[0]
    assert deed.text == "Tag “vip” put on 4 people."
    contacts.undo(deed)
    assert [person.id for person in library.people[:5] if "vip" in person.tags] == [5]
    with qtbot.assertNotEmitted(contacts.busy_changed):
        contacts.undo(Deed("Opted out."))


def test_export_says_how_many_and_where(contacts: ContactsViewModel, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(contacts.did) as did:
        contacts.export_people(tmp_path / "lista.csv", [1, 2])
    assert did.args[0].text == "2 people written to lista.csv."


def test_nobody_at_all_is_something_else_than_no_match(qapp: object) -> None:
    library = FakeLibrary(is_empty=True)
    contacts = ContactsViewModel(library, FakeControl(library), ImmediateSpawn())
    assert not contacts.is_empty, "nothing is known before the first answer"
    contacts.activate()
    assert contacts.is_empty
    assert not contacts.is_without_match


def test_the_model_keeps_qts_rules(qapp: object, qtmodeltester: ModelTester) -> None:
    model = ContactsModel()
    people = samples.contacts(30)
    model.show_ids([person.id for person in people])
    model.show_page(0, model.ids_of_page(0), people)
    qtmodeltester.check(model)
