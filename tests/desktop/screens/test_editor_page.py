"""The editor, as an operator uses it: keyboard and mouse on the real widgets, over the fakes."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.ai import AiSettings
from desktop.domain.campaign import (
    Audience,
    AudienceKind,
    CampaignAction,
    CampaignStatus,
    Goal,
    Optimiser,
    RetryPlan,
    Rotation,
)
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.media import MediaFacts
from desktop.domain.own_text import OwnTextState
from desktop.domain.summaries import CheckLine
from desktop.screens.contacts.import_dialog import ImportDialog
from desktop.screens.editor.page import EditorPage
from desktop.screens.editor.preview_card import PreviewCard
from desktop.screens.editor.schedule_dialog import ScheduleDialog
from desktop.viewmodels.editor import EditorViewModel, SaveState, Step
from desktop.viewmodels.editor_ai import AiViewModel
from desktop.viewmodels.editor_audience import AudienceViewModel
from desktop.viewmodels.editor_library import LibraryViewModel
from desktop.viewmodels.editor_media import MediaViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.editor_pace import PaceViewModel
from desktop.viewmodels.editor_people import PeopleViewModel
from desktop.viewmodels.editor_review import ReviewViewModel
from desktop.viewmodels.editor_templates import TemplateViewModel
from desktop.viewmodels.editor_tools import MessageTools
from desktop.viewmodels.editor_trial import TrialViewModel
from desktop.viewmodels.own_text_review import OwnTextReviewViewModel
from desktop.viewmodels.own_texts import OwnTextsViewModel
from desktop.widgets.dialogs import Question
from tests.fakes import samples
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.media import FakeMediaDesk
from tests.fakes.messages import FakeAi, FakeSavedMessages, FakeTrials
from tests.fakes.own_texts import FakeOwnTexts


class World:
    """The page over the fakes."""

    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.control = FakeControl(self.library)
        spawn = ImmediateSpawn()
        self.editor = EditorViewModel(self.library, self.control, spawn)
        self.audience = AudienceViewModel(self.editor, self.library, spawn)
        message = MessageViewModel(self.editor, self.library, spawn)
        self.desk = FakeMediaDesk()
        media = MediaViewModel(self.editor, message, self.library, self.desk, spawn)
        pace = PaceViewModel(self.editor, self.library, self.control, spawn, self.now)
        self.review = ReviewViewModel(self.editor, self.control, spawn, self.now)
        self.message = message
        self.trials = FakeTrials()
        self.ai = FakeAi()
        self.own_texts = FakeOwnTexts(self.ai)
        self.tools = MessageTools(
            LibraryViewModel(self.editor, message, self.library, FakeSavedMessages(self.library), spawn),
            TemplateViewModel(self.editor, message, self.library, self.control, spawn),
            PeopleViewModel(self.editor, message, self.library, spawn),
            TrialViewModel(self.editor, message, self.library, self.control, self.trials, spawn),
            AiViewModel(self.editor, message, self.ai, spawn),
            OwnTextsViewModel(self.editor, message, self.library, self.own_texts, spawn),
            OwnTextReviewViewModel(self.own_texts, spawn),
        )
        self.page = EditorPage(self.editor, self.audience, message, media, pace, self.review, self.tools)

    def now(self) -> datetime:
        return samples.NOW

    def make_ready(self) -> None:
        self.control.checks = [CheckLine("audience", "green", {"n": 383})]
        self.page.go_to(Step.REVIEW)


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> World:
    made = World()
    qtbot.addWidget(made.page)
    made.page.resize(1064, 760)
    made.page.show()
    made.page.open_new()
    made.page.activate()
    return made


def test_the_name_is_saved_as_it_is_typed(world: World, qtbot: QtBot) -> None:
    world.page.name_field.selectAll()
    qtbot.keyClicks(world.page.name_field, "Natal")
    assert world.page.save_mark.text.text() == "Saving…"
    qtbot.waitUntil(lambda: world.page.save_mark.text.text() == "Saved")
    assert world.library.rows[max(world.library.rows)].name == "Natal"


def test_a_refused_save_is_said_and_taken_back_by_the_next(world: World) -> None:
    world.control.refuse = KnownError("disk_full", "Full.")
    world.editor.set_name("Natal")
    world.page.deactivate()
    assert world.page.save_mark.text.text() == "Not saved"
    assert world.page.banner.isVisible()
    world.editor.set_name("Natal!")
    world.page.deactivate()
    assert world.editor.save_state is SaveState.SAVED
    assert not world.page.banner.isVisible()


def test_any_step_can_be_gone_to_at_any_time(world: World, qtbot: QtBot) -> None:
    for step in (Step.REVIEW, Step.AUDIENCE, Step.PACE, Step.MESSAGE):
        qtbot.mouseClick(world.page.stepper._buttons[step.value], Qt.MouseButton.LeftButton)
        assert world.page.step is step


def test_steps_say_what_they_lack_and_what_they_hold(world: World, qtbot: QtBot) -> None:
    button = world.page.stepper._buttons[Step.AUDIENCE.value]
    assert button.accessibleName() == "1. Audience: Nobody chosen yet"
    qtbot.mouseClick(world.page.audience_step.choices[AudienceKind.ALL], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.accessibleName() == "1. Audience: 383 people")
    assert world.page.audience_step.size_figure.text() == "383"


def test_chips_choose_tags(world: World, qtbot: QtBot) -> None:
    qtbot.mouseClick(world.page.audience_step.choices[AudienceKind.TAGS], Qt.MouseButton.LeftButton)
    chip = world.page.audience_step._tag_chips["vip"]
    assert chip.isVisible()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert world.editor.draft.audience == Audience(AudienceKind.TAGS, ("vip",))


def test_contacts_can_be_imported_without_leaving(world: World, qtbot: QtBot) -> None:
    qtbot.mouseClick(world.page.audience_step.import_button, Qt.MouseButton.LeftButton)
    dialog = world.page.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_writing_shows_the_bubble_and_marks_what_is_wrong(world: World, qtbot: QtBot) -> None:
    world.editor.set_audience(Audience())
    qtbot.waitUntil(lambda: bool(world.audience.sample))
    step = world.page.message_step
    world.page.go_to(Step.MESSAGE)
    qtbot.keyClicks(step.field, "Oi {{nome|first}} *!*")
    assert "Oi João" in step.preview.chat.bubble.text.text()
    assert not step.problems.isVisible()
    qtbot.keyClicks(step.field, " {x}")
    assert step.problems.isVisible()
    assert len(step.field.extraSelections()) == 1
    qtbot.mouseClick(step.problems.lines[0], Qt.MouseButton.LeftButton)
    assert step.field.textCursor().selectedText() == "{x}"


def test_a_variable_is_inserted_with_its_fallback_ready_to_be_typed_over(world: World, qtbot: QtBot) -> None:
    step = world.page.message_step
    world.page.go_to(Step.MESSAGE)
    first_name = step._variable_menu.actions()[0]
    step._variable_menu.triggered.emit(first_name)
    assert step.field.toPlainText() == '{{contact.name|first|"friend"}}'
    assert step.field.textCursor().selectedText() == "friend"
    assert not world.editor.problems(Step.MESSAGE)


def test_variations_have_tabs_and_weights(world: World, qtbot: QtBot) -> None:
    step = world.page.message_step
    world.page.go_to(Step.MESSAGE)
    qtbot.keyClicks(step.field, "Oi")
    assert not step.weight_field.isVisible()
    qtbot.mouseClick(step.add_button, Qt.MouseButton.LeftButton)
    assert step.weight_field.isVisible()
    step.weight_field.setValue(3)
    assert [message.weight for message in world.editor.draft.messages] == [1, 3]
    qtbot.mouseClick(step.remove_button, Qt.MouseButton.LeftButton)
    assert len(world.editor.draft.messages) == 1


def test_weights_may_follow_what_works_once_there_are_variations(world: World, qtbot: QtBot) -> None:
    step = world.page.message_step
    world.page.go_to(Step.MESSAGE)
    qtbot.keyClicks(step.field, "Oi")
    assert not step.optimise.isVisible()
    qtbot.mouseClick(step.add_button, Qt.MouseButton.LeftButton)
    assert step.optimise.isVisible()
    assert not step.optimise.goals.isEnabled()
    step.optimise.switch.click()
    assert world.editor.draft.optimise == Optimiser(Goal.REPLY)
    step.optimise.goals._buttons["read"].click()
    assert world.editor.draft.optimise == Optimiser(Goal.READ)
    assert "10%" in step.optimise.note.text()
    step.optimise.switch.click()
    assert world.editor.draft.optimise is None


def test_numbers_rotation_and_pace_reach_the_draft(world: World, qtbot: QtBot) -> None:
    step = world.page.pace_step
    world.page.go_to(Step.PACE)
    step._rows["vendas-1"].box.click()
    assert not step.rotation_card.isVisible(), "one number needs no rotation"
    step._rows["vendas-2"].box.click()
    step.rotation_card.rotations[Rotation.ROUND_ROBIN].click()
    step.rotation_card.sticky.click()
    step.rhythm_card.per_hour.no_limit.click()
    step.rhythm_card.replies.no_limit.click()
    step.rhythm_card.delay_from.setValue(5)
    step.rhythm_card.delay_to.setValue(9)
    step.priority_card.levels._buttons["high"].click()
    step.window_card.switch.click()
    step.window_card.days[6].click()
    assert step.window_card.holidays.isChecked()
    step.window_card.holidays.click()
    draft = world.editor.draft
    assert draft.instances == ("vendas-1", "vendas-2")
    assert draft.rotation is Rotation.ROUND_ROBIN
    assert (draft.sticky, draft.priority) == (True, 1)
    assert draft.pace.per_hour is None
    assert draft.replies_per_hour == 20
    assert draft.pace.delay_s == (5, 9)
    assert draft.window is not None
    assert (draft.window.days, draft.window.holidays) == ((1, 2, 3, 4, 5, 6), None)


def test_an_estimate_says_what_replies_have_to_do_with_it(world: World, qtbot: QtBot) -> None:
    step = world.page.pace_step
    world.page.audience_step.choices[AudienceKind.ALL].click()
    world.page.go_to(Step.PACE)
    step._rows["vendas-1"].box.click()
    qtbot.waitUntil(lambda: "people in about" in step._finish_note.text())
    assert "reply" not in step._finish_note.text()
    world.editor.set_replies_per_hour(20)
    assert step._finish_note.text().endswith("assumed are 10 of 100 people, at least 0 and at most 28.")


def test_an_estimate_behind_five_campaigns_says_that_it_queues(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(_campaign_id: object, _draft: object, _people: int) -> None:
        return None

    monkeypatch.setattr(world.control, "estimate", unknown)
    running = world.control.library.rows[CampaignId(8)]
    for number in range(101, 105):  # two of the samples run as well
        world.control.library.rows[CampaignId(number)] = replace(running, id=CampaignId(number))
    step = world.page.pace_step
    world.page.audience_step.choices[AudienceKind.ALL].click()
    world.page.go_to(Step.PACE)
    step._rows["vendas-1"].box.click()
    qtbot.waitUntil(lambda: "place 2" in step._finish_note.text())
    assert step.finish_figure.text() == "Not known yet"
    for number in range(101, 105):
        del world.control.library.rows[CampaignId(number)]
    world.editor.set_pace(replace(world.editor.draft.pace, burst=3))
    qtbot.waitUntil(lambda: step.finish_figure.text() == "Never")


def test_few_need_what_is_advanced(world: World) -> None:
    rhythm = world.page.pace_step.rhythm_card
    world.page.go_to(Step.PACE)
    assert not rhythm.burst.isVisible()
    rhythm.advanced_button.click()
    assert rhythm.burst.isVisible()
    rhythm.advanced_button.click()
    world.editor.set_pace(replace(world.editor.draft.pace, burst=3))
    assert rhythm.burst.isVisible(), "what is not as usual is not hidden"


def test_retries_have_names_and_own_values(world: World) -> None:
    retry = world.page.pace_step.retry_card
    world.page.go_to(Step.PACE)
    assert not retry.own.isVisible()
    retry.presets._buttons["flaky"].click()
    retry.presets._buttons["own"].click()
    assert retry.own.isVisible()
    assert (retry.attempts.value(), retry.base.value(), retry.most.value()) == (5, 2, 32)
    retry.attempts.setValue(4)
    retry.base.setValue(30)
    retry.most.setValue(600)
    assert world.editor.draft.retry == RetryPlan(4, 30, 600)
    assert "30 s, 1 min, 2 min" in retry.note.text()
    retry.presets._buttons["standard"].click()
    assert not retry.own.isVisible()
    assert world.editor.draft.retry == RetryPlan()


def test_the_preview_shows_the_text_that_one_person_alone_gets(world: World, qtbot: QtBot) -> None:
    world.own_texts.ai.kept = AiSettings(True, "https://x/v1", "m")
    world.editor.set_audience(Audience(AudienceKind.ALL))
    world.message.set_text("Oi {{nome}}")
    qtbot.waitUntil(lambda: world.message.preview.contact is not None)
    contact = world.message.preview.contact
    assert contact is not None
    card = world.page.findChild(PreviewCard)
    assert card is not None
    assert not card.own_label.isVisibleTo(card)
    world.tools.own_texts.open()
    world.tools.own_texts.agree_and_write()
    row = replace(world.own_texts.rows[0], contact_id=contact.id, text="Olá, só para você", state=OwnTextState.ACCEPTED)
    world.own_texts.rows = [row]
    world.tools.own_texts.refresh()
    assert "só para você" in card.chat.bubble.text.text()
    assert card.own_label.isVisibleTo(card)
    world.message.show_next()
    assert "só para você" not in card.chat.bubble.text.text()
    world.message.show_next(-1)
    assert "só para você" in card.chat.bubble.text.text()
    world.tools.own_texts.discard()
    assert "só para você" not in card.chat.bubble.text.text()


def test_opening_a_draft_shows_it_without_saving_it_again(world: World) -> None:
    draft = next(row for row in world.library.rows.values() if row.status is CampaignStatus.DRAFT)
    world.page.open(draft.id)
    for step in Step:
        world.page.go_to(step)
    world.page.deactivate()
    assert world.page.name_field.text() == draft.name
    assert world.editor.draft == draft.draft
    assert [done for done in world.control.done if done[0] == "save_draft"] == []


def test_red_lines_lead_to_where_they_are_mended(world: World, qtbot: QtBot) -> None:
    world.page.go_to(Step.REVIEW)
    review = world.page.review_step
    assert [row.level for row in review.rows[:2]] == ["red", "amber"], "what is to be mended comes first"
    assert not review.start_button.isEnabled()
    qtbot.mouseClick(review.rows[0].mend_button, Qt.MouseButton.LeftButton)
    assert world.page.step is Step.MESSAGE


def test_starting_asks_with_the_number_of_people(world: World, qtbot: QtBot) -> None:
    world.editor.set_audience(Audience())
    qtbot.waitUntil(lambda: world.audience.size is not None)
    world.make_ready()
    qtbot.mouseClick(world.page.review_step.start_button, Qt.MouseButton.LeftButton)
    question = world.page.review_step.findChild(Question)
    assert question is not None
    assert not any(done[0] == "act" for done in world.control.done)
    with qtbot.waitSignal(world.page.campaign_requested) as requested:
        qtbot.mouseClick(question.yes_button, Qt.MouseButton.LeftButton)
    assert requested.args == [world.editor.campaign_id]
    assert world.control.done[-1] == ("act", world.editor.campaign_id, CampaignAction.START)


def test_starting_what_cannot_leave_at_once_says_so(world: World, qtbot: QtBot) -> None:
    queue = {"place": 1, "limit": 5, "names": ["A", "B", "C", "D", "E"], "ahead": []}
    world.control.checks = [CheckLine("queue", "amber", queue)]
    world.page.go_to(Step.REVIEW)
    qtbot.mouseClick(world.page.review_step.start_button, Qt.MouseButton.LeftButton)
    question = world.page.review_step.findChild(Question)
    assert question is not None
    said = " ".join(each.text() for each in question.findChildren(QLabel))
    assert "but not at once" in said
    assert "5 campaigns send already: A, B, C, D, E. This one waits in the queue, place 1." in said


def test_scheduling_refuses_the_past(world: World, qtbot: QtBot) -> None:
    world.make_ready()
    qtbot.mouseClick(world.page.review_step.schedule_button, Qt.MouseButton.LeftButton)
    dialog = world.page.review_step.findChild(ScheduleDialog)
    assert dialog is not None
    dialog.field.setDateTime(QDateTime.fromSecsSinceEpoch(int(samples.NOW.timestamp()) - 60))
    assert not dialog.ok_button.isEnabled()
    at = samples.NOW.replace(microsecond=0) + timedelta(days=1)
    dialog.field.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp())))
    with qtbot.waitSignal(world.page.campaign_requested):
        qtbot.mouseClick(dialog.ok_button, Qt.MouseButton.LeftButton)
    assert world.control.done[-1] == ("schedule", world.editor.campaign_id, at)


def test_a_running_campaign_is_shown_but_not_offered_for_editing(world: World) -> None:
    running = next(row.id for row in world.library.rows.values() if row.status is CampaignStatus.RUNNING)
    world.page.open(running)
    assert world.page.banner.isVisible()
    assert not world.page.name_field.isEnabled()
    assert not world.page.pace_step.inside.isEnabled()
    assert world.page.message_step.field.isReadOnly()


def test_a_variable_is_completed_while_it_is_typed(world: World, qtbot: QtBot) -> None:
    world.page.go_to(Step.MESSAGE)
    field = world.page.message_step.field
    qtbot.keyClicks(field, "Oi {{na")
    assert field.completion.is_open
    popup = field.completion.popup()
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert world.editor.draft.messages[0].text == "Oi {{contact.name}}"
    qtbot.keyClicks(field, "|fir")
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert world.editor.draft.messages[0].text == "Oi {{contact.name|first}}"
    assert not field.completion.is_open


def test_the_first_people_are_listed_with_those_who_lack_something_first(world: World, qtbot: QtBot) -> None:
    world.audience.choose(AudienceKind.ALL)
    qtbot.waitUntil(lambda: len(world.audience.sample) == 20)
    world.page.go_to(Step.MESSAGE)
    world.page.message_step.field.setPlainText("Oi {{contact.custom.cupom}}")
    dialog = world.page.message_step.preview.open_previews()
    assert len(dialog.rows) == 20
    assert dialog.rows[0].preview.missing == ("custom.cupom",)
    assert dialog.about.text() == "20 of 20 cannot get the message like this."
    dialog.close_button.click()
    world.page.message_step.field.setPlainText("Oi {{contact.phone}}")
    again = world.page.message_step.preview.open_previews()
    assert again.about.text() == "All 20 of them have what the message needs."
    again.accept()


def test_a_file_that_is_pasted_is_attached(world: World, tmp_path: Path) -> None:
    path = tmp_path / "tabela.pdf"
    path.write_bytes(b"%PDF-1.7")
    world.desk.files[path] = MediaFacts("tabela.pdf", 8, "application/pdf")
    world.page.go_to(Step.MESSAGE)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    field = world.page.message_step.field
    assert field.canInsertFromMimeData(data)
    field.insertFromMimeData(data)
    assert field.toPlainText() == ""
    panel = world.page.message_step.attachment
    assert (panel.name.text(), panel.isVisible()) == ("tabela.pdf", True)
    panel.remove_button.click()
    assert not panel.isVisible()
