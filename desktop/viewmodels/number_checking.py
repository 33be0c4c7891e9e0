"""Asking who is on WhatsApp: whom, through which number, what is known already, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from desktop.domain.instance import ConnectionState
from desktop.domain.numbers import FRESH_FOR, KnownNumbers
from desktop.domain.summaries import InstanceSummary
from desktop.policy.number_checks import check_pace, likely_s
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library, NumbersChecked

_ASKING = "check numbers"


@dataclass(frozen=True, slots=True)
class Asking:
    """How far a run has come."""

    done: int
    of: int
    seconds_left: float


class NumberCheckViewModel(QObject):
    """One check at a time; it goes on when nobody looks.

    Signals:
        changed: the choices, what is known, or whether a check runs are others.
        progressed: `asking` is another.
        checked(object, object): a run is over: its `NumbersChecked`, and whether it was cancelled.
        failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    progressed = Signal()
    checked = Signal(object, object)
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._control = library, control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.tag: str | None = None
        self.max_age_days = FRESH_FOR.days
        self.instance: str | None = None
        self.tags: Sequence[tuple[str, int]] = ()
        self.numbers: Sequence[InstanceSummary] = ()
        self.known: KnownNumbers | None = None  # None while it is not known yet
        self.asking: Asking | None = None
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        return self.jobs.is_running(_ASKING)

    @property
    def can_start(self) -> bool:
        return not self.is_running and self.instance is not None and self.known is not None and self.known.unknown > 0

    @property
    def likely_s(self) -> float:
        """About how long asking about everybody of whom nothing is known takes, in seconds."""
        return self._likely_s(self.known.unknown if self.known else 0)

    def open(self, tag: str | None) -> None:
        """Begin with the people that the list shows; a running check is left alone."""
        if not self.is_running:
            self.tag, self.known, self.asking = tag, None, None
        self.jobs.refresh("load", self._load)

    def set_tag(self, tag: str | None) -> None:
        """Ask only about people with a tag; None for everybody."""
        if tag != self.tag:
            self.tag, self.known = tag, None
            self.jobs.refresh("load", self._load)

    def set_max_age(self, days: int) -> None:
        """Rely on answers that are at most so many days old."""
        if days != self.max_age_days:
            self.max_age_days, self.known = days, None
            self.jobs.refresh("load", self._load)

    def set_instance(self, name: str) -> None:
        """Ask through this number."""
        self.instance = name
        self.changed.emit()

    def start(self) -> None:
        """Ask about everybody of whom nothing young enough is known."""
        if self.can_start:
            self._is_cancelled = False
            self.jobs.start(_ASKING, self._ask)

    def cancel(self) -> None:
        """End soon; what was answered is kept."""
        self._is_cancelled = True
        self._control.cancel_number_check()

    async def _load(self) -> None:
        self.tags = await self._library.tags()
        numbers = await self._library.instances()
        self.numbers = [each for each in numbers if _can_ask(each)]
        names = [each.instance.name for each in self.numbers]
        if self.instance not in names:
            self.instance = names[0] if names else None
        self.known = await self._control.known_numbers(self.tag, timedelta(days=self.max_age_days))
        self.changed.emit()

    async def _ask(self) -> None:
        self._on_progress(0, self.known.unknown if self.known else 0)
        age = timedelta(days=self.max_age_days)
        try:
            result = await self._control.check_numbers(self.tag, age, self.instance, self._on_progress)
        finally:
            self.asking = None
            self.jobs.refresh("load", self._load)
        self._say(result)

    def _say(self, result: NumbersChecked) -> None:
        self.checked.emit(result, self._is_cancelled)

    def _on_progress(self, done: int, of: int) -> None:
        self.asking = Asking(done, of, self._likely_s(of - done))
        self.progressed.emit()

    def _likely_s(self, people: int) -> float:
        through = next((each.instance for each in self.numbers if each.instance.name == self.instance), None)
        pace = check_pace(through.gateway) if through is not None else None
        return likely_s(pace, people) if pace is not None else 0.0

    def _on_job_changed(self, name: str) -> None:
        if name == _ASKING:
            self.changed.emit()


def _can_ask(summary: InstanceSummary) -> bool:
    instance = summary.instance
    is_ready = instance.state is ConnectionState.CONNECTED and instance.pause_reason is None
    return is_ready and check_pace(instance.gateway) is not None
