"""The list of fields, filters and fallbacks that opens while a variable is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from desktop.viewmodels.editor_completion import Offer

_WIDTH = 340


class CompletionPopup(QCompleter):
    """Signals:
    chosen: the Offer (object) that the operator took.
    """

    chosen = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self._list = QListView()
        self.setPopup(self._list)
        self.setWidget(owner)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._offers: Sequence[Offer] = ()
        self.activated.connect(self._on_activated)

    @property
    def is_open(self) -> bool:
        return self._list.isVisible()

    def show_offers(self, offers: Sequence[Offer], at: QRect) -> None:
        """Open the list below `at`, or close it when there is nothing to offer."""
        if not offers:
            self.close()
            return
        if offers != self._offers:
            self._offers = offers
            self._rows.clear()
            for offer in offers:
                item = QStandardItem(f"{offer.text}    {offer.hint}" if offer.hint else offer.text)
                item.setData(offer.written, Qt.ItemDataRole.UserRole)
                self._rows.appendRow(item)
        at.setWidth(_WIDTH)
        self.complete(at)
        self._list.setCurrentIndex(self.completionModel().index(0, 0))

    def close(self) -> None:
        self._list.hide()

    def _on_activated(self, _text: object) -> None:
        row = self._list.currentIndex().row()
        if 0 <= row < len(self._offers):
            self.chosen.emit(self._offers[row])
