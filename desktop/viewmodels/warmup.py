"""The warm-up of one number: off, the standard curve or an own one; where the number is on it, and what that allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import KnownError
from desktop.domain.instance import Instance
from desktop.policy.warmup import (
    OFF,
    STANDARD,
    STANDARD_NAME,
    Curve,
    WarmupDay,
    allowance,
    curve_at,
    curve_of,
    curve_text,
    smallest,
)
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library

PAST = timedelta(days=180)  # longer than any curve worth drawing; the engine looks as far back
LAST_DAY = int(PAST.days)
# An own curve begins as the standard one in a few points, which a person can look over.
_FIRST_OWN: Curve = tuple((day, curve_at(STANDARD, day)) for day in (1, 4, 8, 11, 15, 18, 22, 25, 29))
_SHOWN_AFTER = 3  # days beyond the last point, to show that it stays


class WarmupMode(StrEnum):
    OFF = "off"
    STANDARD = "standard"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class CurveDay:
    """One day of the drawing. `allowed` is the curve's, `counted` the smaller of it and daily limit; None: no limit."""

    day: int
    allowed: int | None
    counted: int | None
    is_today: bool


def mode_of(warmup: str) -> WarmupMode:
    """Tell which choice a stored curve is; one that nobody understands is used as the standard curve."""
    if warmup in (OFF, STANDARD_NAME):
        return WarmupMode(warmup)
    return WarmupMode.STANDARD if curve_or_standard(warmup) == STANDARD else WarmupMode.OWN


def curve_or_standard(warmup: str) -> Curve | None:
    """Return the curve that the engine goes by."""
    try:
        return curve_of(warmup)
    except KnownError:
        return STANDARD


async def place_of(library: Library, instance: Instance, now: datetime) -> WarmupDay | None:
    """Find where a number is on its curve today; None without warm-up. It stays so until the number's midnight."""
    curve = curve_or_standard(instance.warmup)
    if curve is None:
        return None
    history = await library.sent_by_day(instance.id, instance.timezone, now - PAST)
    return allowance(curve, history, now.astimezone(ZoneInfo(instance.timezone)).date())


class WarmupViewModel(QObject):
    """One visit to the dialog of a number's warm-up.

    Signals:
        changed: mode, points or the number's place on the curve are others.
        saved: the choice is stored.
        failed(object): the question or the intention was refused with this KnownError.
    """

    changed = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(
        self,
        instance: Instance,
        library: Library,
        control: Control,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.instance = instance
        self._library, self._control, self._now = library, control, now
        self._history: Sequence[tuple[date, int]] = ()
        self.mode = mode_of(instance.warmup)
        stored = curve_or_standard(instance.warmup)
        self.points: Curve = stored if self.mode is WarmupMode.OWN and stored is not None else _FIRST_OWN
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)

    def load(self) -> None:
        """Ask on which days the number has sent."""
        self.jobs.start("warmup.history", self._load)

    # What is chosen

    def set_mode(self, mode: WarmupMode) -> None:
        self.mode = mode
        self.changed.emit()

    def set_points(self, points: Curve) -> None:
        """Take over the table, in whatever order it is; `problem` says what is wrong with it."""
        self.points = points
        self.changed.emit()

    def add_point(self) -> None:
        """Add a day after the last one, as much above it as a week brings."""
        ordered = sorted(self.points)
        day, messages = ordered[-1]
        new_day = min(day + 7, LAST_DAY)
        self.set_points((*ordered, (new_day, None if messages is None else min(messages * 2, 100_000))))

    def remove_point(self, place: int) -> None:
        self.set_points(tuple(point for n, point in enumerate(self.points) if n != place))

    @property
    def problem(self) -> str | None:
        """Return what is wrong with the points: `first_day`, `twice`; None when they make a curve."""
        days = [day for day, _messages in self.points]
        if self.mode is not WarmupMode.OWN:
            return None
        if min(days, default=0) != 1:
            return "first_day"
        return "twice" if len(set(days)) < len(days) else None

    @property
    def curve(self) -> Curve | None:
        """Return the chosen curve; None without warm-up, or while the points make none."""
        if self.mode is WarmupMode.OFF or self.problem:
            return None
        return STANDARD if self.mode is WarmupMode.STANDARD else tuple(sorted(self.points, key=lambda point: point[0]))

    # What follows from it

    @property
    def place(self) -> WarmupDay | None:
        """Return where the number would be today on the chosen curve."""
        curve = self.curve
        if curve is None:
            return None
        today = self._now().astimezone(ZoneInfo(self.instance.timezone)).date()
        return allowance(curve, self._history, today)

    @property
    def allowed_today(self) -> int | None:
        """Return what may leave today: the smaller of curve and daily limit; None without either."""
        return smallest(self.instance.limits.per_day, self.place)

    @property
    def days(self) -> tuple[CurveDay, ...]:
        """Return the days of the drawing, from day 1 to a little after the curve's last point."""
        curve, place = self.curve, self.place
        if curve is None or place is None:
            return ()
        limit = self.instance.limits.per_day
        last = max(curve[-1][0], place.day) + _SHOWN_AFTER
        allowed = [(day, curve_at(curve, day)) for day in range(1, last + 1)]
        return tuple(
            CurveDay(day, messages, smallest(limit, WarmupDay(day, messages)), day == place.day)
            for day, messages in allowed
        )

    # Storing

    @property
    def is_saving(self) -> bool:
        return self.jobs.is_running("warmup.save")

    @property
    def can_save(self) -> bool:
        return self.problem is None and not self.is_saving

    def save(self) -> None:
        if self.can_save:
            self.jobs.start("warmup.save", self._save)

    async def _save(self) -> None:
        instance = self.instance
        text = curve_text(self.curve)
        await self._control.update_instance(instance.id, instance.limits, instance.timezone, text)
        self.saved.emit()

    async def _load(self) -> None:
        instance = self.instance
        self._history = await self._library.sent_by_day(instance.id, instance.timezone, self._now() - PAST)

    def _on_job_changed(self, _name: str) -> None:
        self.changed.emit()
