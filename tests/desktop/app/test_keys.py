"""The passphrase of the keys at a start, and the offer of one when the first key was stored; over a real home."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.access.protection import LateSecrets, MemorySecrets, Protection
from desktop.access.secrets import FileSecrets
from desktop.app.keys import DECLINED, KeysOffer, unlock
from desktop.composition import Workplace, open_workplace
from desktop.domain.events import Event
from desktop.paths import open_home
from desktop.screens.access.keys_dialog import KeysDialog
from desktop.viewmodels.event_bridge import EventBridge
from desktop.widgets.theme import Theme
from tests.fakes.spawning import TaskSpawn
from tests.fakes.window import FakeProgram

WORD = "cavalo correto bateria"


async def until(is_true: Callable[[], bool]) -> None:
    """Let the loop and other threads work."""
    async with asyncio.timeout(10):
        while not is_true():  # noqa: ASYNC110 — what is waited for has no event
            await asyncio.sleep(0)


def asked() -> list[KeysDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, KeysDialog) and each.isVisible()]


def answer(dialog: KeysDialog, word: str) -> None:
    dialog.word.setText(word)
    dialog.again.setText(word)
    dialog.done_button.click()


async def test_nobody_is_asked_where_nothing_is_sealed(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    FileSecrets(tmp_path, None).set("a", "one")
    assert await unlock(FileSecrets(tmp_path, None), tmp_path) == (True, None)
    assert await unlock(MemorySecrets(), tmp_path) == (True, None)


async def test_a_wrong_passphrase_is_said_and_the_right_one_opens(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    FileSecrets(tmp_path, WORD).set("a", "one")
    store = FileSecrets(tmp_path, None)
    shown: list[str] = []
    opening = asyncio.create_task(unlock(store, tmp_path, None, lambda: shown.append("the question")))
    await until(lambda: bool(asked()))
    (dialog,) = asked()
    assert shown == ["the question"], "the mark of the start stands in its way"
    answer(dialog, "falsa")
    await until(lambda: dialog.done_button.isEnabled())
    assert "does not open" in dialog.row.note.text()
    answer(dialog, WORD)
    assert await opening == (True, WORD)
    assert asked() == []
    assert store.get("a") == "one"
    # Another workspace of the same run asks nobody again.
    assert await unlock(FileSecrets(tmp_path, None), tmp_path, WORD) == (True, WORD)


async def test_who_gives_up_opens_nothing(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    FileSecrets(tmp_path, WORD).set("a", "one")
    store = FileSecrets(tmp_path, None)
    opening = asyncio.create_task(unlock(store, tmp_path, "of yesterday"))
    await until(lambda: bool(asked()))
    asked()[0].later_button.click()
    assert await opening == (False, None)
    assert store.is_locked


class Hall:
    """A window over a home whose keys are in a file."""

    def __init__(self, workplace: Workplace, spawn: TaskSpawn, offer: KeysOffer, bridge: EventBridge) -> None:
        self.workplace, self.spawn, self.offer, self.bridge = workplace, spawn, offer, bridge
        self.heard: list[Event] = []
        workplace.bus.subscribe(self.heard.extend)

    async def store_a_key(self) -> None:
        await asyncio.to_thread(self.workplace.secrets.set, "a", "token")
        await self.workplace.note("secret_set", None, secret="gateway_token")
        # No loop of Qt turns here: what its timers would do is done by hand.
        self.bridge.events.emit(self.heard)
        if self.offer._timer.isActive():
            self.offer._timer.timeout.emit()
        await self.spawn.settle()


@pytest.fixture
async def hall(home: Path, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    monkeypatch.delenv("CADENCIA_PASSPHRASE", raising=False)
    # While anything else is asked nothing is offered, also a question that another test has left open.
    monkeypatch.setattr(QApplication, "activeModalWidget", staticmethod(lambda: None))
    window = FakeProgram().window()
    qtbot.addWidget(window, before_close_func=lambda _: window.close_for_good())
    async with open_workplace(open_home(str(home)), None) as workplace:
        spawn, bridge = TaskSpawn(), EventBridge(workplace.bus, window)
        made = Hall(workplace, spawn, KeysOffer(workplace, window, bridge, spawn, window), bridge)
        window.show()
        yield made
        made.offer._timer.stop()
        await spawn.settle()
        bridge.close()
        # An offer that is still open would look like the question of the next test.
        for left in asked():
            left.hide()
            left.deleteLater()


async def test_after_the_first_key_a_passphrase_is_offered_and_seals_it(hall: Hall) -> None:
    await hall.store_a_key()
    assert hall.offer.dialog is not None
    answer(hall.offer.dialog, WORD)
    await hall.spawn.settle()
    assert hall.offer.dialog is None
    assert hall.workplace.secrets.protection is Protection.PASSPHRASE
    assert FileSecrets(hall.workplace.home.folder, WORD).get("a") == "token"


async def test_not_now_is_the_last_word(hall: Hall) -> None:
    await hall.store_a_key()
    assert hall.offer.dialog is not None
    hall.offer.dialog.later_button.click()
    await hall.spawn.settle()
    assert await hall.workplace.library.setting(DECLINED) is True
    await hall.store_a_key()
    assert hall.offer.dialog is None
    assert hall.workplace.secrets.protection is Protection.FILE_ONLY


async def test_nothing_is_offered_while_something_else_is_asked(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(QApplication, "activeModalWidget", staticmethod(object))
        await hall.store_a_key()
        assert hall.offer.dialog is None
        assert hall.offer._timer.isActive(), "it looks again"
    hall.offer._timer.timeout.emit()
    await hall.spawn.settle()
    assert hall.offer.dialog is not None


async def test_what_happens_otherwise_does_not_open_the_keys_on_the_thread_of_the_window(hall: Hall) -> None:
    def open_store() -> FileSecrets:
        raise AssertionError("the keyring was looked for")

    hall.workplace.secrets = LateSecrets(open_store)
    await hall.workplace.note("report_written", None)
    hall.bridge.events.emit(hall.heard)
    await hall.spawn.settle()
    assert hall.heard
    assert hall.offer.dialog is None
