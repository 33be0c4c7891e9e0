"""The in-doubt bin of a campaign: messages that may have left or not, decided one by one or all at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ids import RecipientId
from desktop.domain.summaries import RecipientRow
from desktop.viewmodels import wording
from desktop.widgets.buttons import button
from desktop.widgets.card import well
from desktop.widgets.drawer import Drawer, column
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.tokens import SPACE_M, SPACE_S, SPACE_XS


class DoubtDrawer(Drawer):
    """Signals:
    resolved(object, bool): recipient ids, or None for all of the campaign; and whether they count as sent.
    """

    resolved = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self._rows: tuple[RecipientRow, ...] = ()
        self._count = 0
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        self.all_sent = button(self.tr("All were sent"), icon_name="check")
        self.all_sent.clicked.connect(self._on_all_sent)
        self.all_again = button(self.tr("Send all again"), icon_name="rotate-ccw")
        self.all_again.clicked.connect(self._on_all_again)
        buttons.addWidget(self.all_sent)
        buttons.addWidget(self.all_again)
        self.foot.setContentsMargins(SPACE_M, SPACE_XS, SPACE_M, SPACE_XS)
        self.foot.addLayout(buttons)

    def show_rows(self, rows: Sequence[RecipientRow], count: int) -> None:
        """Show the first of those in doubt; `count` is how many there are in all."""
        if tuple(rows) == self._rows and count == self._count:
            return
        self._rows, self._count = tuple(rows), count
        widget, layout = column(spacing=SPACE_S)
        layout.addWidget(
            label(
                self.tr(
                    "The answer to these messages was lost. Cadência keeps asking the gateway. If you know better, "
                    "look at the phone's WhatsApp and decide: nothing is sent twice without you."
                ),
                "muted",
                wrap=True,
            )
        )
        for row in self._rows:
            layout.addWidget(self._row(row))
        if count > len(self._rows):
            more = self.tr("… and {n} more").format(n=wording.number(count - len(self._rows)))
            layout.addWidget(label(more, "muted"))
        layout.addStretch(1)
        was_hidden = self.isHidden()
        self.set_content(self.tr("In doubt ({n})").format(n=wording.number(count)), widget)
        self.setVisible(not was_hidden)

    def _row(self, row: RecipientRow) -> QWidget:
        frame = well()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(ElidedLabel(row.name or wording.phone(row.phone), "strong"))
        facts = [wording.phone(row.phone) if row.name else "", row.instance or "", wording.reason(row.reason)]
        layout.addWidget(label(" · ".join(fact for fact in facts if fact), "caption", wrap=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        for text, is_sent in ((self.tr("It was sent"), True), (self.tr("Send again"), False)):
            made = button(text)
            made.setProperty("decision", (row.id, is_sent))
            made.setAccessibleName(f"{text}: {row.name or row.phone}")
            made.clicked.connect(self._on_decided)
            buttons.addWidget(made)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        return frame

    def _on_decided(self) -> None:
        recipient_id, is_sent = self.sender().property("decision")
        self.resolved.emit([RecipientId(recipient_id)], is_sent)

    def _on_all_sent(self) -> None:
        self.resolved.emit(None, True)

    def _on_all_again(self) -> None:
        self.resolved.emit(None, False)
