"""An AI is off until it is set up; its proposals become variations only when somebody accepts them."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.ai import AiSettings, AiUsage
from desktop.domain.campaign import Media
from desktop.domain.errors import KnownError
from desktop.viewmodels import ai_words
from desktop.viewmodels.ai_settings import AiSettingsViewModel
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_ai import AiViewModel
from desktop.viewmodels.editor_message import MOST_VARIATIONS, MessageViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.messages import FakeAi
from tests.fakes.samples import NOW

READY = AiSettings(True, "https://api.example.com/v1", "small-1")


class World:
    def __init__(self) -> None:
        self.library, self.desk = FakeLibrary(), FakeAi()
        spawn = ImmediateSpawn()
        self.editor = EditorViewModel(self.library, FakeControl(self.library), spawn)
        self.message = MessageViewModel(self.editor, self.library, spawn)
        self.ai = AiViewModel(self.editor, self.message, self.desk, spawn)
        self.editor.open_new("Natal")

    def ready(self) -> None:
        self.desk.kept = READY
        self.message.set_text("Oi {{nome}}")
        self.ai.refresh()


@pytest.fixture
def world(qapp: QApplication) -> World:
    return World()


def test_nothing_is_asked_before_it_is_set_up_and_the_text_is_right(world: World) -> None:
    world.message.set_text("Oi")
    world.ai.refresh()
    assert not world.ai.can_ask
    world.ready()
    assert world.ai.can_ask
    world.message.set_text("Oi {{")
    assert not world.ai.can_ask


def test_a_proposal_is_accepted_as_it_was_changed_or_rejected(world: World) -> None:
    world.ready()
    world.message.set_media(0, Media("image", "a.jpg"))
    world.ai.ask(3, "mais curta")
    ((campaign, text, count, wish),) = world.desk.asked
    assert campaign == world.editor.campaign_id
    assert (text, count, wish) == ("Oi {{nome}}", 3, "mais curta")
    assert len(world.editor.draft.messages) == 1, "nothing is taken by itself"
    first, second, _third = world.ai.proposals
    world.ai.accept(first, "Oi {{nome}}, vem!")
    world.ai.reject(second)
    assert [message.text for message in world.editor.draft.messages] == ["Oi {{nome}}", "Oi {{nome}}, vem!"]
    assert world.editor.draft.messages[1].media == Media("image", "a.jpg")
    assert world.desk.decided == [(1, True), (2, False)]
    assert [draft.id for draft in world.ai.proposals] == [3]
    world.ai.accept(world.ai.proposals[0], "{{")
    assert len(world.editor.draft.messages) == 2, "what is faulty is not accepted"


def test_there_is_an_end_of_variations(world: World) -> None:
    world.ready()
    world.ai.ask(2, "")
    for _ in range(MOST_VARIATIONS - 1):
        world.message.add_variation()
    assert world.ai.room == 0
    world.ai.accept(world.ai.proposals[0], "x")
    assert len(world.editor.draft.messages) == MOST_VARIATIONS


def test_a_failure_is_told_and_what_waits_stays(world: World, qtbot: QtBot) -> None:
    world.ready()
    world.desk.refuse = KnownError("ai_busy", "x")
    with qtbot.waitSignal(world.ai.failed):
        world.ai.ask(2, "")
    assert not world.ai.is_asking


def test_settings_keep_the_key_apart(qapp: QApplication, qtbot: QtBot) -> None:
    desk = FakeAi()
    model = AiSettingsViewModel(desk, ImmediateSpawn())
    model.activate()
    model.set_enabled(True)
    model.change(replace(model.settings, url="https://api.example.com/v1", model="small-1"))
    model.set_key(" sk-1 ")
    assert desk.keys == ["sk-1"]
    assert model.has_key
    assert desk.kept == READY
    with qtbot.waitSignal(model.tried):
        model.try_out()
    desk.refuse = KnownError("ai_unauthorised", "x")
    with qtbot.waitSignal(model.failed):
        model.try_out()


def test_what_it_cost_is_told_in_words() -> None:
    assert ai_words.usage(AiUsage(), READY) == "Nothing was asked in the last 30 days."
    spent = AiUsage(12, 1, 9_000, 1_000, 0.0123, "ai_busy", NOW)
    assert ai_words.usage(spent, READY) == "Last 30 days: 12 requests, 10,000 tokens, BRL 0.0123."
    assert ai_words.usage(replace(spent, cost=0.0), READY) == "Last 30 days: 12 requests, 10,000 tokens."
    assert ai_words.last_failure(AiUsage()) == ""
    assert ai_words.last_failure(spent).startswith("Failures: 1; the last one ")
    assert ai_words.last_failure(spent).endswith("The AI is busy, or the account has no credit.")
