"""Opens the window: of the operator's home, or of a throw-away home with a demonstration."""

import argparse
import asyncio
import json
import logging
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from PySide6 import QtWidgets  # Qt makes a class when it is first named: few starts need a message box
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop import qt_loop
from desktop.app.crashes import Crashes
from desktop.app.keys import unlock
from desktop.app.session import Session, chosen_language, is_gui_thread
from desktop.composition import Workplace, open_workplace
from desktop.domain.errors import KnownError
from desktop.domain.grace import USUAL_GRACE_S
from desktop.domain.instance import Gateway
from desktop.home_logs import HomeLogs
from desktop.paths import Home, open_home
from desktop.screens.pages import PageName
from desktop.settings import last_workspace, remember_workspace
from desktop.viewmodels import wording
from desktop.viewmodels.setting_keys import LANGUAGE_KEY
from desktop.widgets.language import Languages
from desktop.widgets.theme import ThemeMode, apply_theme

if TYPE_CHECKING:
    from desktop.app.demo import Practice

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Demo:
    """What `demo` was asked for."""

    contacts: int = 200
    instances: int = 3
    gateways: tuple[Gateway, ...] = (Gateway.EVOLUTION,)
    exit_after_s: float | None = None
    screenshot: Path | None = None


def run(app: QApplication, options: argparse.Namespace, on_shown: Callable[[], object]) -> int:
    """Open the window and return the exit code when it has been closed.

    Args:
        on_shown: called when there is a window, or a refusal, to look at instead of the mark.
    """
    starter = _Starter(app, options, on_shown)
    return qt_loop.run(app, starter.main)


class _Starter:
    """Opens one session after the other: the demonstration is a session of its own, after which the home comes back."""

    def __init__(self, app: QApplication, options: argparse.Namespace, on_shown: Callable[[], object]) -> None:
        self._app, self._options, self._on_shown = app, options, on_shown
        self._theme = apply_theme(app, ThemeMode.SYSTEM)
        self._languages = Languages(app)
        self._crashes = Crashes()
        self._passphrase: str | None = None  # of the keys, typed once for all workspaces of this run
        self._wants_demo = False
        self._next_workspace: str | None = None

    async def main(self) -> int:
        """Show the window until it is closed; return the exit code. What ends it otherwise is shown and logged."""
        self._crashes.install(asyncio.get_running_loop())
        try:
            return await self._main()
        # What ends the window without a word is the worst error of all: it is shown like any other.
        except Exception as error:
            log.exception("the window ended with an error")
            self._on_shown()
            await self._crashes.show_alone(error)
            return 1
        finally:
            self._crashes.close_home()
            self._crashes.uninstall()

    async def _main(self) -> int:
        if self._options.command == "demo":
            screenshot = self._options.screenshot
            return await self._demo(
                Demo(
                    self._options.contacts,
                    self._options.instances,
                    _gateways(self._options.gateway),
                    self._options.exit_after,
                    Path(screenshot) if screenshot else None,
                )
            )
        wanted = self._options.workspace
        while True:
            self._wants_demo, self._next_workspace = False, None
            code = await self._home(wanted)
            if self._wants_demo:
                await self._demo(Demo())
            elif self._next_workspace is None:
                return code
            wanted = self._next_workspace or wanted

    async def _home(self, wanted: str | None) -> int:
        """Open the home in the workspace of this name, else in the one that was open last."""
        home = open_home(self._options.home)
        logs = HomeLogs(home)
        logs.open()
        self._crashes.open_home(home)
        try:
            database, last = self._options.database, await asyncio.to_thread(last_workspace, home)
            async with open_workplace(home, database, workspace=wanted, preferred=last) as workplace:
                if wanted is not None:
                    await asyncio.to_thread(remember_workspace, home, wanted)
                workplace.database.refuse_gui_thread(is_gui_thread)
                workplace.start_grace_s = USUAL_GRACE_S
                logs.follow(workplace.bus)
                await self._choose_language(workplace)
                store, folder = workplace.secrets, home.folder
                may_open, self._passphrase = await unlock(store, folder, self._passphrase, self._on_shown)
                if not may_open:
                    return 0
                session = Session(
                    self._app,
                    workplace,
                    self._theme,
                    self._languages,
                    self._options.lang,
                    self._crashes,
                    logs,
                    self._go_to,
                )

                async def begin_demo() -> None:
                    self._wants_demo = True
                    session.close()
                    # The screen that asked must not go on as if the demonstration had begun in this session.
                    raise asyncio.CancelledError

                workplace.begin_demo = begin_demo
                await session.open()
                self._on_shown()
                await session.until_closed()
        except KnownError as error:
            await self._refuse(error)
            return 1
        finally:
            await asyncio.to_thread(logs.close)
        return 0

    async def _choose_language(self, workplace: Workplace) -> None:
        """Speak the operator's language also before the window is there."""
        stored = await workplace.library.setting(LANGUAGE_KEY)
        self._languages.install(chosen_language(self._options.lang, stored))

    def _go_to(self, workspace: str) -> None:
        self._next_workspace = workspace

    async def _demo(self, demo: Demo) -> int:
        from desktop.app.demo import PracticeGateway  # late, as in `_run_demo`: few starts are demonstrations

        folder = Path(tempfile.mkdtemp(prefix="cadencia-demo-"))
        names = [f"vendas-{n}" for n in range(1, demo.instances + 1)]
        gateway = await asyncio.to_thread(PracticeGateway, folder, names, demo.gateways)
        try:
            self._crashes.open_home(Home(folder))
            return await self._run_demo(Home(folder), await gateway.ready(), names, demo)
        except KnownError as error:
            await self._refuse(error)
            return 1
        finally:
            self._crashes.close_home()
            await asyncio.to_thread(gateway.stop)
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _run_demo(self, home: Home, gateways: "Sequence[Practice]", names: list[str], demo: Demo) -> int:
        from desktop.app.demo import fill, subscribe

        async with open_workplace(home, None, is_throw_away=True) as workplace:
            workplace.database.refuse_gui_thread(is_gui_thread)
            campaign_id = await fill(workplace, gateways, names, demo.contacts)
            session = Session(self._app, workplace, self._theme, self._languages, self._options.lang, self._crashes)
            window = await session.open()
            self._on_shown()
            session.spawn(subscribe(workplace, gateways), "subscribe")
            window.navigate(PageName.CAMPAIGN, campaign_id)
            if self._options.command == "demo":
                _say(sys.stdout, json.dumps({"window": True, "home": str(home.folder)}))
            if demo.exit_after_s is not None:
                session.spawn(_leave(session, demo.exit_after_s, demo.screenshot), "leave")
            await session.until_closed()
        return 0

    async def _refuse(self, error: KnownError) -> None:
        """Say why the window cannot open, and wait until that has been read."""
        log.error("the window cannot open: %s", error.code)
        self._on_shown()
        message, hint = wording.error(error)
        _say(sys.stderr, f"{message} {hint}".strip())
        if self._options.command != "demo" or self._options.exit_after is None:
            await _tell(message, hint)


def _gateways(wanted: str) -> tuple[Gateway, ...]:
    return (Gateway.EVOLUTION, Gateway.WAHA, Gateway.CLOUD) if wanted == "all" else (Gateway(wanted),)


def _say(stream: TextIO | None, line: str) -> None:
    # A packaged program without a console has no streams.
    if stream is not None:
        stream.write(f"{line}\n")
        stream.flush()


async def _tell(message: str, hint: str) -> None:
    """Show a message that has no window around it, and wait until it is closed. `exec` would stop the loop."""
    box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, "Cadência", message)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(hint)
    closed = asyncio.Event()
    box.finished.connect(closed.set)
    box.open()
    await closed.wait()


async def _leave(session: Session, seconds: float, screenshot: Path | None) -> None:
    await asyncio.sleep(seconds)
    if screenshot is not None and session.window is not None:
        picture = session.window.grab()
        if not picture.save(str(screenshot)):
            raise KnownError("file_not_writable", f"{screenshot} cannot be written.", "Choose another place.")
    session.close()
