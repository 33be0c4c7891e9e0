"""The in-doubt bin of a campaign: messages that may have left or not, decided for the chosen ones or all at once."""

from PySide6.QtCore import QItemSelection, QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ids import RecipientId
from desktop.domain.operator import Deed
from desktop.screens.campaign.detail import detail_content
from desktop.viewmodels import table_roles as roles
from desktop.viewmodels import wording
from desktop.viewmodels.doubts import IN_DOUBT
from desktop.viewmodels.recipients import RecipientDetail, RecipientsViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.delegates import TextDelegate, TwoLineDelegate
from desktop.widgets.drawer import Drawer
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import label
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.permissions import needs
from desktop.widgets.search_field import SearchField
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S

_ROW_HEIGHT = 52


class DoubtPanel(QWidget):
    """A table that loads as it is scrolled, what is known of the chosen one beside it, and the decisions.

    Signals:
        resolved(object, bool): recipient ids, or None for all of the campaign; and whether they count as sent.
    """

    resolved = Signal(object, bool)

    def __init__(self, model: RecipientsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._is_stale = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        card = Card()
        card.body.addLayout(self._head())
        layout.addWidget(card)
        layout.addLayout(self._tools())
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.table = self._table()
        row.addWidget(self.table, 1)
        self.drawer = Drawer(self.tr("Close the detail"))
        self.drawer.closed.connect(self.table.clear_choice)
        row.addWidget(self.drawer)
        layout.addLayout(row, 1)
        model.detail_changed.connect(self._on_detail_changed)
        self._on_selection_changed(QItemSelection(), QItemSelection())

    def show_count(self, count: int) -> None:
        """Say how many are in doubt in all."""
        self.all_sent.setText(self.tr("All {n} were sent").format(n=wording.number(count)))
        self.all_again.setText(self.tr("Send all {n} again").format(n=wording.number(count)))

    def refresh(self) -> None:
        """Read again what is on the screen; all of it after many were decided at once."""
        if self._is_stale or not self.isVisible():
            self._is_stale = False
            self.table.clear_choice()
            self._model.reload()
        else:
            self._model.refresh_rows(*self.table.visible_rows())

    def reset(self) -> None:
        """Forget search and choice: another campaign is shown."""
        self.search.clear()
        self.table.clear_choice()
        self.drawer.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.reload()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        text = self.tr(
            "The answer to these messages was lost. Cadência keeps asking the gateway. If you can see in the phone's "
            "WhatsApp what became of them, decide here: nothing is sent twice without you."
        )
        row.addWidget(label(text, "muted", wrap=True), 1)
        row.addSpacing(SPACE_L)
        self.all_sent = button("", icon_name="check-check")
        self.all_sent.clicked.connect(self._on_all_sent)
        self.all_again = button("", icon_name="rotate-ccw")
        self.all_again.clicked.connect(self._on_all_again)
        row.addWidget(self.all_sent)
        row.addWidget(self.all_again)
        return row

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.search = SearchField(self.tr("Search name or phone"))
        self.search.searched.connect(self._on_searched)
        row.addWidget(self.search)
        row.addStretch(1)
        self.chosen = label("", "muted")
        row.addWidget(self.chosen)
        self.sent_button = button(self.tr("It was sent"), "secondary", "check")
        self.sent_button.clicked.connect(self._on_sent)
        self.again_button = button(self.tr("Send again"), "secondary", "rotate-ccw")
        for each in (self.all_sent, self.all_again, self.sent_button, self.again_button):
            needs(each, Deed.SEND)
        self.again_button.clicked.connect(self._on_again)
        row.addWidget(self.sent_button)
        row.addWidget(self.again_button)
        return row

    def _table(self) -> PagedTable:
        table = PagedTable(
            self._model.model,
            (
                ColumnLook(220, stretch=True, delegate=TwoLineDelegate(roles.SECOND, self)),
                ColumnLook(130, delegate=TextDelegate(roles.TONE, parent=self)),
                ColumnLook(130, delegate=TextDelegate(roles.TONE, parent=self)),
                ColumnLook(280, stretch=True, delegate=TwoLineDelegate(roles.SECOND, self), hide_below=520),
            ),
            self.tr("Recipients in doubt"),
            row_height=_ROW_HEIGHT,
            empty=EmptyState(
                "search", self.tr("Nobody here"), self.tr("Nobody in doubt fits this search."), tone="neutral"
            ),
        )
        table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        table.row_chosen.connect(self._on_row_chosen)
        return table

    def _chosen_ids(self) -> list[RecipientId]:
        return [index.data(roles.ROW).id for index in self.table.view.selectionModel().selectedRows()]

    def _on_selection_changed(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        count = len(self.table.view.selectionModel().selectedRows())
        for made in (self.sent_button, self.again_button):
            made.setEnabled(count > 0)
        self.chosen.setText(self.tr("{n} chosen").format(n=wording.number(count)) if count > 1 else "")

    def _on_row_chosen(self, index: QModelIndex) -> None:
        is_one = len(self.table.view.selectionModel().selectedRows()) == 1
        self._model.choose(index.data(roles.ROW) if index.isValid() and is_one else None)

    def _on_detail_changed(self, detail: RecipientDetail | None) -> None:
        if detail is None or detail.row.status.value != IN_DOUBT:
            self.drawer.hide()
        else:
            self.drawer.set_content(detail.row.name or wording.phone(detail.row.phone), detail_content(detail))

    def _on_searched(self, text: str) -> None:
        self._model.set_filter(IN_DOUBT, text.strip())

    def _on_sent(self) -> None:
        self._decide(is_sent=True)

    def _on_again(self) -> None:
        self._decide(is_sent=False)

    def _decide(self, *, is_sent: bool) -> None:
        ids = self._chosen_ids()
        self._is_stale = len(ids) > 1
        if len(ids) == 1:  # It leaves the list, and what is shown beside it with it.
            self.table.clear_choice()
        self.resolved.emit(ids, is_sent)

    def _on_all_sent(self) -> None:
        self._is_stale = True
        self.resolved.emit(None, True)

    def _on_all_again(self) -> None:
        self._is_stale = True
        self.resolved.emit(None, False)
