"""The dialogs beside the text of a message: saved messages, templates of Meta, a test, drafts by AI."""

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.ai import AiSettings
from desktop.domain.campaign import AudienceKind, MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway
from desktop.domain.saved_message import SavedMessage
from desktop.domain.template import MessageTemplate
from desktop.viewmodels.editor import Step
from tests.desktop.screens.test_editor_page import World
from tests.fakes.samples import NOW

BODY = {"type": "BODY", "text": "Oi {{1}}, chega em {{2}}."}


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> World:
    made = World()
    qtbot.addWidget(made.page)
    made.page.show()
    made.page.open_new()
    made.page.activate()
    made.page.go_to(Step.MESSAGE)
    return made


def test_a_message_is_saved_found_and_used(world: World, qtbot: QtBot) -> None:
    step = world.page.message_step
    step.field.setPlainText("Feliz Natal")
    name = step.open_save()
    name.field.setText("Natal")
    qtbot.mouseClick(name.yes_button, Qt.MouseButton.LeftButton)
    world.library.saved.append(SavedMessage("Páscoa", (MessageDraft("Feliz Páscoa"), MessageDraft("B")), NOW, NOW))
    dialog = step.open_library()
    assert dialog.list.keys == ["Natal", "Páscoa"]
    dialog.list.rows[1].click()
    assert "Páscoa" in dialog.chat.bubble.text.text()
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert [message.text for message in world.editor.draft.messages] == ["Feliz Páscoa", "B"]


def test_an_empty_library_says_how_it_is_filled(world: World) -> None:
    dialog = world.page.message_step.open_library()
    assert "Save message" in dialog.list.note.text()
    assert not dialog.use_button.isEnabled()
    dialog.reject()


def test_a_template_is_chosen_and_its_places_are_filled(world: World, qtbot: QtBot) -> None:
    base = world.library.numbers[0]
    number = replace(base.instance, id=InstanceId(99), name="oficial", gateway=Gateway.CLOUD, waba_id="W", phone_id="1")
    step = world.page.message_step
    dialog = step.open_templates()
    assert "Cloud API" in dialog.list.note.text()
    dialog.reject()
    world.library.numbers.append(replace(base, instance=number))
    order = MessageTemplate("W", "pedido", "pt_BR", "APPROVED", "UTILITY", "POSITIONAL", (BODY,), NOW)
    world.library.message_templates = [order, replace(order, name="velho", status="REJECTED")]
    world.tools.templates.refresh()
    dialog = step.open_templates()
    assert [row.key for row in dialog.list.rows] == [("pedido", "pt_BR")]
    dialog.status.setCurrentIndex(0)
    dialog.list.rows[1].click()
    assert not dialog.use_button.isEnabled(), "only approved ones can be sent"
    dialog.list.rows[0].click()
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert not step.field.isVisible()
    first, second = step.template_panel.rows
    qtbot.keyClicks(first.field, "Ana")
    qtbot.keyClicks(second.field, "{{")
    template = world.editor.draft.messages[0].template
    assert template is not None
    assert template.parameters == (("1", "Ana"), ("2", "{{"))
    assert second.note.text().startswith("This variable is not closed")
    assert "Oi Ana" in step.preview.chat.bubble.text.text()
    qtbot.mouseClick(step.template_panel.leave_button, Qt.MouseButton.LeftButton)
    assert step.field.isVisible()


def test_a_test_is_sent_and_what_became_of_it_is_said(world: World, qtbot: QtBot) -> None:
    world.audience.choose(AudienceKind.ALL)
    qtbot.waitUntil(lambda: len(world.audience.sample) > 0)
    world.page.message_step.field.setPlainText("Oi {{nome}}")
    dialog = world.page.message_step.preview.open_trial()
    qtbot.keyClicks(dialog.phone, "11 9888")
    assert not dialog.send_button.isEnabled()
    dialog.phone.selectAll()
    qtbot.keyClicks(dialog.phone, "11 98765-4321")
    qtbot.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    assert world.trials.sent[0][1] == "+5511987654321"
    assert dialog.banner.isVisible()
    world.trials.refuse = KnownError("test_refused", "x", reason="not_on_whatsapp")
    qtbot.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    assert dialog.banner.property("tone") == "danger"
    dialog.reject()


def test_drafts_by_ai_are_offered_only_when_it_is_set_up_and_taken_only_by_hand(world: World, qtbot: QtBot) -> None:
    step = world.page.message_step
    assert not step.ai_button.isVisible()
    world.ai.kept = AiSettings(True, "https://api.example.com/v1", "small-1")
    world.tools.ai.refresh()
    assert step.ai_button.isVisible()
    step.field.setPlainText("Oi")
    dialog = step.open_ai()
    qtbot.mouseClick(dialog.ask_button, Qt.MouseButton.LeftButton)
    assert len(dialog.rows) == 3
    assert len(world.editor.draft.messages) == 1
    dialog.rows[0].text.setPlainText("Olá {{")
    assert not dialog.rows[0].accept_button.isEnabled()
    dialog.rows[0].text.setPlainText("Olá!")
    qtbot.mouseClick(dialog.rows[0].accept_button, Qt.MouseButton.LeftButton)
    assert [message.text for message in world.editor.draft.messages] == ["Oi", "Olá!"]
    assert len(dialog.rows) == 2
    dialog.reject()


def test_proposals_are_scrolled_not_squeezed(world: World, qtbot: QtBot) -> None:
    world.ai.kept = AiSettings(True, "https://api.example.com/v1", "small-1")
    world.page.message_step.field.setPlainText("Oi")
    dialog = world.page.message_step.open_ai()
    dialog.count.setValue(5)
    qtbot.mouseClick(dialog.ask_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: all(row.isVisible() for row in dialog.rows))
    qtbot.waitUntil(lambda: dialog.area.inside.height() >= sum(row.height() for row in dialog.rows))
    tops = [row.geometry() for row in dialog.rows]
    assert all(above.bottom() < below.top() for above, below in itertools.pairwise(tops))
    dialog.reject()
