"""The window over an open home: that it ends in order, and says so meanwhile."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app.sending import WindowEngine
from desktop.app.session import Session
from desktop.composition import open_workplace
from desktop.paths import open_home
from desktop.widgets.language import Languages
from desktop.widgets.theme import Theme


async def test_it_says_what_it_waits_for_until_the_engine_has_ended(
    home: Path, qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = asyncio.Event()

    async def run(_engine: WindowEngine) -> None:
        await answered.wait()

    monkeypatch.setattr(WindowEngine, "run", run)
    monkeypatch.setattr(WindowEngine, "in_flight", 20)
    asyncio.get_running_loop().set_debug(False)  # pages are made meanwhile, which takes longer than a callback may
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        session = Session(qapp, workplace, theme, Languages(qapp), "en")
        window = await session.open()
        said = asyncio.Event()
        session.shell.changed.connect(lambda _state: said.set())
        session.close()
        ending = asyncio.create_task(session.until_closed())
        await asyncio.wait_for(said.wait(), 5)
        assert "20 messages" in window._notices.ending.text.text()
        assert not ending.done()
        answered.set()
        await ending
        assert not window.isVisible()
