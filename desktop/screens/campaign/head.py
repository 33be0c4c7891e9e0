"""The head of a campaign's page: name, status, and the actions that its status allows."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.domain.campaign import CampaignAction
from desktop.domain.operator import Deed
from desktop.screens.why_panel import WhyPanel
from desktop.viewmodels import wording
from desktop.viewmodels.campaign_facts import CampaignFacts
from desktop.viewmodels.why_words import WhyView
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import Card
from desktop.widgets.icons import icon
from desktop.widgets.page_header import PageHeader
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_M

# What the operator did needs no banner to tell them.
_QUIET_REASONS = frozenset({"operator", "cancelled"})

_BUTTONS = (
    (CampaignAction.PAUSE, "secondary", "pause"),
    (CampaignAction.EDIT, "secondary", "pencil"),
    (CampaignAction.RESUME, "primary", "play"),
    (CampaignAction.START, "primary", "play"),
)


class CampaignHead(QWidget):
    """Signals:
    back_requested: to the list.
    action_chosen(object): a step of the campaign's life (CampaignAction) was chosen.
    undo_chosen: the start shall be taken back; nothing has left yet.
    duplicate_chosen, log_chosen: from the menu.
    """

    back_requested = Signal()
    action_chosen = Signal(object)
    undo_chosen = Signal()
    duplicate_chosen = Signal()
    log_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        self._header = PageHeader("", back=self.tr("Back to the campaigns"))
        self._header.back_requested.connect(self.back_requested)
        self._pill = StatusPill("", "neutral")
        self._header.add_beside_title(self._pill)
        layout.addWidget(self._header)
        self._reason = Banner()
        layout.addWidget(self._reason)
        self.why_card = Card()
        self.why = WhyPanel()
        self.why_card.body.addWidget(self.why)
        self.why_card.hide()
        layout.addWidget(self.why_card)
        self.why_button = button(self.tr("Why not now?"), "ghost", "circle-question-mark")
        self.why_button.setCheckable(True)
        self.why_button.toggled.connect(self._on_why_toggled)
        self.why_button.hide()
        self._header.add_action(self.why_button)
        self.undo = button(self.tr("Undo"), "secondary", "ban")
        self.undo.setToolTip(self.tr("Cancels the campaign before anything has left"))
        needs(self.undo, Deed.SEND)
        self.undo.clicked.connect(self.undo_chosen)
        self.undo.hide()
        self._header.add_action(self.undo)
        self._buttons: dict[CampaignAction, QPushButton] = {}
        for step, kind, icon_name in _BUTTONS:
            made = button(wording.action(step), kind, icon_name)
            needs(made, Deed.SEND)
            made.setProperty("step", step.value)
            made.clicked.connect(self._on_button_clicked)
            made.hide()
            self._buttons[step] = made
            self._header.add_action(made)
        self._header.add_action(self._menu_button())

    def show_facts(self, facts: CampaignFacts) -> None:
        """Show a campaign's name, status and what can be done with it now."""
        self._header.set_title(facts.title)
        self._header.set_subtitle(facts.subtitle)
        self._pill.set_status(facts.status, facts.tone)
        self._show_why(facts.why)
        self.undo.setVisible(facts.can_undo)
        for step, made in self._buttons.items():
            made.setVisible(step in facts.actions)
        self._cancel.setVisible(CampaignAction.CANCEL in facts.actions)
        self._delete.setVisible(CampaignAction.DELETE in facts.actions)
        if facts.reason and facts.summary.reason not in _QUIET_REASONS:
            self._reason.show_message("danger" if facts.tone == "danger" else "warning", facts.reason)
        else:
            self._reason.hide()

    def _show_why(self, why: WhyView | None) -> None:
        self.why_button.setVisible(why is not None or self.why_button.isChecked())
        if why is not None:
            self.why.show_why(why)
        self.why_card.setVisible(why is not None and self.why_button.isChecked())

    def _on_why_toggled(self, is_on: bool) -> None:
        self.why_card.setVisible(is_on)

    def set_busy(self, is_busy: bool) -> None:
        """Take no second step while one is under way."""
        for made in (self.undo, *self._buttons.values()):
            made.setEnabled(not is_busy)
        self.more.setEnabled(not is_busy)

    def _menu_button(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.more = icon_button("ellipsis", self.tr("More actions"), "secondary")
        menu = QMenu(self.more)
        self._log = menu.addAction(icon("scroll-text"), self.tr("Show in the log"))
        self._duplicate = menu.addAction(icon("copy"), self.tr("Duplicate"))
        needs(self._duplicate, Deed.EDIT)
        menu.addSeparator()
        self._cancel = menu.addAction(icon("ban", "danger"), wording.action(CampaignAction.CANCEL))
        needs(self._cancel, Deed.SEND)
        self._delete = menu.addAction(icon("trash-2", "danger"), wording.action(CampaignAction.DELETE))
        needs(self._delete, Deed.DELETE)
        menu.triggered.connect(self._on_menu_triggered)
        self.more.setMenu(menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self.more)
        return holder

    def _on_button_clicked(self) -> None:
        self.action_chosen.emit(CampaignAction(self.sender().property("step")))

    def _on_menu_triggered(self, entry: QAction) -> None:
        if entry is self._log:
            self.log_chosen.emit()
        elif entry is self._duplicate:
            self.duplicate_chosen.emit()
        else:
            self.action_chosen.emit(CampaignAction.CANCEL if entry is self._cancel else CampaignAction.DELETE)
