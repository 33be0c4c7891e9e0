from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.policy.forecast import Forecast
from desktop.viewmodels import plan_words
from desktop.viewmodels.campaigns import CampaignsViewModel, Group
from desktop.viewmodels.table_roles import PARTS, SECOND, TONE, TOOL_TIP
from tests.fakes import samples
from tests.fakes.samples import NOW
from tests.fakes.window import FakeProgram


@pytest.fixture
def program(qapp: object) -> FakeProgram:
    return FakeProgram()


@pytest.fixture
def model(program: FakeProgram) -> CampaignsViewModel:
    made = program.campaigns()
    made.activate()
    return made


def names(model: CampaignsViewModel) -> list[object]:
    return [model.model.data(model.model.index(row, 0)) for row in range(model.model.rowCount())]


def test_rows_are_prepared_and_the_model_is_sound(model: CampaignsViewModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model.model)
    cells = [model.model.index(0, column) for column in range(7)]
    assert [model.model.data(cell) for cell in cells][1:] == ["Sending", "42%", "100,000", "40,732", "388", "20"]
    assert model.model.data(cells[1], TONE) == "accent"
    assert model.model.data(cells[0], SECOND) == "Started 5 h ago · 3 numbers"
    shares = model.model.data(cells[2], PARTS)
    assert isinstance(shares, tuple)
    assert [role for _, role in shares][:2] == ["chart_read", "chart_delivered"]


def test_the_list_is_shown_before_it_is_asked_when_campaigns_end(
    program: FakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = program.campaigns()
    shown: list[int] = []

    async def forecast(_campaign_id: CampaignId) -> Forecast:
        shown.append(model.model.rowCount())
        return samples.forecast()

    monkeypatch.setattr(program.control, "forecast", forecast)
    model.activate()
    assert shown == [model.model.rowCount()] * len(shown)
    row = model.model.row_of(CampaignId(8))
    assert row is not None
    assert model.model.data(model.model.index(row, 0), TOOL_TIP) == plan_words.ends_text(samples.forecast(), NOW)


def test_a_campaign_that_waits_for_others_to_end_is_not_said_to_send(program: FakeProgram) -> None:
    first = program.library.rows[CampaignId(8)]
    for number in range(101, 105):  # one more of the samples runs
        program.library.rows[CampaignId(number)] = replace(
            first, id=CampaignId(number), started_at=NOW + timedelta(minutes=number)
        )
    model = program.campaigns()
    model.activate()
    queued = ("Waiting for its turn", "info")
    assert [status_of(model, number) for number in (8, 103, 104)] == [*[("Sending", "accent")] * 2, queued]
    assert second_line(model, 104).startswith("Place 1 in the queue · ")
    model.act(CampaignId(102), CampaignAction.PAUSE)
    assert status_of(model, 104) == ("Sending", "accent")


def second_line(model: CampaignsViewModel, number: int) -> str:
    row = model.model.row_of(number)
    assert row is not None
    return str(model.model.data(model.model.index(row, 0), SECOND))


def status_of(model: CampaignsViewModel, number: int) -> tuple[object, object]:
    row = model.model.row_of(number)
    assert row is not None
    cell = model.model.index(row, 1)
    return model.model.data(cell), model.model.data(cell, TONE)


def test_a_draft_has_no_progress_and_no_figures(model: CampaignsViewModel) -> None:
    row = model.model.row_of(4)
    assert row is not None
    assert [model.model.data(model.model.index(row, column)) for column in (2, 3, 6)] == ["", "–", "–"]
    assert model.model.data(model.model.index(row, 2), PARTS) is None


def test_groups_and_text_filter_together(model: CampaignsViewModel) -> None:
    assert [model.count_of(group) for group in Group] == [8, 4, 1, 3]
    model.set_filter(Group.ENDED, "MUDANÇA")
    assert names(model) == ["Aviso de mudança de endereço"]
    model.set_filter(Group.DRAFTS, "mudança")
    assert names(model) == []
    assert len(model.campaigns) == 8


def test_events_of_a_campaign_bring_new_figures(program: FakeProgram, model: CampaignsViewModel, qtbot: QtBot) -> None:
    asked = program.library.asked["campaigns"]
    program.bus.publish([program.bus.event()])
    qtbot.waitUntil(lambda: program.library.asked["campaigns"] > asked)
    model.deactivate()
    asked = program.library.asked["campaigns"]
    with qtbot.waitSignal(program.bridge.events):
        program.bus.publish([program.bus.event()])
    assert program.library.asked["campaigns"] == asked


def test_an_action_reaches_the_control_and_the_list(program: FakeProgram, model: CampaignsViewModel) -> None:
    model.act(CampaignId(8), CampaignAction.PAUSE)
    assert program.control.done == [("act", 8, CampaignAction.PAUSE)]
    assert model.campaigns[0].status is CampaignStatus.PAUSED


def test_a_refusal_is_told_and_changes_nothing(program: FakeProgram, model: CampaignsViewModel, qtbot: QtBot) -> None:
    program.control.refuse = KnownError("action_not_allowed", "No.", status="paused")
    with qtbot.waitSignal(model.failed) as heard:
        model.act(CampaignId(8), CampaignAction.PAUSE)
    assert heard.args is not None
    assert heard.args[0].code == "action_not_allowed"
    assert model.campaigns[0].status is CampaignStatus.RUNNING


def test_a_copy_is_named_by_its_id(program: FakeProgram, model: CampaignsViewModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.duplicated) as heard:
        model.duplicate(CampaignId(3))
    assert heard.args == [9]
    assert model.campaigns[0].status is CampaignStatus.DRAFT
