"""A text for each person in the editor: an example of what leaves, a consent for exactly that, and how it goes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.ai import AiSettings
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.errors import KnownError
from desktop.domain.ids import ContactId
from desktop.domain.own_text import (
    Otherwise,
    OwnText,
    OwnTextFilter,
    OwnTextProgress,
    OwnTextState,
    OwnTextWish,
    WritingEnd,
)
from desktop.viewmodels import own_text_words
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.own_text_review import PAGE, OwnTextReviewViewModel, only
from desktop.viewmodels.own_texts import OwnTextsViewModel
from desktop.viewmodels.table_roles import DISPLAY, TONE
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.messages import FakeAi
from tests.fakes.own_texts import FakeOwnTexts

READY = AiSettings(True, "https://api.example.com/v1", "small-1", price_in=1.0)
_S = OwnTextState


class World:
    def __init__(self, owner: QObject) -> None:
        self.library, self.ai = FakeLibrary(), FakeAi()
        self.ai.kept = READY
        self.desk = FakeOwnTexts(self.ai)
        spawn = ImmediateSpawn()
        self.editor = EditorViewModel(self.library, FakeControl(self.library), spawn, owner)
        self.message = MessageViewModel(self.editor, self.library, spawn, owner)
        self.model = OwnTextsViewModel(self.editor, self.message, self.library, self.desk, spawn, owner)
        self.review = OwnTextReviewViewModel(self.desk, spawn, owner)
        self.editor.open_new("Natal")
        self.editor.set_audience(Audience(AudienceKind.ALL))
        self.message.set_text("Oi {{nome}}")
        self.model.open()

    def written(self) -> None:
        self.model.agree_and_write()
        self.review.open(self.model.campaign_id)


@pytest.fixture
def world(qapp: QApplication) -> Iterator[World]:
    owner = QObject()
    made = World(owner)
    yield made
    made.model.close()


def test_it_begins_with_the_message_the_first_name_and_everybody(world: World) -> None:
    wish = world.model.wish
    assert (wish.base, wish.fields, wish.most_people) == ("Oi {{nome}}", ("first_name",), 383)
    assert wish.most_cost == 0.75, "half as much again as the estimate"
    assert world.model.can_begin
    assert not world.model.is_agreed
    assert world.desk.deeds == [], "looking sends nothing"


def test_a_consent_is_for_exactly_what_was_shown(world: World) -> None:
    world.model.set_field("custom.cidade", is_on=True)
    world.model.agree_and_write()
    assert world.desk.deeds == [("agree", world.model.wish), ("write", False)]
    assert world.model.wish.fields == ("first_name", "custom.cidade")
    assert world.model.is_agreed
    world.model.set_wish(replace(world.model.wish, wish="mais curta"))
    assert not world.model.is_agreed, "another wish"
    world.model.set_wish(world.model.plan.wish)  # type: ignore[union-attr]
    assert world.model.is_agreed
    world.ai.kept = replace(READY, url="https://other.example/v1")
    world.model.refresh()
    assert not world.model.is_agreed, "another endpoint"


def test_without_an_example_nobody_can_agree(world: World, qtbot: QtBot) -> None:
    world.desk.refuse_with = KnownError("own_text_faulty", "x")
    with qtbot.waitSignal(world.model.example_changed):
        world.model.set_wish(OwnTextWish("{{"))
    assert world.model.example is None
    assert world.model.example_error is not None
    assert not world.model.can_begin


def test_what_failed_is_asked_for_again_and_a_refusal_is_told(world: World, qtbot: QtBot) -> None:
    world.written()
    world.model.carry_on()
    world.model.try_again()
    world.model.rewrite(2)
    world.model.cancel()
    assert [deed for deed in world.desk.deeds if deed in (("write", True), ("rewrite", 2), "cancel")] == [
        ("write", True), ("rewrite", 2), "cancel"
    ]  # fmt: skip
    world.desk.refuse_with = KnownError("own_texts_started", "x")
    with qtbot.waitSignal(world.model.failed):
        world.model.carry_on()


def test_it_follows_while_texts_are_written_and_stops_by_itself(world: World, qtbot: QtBot) -> None:
    world.written()
    world.desk.writing, world.desk.last = True, OwnTextProgress(3, 1)
    world.model.open()
    assert world.model.is_writing
    assert not world.model.can_begin
    world.model.rest()
    world.model.refresh()
    world.desk.last = OwnTextProgress(3, 2)
    qtbot.waitUntil(lambda: world.model.progress == OwnTextProgress(3, 2))
    world.model.pause()
    assert world.desk.deeds[-1] == "pause"
    qtbot.waitUntil(lambda: not world.model._follow_timer.isActive())


def test_what_the_others_get_is_kept_and_everything_can_be_thrown_away(world: World) -> None:
    world.model.choose_otherwise(Otherwise.LEAVE_OUT)
    world.written()
    world.model.choose_otherwise(Otherwise.LEAVE_OUT)
    assert world.model.plan is not None
    assert world.model.plan.otherwise is Otherwise.LEAVE_OUT
    world.model.discard()
    assert world.model.plan is None
    assert world.model.counts.total == 0


def test_texts_are_read_and_decided_one_by_one_and_all_at_once(world: World, qtbot: QtBot) -> None:
    world.written()
    review = world.review
    review.accept()
    review.edit("x")
    review.refuse()
    assert {row.state for row in world.desk.rows} == {_S.NEW}, "nobody is chosen"
    review.choose(review.model.row_at(review.model.index(0, 0)))
    review.refuse()
    assert review.chosen is not None
    assert review.chosen.state is _S.REFUSED
    assert review.model.data(review.model.index(0, 2), DISPLAY) == "Refused"
    review.choose(review.model.row_at(review.model.index(1, 0)))
    review.edit("Olá")
    assert review.chosen.text == "Olá"
    with qtbot.waitSignal(review.failed):
        review.edit("  ")
    with qtbot.waitSignal(review.decided):
        review.accept_shown()
    assert [row.state for row in world.desk.rows] == [_S.REFUSED, _S.EDITED, _S.ACCEPTED]
    review.choose(review.model.row_at(review.model.index(0, 0)))
    review.accept()
    assert world.desk.rows[0].state is _S.ACCEPTED


def test_the_table_is_read_page_by_page_and_narrowed(world: World, qtmodeltester: ModelTester) -> None:
    world.desk.people = PAGE + 50
    world.written()
    model = world.review.model
    assert model.rowCount() == PAGE
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == PAGE + 50
    assert not model.canFetchMore(QModelIndex())
    qtmodeltester.check(model)
    world.review.set_filter(OwnTextFilter(text="Pessoa 24"))
    assert model.rowCount() == 11
    world.desk.rows = [replace(row, text="novo") for row in world.desk.rows]
    world.review.choose(model.row_at(model.index(0, 0)))
    world.review.refresh_rows(0, 5)
    assert model.data(model.index(0, 1), DISPLAY) == "novo"
    assert world.review.chosen is not None
    assert world.review.chosen.text == "novo"
    world.desk.rows = world.desk.rows[:24]
    world.review.refresh_rows(0, 5)
    assert model.rowCount() == 1
    world.review.open(None)
    assert model.rowCount() == 0
    world.review.refresh_rows(0, -1)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("all", OwnTextFilter()), ("problems", OwnTextFilter(has_problems=True)), ("new", OwnTextFilter(_S.NEW))],
)
def test_a_choice_of_the_screen_is_a_filter(choice: str, expected: OwnTextFilter) -> None:
    assert only(OwnTextFilter(_S.FAILED, True), choice) == expected


def test_states_and_problems_are_told_in_words(world: World) -> None:
    row = OwnText(1, ContactId(1), "", "+5511980000000", "", _S.FAILED, (), "ai_timeout")
    assert own_text_words.problems(row) == "The AI did not answer in time."
    flawed = replace(row, state=_S.NEW, text="Oi [nome]", problems=("placeholder", "strange_link", "unheard_of"))
    assert own_text_words.problems(flawed) == "Unfilled gap, such as [name] · A link that you did not write"
    world.desk.rows = [row, replace(flawed, id=2), replace(row, id=3, state=_S.WAITING, reason=None)]
    world.review.open(world.model.campaign_id)
    model = world.review.model
    assert [model.data(model.index(place, 1), DISPLAY) for place in range(3)] == ["—", "Oi [nome]", "not written yet"]
    assert model.data(model.index(0, 2), TONE) == "danger"
    assert "98000-0000" in str(model.data(model.index(0, 0), DISPLAY))


def test_progress_is_told_in_words() -> None:
    found = OwnTextProgress(60, 20, 2, per_minute=30.0, left_s=76.0)
    assert own_text_words.progress(found) == "20 of 60 written · 2 failed · 30/min · 1 min 16 s left"
    assert own_text_words.standing(found) is None
    assert own_text_words.progress(replace(found, ended="done")) == "20 of 60 written · 2 failed"
    assert own_text_words.standing(replace(found, ended=WritingEnd.DONE)) is None
    tones = [
        own_text_words.standing(each)[:2]  # type: ignore[index]
        for each in (
            replace(found, is_pausing=True), replace(found, waits_s=9.0), replace(found, ended=WritingEnd.PAUSED),
            replace(found, ended="ai_unauthorised"), replace(found, ended=WritingEnd.BUDGET),
        )
    ]  # fmt: skip
    assert tones == [
        ("info", "Pausing: what is on its way is awaited…"),
        ("warning", "The AI is busy. It is asked again in 9 s."),
        ("info", "Paused."),
        ("danger", "The AI does not accept the key."),
        ("danger", "The cap of what the texts may cost is reached."),
    ]


def test_money_is_told_as_exactly_as_it_needs(world: World) -> None:
    assert own_text_words.money(0.5, "BRL") == "BRL 0.50"
    assert own_text_words.money(0.0123, "BRL") == "BRL 0.0123"
    assert own_text_words.money(12.345, "BRL") == "BRL 12.35"
    assert world.model.example is not None
    assert own_text_words.estimate(world.model.example) == "3 people to write for · about 900 tokens · about BRL 0.50"
    nobody = replace(world.model.example, people=0)
    assert own_text_words.estimate(nobody) == "Everybody who may have one has a text."
    assert "BRL" not in own_text_words.estimate(replace(world.model.example, cost=None))
    world.written()
    assert world.model.plan is not None
    assert own_text_words.spent(world.model.plan, "BRL") == "490 tokens · BRL 0.02 of at most BRL 0.75"
