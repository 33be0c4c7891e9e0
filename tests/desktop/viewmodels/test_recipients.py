from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.recipient import RecipientStatus
from desktop.viewmodels.recipients import PAGE, RecipientsViewModel, describe
from desktop.viewmodels.table_roles import SECOND, TONE
from tests.fakes.samples import NOW, attempts, recipient
from tests.fakes.window import FakeProgram


@pytest.fixture
def program(qapp: object) -> FakeProgram:
    return FakeProgram()


@pytest.fixture
def model(program: FakeProgram) -> RecipientsViewModel:
    made = program.recipients()
    made.open(CampaignId(8))
    return made


def keys(model: RecipientsViewModel) -> list[int | None]:
    return [model.model.key_of(row) for row in range(model.model.rowCount())]


def test_pages_follow_by_key_without_a_gap(model: RecipientsViewModel, qtmodeltester: ModelTester) -> None:
    assert keys(model) == list(range(1, PAGE + 1))
    model.model.fetchMore(QModelIndex())
    model.model.fetchMore(QModelIndex())
    assert keys(model) == list(range(1, 3 * PAGE + 1))
    qtmodeltester.check(model.model)


def test_the_last_page_ends_the_table(program: FakeProgram, model: RecipientsViewModel) -> None:
    program.library.recipient_count = PAGE + 7
    model.reload()
    assert model.model.canFetchMore(QModelIndex())
    model.model.fetchMore(QModelIndex())
    assert len(keys(model)) == PAGE + 7
    assert not model.model.canFetchMore(QModelIndex())


def test_status_and_text_filter_together(model: RecipientsViewModel) -> None:
    model.set_filter("failed", "hermenegildo")
    shown = [model.model.row_at(model.model.index(row, 0)) for row in range(model.model.rowCount())]
    assert shown
    assert {row.status for row in shown if row} == {RecipientStatus.FAILED}
    assert all(row is not None and "Hermenegildo" in row.name for row in shown)
    model.open(CampaignId(3))
    assert not model.is_filtered


def test_visible_rows_are_read_again_and_changed_in_place(
    program: FakeProgram, model: RecipientsViewModel, qtbot: QtBot
) -> None:
    program.library.changed_recipients[RecipientId(52)] = replace(recipient(52), status=RecipientStatus.FAILED)
    with qtbot.assertNotEmitted(model.model.modelReset), qtbot.assertNotEmitted(model.model.rowsRemoved):
        model.refresh_rows(45, 60)
    row = model.model.row_at(model.model.index(51, 0))
    assert row is not None
    assert row.status is RecipientStatus.FAILED
    assert keys(model) == list(range(1, PAGE + 1))


def test_under_a_filter_whoever_changes_status_leaves_the_table(
    program: FakeProgram, model: RecipientsViewModel
) -> None:
    model.set_filter("retrying", "")
    before = keys(model)
    gone = before[3]
    assert gone is not None
    program.library.changed_recipients[RecipientId(gone)] = replace(recipient(gone), status=RecipientStatus.SENT)
    model.refresh_rows(0, 12)
    assert keys(model)[:3] == before[:3]
    assert gone not in keys(model)
    model.model.fetchMore(QModelIndex())
    assert len(set(keys(model))) == len(keys(model))


def test_cells_word_status_and_reason(model: RecipientsViewModel) -> None:
    row = next(number for number in range(1, 60) if recipient(number).reason == "not_on_whatsapp")
    place = model.model.row_of(row)
    assert place is not None
    texts = [model.model.data(model.model.index(place, column)) for column in range(3)]
    assert texts[1:] == ["Not sent", "This phone has no WhatsApp."]
    assert model.model.data(model.model.index(place, 1), TONE) == "danger"
    assert str(model.model.data(model.model.index(place, 0), SECOND)).startswith("+55 ")


def test_choosing_brings_the_attempts_newest_first(model: RecipientsViewModel, qtbot: QtBot) -> None:
    number = next(n for n in range(1, 60) if recipient(n).reason == "retries_exhausted")
    with qtbot.waitSignal(model.detail_changed) as heard:
        model.choose(recipient(number))
    assert heard.args is not None
    detail = heard.args[0]
    assert [attempt.outcome for attempt in detail.attempts] == ["Refused", "Did not leave", "Refused"]
    assert "912 ms" in detail.attempts[0].heading
    assert detail.advice
    with qtbot.waitSignal(model.detail_changed) as heard:
        model.choose(None)
    assert heard.args == [None]


def test_an_attempt_under_way_says_so() -> None:
    number = next(n for n in range(1, 60) if recipient(n).status is RecipientStatus.SENDING)
    detail = describe(recipient(number), attempts(number), NOW)
    assert [attempt.outcome for attempt in detail.attempts] == ["Under way"]
