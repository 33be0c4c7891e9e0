"""The kinds of gateway as cards side by side, one of them chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.instance import Gateway
from desktop.viewmodels import wording
from desktop.viewmodels.instance_adding import GATEWAYS
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_M, SPACE_S


class GatewayChoice(QWidget):
    """Signals:
    chosen: another `Gateway` was chosen.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        about = {
            Gateway.EVOLUTION: self.tr("Your own server, by QR code"),
            Gateway.WAHA: self.tr("Your own server, by QR code"),
            Gateway.CLOUD: self.tr("Meta's official API, with templates"),
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        self._group = QButtonGroup(self)
        self.cards: dict[Gateway, QPushButton] = {}
        for kind in GATEWAYS:
            self.cards[kind] = self._card(wording.gateway(kind), about[kind])
            self._group.addButton(self.cards[kind])
            layout.addWidget(self.cards[kind], 1)
        self.cards[GATEWAYS[0]].setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def current(self) -> Gateway:
        return next(kind for kind, card in self.cards.items() if card.isChecked())

    def _card(self, title: str, about: str) -> QPushButton:
        card = QPushButton()
        card.setProperty("kind", "choice")
        card.setCheckable(True)
        card.setAutoDefault(False)
        card.setCursor(Qt.CursorShape.PointingHandCursor)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        card.setAccessibleName(title)
        card.setAccessibleDescription(about)
        texts = QVBoxLayout(card)
        texts.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        texts.setSpacing(2)
        texts.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        for part in (label(title, "strong", wrap=True), label(about, "caption", wrap=True)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(part)
        texts.addStretch(1)
        return card

    def _on_clicked(self, _card: object) -> None:
        self.chosen.emit(self.current)
