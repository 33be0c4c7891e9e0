"""The recipients of a campaign: filtered by status, searched, and each with its attempts at the side."""

from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.ids import RecipientId
from desktop.domain.recipient import RecipientStatus
from desktop.screens.campaign.detail import detail_content
from desktop.screens.why_panel import WhyPanel
from desktop.viewmodels import table_roles as roles
from desktop.viewmodels import wording
from desktop.viewmodels.campaign_facts import CampaignFacts
from desktop.viewmodels.person_events import PersonAsked
from desktop.viewmodels.recipients import RecipientDetail, RecipientsViewModel
from desktop.viewmodels.why_words import WhyView
from desktop.widgets.buttons import button
from desktop.widgets.card import well
from desktop.widgets.delegates import PillDelegate, TextDelegate, TwoLineDelegate
from desktop.widgets.drawer import Drawer
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import ChoiceField
from desktop.widgets.labels import label
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.search_field import SearchField
from desktop.widgets.tokens import SPACE_L, SPACE_M

_ROW_HEIGHT = 52

# In the order in which an operator looks for them.
_FILTERS = (
    RecipientStatus.FAILED,
    RecipientStatus.IN_DOUBT,
    RecipientStatus.RETRYING,
    RecipientStatus.SKIPPED,
    RecipientStatus.PENDING,
    RecipientStatus.SENDING,
    RecipientStatus.SENT,
    RecipientStatus.DELIVERED,
    RecipientStatus.READ,
)


class RecipientsPanel(QWidget):
    """The table, and the drawer of the chosen one.

    Signals:
        events_requested(object): what happened to one recipient (`PersonAsked`) is to be shown.
    """

    events_requested = Signal(object)

    def __init__(self, model: RecipientsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        layout.addLayout(self._filters())
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.table = self._table()
        row.addWidget(self.table, 1)
        self.drawer = Drawer(self.tr("Close the detail"))
        self.drawer.closed.connect(self._on_drawer_closed)
        row.addWidget(self.drawer)
        layout.addLayout(row, 1)
        self.why: WhyPanel | None = None
        self._why_frame: QWidget | None = None
        self._shown_id: RecipientId | None = None
        self._campaign = ""
        self.events_button: QPushButton | None = None
        self._last_why: tuple[RecipientId, WhyView] | None = None
        model.detail_changed.connect(self._on_detail_changed)
        model.why_changed.connect(self._on_why_changed)

    def show_facts(self, facts: CampaignFacts) -> None:
        """Show how many have each status, in the filter."""
        self._campaign = facts.title
        counts = facts.summary.counts
        for place, status in enumerate(_FILTERS, 1):
            count = getattr(counts, status.value)
            self.status.setItemText(place, f"{wording.recipient_status(status)}  ({wording.number(count)})")

    def show_status(self, status: RecipientStatus) -> None:
        """Filter by a status from outside, e.g. from a figure."""
        self.status.setCurrentIndex(_FILTERS.index(status) + 1)

    def show_phone(self, phone: str) -> None:
        """Show one recipient, whatever its status."""
        self.status.setCurrentIndex(0)
        self.search.setText(phone)

    def refresh_visible(self) -> None:
        """Read again what is on the screen."""
        if self.isVisible():
            self._model.refresh_rows(*self.table.visible_rows())

    def reset(self) -> None:
        """Forget filter and choice: another campaign is shown."""
        self.status.blockSignals(True)
        self.status.setCurrentIndex(0)
        self.status.blockSignals(False)
        self.search.clear()
        self.drawer.hide()

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.status = ChoiceField()
        self.status.setAccessibleName(self.tr("Filter by status"))
        self.status.setMinimumWidth(220)
        self.status.addItem(self.tr("All statuses"))
        for status in _FILTERS:
            self.status.addItem(wording.recipient_status(status))
        self.status.setMaxVisibleItems(len(_FILTERS) + 1)
        self.status.currentIndexChanged.connect(self._on_filter_changed)
        row.addWidget(self.status)
        row.addStretch(1)
        self.search = SearchField(self.tr("Search name or phone"))
        self.search.searched.connect(self._on_filter_changed)
        row.addWidget(self.search)
        return row

    def _table(self) -> PagedTable:
        table = PagedTable(
            self._model.model,
            (
                ColumnLook(220, stretch=True, delegate=TwoLineDelegate(roles.SECOND, self)),
                ColumnLook(144, delegate=PillDelegate(roles.TONE, self)),
                ColumnLook(240, stretch=True, delegate=TextDelegate(roles.TONE, parent=self), hide_below=460),
                # Beside the detail, which says the same, these two make room for the names.
                ColumnLook(120, delegate=TextDelegate(roles.TONE, parent=self), hide_below=800),
                ColumnLook(136, delegate=TextDelegate(roles.TONE, parent=self), hide_below=800),
            ),
            self.tr("Recipients"),
            row_height=_ROW_HEIGHT,
            empty=EmptyState(
                "users",
                self.tr("Nobody here"),
                self.tr("Nobody fits this filter, or the campaign has not started yet."),
                tone="neutral",
            ),
        )
        table.row_chosen.connect(self._on_row_chosen)
        return table

    def _on_filter_changed(self, _what: object) -> None:
        place = self.status.currentIndex()
        status = _FILTERS[place - 1].value if place > 0 else None
        self._model.set_filter(status, self.search.text().strip())

    def _on_row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._model.choose(index.data(roles.ROW))

    def _on_detail_changed(self, detail: RecipientDetail | None) -> None:
        if detail is None:
            self.drawer.hide()
            self.why = self._why_frame = self.events_button = None
            return
        title = detail.row.name or wording.phone(detail.row.phone)
        self.why, self._why_frame = WhyPanel(), well()
        frame = QVBoxLayout(self._why_frame)
        frame.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        frame.addWidget(label(self.tr("Why not now?"), "overline"))
        frame.addWidget(self.why)
        told = self._last_why
        if told is not None and told[0] == detail.row.id:
            self.why.show_why(told[1])
        else:
            self._why_frame.hide()
        self._shown_id = detail.row.id
        self.events_button = button(self.tr("What happened"), "link", "scroll-text")
        self.events_button.setToolTip(self.tr("Everything in the log about this person in this campaign."))
        asked = PersonAsked(None, f"{title} · {self._campaign}", detail.row.id)
        self.events_button.clicked.connect(partial(self._on_events, asked))
        self.drawer.set_content(title, detail_content(detail, self._why_frame, self.events_button))

    def _on_events(self, asked: PersonAsked, _checked: bool = False) -> None:
        self.events_requested.emit(asked)

    def _on_why_changed(self, why: WhyView) -> None:
        if self.why is not None and self._why_frame is not None and self._shown_id is not None:
            self._last_why = (self._shown_id, why)
            self.why.show_why(why)
            self._why_frame.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.stop()

    def _on_drawer_closed(self) -> None:
        self.table.clear_choice()
        self._model.choose(None)
        self.table.view.setFocus()
