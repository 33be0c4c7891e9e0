"""The plan of a campaign day by day: how many messages leave on each, and what holds it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.viewmodels.plan_words import PlanDay
from desktop.widgets.card import Card
from desktop.widgets.day_bars import DayBar, DayBars
from desktop.widgets.labels import label

_HEIGHT = 140


class PlanCard(Card):
    """Hidden until there is a plan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Plan"), parent=parent)
        self.bars = DayBars(self.tr("Messages planned for each day"), height=_HEIGHT)
        self.note = label("", "muted", wrap=True)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.note)
        self.hide()

    def show_plan(self, days: Sequence[PlanDay], note: str) -> None:
        today = self.tr("today")
        self.bars.set_bars(
            [
                DayBar(day.name, float(day.messages), float(day.messages), "chart_delivered", day.tip, today)
                if day.is_today
                else DayBar(day.name, float(day.messages), float(day.messages), "chart_delivered", day.tip)
                for day in days
            ]
        )
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setVisible(bool(days))
