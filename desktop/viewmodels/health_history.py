"""How well one number has done, day by day: its score, what left and what did not, and how often it had to rest."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, Signal

from desktop.domain.analysis import HealthDay
from desktop.domain.instance import Instance
from desktop.policy.health import InstanceSample, instance_health
from desktop.viewmodels import formats
from desktop.viewmodels.analysis_words import ColumnRow
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Library


class HealthHistoryViewModel(QObject):
    """The last thirty days of a number, in its own time zone.

    Signals:
        changed: `days` are there.
        failed(object): the question was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, instance: Instance, library: Library, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.instance = instance
        self._library = library
        self.days: Sequence[HealthDay] = ()
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)

    def activate(self) -> None:
        """Ask once: a history does not change while it is looked at."""
        self.jobs.start("health.load", self._load)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was sent in all these days."""
        return all(day.score is None for day in self.days)

    def scores(self) -> list[ColumnRow]:
        """Return a bar a day: the score 0-100, and nothing on a day without an outcome."""
        return [ColumnRow(self._name(day), round(day.score or 0.0), 0, _tip(day)) for day in self.days]

    def flows(self) -> list[ColumnRow]:
        """Return a bar a day: what left, and on top what did not."""
        return [ColumnRow(self._name(day), day.flow.sent, day.flow.failed, _tip(day)) for day in self.days]

    @staticmethod
    def _name(day: HealthDay) -> str:
        return str(day.day.day)

    async def _load(self) -> None:
        self.days = await self._library.instance_health(self.instance.id, self.instance.timezone, _score)
        self.changed.emit()


def _score(sent: int, failed: int) -> float:
    return instance_health(InstanceSample(sent, failed, 0))


def _tip(day: HealthDay) -> str:
    date = QLocale().toString(QDate(day.day.year, day.day.month, day.day.day), QLocale.FormatType.ShortFormat)
    if day.score is None:
        return QCoreApplication.translate("Health", "{date}: nothing was sent").format(date=date)
    text = QCoreApplication.translate("Health", "{date}: health {score}, {sent} sent, {failed} not sent")
    said = text.format(
        date=date,
        score=formats.number(day.score),
        sent=formats.number(day.flow.sent),
        failed=formats.number(day.flow.failed),
    )
    if not day.issues:
        return said
    rests = QCoreApplication.translate("Health", "it had to rest: {n}").format(n=formats.number(day.issues))
    return f"{said}; {rests}"
