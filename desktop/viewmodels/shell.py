"""What the frame around the pages shows: whether there is internet, who sends, whether this is practice, what runs."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal

from desktop.domain.campaign import CampaignStatus
from desktop.domain.engine_trouble import EngineTrouble
from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignSummary
from desktop.viewmodels import formats, wording
from desktop.viewmodels.event_bridge import EventBridge, Refresher
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, EngineState, Library

LOOK_MS = 1000
CAMPAIGNS_MS = 2000
GEOMETRY_KEY = "ui.geometry"
PRACTICE_KEY = "practice.active"

_LIFE = frozenset(
    {
        EventType.CREATED, EventType.STARTED, EventType.PAUSED, EventType.RESUMED, EventType.COMPLETED,
        EventType.CANCELLED, EventType.SCHEDULED, EventType.DELETED, EventType.MESSAGE_SENT, EventType.IN_DOUBT,
        EventType.RECONCILED, EventType.EDITED, EventType.ERROR,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why the engine stopped by itself, in words, and what to do or expect."""

    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class ShellState:
    """`running` counts the campaigns that are sending, `per_minute` what leaves of them together.

    `stopped` says why nothing is sent although nobody asked for that. `awaited` counts the messages whose answer the
    window waits for before it closes; None while nobody has asked it to close.
    """

    online: bool = True
    holder: str | None = None
    stopped: Stopped | None = None
    awaited: int | None = None
    is_database_busy: bool = False  # nothing can be recorded now, and so nothing is sent
    does_session_end: bool = False  # the computer shuts down, or signs the person out
    is_practice: bool = False
    running: int = 0
    per_minute: float = 0.0
    recovered: tuple[str, ...] = ()  # files of imports that were cut off: what they had written was taken back
    # (campaign, its name, why): scheduled, and not started at their time; somebody has to decide.
    missed: tuple[tuple[CampaignId, str, str], ...] = ()
    doubts: tuple[tuple[CampaignId, str, int], ...] = ()  # (campaign, its name, messages in doubt), most first


class ShellViewModel(QObject):
    """Signals:
    changed(object): a new `ShellState`.
    first_run_decided(bool): whether nothing has been made yet, so that the welcome is shown; once, after `start`.
    geometry_loaded(object): the stored geometry of the window (QByteArray); only when there is one.
    demo_started(object): the sample campaign (CampaignId) is running, or None when it cannot be found.
    recovered: people whom an import had brought that was cut off are gone again: lists of people are old.
    failed(object): something was refused with this KnownError.
    """

    recovered = Signal()
    changed = Signal(object)
    first_run_decided = Signal(bool)
    geometry_loaded = Signal(object)
    demo_started = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        control: Control,
        engine: EngineState,
        bridge: EventBridge,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._control, self._engine, self._now = library, control, engine, now
        self._campaigns: Sequence[CampaignSummary] = ()
        self._is_practice = False
        self._recovered: tuple[str, ...] = ()
        self._dismissed: set[tuple[CampaignId, str, str]] = set()
        self._is_ending = self._is_database_busy = self._does_session_end = False
        self.state = ShellState()
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self._refresher = Refresher(self.jobs, "shell.campaigns", self._load_campaigns, CAMPAIGNS_MS, self)
        # The engine's state is in memory and has no signal: looking once a second costs nothing.
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        bridge.events.connect(self._on_events)
        bridge.reload_needed.connect(self._refresher.request)

    @property
    def is_sending(self) -> bool:
        """Whether closing the window would interrupt something.

        Another engine on this home would carry on, and a practice campaign is thrown away anyhow.
        """
        return self.state.running > 0 and self.state.holder is None and not self.state.is_practice

    @property
    def is_ending(self) -> bool:
        """Whether the end was asked for, and agreed to."""
        return self._is_ending

    def database_busy(self, is_busy: bool) -> None:
        """Say while it lasts that nothing can be recorded, and so nothing is sent."""
        self._is_database_busy = is_busy
        self._look()

    @property
    def does_session_end(self) -> bool:
        """Whether the system has told that the desktop session ends: there is nobody to ask any more."""
        return self._does_session_end

    def session_ends(self, does_end: bool) -> None:
        """Say that the computer ends the session, and what becomes of what is on its way; or that it does not."""
        self._does_session_end = does_end
        self._look()

    def end(self) -> None:
        """The window closes once the answers to what is on its way are there: say so until then."""
        self._is_ending = True
        self._look()

    def start(self) -> None:
        """Load once, decide what to show first, and follow."""
        self._timer.start()
        self.jobs.start("shell.start", self._start)

    def recover(self) -> None:
        """Take back what imports had written that were killed with the program. Not urgent: after `start`."""
        self.jobs.start("shell.recover", self._recover)

    def stop(self) -> None:
        self._timer.stop()
        self._refresher.stop()

    def start_demo(self) -> None:
        """Start the practice gateway with its instances, contacts and campaign."""
        self.jobs.start("shell.demo", self._start_demo)

    @property
    def is_starting_demo(self) -> bool:
        return self.jobs.is_running("shell.demo")

    def save_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window is and how large."""
        text = base64.b64encode(geometry.data()).decode("ascii")

        async def work() -> None:
            await self._control.set_setting(GEOMETRY_KEY, text)

        self.jobs.refresh("shell.geometry", work)

    async def _start(self) -> None:
        stored = await self._library.setting(GEOMETRY_KEY)
        if isinstance(stored, str):
            self.geometry_loaded.emit(QByteArray.fromBase64(stored.encode("ascii", "replace")))
        await self._load_campaigns()
        # How numbers are is much to ask for: not before a list that is there without it.
        is_first_run = not self._campaigns and not await self._library.instances()
        self.first_run_decided.emit(is_first_run)

    async def _recover(self) -> None:
        """Nothing half done stays of an import that was killed with the program."""
        found = await self._control.recover_imports()
        if found:
            self._recovered = tuple(each.file for each in found)
            self._look()
            self.recovered.emit()

    def dismiss_recovered(self) -> None:
        """The operator has read about the imports that were cut off."""
        self._recovered = ()
        self._look()

    def dismiss_missed(self) -> None:
        """The operator has read which campaigns did not start at their time."""
        self._dismissed |= set(self.state.missed)
        self._look()

    async def _start_demo(self) -> None:
        await self._control.start_demo()
        await self._load_campaigns()
        self.demo_started.emit(_newest_running(self._campaigns))

    async def _load_campaigns(self) -> None:
        self._campaigns = await self._library.campaigns()
        self._is_practice = bool(await self._library.setting(PRACTICE_KEY))
        self._look()

    def _look(self) -> None:
        running = [row for row in self._campaigns if row.status is CampaignStatus.RUNNING]
        state = ShellState(
            online=self._engine.online,
            holder=self._engine.holder,
            stopped=self._stopped(self._engine.trouble),
            is_database_busy=self._is_database_busy,
            does_session_end=self._does_session_end,
            awaited=self._engine.in_flight if self._is_ending else None,
            is_practice=self._is_practice,
            running=len(running),
            per_minute=sum(row.per_minute for row in running),
            recovered=self._recovered,
            missed=tuple(each for each in _missed(self._campaigns) if each not in self._dismissed),
            doubts=_doubts(self._campaigns),
        )
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def _stopped(self, trouble: EngineTrouble | None) -> Stopped | None:
        if trouble is None:
            return None
        again = self.tr("It starts again by itself at {time}.").format(time=formats.time_of_day(trouble.again_at))
        if trouble.error is not None:
            why, hint = wording.error(trouble.error)
        else:
            why = self.tr("An error that was not foreseen ({kind}).").format(kind=trouble.kind)
            hint = self.tr("Nothing is lost and nobody is written to twice.")
        return Stopped(
            self.tr("Sending has stopped. {why}").format(why=why), " ".join(part for part in (hint, again) if part)
        )

    def start_again(self) -> None:
        """Start the engine now that stopped by itself."""
        self._engine.start_again()

    def _on_events(self, events: Sequence[Event]) -> None:
        if self._timer.isActive() and any(event.type in _LIFE for event in events):
            self._refresher.request()


def _doubts(campaigns: Sequence[CampaignSummary]) -> tuple[tuple[CampaignId, str, int], ...]:
    found = [(row.id, row.name, row.counts.in_doubt) for row in campaigns if row.counts.in_doubt]
    return tuple(sorted(found, key=lambda each: -each[2]))


def _missed(campaigns: Sequence[CampaignSummary]) -> list[tuple[CampaignId, str, str]]:
    return [
        (row.id, row.name, wording.campaign_reason(row.reason))
        for row in campaigns
        if row.status is CampaignStatus.DRAFT and row.reason
    ]


def _newest_running(campaigns: Sequence[CampaignSummary]) -> CampaignId | None:
    return next((row.id for row in campaigns if row.status is CampaignStatus.RUNNING), None)
