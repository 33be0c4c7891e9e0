"""Capsules in the list of campaigns: each question on the way, and what it leads to."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignSummary
from desktop.screens.campaigns.page import CampaignsPage
from desktop.screens.campaigns.passphrase_dialog import PassphraseDialog
from desktop.screens.contacts.dropped import dropped_capsule
from desktop.viewmodels.capsules import CapsulesViewModel, suggested_name
from desktop.widgets.dialogs import Question
from tests.fakes.window import FakeCapsules, FakeProgram


@pytest.fixture
def desk() -> FakeCapsules:
    return FakeCapsules()


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, desk: FakeCapsules) -> CampaignsPage:
    program = FakeProgram()
    made = CampaignsPage(program.campaigns(), CapsulesViewModel(desk, program.spawn))
    qtbot.addWidget(made)
    made.show()
    made.activate()
    return made


def row_of(page: CampaignsPage, *statuses: CampaignStatus) -> CampaignSummary:
    return next(row for row in page._model.campaigns if row.status in statuses)


def entries(page: CampaignsPage, row: CampaignSummary) -> list[str]:
    menu = QMenu()
    page.capsules.add_to(menu, row)
    return [entry.text() for entry in menu.actions()]


def test_the_menu_offers_what_the_campaign_allows(page: CampaignsPage, desk: FakeCapsules):
    draft = row_of(page, CampaignStatus.DRAFT)
    assert entries(page, draft) == ["Hand over in a capsule…"]
    assert entries(page, row_of(page, CampaignStatus.COMPLETED)) == ["Save as a capsule…"]
    assert entries(page, row_of(page, CampaignStatus.RUNNING)) == []
    page.capsules.export(draft.id, "secret", "/tmp/natal")
    assert desk.done == [("export", "natal.cadencia-capsule", "secret")]
    assert entries(page, draft) == ["Take back…"]


def test_the_list_shows_what_was_handed_over(page: CampaignsPage, tmp_path: Path):
    draft = row_of(page, CampaignStatus.DRAFT)
    table = page._model.model

    def status() -> object:
        place = next(n for n in range(table.rowCount()) if table.row_at(table.index(n, 0)) == draft)
        return table.data(table.index(place, 1))

    before = status()
    page.capsules.export(draft.id, "", str(tmp_path / "natal"))
    assert status() == "Handed over"
    page.capsules._model.take_back(draft.id)
    assert status() == before == "Draft"


def test_handing_over_asks_for_a_passphrase_twice_or_none(page: CampaignsPage, qtbot: QtBot):
    menu = QMenu(page)
    page.capsules.add_to(menu, row_of(page, CampaignStatus.DRAFT))
    menu.actions()[0].trigger()
    dialog = page.capsules.dialog
    assert isinstance(dialog, PassphraseDialog)
    assert dialog.done_button.isEnabled(), "none is a choice"
    dialog.word.setText("a")
    assert not dialog.done_button.isEnabled()
    dialog.again.setText("a")
    assert dialog.done_button.isEnabled()
    dialog.reject()


def test_a_capsule_is_looked_into_before_it_is_taken_in(page: CampaignsPage, desk: FakeCapsules, qtbot: QtBot):
    desk.word = "secret"
    page.take_in(Path("/tmp/natal.cadencia-capsule"))
    asked = page.capsules.dialog
    assert isinstance(asked, PassphraseDialog)
    asked.word.setText("secret")
    asked.done_button.click()
    question = page.capsules.dialog
    assert isinstance(question, Question)
    said = " ".join(label.text() for label in question.findChildren(QLabel))
    assert "11/23/26" in said, "whoever has another copy of this file is known by its day"
    assert "both send" in said
    with qtbot.waitSignal(page.edit_requested) as opened:
        question.yes_button.click()
    assert opened.args == [CampaignId(7)]
    assert desk.done == [("take_in", "natal.cadencia-capsule", "secret", True)]


def test_a_wrong_passphrase_is_said(page: CampaignsPage, desk: FakeCapsules):
    desk.word = "secret"
    page.capsules._model.look_into(Path("x"), "wrong")
    assert page.banner.isVisible()


def test_taking_back_is_asked_as_the_danger_that_it_is(page: CampaignsPage, desk: FakeCapsules):
    draft = row_of(page, CampaignStatus.DRAFT)
    page.capsules.export(draft.id, "", "/tmp/natal.cadencia-capsule")
    menu = QMenu(page)
    page.capsules.add_to(menu, draft)
    menu.actions()[0].trigger()
    question = cast(Question, page.capsules.dialog)
    question.yes_button.click()
    assert desk.handed == set()
    assert entries(page, draft) == ["Hand over in a capsule…"]


def test_a_dropped_capsule_is_known_by_its_name():
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/Natal.Cadencia-Capsule")])
    assert dropped_capsule(data) == Path("/tmp/Natal.Cadencia-Capsule")
    data.setUrls([QUrl.fromLocalFile("/tmp/people.csv")])
    assert dropped_capsule(data) is None


def test_a_file_name_holds_nothing_that_a_disk_refuses():
    assert suggested_name("Natal/2026: 50 %", CampaignId(3)) == "Natal-2026- 50 -.cadencia-capsule"
    assert suggested_name("", CampaignId(3)) == "3.cadencia-capsule"
