"""The variations of a campaign side by side: figures, rates with their intervals, and what may be said of them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.analysis import VariationRow
from desktop.domain.campaign import Goal
from desktop.viewmodels import experiment_words as words
from desktop.widgets.banner import Banner
from desktop.widgets.card import Card
from desktop.widgets.figure_table import FigureTable
from desktop.widgets.labels import label
from desktop.widgets.segmented import SegmentedControl


class VariationsCard(Card):
    """Compares by replies or by reading, as the operator chooses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: Sequence[VariationRow] = ()
        self.body.addWidget(label(self.tr("By variation"), "section"))
        choices = [(goal.value, words.goal(goal)) for goal in (Goal.REPLY, Goal.READ)]
        self.goals = SegmentedControl(choices, self.tr("Compare by"))
        self.goals.chosen.connect(self._on_goal_chosen)
        self.body.addWidget(self.goals)
        self.verdict = Banner()
        self.body.addWidget(self.verdict)
        self.table = FigureTable(
            (
                self.tr("Message"),
                self.tr("Weight"),
                self.tr("Sent"),
                self.tr("Delivered"),
                self.tr("Read"),
                self.tr("Replied"),
                self.tr("Rate"),
                self.tr("95% interval"),
            )
        )
        self.body.addWidget(self.table)
        hint = self.tr("The true rate lies in the interval in 95 of 100 cases: the fewer messages, the wider it is.")
        self.hint = label(hint, "caption", wrap=True)
        self.body.addWidget(self.hint)

    def show_rows(self, rows: Sequence[VariationRow]) -> None:
        self._rows = rows
        goal = Goal(self.goals.current)
        self.table.set_rows(words.rows(rows, goal))
        tone, text = words.verdict(rows, goal)
        if text:
            self.verdict.show_message(tone, text)
        else:
            self.verdict.hide()
        self.goals.setVisible(len(rows) > 1)

    def _on_goal_chosen(self, _goal: str) -> None:
        self.show_rows(self._rows)
