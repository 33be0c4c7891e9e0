"""Committed events on their way to the screens: gathered, handed on ten times a second, dropped in a flood.

What is dropped is not lost: `reload_needed` says so, and whoever shows something reads it again. A view-model loads a
snapshot up to event n and ignores the events up to n that arrive afterwards.
"""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop.domain.events import Event
from desktop.domain.ids import EventId
from desktop.viewmodels.jobs import Jobs, Work
from desktop.viewmodels.ports import EventBus

TICK_MS = 100
FLOOD = 5000


class EventBridge(QObject):
    """The only listener of the bus on the screens' side. Its timer runs while events come, and not otherwise.

    Signals:
        events: a tuple of `Event`, in order of commit, at most ten times a second.
        reload_needed: too many came at once, or some are missing: read everything again.
    """

    events = Signal(object)
    reload_needed = Signal()

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gathered: list[Event] = []
        self._last_id: EventId | None = None
        self._has_gap = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._end = bus.subscribe(self._on_published)

    @property
    def is_ticking(self) -> bool:
        return self._timer.isActive()

    def close(self) -> None:
        """Stop listening; what was gathered is dropped."""
        self._end()
        self._timer.stop()
        self._gathered.clear()

    def _on_published(self, events: Sequence[Event]) -> None:
        for event in events:
            # Ids may skip (a transaction that was rolled back keeps its ids); they never go back.
            if self._last_id is not None and event.id <= self._last_id:
                self._has_gap = True
            self._last_id = event.id
        if len(self._gathered) + len(events) > FLOOD:
            self._gathered.clear()
            self._has_gap = True
        else:
            self._gathered.extend(events)
        if not self._timer.isActive():
            self._timer.start()

    def _on_tick(self) -> None:
        if not self._gathered and not self._has_gap:
            self._timer.stop()
            return
        batch, self._gathered = tuple(self._gathered), []
        has_gap, self._has_gap = self._has_gap, False
        if has_gap:
            self.reload_needed.emit()
        elif batch:
            self.events.emit(batch)


class Refresher(QObject):
    """Read something again when it may have changed: not more often than asked for, and never busier than one fifth.

    The first request is served at once; those during the wait are served together at its end.
    """

    def __init__(self, jobs: Jobs, name: str, work: Work, interval_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._name = name
        self._work = work
        self._interval_ms = interval_ms
        self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_waited)

    def request(self) -> None:
        """Ask for a new look."""
        if self._timer.isActive() or self._jobs.is_running(self._name):
            self._is_wanted = True
        else:
            self._start()

    def demand(self) -> None:
        """Ask for a look at once, whatever was asked before: something else is looked at now."""
        self._timer.stop()
        self.request()

    def stop(self) -> None:
        """Forget what was asked for; what is under way ends by itself."""
        self._timer.stop()
        self._is_wanted = False

    def _start(self) -> None:
        self._is_wanted = False
        self._jobs.start(self._name, self._measured)

    async def _measured(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        try:
            await self._work()
        finally:
            # A question that takes long (a million rows) is asked more rarely, so that it never crowds out the rest.
            self._timer.start(max(self._interval_ms, 4 * int(clock.elapsed())))

    def _on_waited(self) -> None:
        if self._is_wanted:
            self.request()
