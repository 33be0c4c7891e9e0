"""The in-doubt bin of a campaign: messages that may have left or not, decided one by one or all at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.ids import RecipientId
from desktop.domain.summaries import RecipientRow
from desktop.viewmodels import wording
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.labels import ElidedLabel, label, rule
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS


class DoubtPanel(QWidget):
    """Signals:
    resolved(object, bool): recipient ids, or None for all of the campaign; and whether they count as sent.
    """

    resolved = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RecipientRow, ...] = ()
        self._count = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        card = Card()
        card.body.setSpacing(SPACE_S)
        card.body.addLayout(self._head())
        card.body.addWidget(rule())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.body.addWidget(self._area, 1)
        layout.addWidget(card)

    def show_rows(self, rows: Sequence[RecipientRow], count: int) -> None:
        """Show the first of those in doubt; `count` is how many there are in all."""
        if tuple(rows) == self._rows and count == self._count:
            return
        self._rows, self._count = tuple(rows), count
        if self.isVisible():
            self._build_rows()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._build_rows()

    def _build_rows(self) -> None:
        count = self._count
        inside = QWidget()
        inside.setObjectName("scrolled")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, SPACE_M, 0)
        layout.setSpacing(0)
        for row in self._rows:
            layout.addWidget(self._row(row))
            layout.addWidget(rule())
        if count > len(self._rows):
            more = self.tr("… and {n} more").format(n=wording.number(count - len(self._rows)))
            layout.addSpacing(SPACE_S)
            layout.addWidget(label(more, "muted"))
        layout.addStretch(1)
        bar = self._area.verticalScrollBar()
        place = bar.value()
        self._area.setWidget(inside)
        bar.setValue(place)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        text = self.tr(
            "The answer to these messages was lost. Cadência keeps asking the gateway. If you can see in the phone's "
            "WhatsApp what became of them, decide here: nothing is sent twice without you."
        )
        row.addWidget(label(text, "muted", wrap=True), 1)
        row.addSpacing(SPACE_L)
        self.all_sent = button(self.tr("All were sent"), icon_name="check-check")
        self.all_sent.clicked.connect(self._on_all_sent)
        self.all_again = button(self.tr("Send all again"), icon_name="rotate-ccw")
        self.all_again.clicked.connect(self._on_all_again)
        row.addWidget(self.all_sent)
        row.addWidget(self.all_again)
        return row

    def _row(self, row: RecipientRow) -> QWidget:
        widget = QWidget()
        layout = QHBoxLayout(widget)
        layout.setContentsMargins(0, SPACE_S, 0, SPACE_S)
        layout.setSpacing(SPACE_S)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_XS // 2)
        texts.addWidget(ElidedLabel(row.name or wording.phone(row.phone), "strong"))
        facts = [wording.phone(row.phone) if row.name else "", row.instance or "", wording.reason(row.reason)]
        texts.addWidget(ElidedLabel(" · ".join(fact for fact in facts if fact), "caption"))
        layout.addLayout(texts, 1)
        for text, icon_name, is_sent in (
            (self.tr("It was sent"), "check", True),
            (self.tr("Send again"), "rotate-ccw", False),
        ):
            made = button(text, "ghost", icon_name)
            made.setProperty("recipient", row.id)
            made.setProperty("is_sent", is_sent)
            made.setAccessibleName(f"{text}: {row.name or row.phone}")
            made.clicked.connect(self._on_decided)
            layout.addWidget(made)
        return widget

    def _on_decided(self) -> None:
        pressed = self.sender()
        self.resolved.emit([RecipientId(pressed.property("recipient"))], pressed.property("is_sent"))

    def _on_all_sent(self) -> None:
        self.resolved.emit(None, True)

    def _on_all_again(self) -> None:
        self.resolved.emit(None, False)
