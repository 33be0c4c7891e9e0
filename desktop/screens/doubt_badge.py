"""The badge in the navigation while messages are in doubt: how many, and the way to the campaigns that have them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.domain.ids import CampaignId
from desktop.viewmodels import wording
from desktop.widgets.icons import icon

_LONGEST_NAME = 40


class DoubtBadge(QPushButton):
    """Leads to the doubts of the only campaign that has any, or offers them by campaign.

    Signals:
        requested(object): show the doubts of this campaign (CampaignId).
    """

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "doubt-badge")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIcon(icon("circle-question-mark", "doubt"))
        self.setToolTip(self.tr("These messages may have left or not. Look at what is known, and decide."))
        self._doubts: Sequence[tuple[CampaignId, str, int]] = ()
        self.menu_by_campaign = QMenu(self)
        self.menu_by_campaign.triggered.connect(self._on_campaign_chosen)
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_doubts(self, doubts: Sequence[tuple[CampaignId, str, int]]) -> None:
        """Show (campaign, its name, messages in doubt) of the campaigns that have any; nothing without."""
        self._doubts = doubts
        count = sum(n for _id, _name, n in doubts)
        text = self.tr("In doubt: {n}").format(n=wording.number(count))
        self.setText("  " + text)
        self.setAccessibleName(text)
        self.setVisible(bool(doubts))

    def _on_clicked(self) -> None:
        if len(self._doubts) == 1:
            self.requested.emit(self._doubts[0][0])
            return
        self.menu_by_campaign.clear()
        for campaign_id, name, count in self._doubts:
            shown = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
            action = QAction(f"{shown}  ({wording.number(count)})".replace("&", "&&"), self.menu_by_campaign)
            action.setData(campaign_id)
            self.menu_by_campaign.addAction(action)
        self.menu_by_campaign.popup(self.mapToGlobal(self.rect().topRight()))

    def _on_campaign_chosen(self, action: QAction) -> None:
        self.requested.emit(action.data())
