"""The dashboard and the analysis of a campaign show every figure, and ask only while they are looked at."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.ids import CampaignId
from desktop.screens.campaign.analysis import FORMATS, AnalysisPanel
from desktop.screens.dashboard.page import DashboardPage
from desktop.viewmodels.analysis import AnalysisViewModel, DashboardViewModel
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.theme import Theme
from tests.fakes.window import FakeProgram, now

CAMPAIGN = CampaignId(8)


@pytest.fixture
def program() -> FakeProgram:
    return FakeProgram()


@pytest.fixture
def model(program: FakeProgram) -> AnalysisViewModel:
    made = program.analysis()
    made.open(CAMPAIGN)
    return made


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot, model: AnalysisViewModel) -> AnalysisPanel:
    made = AnalysisPanel(model)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    return made


def test_every_answer_is_on_the_panel(panel: AnalysisPanel) -> None:
    assert next(tile.accessibleName() for tile in panel.rates) == "Success rate: 99.1% 40,732 of 41,120"
    assert [tile.accessibleName() for tile in panel.times] == [
        "Shortest send time: 81 ms",
        "Average send time: 243 ms",
        "95 of 100 within: 612 ms",
        "Longest send time: 4.2 s",
    ]
    assert panel.tries[0].accessibleName() == "Accepted at the first try: 95.6% 860 of 900"
    # 860 + 40 of the 940 tries were accepted; 860/900 at once, 40/900 at the second one.
    assert panel.tries_text.text() == "Tries in all: 940. Accepted: 900. Not accepted: 40."
    assert panel.by_try.texts() == ["1", "860", "95.6%", "2", "40", "4.4%"]
    assert "America/Sao_Paulo" in panel.when_note.text()
    assert len(panel.hours.columns) == 24
    assert panel.hours.columns[5].tip == "05:00: 15 sent, 5 read, 2 not sent"
    assert [column.name for column in panel.weekdays.columns][:2] == ["Mon", "Tue"]
    assert panel.errors.texts()[:3] == ["This phone has no WhatsApp.", "30", "75.0%"]
    assert panel.errors.texts()[3], "and what to do"
    assert panel.variations.table.texts()[8:] == [
        "B · Oi {{nome}}, tudo bem?", "33%", "300", "290", "160", "45", "15.0%", "11.4% – 19.5%",
    ]  # fmt: skip
    assert panel.variations.verdict.accessibleName().startswith("Variation B gets more replies")
    panel.variations.goals._buttons["read"].click()
    assert panel.variations.table.texts()[-2] == "53.3%"
    assert panel.numbers.texts() == ["vendas-1", "40,732", "388", "99.1%", "243 ms", "612 ms"]
    assert panel.no_errors.isHidden()


def test_nothing_is_asked_while_nobody_looks(program: FakeProgram, panel: AnalysisPanel) -> None:
    assert program.library.asked["campaign_analysis"] == 1
    panel.hide()
    program.bridge.reload_needed.emit()
    assert program.library.asked["campaign_analysis"] == 1


def test_a_report_of_each_format_is_written_where_it_was_said(program: FakeProgram, panel: AnalysisPanel) -> None:
    actions = panel.export_button.menu().actions()
    assert [action.data() for action in actions] == list(FORMATS)
    for action in actions:
        panel._format = action.data()
        panel.save(f"report.{action.data()}")
        assert program.control.done[-1] == ("write_report", CAMPAIGN, action.data(), Path(f"report.{action.data()}"))
    assert panel.export_button.isEnabled()


def test_a_cancelled_report_is_no_failure(
    program: FakeProgram, model: AnalysisViewModel, panel: AnalysisPanel, qtbot: QtBot
) -> None:
    program.control.report_cancels = True
    with qtbot.waitSignal(model.report_cancelled), qtbot.assertNotEmitted(model.failed):
        panel.save("report.pdf")
    assert panel.export_button.isEnabled()
    assert panel.export_progress.isHidden()


def test_a_report_shows_how_far_it_is_and_can_be_cancelled(
    program: FakeProgram, model: AnalysisViewModel, panel: AnalysisPanel
) -> None:
    panel.save("report.pdf")
    watch = program.control.watch
    assert watch is not None
    watch.done, watch.total = 1, 4
    model.report_progressed.emit()
    assert panel.export_progress.text() == "25% written"
    panel.export_cancel.click()
    assert watch.is_cancelled
    assert not panel.export_cancel.isEnabled()
    assert panel.export_progress.text() == "Cancelling…"


def dashboard(program: FakeProgram, qtbot: QtBot) -> DashboardPage:
    model = DashboardViewModel(program.library, program.bridge, program.spawn, "America/Sao_Paulo", now)
    page = DashboardPage(model)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    return page


def test_the_dashboard_sums_up_and_leads_to_a_campaign(theme: Theme, qtbot: QtBot, program: FakeProgram) -> None:
    page = dashboard(program, qtbot)
    assert page.total.accessibleName() == "Campaigns: 8"
    assert page.success.accessibleName() == "Average success rate: 97.3%"
    assert len(page.days.columns) == 30
    assert len(page.rows) == 5
    with qtbot.waitSignal(page.campaign_requested) as asked:
        page.rows[0].findChild(QPushButton).click()
    assert asked.args == [page._model.facts.recent[0].id]  # type: ignore[union-attr]


def test_who_waits_for_a_place_is_not_counted_as_sending(theme: Theme, qtbot: QtBot, program: FakeProgram) -> None:
    running = program.library.rows[CAMPAIGN]
    for number in range(101, 106):
        program.library.rows[CampaignId(number)] = replace(running, id=CampaignId(number), started_at=now())
    page = dashboard(program, qtbot)
    # Two of the samples run as well.
    assert page.running.accessibleName() == "Sending now: 5 2 waiting for their turn"
    pills = [row.findChild(StatusPill).accessibleName() for row in page.rows]  # type: ignore[union-attr]
    assert pills == ["Waiting for its turn: place 2", "Waiting for its turn: place 1", "Sending", "Sending", "Sending"]


def test_an_empty_dashboard_says_what_will_be_there(theme: Theme, qtbot: QtBot) -> None:
    page = dashboard(FakeProgram(is_empty=True), qtbot)
    assert page._stack.currentWidget() is page.empty
    with qtbot.waitSignal(page.new_requested):
        page.empty.action.click()


def test_the_dashboard_follows_while_it_is_shown(theme: Theme, qtbot: QtBot, program: FakeProgram) -> None:
    page = dashboard(program, qtbot)
    page.deactivate()
    program.bridge.reload_needed.emit()
    assert program.library.asked["dashboard"] == 1
