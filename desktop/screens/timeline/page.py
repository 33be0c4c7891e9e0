"""The log timeline, as a page of its own or inside the page of one campaign."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.screens.timeline.drawer import EventDrawer
from desktop.screens.timeline.filters import TimelineFilters
from desktop.viewmodels import formats, wording
from desktop.viewmodels.person_events import PersonAsked
from desktop.viewmodels.table_roles import TONE
from desktop.viewmodels.timeline import TimelineViewModel
from desktop.viewmodels.timeline_model import Column
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.delegates import PillDelegate, TextDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.page_header import PageHeader
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_XL

_ROW_HEIGHT = 34
_AT_TOP_PX = 4
_NARROW = 900
_TABLE_LEAST = 240
_BUTTON_TOP = 46  # Just below the header of the table.


class TimelinePanel(QWidget):
    """Filters, table and drawer: what both places have in common.

    Signals:
        copied: an event is on the clipboard.
    """

    copied = Signal()

    def __init__(self, model: TimelineViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        self.filters = TimelineFilters(model)
        layout.addWidget(self.filters)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.table = self._build_table()
        row.addWidget(self.table, 1)
        self.drawer = EventDrawer()
        self.drawer.closed.connect(self._on_drawer_closed)
        self.drawer.copied.connect(self.copied)
        row.addWidget(self.drawer)
        layout.addLayout(row, 1)
        self.table.row_chosen.connect(self._on_row_chosen)
        self._connect_scrolling()
        model.state_changed.connect(self._show_state)
        model.failed.connect(self._on_failed)
        self._show_columns()
        self._show_state()

    def _build_table(self) -> PagedTable:
        self.empty = EmptyState(
            "scroll-text", self.tr("Loading…"), self.tr("The events are being read."), self.tr("Clear filters")
        )
        self.empty.action_requested.connect(self._model.clear_filter)
        looks = [
            ColumnLook(174, delegate=TextDelegate(TONE, parent=self)),
            ColumnLook(116, delegate=PillDelegate(TONE, parent=self)),
            ColumnLook(320, stretch=True),
            ColumnLook(140, delegate=TextDelegate(TONE, parent=self)),
            ColumnLook(100, delegate=TextDelegate(TONE, parent=self)),
            ColumnLook(150, delegate=TextDelegate(TONE, parent=self)),
        ]
        table = PagedTable(self._model.model, looks, self.tr("Events"), row_height=_ROW_HEIGHT, empty=self.empty)
        # Over the table, and not in a row above it: it must not push the rows away when it comes.
        self.new_button = button("", "primary", "arrow-up", table)
        self.new_button.clicked.connect(self._on_newest_wanted)
        self.new_button.hide()
        table.installEventFilter(self)
        # Smaller than what it says when it is empty: beside the drawer it must fit into the smallest window.
        table.setMinimumWidth(_TABLE_LEAST)
        return table

    def _connect_scrolling(self) -> None:
        self._bar = self.table.view.verticalScrollBar()
        # Queued: what it leads to moves rows and the bar, which must not happen in the middle of a scroll.
        self._bar.valueChanged.connect(self._on_scrolled, Qt.ConnectionType.QueuedConnection)
        self._model.model.rowsInserted.connect(self._on_rows_inserted)
        self._model.model.rowsRemoved.connect(self._on_rows_removed)

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    # Showing

    def _show_state(self) -> None:
        model = self._model
        can_jump = model.pending > 0 or model.model.has_newer
        self.new_button.setVisible(can_jump)
        self.new_button.raise_()
        if model.is_flooded:
            self.new_button.setText(self.tr("More than {count} new").format(count=formats.number(model.pending)))
        elif model.pending:
            self.new_button.setText(self.tr("{count} new").format(count=formats.number(model.pending)))
        else:
            self.new_button.setText(self.tr("Newest"))
        self._place_new_button()
        if not model.is_empty:
            self.empty.title.setText(self.tr("Loading…"))
            self.empty.text.setText(self.tr("The events are being read."))
        elif model.is_filtered:
            self.empty.title.setText(self.tr("Nothing matches"))
            self.empty.text.setText(self.tr("No event matches these filters. Try a longer time or fewer words."))
        else:
            self.empty.title.setText(self.tr("Nothing has happened yet"))
            self.empty.text.setText(self.tr("Every step of every campaign will be written down here."))
        self.empty.action.setVisible(model.is_empty and model.is_filtered)

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

    def _on_row_chosen(self, index: QModelIndex) -> None:
        row = self._model.model.event_at(index.row()) if index.isValid() else None
        if row is not None:
            self.drawer.show_event(row)
            self._show_columns()

    def _show_columns(self) -> None:
        """Leave out what the drawer says beside the table, and what is the same in every row."""
        has_drawer = self.drawer.isVisible()
        for column in (Column.CAMPAIGN, Column.NUMBER, Column.CONTACT):
            is_same = column is Column.CAMPAIGN and self._model.is_campaign_fixed
            self.table.view.setColumnHidden(column, has_drawer or is_same)
        self.table.view.setColumnHidden(Column.SEVERITY, has_drawer and self.width() < _NARROW)

    def _place_new_button(self) -> None:
        self.new_button.adjustSize()
        self.new_button.move((self.table.width() - self.new_button.width()) // 2, _BUTTON_TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_new_button()
            self._show_columns()
        return super().eventFilter(watched, event)

    def _on_drawer_closed(self) -> None:
        self._show_columns()
        self.table.clear_choice()
        self.table.view.setFocus()

    # Scrolling

    def _on_newest_wanted(self) -> None:
        self._bar.setValue(0)
        self._model.show_newest()

    def _on_scrolled(self, _value: int) -> None:
        self._model.set_at_top(self._bar.value() <= _AT_TOP_PX)

    def _move_by(self, rows: int) -> None:
        """Move the bar with the rows; the view would learn of its new length only before it paints."""
        self.table.view.updateGeometries()
        self._bar.setValue(max(0, self._bar.value() + rows * _ROW_HEIGHT))

    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Rows above those in sight must not push them away."""
        if first == 0 and not self._model.is_at_top:
            self._move_by(last + 1)

    def _on_rows_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first == 0:
            self._move_by(-last - 1)


class TimelinePage(QWidget):
    """The timeline of everything.

    Signals:
        noticed(str): a passing sentence.
    """

    noticed = Signal(str)

    def __init__(self, model: TimelineViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(
            PageHeader(self.tr("Log"), self.tr("Everything that happened, to the second. Nothing here can be changed."))
        )
        self._model = model
        self.panel = TimelinePanel(model)
        self.panel.copied.connect(self._on_copied)
        layout.addWidget(self.panel, 1)

    def show_campaign(self, campaign_id: CampaignId) -> None:
        """Show the events of one campaign only."""
        self._model.clear_person()
        self._model.set_campaign(campaign_id)

    def show_person(self, asked: PersonAsked) -> None:
        """Show what happened to one person only."""
        self._model.show_person(asked)

    def _on_copied(self) -> None:
        self.noticed.emit(self.tr("Copied"))

    def activate(self) -> None:
        self.panel.activate()

    def deactivate(self) -> None:
        self.panel.deactivate()
