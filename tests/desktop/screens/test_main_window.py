from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import AudienceKind, CampaignStatus
from desktop.domain.engine_trouble import EngineTrouble
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId
from desktop.domain.operator import Deed
from desktop.domain.summaries import CheckLine
from desktop.screens.campaign.page import CampaignPage
from desktop.screens.campaigns.page import CampaignsPage
from desktop.screens.contacts.import_dialog import ImportDialog
from desktop.screens.contacts.page import ContactsPage
from desktop.screens.editor.page import EditorPage
from desktop.screens.main_window import MainWindow
from desktop.screens.pages import Page, PageName
from desktop.screens.settings.page import SettingsPage
from desktop.screens.timeline.page import TimelinePage
from desktop.viewmodels.editor import Step
from desktop.viewmodels.person_events import PersonAsked
from desktop.viewmodels.shell import ShellState
from desktop.widgets.theme import Theme
from tests.fakes.samples import NOW
from tests.fakes.window import FakeProgram


@pytest.fixture
def program(theme: Theme) -> FakeProgram:
    return FakeProgram()


@pytest.fixture
def window(program: FakeProgram, qtbot: QtBot) -> MainWindow:
    made = program.window()
    qtbot.addWidget(made, before_close_func=lambda _: made.close_for_good())
    made.show()
    program.shell.start()
    return made


def test_a_home_with_campaigns_opens_on_the_list(window: MainWindow) -> None:
    assert window.current is PageName.CAMPAIGNS
    assert list(window._built) == [PageName.CAMPAIGNS]
    assert "2 sending" in window.windowTitle()


def test_an_empty_home_opens_on_the_welcome(theme: Theme, qtbot: QtBot) -> None:
    program = FakeProgram(is_empty=True)
    window = program.window()
    qtbot.addWidget(window, before_close_func=lambda _: window.close_for_good())
    program.shell.start()
    assert window.current is PageName.FIRST_RUN


def test_every_page_is_a_page_and_can_be_reached(window: MainWindow) -> None:
    for name in PageName:
        window.navigate(name, CampaignId(8) if name is PageName.CAMPAIGN else None)
        assert isinstance(window.page(name), Page)
        assert window.current is name


class _Windows(QObject):
    """Notes what is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_a_page_shows_no_piece_of_itself_as_a_window_while_it_is_built(window: MainWindow, qapp: QApplication) -> None:
    # What is made visible before it has its place flashes up as a window, and costs the time of one.
    windows = _Windows()
    qapp.installEventFilter(windows)
    for name in PageName:
        window.navigate(name, CampaignId(8) if name is PageName.CAMPAIGN else None)
    qapp.removeEventFilter(windows)
    assert windows.shown == []


def test_the_page_that_is_left_is_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[bool] = []
    monkeypatch.setattr(window.page(PageName.CAMPAIGNS), "deactivate", lambda: left.append(True))
    window.navigate(PageName.SETTINGS)
    assert left == [True]


def test_keyboard_reaches_every_page_of_the_bar(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.navigate(PageName.DASHBOARD)
    buttons = [button for button in window._navigation.findChildren(QPushButton) if button.isCheckable()]
    first = buttons[0]
    assert first.focusPolicy() & Qt.FocusPolicy.TabFocus
    seen = [window.current]
    first.setFocus()
    for button in buttons[:-1]:
        qtbot.keyClick(button, Qt.Key.Key_Down)
        seen.append(window.current)
    assert seen == [
        PageName.DASHBOARD, PageName.CAMPAIGNS, PageName.INSTANCES, PageName.CONTACTS, PageName.TIMELINE,
        PageName.SETTINGS,
    ]  # fmt: skip


def test_pages_lead_to_each_other_by_their_signals(window: MainWindow) -> None:
    page = window.page(PageName.CAMPAIGNS)
    page.campaign_requested.emit(CampaignId(8))
    assert window.current is PageName.CAMPAIGN
    window.page(PageName.CAMPAIGN).back_requested.emit()
    assert window.current is PageName.CAMPAIGNS
    page.new_requested.emit()
    assert window.current is PageName.EDITOR
    page.noticed.emit("Saved")
    assert window._toast.accessibleName() == "Saved"


def test_a_badge_leads_to_the_doubts_while_there_are_any(window: MainWindow) -> None:
    badge = window._navigation.doubts
    assert badge.accessibleName() == "In doubt: 20"
    badge.click()
    assert window.current is PageName.CAMPAIGN
    page = window.page(PageName.CAMPAIGN)
    assert isinstance(page, CampaignPage)
    assert page._stack.currentWidget() is page.doubts
    window._navigation.show_state(ShellState())
    assert not badge.isVisible()


def test_doubts_of_several_campaigns_are_offered_by_campaign(window: MainWindow) -> None:
    badge = window._navigation.doubts
    badge.show_doubts([(CampaignId(9), "Natal & Ano Novo", 1200), (CampaignId(8), "x" * 60, 3)])
    assert badge.accessibleName() == "In doubt: 1,203"
    badge.click()
    first, second = badge.menu_by_campaign.actions()
    badge.menu_by_campaign.close()
    assert first.text() == "Natal && Ano Novo  (1,200)"
    assert len(second.text()) < 50
    badge.menu_by_campaign.triggered.emit(second)
    assert (window.current, window._argument) == (PageName.CAMPAIGN, CampaignId(8))


def test_standing_notices_follow_the_state(program: FakeProgram, window: MainWindow) -> None:
    notices = window._notices
    assert notices.isHidden()
    program.engine.online = False
    program.engine.holder = "the worker on this computer"
    program.shell._look()
    assert not notices.offline.isHidden()
    assert "the worker on this computer" in notices.holder.text.text()
    program.engine.online = True
    program.engine.holder = None
    program.shell._look()
    assert notices.isHidden()


def test_an_engine_that_stopped_says_why_and_is_started_again_at_a_press(
    program: FakeProgram, window: MainWindow
) -> None:
    banner = window._notices.stopped
    program.engine.trouble = EngineTrouble("ValueError", None, NOW, NOW + timedelta(seconds=60))
    program.shell._look()
    assert not banner.isHidden()
    assert "ValueError" in banner.text.text()
    assert "starts again by itself at" in banner.hint.text()
    assert window._navigation._pill.accessibleName() == "Stopped"
    assert window._navigation._rate.text() == ""
    assert "Sending has stopped" in window.windowTitle()
    banner.action.click()
    assert program.engine.started_again == 1
    error = KnownError("disk_full", "The disk is full.")
    program.engine.trouble = EngineTrouble("KnownError", error, NOW, NOW + timedelta(seconds=60))
    program.shell._look()
    assert "The disk is full" in banner.text.text()
    program.engine.trouble = None
    program.shell._look()
    assert banner.isHidden()


def test_closing_asks_while_something_is_sent(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.close_requested):
        window.close()
    assert window.isVisible()
    assert window._question is not None
    with qtbot.waitSignal(window.close_requested):
        window._question.yes_button.click()
    assert window.isVisible()
    window.close_for_good()
    assert not window.isVisible()


def test_closing_asks_once_and_no_keeps_sending(window: MainWindow, qtbot: QtBot) -> None:
    window.close()
    first = window._question
    window.close()
    assert window._question is first
    assert first is not None
    with qtbot.assertNotEmitted(window.close_requested):
        first.no_button.click()
    assert window._question is None


def test_closing_does_not_ask_when_nothing_is_sent(program: FakeProgram, window: MainWindow, qtbot: QtBot) -> None:
    program.engine.holder = "another process"
    program.shell._look()
    with qtbot.waitSignal(window.close_requested):
        window.close()


def test_when_the_computer_ends_the_session_it_says_so_and_asks_nobody(
    program: FakeProgram, window: MainWindow, qtbot: QtBot
) -> None:
    banner = window._notices.ending
    program.shell.session_ends(True)
    assert "ends your session" in banner.text.text()
    with qtbot.waitSignal(window.close_requested):
        window.close()
    assert window._question is None
    program.shell.session_ends(False)
    assert banner.isHidden()


def test_while_it_closes_it_says_what_it_waits_for_and_asks_no_more(
    program: FakeProgram, window: MainWindow, qtbot: QtBot
) -> None:
    banner = window._notices.ending
    program.engine.in_flight = 20
    program.shell._look()
    assert banner.isHidden(), "nobody has asked it to close"
    program.shell.end()
    assert "waiting for the answers to 20 messages" in banner.text.text()
    assert "closes by itself" in banner.hint.text()
    assert window.windowTitle().startswith("Closing")
    assert not window._notices.isHidden()
    with qtbot.assertNotEmitted(window.close_requested):
        window.close()
    assert window._question is None, "it was agreed to already"
    assert window.isVisible()
    program.engine.in_flight = 1
    program.shell._look()
    assert "the answer to the last message" in banner.text.text()
    program.engine.in_flight = 0
    program.shell._look()
    assert banner.isHidden()
    window.close_for_good()
    assert not window.isVisible()


def test_a_campaign_that_missed_its_time_asks_until_somebody_has_read_it(
    program: FakeProgram, window: MainWindow
) -> None:
    banner, draft = window._notices.missed, program.library.rows[CampaignId(4)]
    assert banner.isHidden()
    program.library.rows[CampaignId(4)] = replace(draft, reason="late")
    program.shell._refresher.demand()
    assert banner.text.text() == "“Pesquisa de satisfação” did not start at its time."
    assert "the computer slept" in banner.hint.text()
    banner.action.click()
    assert (window.current, window._argument) == (PageName.CAMPAIGN, CampaignId(4))
    row = program.library.rows[CampaignId(2)]
    program.library.rows[CampaignId(2)] = replace(row, status=CampaignStatus.DRAFT, reason="audience_empty")
    program.shell._refresher.demand()
    assert banner.text.text().endswith("and 1 more did not start at their time.")
    banner._close.click()
    program.shell._look()
    assert banner.isHidden()


def test_a_database_that_takes_nothing_is_told_while_it_lasts(program: FakeProgram, window: MainWindow) -> None:
    program.shell.database_busy(True)
    assert "nothing is sent" in window._notices.busy.text.text()
    assert not window._notices.isHidden()
    program.shell.database_busy(False)
    assert window._notices.busy.isHidden()
    assert window._notices.isHidden()


def test_rebuilding_shows_the_same_page_anew(window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGN, CampaignId(8))
    before: QWidget = window.page(PageName.CAMPAIGN)
    window.rebuild_pages()
    assert window.current is PageName.CAMPAIGN
    assert window.page(PageName.CAMPAIGN) is not before
    assert window.page(PageName.CAMPAIGN).head._header.title.text().startswith("Black Friday")


def test_geometry_is_stored_after_a_pause(program: FakeProgram, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: "ui.geometry" in program.library.settings, timeout=3000)


def test_a_refusal_of_the_shell_is_shown(program: FakeProgram, window: MainWindow) -> None:
    program.control.refuse = KnownError("port_taken", "x")
    program.shell.start_demo()
    assert "port is taken" in window._toast.accessibleName()


def test_a_list_dropped_anywhere_opens_its_import(window: MainWindow) -> None:
    window.navigate(PageName.CAMPAIGNS)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/x/clientes.csv")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert window.current is PageName.CONTACTS
    (dialog,) = window.page(PageName.CONTACTS).findChildren(ImportDialog)
    assert dialog.mapping_view.isVisible()
    dialog.reject()


def test_a_line_of_the_checklist_leads_to_its_people(window: MainWindow, program: FakeProgram) -> None:
    program.control.checks = [CheckLine("variables_missing", "red", {"fields": {"name": 24}})]
    window.navigate(PageName.EDITOR)
    editor = window.page(PageName.EDITOR)
    assert isinstance(editor, EditorPage)
    editor.audience_step.choices[AudienceKind.ALL].click()
    editor.go_to(Step.REVIEW)
    editor.review_step.rows[0].people_button.click()
    assert window.current is PageName.CONTACTS
    contacts = window.page(PageName.CONTACTS)
    assert isinstance(contacts, ContactsPage)
    assert contacts.filter_note.isVisible()
    assert contacts.filter_note.text.text().startswith("Of this campaign, without a value for Name: ")


def test_what_happened_to_a_person_opens_the_log_on_them(window: MainWindow) -> None:
    window.navigate(PageName.CONTACTS)
    contacts = window.page(PageName.CONTACTS)
    assert isinstance(contacts, ContactsPage)
    contacts.events_requested.emit(PersonAsked(ContactId(7), "Ana Lima"))
    assert window.current is PageName.TIMELINE
    log = window.page(PageName.TIMELINE)
    assert isinstance(log, TimelinePage)
    assert log.panel.filters.person.isVisible()
    assert log.panel.filters.person.text() == "Only Ana Lima"
    log.panel.filters.person.click()
    assert not log.panel.filters.person.isVisible()


def test_who_may_not_edit_is_led_to_the_campaign_and_told_why(window: MainWindow, qtbot: QtBot) -> None:
    window.why_not = lambda deed: "Ask an admin." if deed in (Deed.EDIT, Deed.SETTINGS) else ""
    window.navigate(PageName.CAMPAIGNS)
    campaigns = window.page(PageName.CAMPAIGNS)
    assert isinstance(campaigns, CampaignsPage)
    campaigns.edit_requested.emit(CampaignId(8))
    assert window.current is PageName.CAMPAIGN
    window.navigate(PageName.SETTINGS)
    settings = window.page(PageName.SETTINGS)
    assert isinstance(settings, SettingsPage)
    assert settings.lock.accessibleName().endswith("Ask an admin.")
    window.why_not = lambda _deed: ""
    window.navigate(PageName.SETTINGS)
    assert settings.lock.isHidden()
