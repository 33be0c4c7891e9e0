"""The draft under the operator's hands: saved as typed, never lost, its problems found at once."""

import asyncio
from datetime import time

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import (
    Audience,
    AudienceKind,
    CampaignStatus,
    Draft,
    MessageDraft,
    SendWindow,
)
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.viewmodels import editor_words
from desktop.viewmodels.editor import EditorViewModel, SaveState, Step, find_problems
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.spawning import TaskSpawn


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def control(library: FakeLibrary) -> FakeControl:
    return FakeControl(library)


@pytest.fixture
def editor(qapp: object, library: FakeLibrary, control: FakeControl) -> EditorViewModel:
    made = EditorViewModel(library, control, ImmediateSpawn())
    made.open_new("Nova")
    return made


def saved_drafts(control: FakeControl) -> list[Draft]:
    return [done[2] for done in control.done if done[0] == "save_draft"]  # type: ignore[misc]


def test_looking_around_stores_nothing(editor: EditorViewModel, control: FakeControl) -> None:
    editor.leave()
    assert control.done == []
    assert editor.campaign_id is None


def test_typing_is_saved_once_it_pauses(editor: EditorViewModel, control: FakeControl, qtbot: QtBot) -> None:
    for name in ("N", "Na", "Nat", "Natal"):
        editor.set_name(name)
    assert editor.save_state is SaveState.WAITING
    qtbot.waitUntil(lambda: editor.save_state is SaveState.SAVED)
    assert [draft.name for draft in saved_drafts(control)] == ["Natal"]
    assert editor.campaign_id is not None


def test_a_second_change_is_saved_into_the_same_campaign(editor: EditorViewModel, library: FakeLibrary) -> None:
    before = len(library.rows)
    editor.set_name("Natal")
    editor.leave()
    editor.set_audience(Audience())
    editor.leave()
    assert len(library.rows) == before + 1
    assert library.rows[CampaignId(max(library.rows))].draft.audience == Audience()


def test_leaving_the_page_saves_at_once(editor: EditorViewModel, control: FakeControl) -> None:
    editor.set_name("Natal")
    editor.leave()
    assert [draft.name for draft in saved_drafts(control)] == ["Natal"]
    assert editor.save_state is SaveState.SAVED


async def test_flush_waits_for_the_save_under_way_and_saves_what_came_after(qapp: object, library: FakeLibrary) -> None:
    control, spawn, gate = FakeControl(library), TaskSpawn(), asyncio.Event()
    editor = EditorViewModel(library, control, spawn)
    editor.open_new("Nova")
    await spawn.settle()
    real_save = control.save_draft

    async def slow_save(campaign_id: CampaignId | None, draft: Draft) -> CampaignId:
        await gate.wait()
        return await real_save(campaign_id, draft)

    control.save_draft = slow_save  # type: ignore[method-assign]
    editor.set_name("A")
    editor.leave()
    await asyncio.sleep(0)
    editor.set_name("AB")
    flushing = asyncio.get_running_loop().create_task(editor.flush())
    await asyncio.sleep(0)
    assert not flushing.done()
    gate.set()
    await flushing
    await spawn.settle()
    drafts = [(done[1], done[2].name) for done in control.done]  # type: ignore[attr-defined]
    assert drafts == [(None, "A"), (editor.campaign_id, "AB")], "two campaigns must never come from one draft"


def test_what_cannot_be_saved_stays_and_is_saved_with_the_next_change(
    editor: EditorViewModel, control: FakeControl
) -> None:
    refusals: list[str] = []
    editor.failed.connect(lambda error: refusals.append(error.code))
    control.refuse = KnownError("disk_full", "The disk is full.")
    editor.set_name("Natal")
    editor.leave()
    assert editor.save_state is SaveState.FAILED
    assert refusals == ["disk_full"]
    assert editor.draft.name == "Natal"
    editor.set_audience(Audience())
    editor.leave()
    assert editor.save_state is SaveState.SAVED
    assert saved_drafts(control)[-1].name == "Natal"


def test_opening_another_campaign_saves_the_first(
    editor: EditorViewModel, control: FakeControl, library: FakeLibrary
) -> None:
    editor.set_name("Natal")
    other = next(row.id for row in library.rows.values() if row.status is CampaignStatus.DRAFT)
    editor.open(other)
    assert [draft.name for draft in saved_drafts(control)] == ["Natal"]
    assert editor.campaign_id == other
    assert editor.draft == library.rows[other].draft


def test_a_running_campaign_cannot_be_changed(
    editor: EditorViewModel, control: FakeControl, library: FakeLibrary
) -> None:
    running = next(row.id for row in library.rows.values() if row.status is CampaignStatus.RUNNING)
    editor.open(running)
    before = editor.draft
    editor.set_name("Outro nome")
    assert editor.draft == before
    assert not editor.is_editable
    assert saved_drafts(control) == []


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (Draft("x"), ["audience_missing", "message_missing", "instances_missing"]),
        (Draft("x", Audience(AudienceKind.TAGS)), ["tags_missing", "message_missing", "instances_missing"]),
        (Draft("x", Audience(AudienceKind.PHONES)), ["phones_missing", "message_missing", "instances_missing"]),
        (Draft("x", Audience(), (MessageDraft("  "),), ("a",)), ["message_empty"]),
        (Draft("x", Audience(), (MessageDraft("x" * 4097),), ("a",)), ["message_too_long"]),
        (Draft("x", Audience(), (MessageDraft("x" * 4096),), ("a",)), []),
        (Draft("x", Audience(), (MessageDraft("{nome}"),), ("a",)), ["message_faulty"]),
        (
            Draft("x", Audience(), (MessageDraft("oi"),), ("a",), window=SendWindow((), time(8), time(8))),
            ["window_without_days", "window_without_hours"],
        ),
        (Draft("x", Audience(), (MessageDraft("oi {{nome}}"),), ("a",)), []),
    ],
)
def test_problems_of_a_draft(qapp: object, draft: Draft, codes: list[str]) -> None:
    found = find_problems(draft)
    assert [problem.code for problem in found] == codes
    assert all(editor_words.problem(problem) for problem in found)


def test_a_problem_says_which_variation_it_is_in(qapp: object) -> None:
    draft = Draft("x", Audience(), (MessageDraft("oi"), MessageDraft("")), ("a",))
    assert [editor_words.problem(problem) for problem in find_problems(draft)] == ["Variation B: Nothing written yet"]


def test_problems_are_asked_for_by_step(editor: EditorViewModel) -> None:
    assert [problem.code for problem in editor.problems(Step.AUDIENCE)] == ["audience_missing"]
    editor.set_audience(Audience())
    assert not editor.problems(Step.AUDIENCE)
