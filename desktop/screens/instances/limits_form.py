"""Fields for what may leave through one number, each with the switch "no limit"."""

from dataclasses import replace
from zoneinfo import available_timezones

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.instance import InstanceLimits
from desktop.widgets.fields import ChoiceField, DecimalField
from desktop.widgets.form import Form
from desktop.widgets.limit_field import LimitField

# Brazil first: most operators are there. The rest of the world follows by name.
_BRAZIL = (
    "America/Sao_Paulo",
    "America/Manaus",
    "America/Cuiaba",
    "America/Fortaleza",
    "America/Recife",
    "America/Belem",
    "America/Bahia",
    "America/Porto_Velho",
    "America/Rio_Branco",
    "America/Noronha",
)


class LimitsForm(Form):
    """Signals:
    changed: the limits or the time zone are others.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = InstanceLimits()
        no_limit = self.tr("No limit")
        self.per_day = LimitField(1, 100_000, 1000, no_limit)
        self.per_hour = LimitField(1, 10_000, 1000, no_limit)
        self.per_minute = LimitField(1, 1000, 20, no_limit)
        self.min_gap = DecimalField(0, 3600, 0.5, " s")
        self.min_gap.setFixedWidth(110)
        self.timezone = ChoiceField()
        others = sorted(name for name in available_timezones() if "/" in name and name not in _BRAZIL)
        self.timezone.addItems([*_BRAZIL, *others])
        self.add(self.tr("Messages a day, at most"), self.per_day, self.tr("At the limit it rests until midnight."))
        self.add(self.tr("Messages an hour, at most"), self.per_hour)
        self.add(self.tr("Messages a minute, at most"), self.per_minute)
        self.add(self.tr("Shortest gap between two messages"), self.min_gap)
        self.add(self.tr("Time zone"), self.timezone, self.tr("Decides when a new day begins."))
        for field in (self.per_day, self.per_hour, self.per_minute):
            field.changed.connect(self._on_changed)
        self.min_gap.valueChanged.connect(self._on_changed)
        self.timezone.currentTextChanged.connect(self._on_changed)

    def show_limits(self, limits: InstanceLimits, timezone: str) -> None:
        self.blockSignals(True)
        self._limits = limits
        self.per_day.set_limit(limits.per_day)
        self.per_hour.set_limit(limits.per_hour)
        self.per_minute.set_limit(limits.per_minute)
        self.min_gap.setValue(limits.min_gap_s)
        if self.timezone.findText(timezone) < 0:
            self.timezone.insertItem(0, timezone)
        self.timezone.setCurrentText(timezone)
        self.blockSignals(False)

    @property
    def limits(self) -> InstanceLimits:
        """What is in the fields; what has no field stays as it was."""
        return replace(
            self._limits,
            per_day=_whole(self.per_day.limit),
            per_hour=_whole(self.per_hour.limit),
            per_minute=_whole(self.per_minute.limit),
            min_gap_s=self.min_gap.value(),
        )

    def _on_changed(self, _value: object = None) -> None:
        self.changed.emit()


def _whole(limit: float | None) -> int | None:
    return None if limit is None else int(limit)
