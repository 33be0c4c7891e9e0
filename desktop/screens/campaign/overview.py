"""The figures of a campaign: how far, how fast, what came of it, over time and by number."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.summaries import ChartSeries
from desktop.screens.plan_card import PlanCard
from desktop.viewmodels.campaign_facts import CampaignFacts, InstanceBar
from desktop.viewmodels.plan_words import PlanDay
from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.card import Card
from desktop.widgets.chart import Chart, Line
from desktop.widgets.labels import ElidedLabel, label, rule
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.progress import ProgressBar
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS
from desktop.widgets.vertical_scroll import QWIDGETSIZE_MAX

_NARROW = 860
_COMFORTABLE = 340  # px that the charts want before they leave room for what comes below
_LOWEST = 260


class Overview(QScrollArea):
    """Everything that is read at a glance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        layout = self._column = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_L)
        self.progress = _ProgressCard()
        layout.addWidget(self.progress)
        layout.addLayout(self._tiles())
        self._row = QWidget()
        self._charts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._row)
        self._charts.setContentsMargins(0, 0, 0, 0)
        self._charts.setSpacing(SPACE_L)
        self._charts.addWidget(self._over_time(), 5)
        self._charts.addWidget(self._by_instance(), 2)
        layout.addWidget(self._row, 1)
        self.plan = PlanCard()
        layout.addWidget(self.plan)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.viewport().width() < _NARROW
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._charts.direction() != direction:
            self._charts.setDirection(direction)
        self._place_tiles(3 if is_narrow else len(self.tiles))
        self._fit_charts(is_narrow)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        self._column.setContentsMargins(0, 0, SPACE_S if highest else 0, 0)

    def _fit_charts(self, is_narrow: bool) -> None:
        """Let the charts end with the window, so that none is cut; the plan fits below them, or is scrolled to."""
        if is_narrow:
            self._row.setMinimumHeight(0)
            self._row.setMaximumHeight(QWIDGETSIZE_MAX)
            return
        used = self.progress.sizeHint().height() + self._grid.sizeHint().height() + 2 * SPACE_L
        room = self.viewport().height() - used
        left = room if self.plan.isHidden() else room - self.plan.sizeHint().height() - SPACE_L
        self._row.setFixedHeight(max(left if left >= _COMFORTABLE else room, _LOWEST))

    def show_facts(self, facts: CampaignFacts) -> None:
        self.progress.show_facts(facts)
        for tile in facts.tiles:
            self.tiles[tile.key].set_value(tile.value, tile.note)

    def show_series(self, series: ChartSeries) -> None:
        self.chart.set_data(series.start_s, series.bucket_s, series.counts)

    def show_plan(self, days: Sequence[PlanDay], bottleneck: str) -> None:
        self.plan.show_plan(days, bottleneck)
        self._fit_charts(self.viewport().width() < _NARROW)

    def show_instances(self, bars: Sequence[InstanceBar]) -> None:
        self.bars.set_bars([Bar(bar.name, bar.figure, bar.parts, bar.tip) for bar in bars])

    def _tiles(self) -> QGridLayout:
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE_M)
        made = (
            ("sent", self.tr("Sent"), "chart_sent", self.tr("The gateway accepted the message.")),
            ("delivered", self.tr("Delivered"), "chart_delivered", self.tr("It arrived on the phone.")),
            ("read", self.tr("Read"), "chart_read", self.tr("The person opened it, and shows read receipts.")),
            ("replied", self.tr("Replied"), "chart_replied", self.tr("The person answered.")),
            (
                "failed",
                self.tr("Not sent"),
                "chart_failed",
                self.tr("It will not be sent; each has its reason."),
            ),
            ("in_doubt", self.tr("In doubt"), "doubt", self.tr("It may have left or not; it is never sent twice.")),
        )
        self.tiles: dict[str, MetricTile] = {}
        for key, title, role, hint in made:
            self.tiles[key] = MetricTile(title, role, hint)
        self._columns = 0
        self._place_tiles(len(made))
        return self._grid

    def _place_tiles(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(len(self.tiles)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _over_time(self) -> Card:
        card = Card(self.tr("Over time"))
        self.chart = Chart(
            (
                Line("sent", self.tr("Sent"), "chart_sent"),
                Line("delivered", self.tr("Delivered"), "chart_delivered"),
                Line("read", self.tr("Read"), "chart_read"),
                Line("failed", self.tr("Not sent"), "chart_failed"),
            ),
            self.tr("Messages over time"),
            self.tr("The chart begins with the first message."),
        )
        card.body.addWidget(self.chart, 1)
        return card

    def _by_instance(self) -> Card:
        card = Card(self.tr("By number"))
        self.bars = BarChart(self.tr("Messages by number"))
        card.body.addWidget(self.bars)
        card.body.addStretch(1)
        return card


class _ProgressCard(Card):
    """How far it is, how fast it goes, when it ends, and what it waits for."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout()
        row.setSpacing(SPACE_XL)
        left = QVBoxLayout()
        left.setSpacing(SPACE_S)
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        self._percent = label("–", "display")
        self._note = label("", "muted")
        head.addWidget(self._percent)
        head.addWidget(self._note, 0, Qt.AlignmentFlag.AlignBottom)
        self._note.setContentsMargins(0, 0, 0, SPACE_XS)
        head.addStretch(1)
        left.addLayout(head)
        self._bar = ProgressBar(8)
        left.addWidget(self._bar)
        row.addLayout(left, 5)
        row.addWidget(rule(vertical=True))
        row.addLayout(self._facts(), 5)
        self.body.addLayout(row)

    def show_facts(self, facts: CampaignFacts) -> None:
        self._percent.setText(facts.progress)
        self._note.setText(facts.progress_note)
        self._bar.set_parts(facts.parts, f"{facts.progress}, {facts.progress_note}")
        self._rate.setText(facts.rate)
        self._eta.setText(facts.eta)
        self._waiting.setText(facts.waiting or "–")

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_XS)
        self._rate, self._eta, self._waiting = ElidedLabel("–", "strong"), ElidedLabel("–", "strong"), ElidedLabel("–")
        for place, (name, value) in enumerate(
            (
                (self.tr("Rate"), self._rate),
                (self.tr("Ends"), self._eta),
                (self.tr("Now"), self._waiting),
            )
        ):
            grid.addWidget(label(name, "muted"), place, 0)
            grid.addWidget(value, place, 1)
        grid.setColumnStretch(1, 1)
        return grid
