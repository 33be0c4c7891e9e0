"""The list of contacts: searched by the database, paged by key."""

from dataclasses import replace

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.ids import ContactId
from desktop.viewmodels.contacts import PAGE, ContactsModel, ContactsViewModel
from tests.fakes import samples
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def contacts(qapp: object, library: FakeLibrary) -> ContactsViewModel:
    made = ContactsViewModel(library, ImmediateSpawn())
    made.activate()
    return made


def test_pages_follow_each_other(contacts: ContactsViewModel) -> None:
    assert contacts.model.rowCount() == PAGE
    contacts.model.fetchMore(contacts.model.index(-1, -1))
    assert contacts.model.rowCount() == 400
    contacts.model.fetchMore(contacts.model.index(-1, -1))
    assert not contacts.model.canFetchMore(contacts.model.index(-1, -1))
    assert contacts.model.last_id == 400


def test_searching_waits_for_a_pause(contacts: ContactsViewModel, qtbot: QtBot) -> None:
    contacts.set_text("zzzz")
    assert contacts.model.rowCount() == PAGE
    qtbot.waitUntil(lambda: contacts.is_without_match)
    assert not contacts.is_empty
    contacts.clear_filter()
    assert contacts.model.rowCount() == PAGE


def test_a_tag_filters_at_once(contacts: ContactsViewModel) -> None:
    contacts.set_tag("vip")
    assert contacts.model.rowCount() == 80
    assert contacts.is_filtered


def test_nobody_at_all_is_something_else_than_no_match(qapp: object) -> None:
    contacts = ContactsViewModel(FakeLibrary(is_empty=True), ImmediateSpawn())
    assert not contacts.is_empty, "nothing is known before the first answer"
    contacts.activate()
    assert contacts.is_empty
    assert not contacts.is_without_match


def test_the_model_keeps_qts_rules(qapp: object, qtmodeltester: ModelTester) -> None:
    model = ContactsModel()
    people = samples.contacts(30)
    model.replace_all(people, has_more=False)
    qtmodeltester.check(model)
    model.append([replace(people[0], id=ContactId(31))], has_more=False)
    assert model.rowCount() == 31
