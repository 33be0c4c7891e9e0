"""The first page: how many campaigns, how well they go, the last thirty days, and the latest campaigns."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.analysis import DashboardFacts, RecentCampaign
from desktop.domain.budget import BudgetState
from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed
from desktop.screens.campaign.analysis import show_columns
from desktop.viewmodels import analysis_words as words
from desktop.viewmodels import wording
from desktop.viewmodels.analysis import DashboardViewModel
from desktop.viewmodels.budget import used
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.column_chart import ColumnChart
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.page_header import PageHeader
from desktop.widgets.permissions import needs
from desktop.widgets.progress import ProgressBar
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll


class DashboardPage(QWidget):
    """Signals:
    campaign_requested(object): open this campaign (CampaignId).
    new_requested: write a new campaign.
    """

    campaign_requested = Signal(object)
    new_requested = Signal()

    def __init__(self, model: DashboardViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        header = PageHeader(self.tr("Dashboard"), self.tr("All campaigns together"))
        new_button = button(self.tr("New campaign"), "primary", "plus")
        needs(new_button, Deed.EDIT)
        new_button.clicked.connect(self.new_requested)
        header.add_action(new_button)
        layout.addWidget(header)
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # Before the first answer nothing is claimed.
        self._stack.addWidget(self._build())
        self.empty = EmptyState(
            "layout-dashboard",
            self.tr("Nothing to sum up yet"),
            self.tr("When campaigns have been sent, their figures and the last thirty days are here."),
            self.tr("New campaign"),
        )
        self.empty.action_requested.connect(self.new_requested)
        self._stack.addWidget(self.empty)
        layout.addWidget(self._stack, 1)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)

    def _build(self) -> VerticalScroll:
        area = VerticalScroll()
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        success = self.tr("The mean of the campaigns' success rates: accepted, of those accepted or not sent")
        self.total = MetricTile(self.tr("Campaigns"))
        self.running = MetricTile(self.tr("Sending now"))
        self.completed = MetricTile(self.tr("Completed"))
        self.success = MetricTile(self.tr("Average success rate"), hint=success)
        for tile in (self.total, self.running, self.completed, self.success):
            row.addWidget(tile)
        area.column.addLayout(row)
        area.column.addWidget(label(f"{self.tr('Average success rate')}: {success}.", "caption", wrap=True))
        self.month = Card(self.tr("Credits of the month"))
        self.month_lines = [(label("", "body", wrap=True), ProgressBar()) for _line in range(2)]
        for text, bar in self.month_lines:
            self.month.body.addWidget(text)
            self.month.body.addWidget(bar)
        area.column.addWidget(self.month)
        card = Card(self.tr("Last 30 days"), self.tr("Messages sent each day; what was not sent stands on top in red."))
        self.days = ColumnChart(self.tr("Messages sent each day"))
        card.body.addWidget(self.days)
        area.column.addWidget(card)
        recent = Card(self.tr("Latest campaigns"))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(SPACE_M)
        recent.body.addLayout(self._recent)
        area.column.addWidget(recent)
        self.rows: list[QWidget] = []
        return area

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def _show(self, facts: DashboardFacts) -> None:
        self._stack.setCurrentIndex(1 if facts.total else 2)
        self.total.set_value(wording.number(facts.total))
        queued = len(self._model.places)
        waiting = self.tr("{n} waiting for their turn").format(n=wording.number(queued)) if queued else ""
        self.running.set_value(wording.number(facts.running - queued), waiting)
        self.completed.set_value(wording.number(facts.completed))
        self.success.set_value(words.share(facts.average_success))
        show_columns(self.days, words.days(facts.days))
        self._show_recent(facts.recent)
        self._show_month(self._model.credits)

    def _show_month(self, state: BudgetState | None) -> None:
        """Show the month's credits, where somebody limits or prices them."""
        is_of_interest = state is not None and (state.budget.is_limited or bool(state.budget.card.rates))
        self.month.setVisible(is_of_interest)
        if state is None:
            return
        for (text, bar), (line, share) in zip(self.month_lines, used(state), strict=True):
            text.setText(line)
            bar.setVisible(share is not None)
            bar.set_share(min(share or 0.0, 1.0), "danger" if (share or 0) >= 1 else "accent_text")

    def _show_recent(self, campaigns: Sequence[RecentCampaign]) -> None:
        for row in self.rows:
            self._recent.removeWidget(row)
            row.deleteLater()
        self.rows = [self._row(campaign) for campaign in campaigns]
        for row in self.rows:
            self._recent.addWidget(row)

    def _row(self, campaign: RecentCampaign) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        layout.addWidget(ElidedLabel(campaign.name or _untitled(), "strong"), 1)
        counts = campaign.counts
        if counts.total:
            text = self.tr("{sent} of {total} sent").format(
                sent=wording.number(counts.left), total=wording.number(counts.total)
            )
            layout.addWidget(label(text, "muted"))
        pill = StatusPill(*wording.campaign_standing(campaign.status, self._model.places.get(campaign.id)))
        layout.addWidget(pill)
        opener = QPushButton(self.tr("Open"))
        opener.setAccessibleName(self.tr("Open {name}").format(name=campaign.name))
        opener.setProperty("kind", "secondary")
        opener.setProperty("campaign", int(campaign.id))
        opener.setCursor(Qt.CursorShape.PointingHandCursor)
        opener.clicked.connect(self._on_open)
        layout.addWidget(opener)
        return row

    def _on_open(self) -> None:
        facts = self._model.facts
        if facts is None:
            return
        wanted = self.sender().property("campaign")
        for campaign in facts.recent:
            if campaign.id == wanted:
                self.campaign_requested.emit(campaign.id)

    def _on_failed(self, refusal: KnownError) -> None:
        text, hint = wording.error(refusal)
        self.banner.show_message("danger", text, hint)


def _untitled() -> str:
    return QCoreApplication.translate("Campaigns", "Untitled campaign")
