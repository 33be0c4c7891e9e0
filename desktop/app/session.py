"""One open home in the window: pages, engine, theme and language, from opening to an orderly end."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.app.crashes import Crashes
from desktop.app.doorkeeper import Doorkeeper
from desktop.app.keys import KeysOffer
from desktop.app.pages import PageMaker
from desktop.app.pulse import Pulse
from desktop.app.sending import WindowEngine
from desktop.app.session_end import SessionEnd
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.ids import EventId
from desktop.engine.supervisor import Supervisor, uninterrupted
from desktop.home_logs import HomeLogs
from desktop.screens.main_window import MainWindow
from desktop.viewmodels import wording
from desktop.viewmodels.access import IDLE_KEY
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.setting_keys import LANGUAGE_KEY, THEME_KEY
from desktop.viewmodels.shell import ShellViewModel
from desktop.widgets.dialogs import ask
from desktop.widgets.language import LANGUAGES, Languages, system_language
from desktop.widgets.theme import Theme

log = logging.getLogger(__name__)

FOLLOW_EVERY_S = 0.5
AGAIN_AFTER_S = 5.0
CALM_WITHIN_S = 1.0  # something may go on for as long as the window is open
SAVING_S = 5.0


class Session(QObject):
    """Builds the window over an open home and follows it until it is closed."""

    def __init__(
        self,
        app: QApplication,
        workplace: Workplace,
        theme: Theme,
        languages: Languages,
        forced_language: str | None,
        crashes: Crashes | None = None,
        logs: HomeLogs | None = None,
        on_workspace: Callable[[str], None] | None = None,
    ) -> None:
        """`on_workspace` says which workspace is opened when this session has been closed; None where there is one."""
        super().__init__()
        self._app, self._workplace = app, workplace
        self._theme, self._languages, self._forced_language = theme, languages, forced_language
        self._on_workspace = on_workspace
        self._crashes = crashes or Crashes(self)  # without a home it shows nothing
        self._supervisor = Supervisor()
        self._jobs: set[asyncio.Task[Any]] = set()
        self._closing = asyncio.Event()
        self.is_closed = False
        self._last_seen = EventId(0)
        self.engine = WindowEngine(workplace, partial(self.report, where="engine"))
        self.bridge = EventBridge(workplace.bus, self)
        self.shell = ShellViewModel(
            workplace.library,
            workplace.control,
            self.engine,
            self.bridge,
            self.spawn,
            workplace.clock.now,
            self,
        )
        self._maker = PageMaker(
            workplace,
            self.engine,
            self.bridge,
            self.shell,
            self.spawn,
            self._on_theme,
            self._on_language,
            logs,
            self._open_workspace if on_workspace else None,
        )
        self.window: MainWindow | None = None
        self._session_end = SessionEnd(app, self.engine, self.shell.session_ends, self.close, self._has_closed, self)
        self._engine_task: asyncio.Task[None] | None = None  # none before somebody has signed in

    async def open(self) -> MainWindow:
        """Show the window with the operator's theme and language; returns when it is up."""
        library = self._workplace.library
        theme, language = await library.setting(THEME_KEY), await library.setting(LANGUAGE_KEY)
        self._on_theme(theme if isinstance(theme, str) else "system")
        self._languages.install(self._choose_language(language))
        self._last_seen = await library.last_event_id()
        self.window = MainWindow(self.shell, self._maker.pages())
        self.window.close_requested.connect(self.close)
        self._door = Doorkeeper(self._app, self._workplace, self.window, self.spawn, self._finish_saving, self)
        self._door.failed.connect(self.report)
        self._door.workspace_requested.connect(self._open_workspace)
        self.keys = KeysOffer(self._workplace, self.window, self.bridge, self.spawn, self)
        self._workplace.bus.subscribe(self._on_events)
        await self._door.open()
        self.window.show()
        self._crashes.show_over(self.window)
        if self._door.admitted.is_set():
            self._begin()
        else:
            self._supervisor.spawn("door", self._guarded(self._begin_when_admitted(), "door"))
        return self.window

    async def _begin_when_admitted(self) -> None:
        await self._door.admitted.wait()
        self._begin()

    def _begin(self) -> None:
        """Show pages and send, now that whoever sits here may."""
        self.shell.start()
        self._engine_task = self._supervisor.spawn("engine", self._once_calm(self.engine.run))
        for name, work in (("api", self._serve_api), ("webhooks", self._tell_others)):
            self._supervisor.spawn(name, self._once_calm(partial(self._kept_alive, work, name)))
        self._supervisor.spawn("recover", self._once_calm(self._recover))
        self._supervisor.spawn("follow", self._kept_alive(self._follow_others, "follow"))
        pulse = Pulse(self._write_nothing, self.shell.database_busy)
        self._supervisor.spawn("pulse", self._kept_alive(pulse.run, "pulse"))

    def close(self) -> None:
        """Ask for the end; `until_closed` carries it out."""
        self._closing.set()

    def _open_workspace(self, name: str) -> None:
        """Leave this workspace for another one; asks first when that stops something."""
        if self.window is None or self._on_workspace is None:
            return
        if not self.shell.is_sending:
            self._leave_for(name)
            return

        def on_answer(answer: str) -> None:
            if answer == "yes":
                self._leave_for(name)

        ask(
            self.window,
            self.tr("Messages are being sent"),
            self.tr(
                "Only the workspace that is open sends. When you come back to this one it goes on where it stopped."
            ),
            self.tr("Stop and open {name}").format(name=name),
            self.tr("Keep sending"),
            on_answer,
            tone="warning",
        )

    def _leave_for(self, name: str) -> None:
        if self._on_workspace is not None:
            self._on_workspace(name)
            self.close()

    async def until_closed(self) -> None:
        """Wait for `close`, then stop sending, in order: nothing that is in flight is abandoned."""
        try:
            await self._closing.wait()
        finally:
            # Also when the program is told to end (SIGTERM, the end of the desktop session): it then comes cancelled.
            await uninterrupted(self._shut_down())

    async def _shut_down(self) -> None:
        assert self.window is not None
        self.engine.stop()
        if self._workplace.is_loaded:
            self._workplace.own_texts.pause_all()
        self.shell.end()
        self._door.stop()
        if self._engine_task is not None:
            await asyncio.wait({self._engine_task})
        self._crashes.window_closed()
        self.window.close_for_good()
        self.bridge.close()
        # What pages save when they are left (the last words of a draft, a setting) is carried out, not cancelled.
        await self._finish_saving()
        await self._supervisor.cancel()
        self.window.deleteLater()
        self.is_closed = True

    def _has_closed(self) -> bool:
        return self.is_closed

    def spawn(self, coro: Coroutine[Any, Any, None], name: str) -> None:
        """Start a coroutine of a view-model; what it does not handle itself is shown and logged."""
        task = self._supervisor.spawn(name, self._guarded(coro, name))
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    async def _finish_saving(self) -> None:
        saving = self._jobs - {asyncio.current_task()}
        if saving:
            await asyncio.wait(saving, timeout=SAVING_S)

    def report(self, error: BaseException, where: str = "task") -> None:
        """Show an error that nobody handled: a refusal in passing, anything else with its report. The log has it."""
        if not isinstance(error, KnownError):
            self._crashes.hear(where, error)
        elif self.window is not None and where != "engine":  # what stops the engine stays above the page
            text, hint = wording.error(error)
            self.window.notice(f"{text} {hint}".strip())

    async def _guarded(self, coro: Coroutine[Any, Any, None], name: str) -> None:
        try:
            await coro
        except Exception as error:
            log.exception("%s failed", name)
            self.report(error)

    async def _kept_alive(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """Run what has to go on as long as the window is open; one that failed begins again a little later."""
        while True:
            await self._guarded(work(), name)
            await asyncio.sleep(AGAIN_AFTER_S)

    async def _once_calm(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do `work` when the first page has its data: what acts takes as long to load as all that the page needs."""
        try:
            async with asyncio.timeout(CALM_WITHIN_S):
                while self._jobs:
                    await asyncio.wait(self._jobs)
        except TimeoutError:
            pass
        await asyncio.to_thread(self._workplace.load)
        await work()

    async def _recover(self) -> None:
        self.shell.recover()

    async def _serve_api(self) -> None:
        await self._workplace.build_api_host(wording.check).run()

    async def _tell_others(self) -> None:
        """Tell the operator's other programs of what happens, while this window is the one that sends."""
        from desktop.webhooks.readiness import until_needed

        while True:
            await until_needed(self._workplace.hooks, asyncio.sleep)
            if self.engine.holder is None:
                await self._workplace.build_courier().run(lambda: self.engine.holder is None)
            await asyncio.sleep(FOLLOW_EVERY_S)

    def _write_nothing(self) -> "asyncio.Future[None]":
        return self._workplace.database.submit(lambda _context: None)

    async def _follow_others(self) -> None:
        """Notice what another process writes: a command, or the engine that sends instead of ours."""
        library = self._workplace.library
        while True:
            await asyncio.sleep(FOLLOW_EVERY_S)
            last = await library.last_event_id()
            if last > self._last_seen:
                self._last_seen = last
                self.bridge.reload_needed.emit()
                self._door.look()

    def _on_events(self, events: Sequence[Event]) -> None:
        self._last_seen = max(self._last_seen, events[-1].id)
        if any(_is_about_access(event) for event in events):
            self._door.look()

    def _on_theme(self, mode: str) -> None:
        self._theme.set_mode(mode)

    def _on_language(self, language: object) -> None:
        self._languages.install(self._choose_language(language))
        if self.window is not None:
            self.window.rebuild_pages()

    def _choose_language(self, stored: object) -> str:
        return chosen_language(self._forced_language, stored)


def chosen_language(forced: object, stored: object) -> str:
    """Return the language to speak: the one of the command line, else the operator's choice, else the system's."""
    for wanted in (forced, stored):
        if isinstance(wanted, str) and wanted in LANGUAGES:
            return wanted
    return system_language()


def _is_about_access(event: Event) -> bool:
    return event.type is EventType.OPERATOR_CHANGED or event.fact.details.get("setting") == IDLE_KEY


def is_gui_thread() -> bool:
    """Tell whether this is the thread that paints."""
    return threading.current_thread() is threading.main_thread()
