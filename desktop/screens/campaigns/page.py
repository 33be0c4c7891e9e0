"""All campaigns with their progress; the way to a new one, and to each."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.campaign import CampaignAction, CampaignStatus, allowed
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.operator import Deed
from desktop.domain.summaries import CampaignSummary
from desktop.screens.campaigns.capsules import CapsuleActions
from desktop.screens.campaigns.questions import ask_before
from desktop.viewmodels import table_roles as roles
from desktop.viewmodels import wording
from desktop.viewmodels.campaigns import CampaignsViewModel, Group
from desktop.viewmodels.capsules import CapsulesViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.delegates import PillDelegate, ProgressDelegate, TextDelegate, TwoLineDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.icons import icon
from desktop.widgets.page_header import PageHeader
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.permissions import needs
from desktop.widgets.search_field import SearchField
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_XL

_ROW_HEIGHT = 60

_ICONS = {
    CampaignAction.START: "play",
    CampaignAction.PAUSE: "pause",
    CampaignAction.RESUME: "play",
    CampaignAction.EDIT: "pencil",
    CampaignAction.CANCEL: "ban",
    CampaignAction.DELETE: "trash-2",
}


class CampaignsPage(QWidget):
    """Signals:
    new_requested: a new campaign is wanted.
    campaign_requested(object): show this campaign (CampaignId).
    edit_requested(object): open this draft (CampaignId) in the editor.
    noticed(str): a passing sentence.
    """

    new_requested = Signal()
    campaign_requested = Signal(object)
    edit_requested = Signal(object)
    noticed = Signal(str)

    def __init__(self, model: CampaignsViewModel, capsules: CapsulesViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model, self._capsules_model = model, capsules
        self.capsules = CapsuleActions(capsules, self)
        self.capsules.noticed.connect(self.noticed)
        self.capsules.campaign_made.connect(self._on_taken_in)
        capsules.failed.connect(self._on_failed)
        capsules.marked.connect(model.mark_handed_over)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(self._header())
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list())
        self.empty = EmptyState(
            "megaphone",
            self.tr("No campaign yet"),
            self.tr("A campaign takes your message to each contact, at a human pace, never twice to the same person."),
            self.tr("New campaign"),
        )
        self.empty.action_requested.connect(self.new_requested)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(QWidget())  # Before the first answer nothing is claimed.
        self._stack.setCurrentIndex(2)
        layout.addWidget(self._stack, 1)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.duplicated.connect(self._on_duplicated)
        if model.is_loaded:
            self._show()

    def activate(self) -> None:
        self._model.activate()
        self._capsules_model.activate()

    def take_in(self, path: Path) -> None:
        """Look into a capsule that was dropped."""
        self.capsules.take_in(path)

    def deactivate(self) -> None:
        self._model.deactivate()

    def _header(self) -> PageHeader:
        self.header = PageHeader(self.tr("Campaigns"), self.tr("Everything that was, is and will be sent"))
        self.new_button = button(self.tr("New campaign"), "primary", "plus")
        needs(self.new_button, Deed.EDIT)
        self.new_button.clicked.connect(self.new_requested)
        self.capsule_button = button(self.tr("Take a capsule in…"), "secondary", "download")
        needs(self.capsule_button, Deed.PEOPLE)
        self.capsule_button.clicked.connect(self.capsules.choose_file)
        self.header.add_action(self.capsule_button)
        self.header.add_action(self.new_button)
        return self.header

    def _list(self) -> QWidget:
        widget = QWidget()
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        layout.addLayout(self._filters())
        self.table = PagedTable(
            self._model.model,
            (
                ColumnLook(320, stretch=True, delegate=TwoLineDelegate(roles.SECOND, self)),
                ColumnLook(172, delegate=PillDelegate(roles.TONE, self)),
                ColumnLook(200, delegate=ProgressDelegate(roles.PARTS, parent=self)),
                ColumnLook(112, delegate=TextDelegate(roles.TONE, parent=self), hide_below=760),
                ColumnLook(92, delegate=TextDelegate(roles.TONE, parent=self), hide_below=860),
                ColumnLook(116, delegate=TextDelegate(roles.TONE, parent=self)),
                ColumnLook(96, delegate=TextDelegate(roles.TONE, parent=self), hide_below=820),
            ),
            self.tr("Campaigns"),
            row_height=_ROW_HEIGHT,
            empty=_nothing_found(self.tr("Nothing found"), self.tr("No campaign fits this filter.")),
        )
        self.table.opened.connect(self._on_opened)
        view = self.table.view
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_requested)
        view.clicked.connect(self._on_opened)
        view.setCursor(Qt.CursorShape.PointingHandCursor)
        layout.addWidget(self.table, 1)
        return widget

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.groups = SegmentedControl(
            (
                (Group.ALL, self.tr("All")),
                (Group.ACTIVE, self.tr("Active")),
                (Group.DRAFTS, self.tr("Drafts")),
                (Group.ENDED, self.tr("Ended")),
            ),
            self.tr("Which campaigns are shown"),
        )
        self.groups.chosen.connect(self._on_filter_changed)
        row.addWidget(self.groups)
        row.addStretch(1)
        self.search = SearchField(self.tr("Search campaigns"))
        self.search.searched.connect(self._on_filter_changed)
        row.addWidget(self.search)
        return row

    def _show(self) -> None:
        self._stack.setCurrentIndex(0 if self._model.campaigns else 1)
        self.new_button.setVisible(bool(self._model.campaigns))
        names = {
            Group.ALL: self.tr("All"),
            Group.ACTIVE: self.tr("Active"),
            Group.DRAFTS: self.tr("Drafts"),
            Group.ENDED: self.tr("Ended"),
        }
        for group, name in names.items():
            count = self._model.count_of(group)
            self.groups.set_text(group, f"{name}  {wording.number(count)}" if count else name)

    def _on_filter_changed(self, _what: str) -> None:
        self._model.set_filter(Group(self.groups.current), self.search.text().strip())

    def _on_opened(self, index: QModelIndex) -> None:
        row: CampaignSummary | None = index.data(roles.ROW)
        if row is not None:
            self._open(row)

    def _open(self, row: CampaignSummary) -> None:
        if row.status is CampaignStatus.DRAFT:
            self.edit_requested.emit(row.id)
        else:
            self.campaign_requested.emit(row.id)

    def _on_menu_requested(self, at: QPoint) -> None:
        # The menu key asks from a place where perhaps no row is: it means the current one.
        index = self.table.view.indexAt(at)
        index = index if index.isValid() else self.table.view.currentIndex()
        row: CampaignSummary | None = index.data(roles.ROW) if index.isValid() else None
        if row is not None:
            self.menu_of(row).popup(self.table.view.viewport().mapToGlobal(at))

    def menu_of(self, row: CampaignSummary) -> QMenu:
        """Make the menu of what can be done with a campaign; each entry carries (row, what)."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("arrow-right"), self.tr("Open")).setData((row, "open"))
        for step, name in _ICONS.items():
            if allowed(row.status, step):
                is_final = step in (CampaignAction.CANCEL, CampaignAction.DELETE)
                made = menu.addAction(icon(name, "danger" if is_final else "text_muted"), wording.action(step))
                needs(made, Deed.DELETE if step is CampaignAction.DELETE else Deed.SEND)
                made.setData((row, step))
        menu.addSeparator()
        menu.addAction(icon("copy"), self.tr("Duplicate")).setData((row, "duplicate"))
        self.capsules.add_to(menu, row)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def _on_menu_triggered(self, entry: QAction) -> None:
        if entry.data() is None:
            return  # of the capsules: it has its own slot
        row, what = entry.data()
        if what == "open":
            self._open(row)
        elif what == "duplicate":
            self._model.duplicate(row.id)
        elif what is CampaignAction.EDIT:
            self.edit_requested.emit(row.id)
        else:
            ask_before(self, what, row.name, partial(self._model.act, row.id, what))

    def _on_duplicated(self, campaign_id: CampaignId) -> None:
        self.noticed.emit(self.tr("A copy was made as a draft."))
        self.edit_requested.emit(campaign_id)

    def _on_taken_in(self, campaign_id: CampaignId) -> None:
        self.noticed.emit(self.tr("A draft was made of the capsule."))
        self.edit_requested.emit(campaign_id)

    def _on_failed(self, refusal: KnownError) -> None:
        text, hint = wording.error(refusal)
        self.banner.show_message("danger", text, hint)


def _nothing_found(title: str, text: str) -> EmptyState:
    return EmptyState("search", title, text, tone="neutral")
