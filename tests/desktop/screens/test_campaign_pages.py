"""The welcome, the list of campaigns and the page of one, with a keyboard and a mouse."""

from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.recipient import RecipientStatus
from desktop.screens.campaign.page import CampaignPage
from desktop.screens.campaigns.page import CampaignsPage
from desktop.screens.first_run.page import FirstRunPage
from desktop.viewmodels.table_roles import SECOND
from desktop.widgets.dialogs import Question
from desktop.widgets.theme import Theme
from tests.fakes import samples
from tests.fakes.window import FakeProgram


@pytest.fixture
def program(theme: Theme) -> FakeProgram:
    return FakeProgram()


@pytest.fixture
def listing(program: FakeProgram, qtbot: QtBot) -> CampaignsPage:
    page = CampaignsPage(program.campaigns(), program.capsules())
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.activate()
    return page


@pytest.fixture
def page(program: FakeProgram, qtbot: QtBot) -> CampaignPage:
    made = CampaignPage(program.campaign(), program.recipients(), program.proof(), program.analysis(), program.doubts())
    qtbot.addWidget(made, before_close_func=lambda _: made.deactivate())
    made.resize(1000, 760)
    made.show()
    made.open(CampaignId(8))
    made.activate()
    return made


def test_return_opens_a_campaign_and_a_draft_goes_to_the_editor(listing: CampaignsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(listing.campaign_requested) as heard:
        listing.table.choose_row(0)
        qtbot.keyClick(listing.table.view, Qt.Key.Key_Return)
    assert heard.args == [8]
    with qtbot.waitSignal(listing.edit_requested) as heard:
        listing.table.choose_row(4)
        qtbot.keyClick(listing.table.view, Qt.Key.Key_Return)
    assert heard.args == [4]


def test_segments_show_their_counts_and_filter(listing: CampaignsPage) -> None:
    texts = [button.text() for button in listing.groups.findChildren(QPushButton)]
    assert texts == ["All  8", "Active  4", "Drafts  1", "Ended  3"]
    listing.groups.findChildren(QPushButton)[2].click()
    assert listing.table._model.rowCount() == 1


def test_without_campaigns_the_list_invites_to_make_one(theme: Theme, qtbot: QtBot) -> None:
    program = FakeProgram(is_empty=True)
    page = CampaignsPage(program.campaigns(), program.capsules())
    qtbot.addWidget(page)
    page.activate()
    assert page._stack.currentWidget() is page.empty
    with qtbot.waitSignal(page.new_requested):
        page.empty.action.click()


def test_menu_offers_what_the_status_allows(program: FakeProgram, listing: CampaignsPage) -> None:
    running = program.library.rows[CampaignId(8)]
    offered = [entry.text() for entry in listing.menu_of(running).actions() if entry.text()]
    assert offered == ["Open", "Pause", "Cancel campaign", "Duplicate"]
    done = program.library.rows[CampaignId(3)]
    offered = [entry.text() for entry in listing.menu_of(done).actions() if entry.text()]
    assert offered == ["Open", "Delete", "Duplicate", "Save as a capsule…"]


def test_cancelling_from_the_list_asks_first(program: FakeProgram, listing: CampaignsPage) -> None:
    menu = listing.menu_of(program.library.rows[CampaignId(8)])
    next(entry for entry in menu.actions() if entry.text() == "Cancel campaign").trigger()
    assert program.control.done == []
    question = listing.findChild(Question)
    assert question is not None
    question.yes_button.click()
    assert program.control.done == [("act", 8, CampaignAction.CANCEL)]


def test_page_shows_facts_and_the_buttons_of_the_status(page: CampaignPage) -> None:
    shown = {step for step, made in page.head._buttons.items() if not made.isHidden()}
    assert shown == {CampaignAction.PAUSE}
    assert page.overview.tiles["sent"]._value.text() == "40,732"
    assert page.overview.bars.accessibleDescription().startswith("vendas-1: 18,737 sent")


def test_pausing_changes_the_buttons(program: FakeProgram, page: CampaignPage) -> None:
    page.head._buttons[CampaignAction.PAUSE].click()
    assert program.library.rows[CampaignId(8)].status is CampaignStatus.PAUSED
    shown = {step for step, made in page.head._buttons.items() if not made.isHidden()}
    assert shown == {CampaignAction.RESUME, CampaignAction.EDIT}


def test_a_start_is_undone_at_one_press_while_nothing_has_left(program: FakeProgram, page: CampaignPage) -> None:
    undo = page.head.undo
    assert undo.isHidden(), "it has been sending for long"
    program.engine.departure = ("grace", samples.NOW + timedelta(seconds=8))
    page._model._describe()
    assert not undo.isHidden()
    undo.click()
    assert program.library.rows[CampaignId(8)].status is CampaignStatus.CANCELLED
    assert page.findChildren(Question) == [], "there are a few seconds only"
    assert undo.isHidden()


def test_a_refusal_is_shown_above_the_page(program: FakeProgram, page: CampaignPage) -> None:
    program.control.refuse = KnownError("action_not_allowed", "No.", status="paused")
    page.head._buttons[CampaignAction.PAUSE].click()
    assert "cannot do that now" in page.banner.accessibleName()
    assert page.head._buttons[CampaignAction.PAUSE].isEnabled()


def test_recipients_are_filtered_and_told_in_full(page: CampaignPage) -> None:
    page._show_tab("recipients")
    page.panel.show_status(RecipientStatus.FAILED)
    assert "388" in page.panel.status.currentText()
    page.panel.table.choose_row(1)
    assert not page.panel.drawer.isHidden()
    page.panel.drawer.close_button.click()
    assert page.panel.drawer.isHidden()


def test_what_happened_to_a_recipient_is_one_click_away(page: CampaignPage, qtbot: QtBot) -> None:
    page._show_tab("recipients")
    page.panel.table.choose_row(1)
    assert page.panel.events_button is not None
    with qtbot.waitSignal(page.events_requested) as heard:
        page.panel.events_button.click()
    assert heard.args is not None
    asked = heard.args[0]
    row = page._recipients.model.row_at(page._recipients.model.index(1, 0))
    assert row is not None
    assert (asked.contact_id, asked.recipient_id) == (None, row.id)
    assert asked.name.endswith(" São Paulo, Campinas e região metropolitana")


def test_doubts_are_decided_one_by_one(program: FakeProgram, page: CampaignPage) -> None:
    page.doubt_banner.action.click()
    assert page._stack.currentWidget() is page.doubts
    assert page.doubt_banner.isHidden()
    assert not page.doubts.sent_button.isEnabled()
    page.doubts.table.choose_row(0)
    assert not page.doubts.drawer.isHidden(), "what is known of it"
    first = page.doubts._chosen_ids()
    page.doubts.sent_button.click()
    assert page.doubts.drawer.isHidden()
    page.doubts.table.choose_row(3)
    second = page.doubts._chosen_ids()
    page.doubts.again_button.click()
    assert program.control.done == [("resolve_doubt", first, True), ("resolve_doubt", second, False)]


def test_a_page_of_doubts_says_when_where_and_why(page: CampaignPage) -> None:
    page.doubt_banner.action.click()
    model = page.doubts._model.model
    assert {row.status for n in range(model.rowCount()) if (row := model.row_at(model.index(n, 0)))} == {"in_doubt"}
    when, number, known = (model.index(0, column) for column in (1, 2, 3))
    assert (bool(when.data()), number.data()) == (True, "suporte")
    assert "answer was lost" in known.data()
    assert "More than one message" in known.data(SECOND)


def test_several_chosen_doubts_are_asked_about_before_they_are_decided(
    program: FakeProgram, page: CampaignPage
) -> None:
    page.doubt_banner.action.click()
    page.doubts.table.view.selectAll()
    ids = page.doubts._chosen_ids()
    assert len(ids) > 1
    page.doubts.sent_button.click()
    assert program.control.done == []
    question = page.findChild(Question)
    assert question is not None
    question.yes_button.click()
    assert program.control.done == [("resolve_doubt", ids, True)]


def test_sending_all_doubts_again_asks_first(program: FakeProgram, page: CampaignPage) -> None:
    page.doubt_banner.action.click()
    assert page.doubts.all_again.text() == "Send all 20 again"
    page.doubts.all_again.click()
    assert program.control.done == []
    question = page.findChild(Question)
    assert question is not None
    question.yes_button.click()
    assert program.control.done == [("resolve_doubt", 8, False)]


def test_the_proof_is_computed_when_it_is_looked_at(program: FakeProgram, page: CampaignPage) -> None:
    assert "proof" not in program.library.asked
    page._show_tab("proof")
    assert program.library.asked["proof"] == 1
    assert "It is not proven for 4 recipients" in page.proof.verdict.text()
    assert page.proof.tiles["not_provable"]._value.text() == "4"
    page.proof.grab()
    page.proof.table.choose_row(0)
    page.proof.table.opened.emit(page.proof.table.view.currentIndex())
    assert page.tabs.current == "recipients"
    assert page.panel.search.text().startswith("+55")


def test_a_proof_that_is_saved_shows_how_far_it_is_and_can_be_cancelled(
    program: FakeProgram, page: CampaignPage
) -> None:
    page._show_tab("proof")
    assert page.proof.save_cancel.isHidden()
    page._proof.save(Path("proof.json"), "json")
    watch = program.control.watch
    assert watch is not None
    watch.done, watch.total = 1, 4
    page._proof.jobs.is_running = lambda _name: True  # type: ignore[method-assign]
    page._proof.changed.emit()
    assert page.proof.saving.text() == "25% written"
    page.proof.save_cancel.click()
    assert watch.is_cancelled
    assert page.proof.saving.text() == "Cancelling…"
    assert not page.proof.save_cancel.isEnabled()


def test_a_saved_proof_is_told(program: FakeProgram, page: CampaignPage, qtbot: QtBot) -> None:
    page._show_tab("proof")
    page.proof.json_button.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(page.noticed) as heard:
        dialog.fileSelected.emit("proof.json")
    dialog.close()
    assert heard.args == ["The report of 2,000 recipients was saved: proof.json"]
    assert program.control.done[-1][:3] == ("write_report", 8, "json")


def test_why_nothing_leaves_is_told_on_demand(program: FakeProgram, page: CampaignPage) -> None:
    assert page.head.why_button.isHidden()
    program.engine.campaigns[CampaignId(8)] = samples.held_campaign()
    page._model._describe()
    assert not page.head.why_button.isHidden()
    assert page.head.why_card.isHidden()
    page.head.why_button.click()
    assert "Drawn by lot between 45 and 180 s" in page.head.why.text
    assert "Day 5 of the curve · 40 of 40 used" in page.head.why.text
    page.head.grab()


def test_a_waiting_recipient_says_why(program: FakeProgram, page: CampaignPage) -> None:
    program.control.explanations = defaultdict(samples.held_recipient)
    page._show_tab("recipients")
    page.panel.show_status(RecipientStatus.PENDING)
    page.panel.table.choose_row(0)
    assert page.panel.why is not None
    assert "09:00 to 18:00, in the time zone America/Manaus" in page.panel.why.text
    assert page._recipients._why_timer.isActive()
    page._show_tab("overview")
    assert not page._recipients._why_timer.isActive(), "nobody looks"
    page._show_tab("recipients")
    assert page._recipients._why_timer.isActive()
    page.panel.drawer.close_button.click()
    assert not page._recipients._why_timer.isActive()


def test_nobody_asks_why_a_sent_recipient_waits(program: FakeProgram, page: CampaignPage) -> None:
    page._show_tab("recipients")
    page.panel.show_status(RecipientStatus.FAILED)
    page.panel.table.choose_row(0)
    assert program.control.asked_why == []


def test_the_plan_is_drawn_day_by_day(program: FakeProgram, page: CampaignPage) -> None:
    assert page.overview.plan.isHidden()
    program.control.forecasts[CampaignId(8)] = samples.forecast()
    page._model._plan.demand()
    assert not page.overview.plan.isHidden()
    assert [bar.amount for bar in page.overview.plan.bars.bars] == [620, 0, 1400, 1400, 1400, 380]
    assert page.overview.progress._eta.text().startswith("between ")
    page.overview.plan.grab()
    page.open(CampaignId(3))
    assert page.overview.plan.isHidden(), "it has ended"


def test_deleting_leads_back_to_the_list(page: CampaignPage, qtbot: QtBot) -> None:
    page.open(CampaignId(3))
    page.head._delete.trigger()
    question = page.findChild(Question)
    assert question is not None
    with qtbot.waitSignal(page.back_requested):
        question.yes_button.click()


def test_another_campaign_begins_with_a_clean_page(page: CampaignPage) -> None:
    page._show_tab("recipients")
    page.panel.table.choose_row(1)
    page.open(CampaignId(6))
    assert page.tabs.current == "overview"
    assert page.panel.drawer.isHidden()
    assert page.doubt_banner.isHidden()
    assert page.head._header.title.text() == "Reativação de inativos"


def test_welcome_starts_the_demo_and_takes_no_second_click(program: FakeProgram, qtbot: QtBot) -> None:
    page = FirstRunPage(program.shell)
    qtbot.addWidget(page)
    page.activate()
    with qtbot.waitSignal(program.shell.demo_started):
        page.demo.click()
    assert page.demo.isEnabled()
    program.control.refuse = KnownError("port_taken", "x")
    page.demo.click()
    assert "port is taken" in page.banner.accessibleName()
    with qtbot.waitSignal(page.connect_requested):
        page.connect_number.click()
    with qtbot.waitSignal(page.new_requested):
        page.draft.click()
