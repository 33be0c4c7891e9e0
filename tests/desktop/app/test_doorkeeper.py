"""Who stands before the window: sign-in, lock, roles, other workspaces; over a real home, with a real window."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app.access_control import WindowAccess
from desktop.app.doorkeeper import Doorkeeper
from desktop.composition import Workplace, open_workplace
from desktop.domain.ids import CampaignId
from desktop.domain.operator import Deed, Role
from desktop.paths import open_home
from desktop.screens.main_window import MainWindow
from desktop.screens.pages import PageName
from desktop.settings import last_workspace
from desktop.viewmodels.access import IDLE_KEY
from desktop.widgets.permissions import needs
from desktop.widgets.theme import Theme
from tests.fakes.spawning import TaskSpawn
from tests.fakes.window import FakeProgram

PASSWORD = "senha da ana"


class Hall:
    """A window with its doorkeeper."""

    def __init__(self, workplace: Workplace, window: MainWindow, app: QApplication) -> None:
        self.workplace, self.window, self.app = workplace, window, app
        self.spawn = TaskSpawn()
        self.asked_for: list[str] = []
        self.door = Doorkeeper(app, workplace, window, self.spawn, self._saved)
        self.door.workspace_requested.connect(self.asked_for.append)
        self.control = WindowAccess(workplace, self.asked_for.append)

    async def _saved(self) -> None:
        """Nothing was to be saved."""

    async def look(self) -> None:
        self.door.look()
        await self.spawn.settle()


@pytest.fixture
async def hall(home: Path, theme: Theme, qtbot: QtBot, qapp: QApplication) -> AsyncIterator[Hall]:
    window = FakeProgram().window()
    qtbot.addWidget(window, before_close_func=lambda _: window.close_for_good())
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        made = Hall(workplace, window, qapp)
        await made.door.open()
        window.show()
        yield made
        made.door.stop()


async def test_the_first_admin_is_signed_in_at_once_and_asked_for_the_next_time(hall: Hall) -> None:
    assert hall.door.admitted.is_set()
    await hall.control.add("Ana", Role.ADMIN, PASSWORD)
    await hall.look()
    assert not hall.window.is_covered
    assert "Ana" in hall.window._navigation.account_button.text()
    hall.door.lock("Locked.")
    await hall.spawn.settle()
    assert hall.window.is_covered
    assert hall.workplace.access.present is None
    cover = hall.door._cover
    assert cover is not None
    assert (cover.name.text(), cover.why.text()) == ("Ana", "Locked.")
    cover.password.setText(PASSWORD)
    cover.button.click()
    await hall.spawn.settle()
    assert not hall.window.is_covered


async def test_who_is_kept_out_by_another_process_is_covered_at_the_next_look(hall: Hall) -> None:
    await hall.control.add("Ana", Role.ADMIN, PASSWORD)
    await hall.control.add("Bia", Role.ADMIN, PASSWORD)
    await hall.look()
    await hall.control.set_disabled("Ana", True)
    await hall.look()
    assert hall.window.is_covered


async def test_a_viewer_is_shown_what_they_may_not_press_and_told_why(hall: Hall, qtbot: QtBot) -> None:
    await hall.control.add("Ana", Role.ADMIN, PASSWORD)
    await hall.control.add("Léo", Role.VIEWER, PASSWORD)
    await hall.workplace.access.sign_in("Léo", PASSWORD)
    await hall.look()
    button = QPushButton("Delete", hall.window)
    needs(button, Deed.DELETE)
    button.show()
    assert not button.isEnabled()
    assert "Viewer" in button.toolTip()
    button.setEnabled(True)  # a page that enables it again, because its work is done
    assert not button.isEnabled()
    free = QPushButton("Look", hall.window)
    free.show()
    assert free.isEnabled()


async def test_the_keys_for_a_new_campaign_tell_a_viewer_why_not(hall: Hall) -> None:
    await hall.control.add("Ana", Role.ADMIN, PASSWORD)
    await hall.control.add("Léo", Role.VIEWER, PASSWORD)
    await hall.look()
    asyncio.get_running_loop().slow_callback_duration = 60  # pages are made here, on cores that others use too
    hall.window.navigate(PageName.CAMPAIGNS)
    await hall.workplace.access.sign_in("Léo", PASSWORD)
    await hall.look()
    hall.window._shortcut.activated.emit()
    assert hall.window.current is PageName.CAMPAIGNS
    assert "Viewer" in hall.window._toast._text.text()
    await hall.workplace.access.sign_in("Ana", PASSWORD)
    await hall.look()
    hall.window._shortcut.activated.emit()
    assert hall.window.current is PageName.EDITOR


async def test_on_no_page_a_viewer_can_press_what_would_be_refused(hall: Hall) -> None:
    await hall.control.add("Ana", Role.ADMIN, PASSWORD)
    await hall.control.add("Léo", Role.VIEWER, PASSWORD)
    await hall.workplace.access.sign_in("Léo", PASSWORD)
    await hall.look()
    asyncio.get_running_loop().slow_callback_duration = 60  # all pages are made here, on cores that others use too
    pressable: set[str] = set()
    for name in PageName:
        if name not in (PageName.FIRST_RUN, PageName.EDITOR):
            hall.window.navigate(name, CampaignId(8) if name is PageName.CAMPAIGN else None)
            buttons = hall.window.page(name).findChildren(QPushButton)
            pressable |= {button.text() for button in buttons if button.isVisible() and button.isEnabled()}
    assert {"Recipients", "Proof"} <= pressable, "looking is free"
    refused = {
        "New campaign", "Import contacts…", "Add tag…", "Remove tag…", "Opt out…", "Add number", "Pause",
        "Resume", "Cancel…", "Delete", "Connect",
    }  # fmt: skip
    assert pressable & refused == set()


async def test_the_idle_lock_follows_the_setting_and_every_touch(hall: Hall, qtbot: QtBot) -> None:
    assert not hall.door._idle.isActive(), "without operators there is nothing to lock"
    await hall.control.add("Ana", Role.ADMIN, PASSWORD)
    await hall.look()
    assert hall.door._idle.interval() == 15 * 60_000
    await hall.control.set_idle_minutes(5)
    await hall.look()
    assert (hall.door._idle.interval(), await hall.control.idle_minutes()) == (5 * 60_000, 5)
    hall.door._idle.stop()
    hall.door._idle.start(10**6)
    qtbot.keyClick(hall.window, Qt.Key.Key_Shift)
    assert hall.door._idle.remainingTime() > 10**6 - 60_000, "a touch begins anew"
    await hall.workplace.operations.set_setting(IDLE_KEY, 0)
    await hall.look()
    assert not hall.door._idle.isActive()
    hall.door._on_idle()
    await hall.spawn.settle()
    assert hall.window.is_covered


async def test_from_the_cover_another_workspace_can_be_asked_for(hall: Hall) -> None:
    await hall.control.add("Ana", Role.ADMIN, PASSWORD)
    await hall.control.add_workspace("Filial & Cia")
    await hall.look()
    cover = hall.door._cover
    assert cover is not None
    assert not cover.others_button.isHidden()
    (action,) = cover.others.actions()
    action.trigger()
    assert hall.asked_for == ["Filial & Cia"]


async def test_a_workspace_is_renamed_and_remembered_for_the_next_start(hall: Hall, home: Path) -> None:
    await hall.control.rename_workspace("Matriz")
    assert await hall.control.workspaces() == [("Matriz", True)]
    assert last_workspace(open_home(str(home))) == "Matriz"
    await hall.control.add_workspace("Filial")
    opened = open_home(str(home))
    async with open_workplace(opened, None, is_throw_away=True, preferred="Filial") as workplace:
        assert workplace.workspace_id != hall.workplace.workspace_id
    async with open_workplace(opened, None, is_throw_away=True, preferred="Gone") as workplace:
        assert workplace.workspace_id == hall.workplace.workspace_id
