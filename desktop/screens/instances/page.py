"""The numbers of the workspace: a card each, and the dialogs that add, connect, limit and remove one."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionOptions, Gateway, Instance, InstanceLimits
from desktop.domain.operator import Deed
from desktop.screens.instances.add_dialog import AddInstanceDialog
from desktop.screens.instances.card import NumberCard
from desktop.screens.instances.connect_dialog import ConnectDialog
from desktop.screens.instances.health_dialog import HealthDialog
from desktop.screens.instances.limits_dialog import LimitsDialog
from desktop.screens.instances.provider_dialog import ProviderDialog
from desktop.screens.instances.warmup_dialog import WarmupDialog
from desktop.viewmodels import instance_usage, instance_words
from desktop.viewmodels.instance_adding import AddInstanceViewModel
from desktop.viewmodels.instances import WAITS_FOR_PHONE, InstancesViewModel
from desktop.viewmodels.pairing import PairingViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.dialogs import Question, ask
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.flow import ColumnsLayout
from desktop.widgets.page_header import PageHeader
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_L, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll

_CARD_WIDTH = 340


class InstancesPage(QWidget):
    """The health panel."""

    def __init__(
        self,
        model: InstancesViewModel,
        adding: AddInstanceViewModel,
        pairing: PairingViewModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self._adding = adding
        self._pairing = pairing
        self._cards: dict[InstanceId, NumberCard] = {}
        self._asked_about: InstanceId | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        self.header = PageHeader(self.tr("Instances"), self.tr("The WhatsApp numbers that send"))
        self.add_button = button(self.tr("Add number"), "primary", "plus")
        needs(self.add_button, Deed.INSTANCES)
        self.add_button.clicked.connect(self.open_add_dialog)
        self.header.add_action(self.add_button)
        layout.addWidget(self.header)
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        self._stack = QStackedWidget()
        self.empty = EmptyState(
            "smartphone",
            self.tr("No number yet"),
            self.tr(
                "Connect a WhatsApp number of your company's gateway. Campaigns leave through it, at its own pace."
            ),
            self.tr("Add number"),
        )
        self.empty.action_requested.connect(self.open_add_dialog)
        self._stack.addWidget(self._build_grid())
        self._stack.addWidget(self.empty)
        layout.addWidget(self._stack, 1)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        adding.added.connect(self._on_added)
        pairing.connected.connect(self._on_connected)
        self._show()

    def _build_grid(self) -> VerticalScroll:
        area = VerticalScroll()
        self._grid = ColumnsLayout(_CARD_WIDTH)
        area.column.addLayout(self._grid)
        return area

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    # Showing

    def _show(self) -> None:
        cards = self._model.cards
        present = {card.id for card in cards}
        for instance_id in [known for known in self._cards if known not in present]:
            gone = self._cards.pop(instance_id)
            self._grid.removeWidget(gone)
            gone.deleteLater()
        now = self._model.now()
        for card in cards:
            shown = self._cards.get(card.id)
            if shown is None:
                shown = NumberCard(card, now)
                shown.requested.connect(self._on_requested)
                self._cards[card.id] = shown
                self._grid.addWidget(shown)
            else:
                shown.show_card(card, now)
        is_empty = self._model.has_loaded and not cards
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self.add_button.setVisible(not is_empty)
        self.header.set_subtitle(instance_words.overview(cards) if cards else self.tr("The WhatsApp numbers that send"))

    def _on_failed(self, error: KnownError) -> None:
        text, hint = instance_words.refusal(error)
        self.banner.show_message("danger", text, hint)

    # Doing

    def open_add_dialog(self) -> AddInstanceDialog:
        dialog = AddInstanceDialog(self._adding, self)
        dialog.open()
        return dialog

    def open_connect_dialog(self, instance: Instance) -> ConnectDialog:
        dialog = ConnectDialog(instance, self._pairing, self)
        dialog.open()
        return dialog

    def open_limits_dialog(self, instance: Instance) -> LimitsDialog:
        dialog = LimitsDialog(instance, self)
        dialog.saved.connect(self._on_limits_saved)
        dialog.open()
        return dialog

    def open_warmup_dialog(self, instance: Instance) -> WarmupDialog:
        dialog = WarmupDialog(self._model.warmup(instance), self)
        dialog.saved.connect(self._model.refresh)
        dialog.open()
        return dialog

    def open_health_dialog(self, instance: Instance) -> HealthDialog:
        dialog = HealthDialog(self._model.health(instance), self)
        dialog.open()
        return dialog

    def ask_to_remove(self, instance: Instance) -> Question:
        """Ask whether a number is to go from Cadência; the question names the campaigns that use it."""
        self._asked_about = instance.id
        return ask(
            self,
            self.tr("Remove {name}?").format(name=instance.name),
            self._with_campaigns(
                instance,
                self.tr("Nothing more leaves through it. Its history stays, and so does the number in the gateway."),
            ),
            self.tr("Remove"),
            self.tr("Cancel"),
            self._on_remove_answered,
            tone="danger",
        )

    def ask_to_log_out(self, instance: Instance) -> Question:
        """Ask whether a number's phone is to be unlinked; the question names the campaigns that wait meanwhile."""
        self._asked_about = instance.id
        return ask(
            self,
            self.tr("Log {name} out?").format(name=instance.name),
            self._with_campaigns(
                instance,
                self.tr("The phone is unlinked. Nothing leaves through this number until somebody connects it again."),
                comes_back=True,
            ),
            self.tr("Log out"),
            self.tr("Cancel"),
            self._on_log_out_answered,
            tone="danger",
        )

    def ask_to_delete(self, instance: Instance) -> Question:
        """Ask whether the gateway is to forget a number; the question names the campaigns that use it."""
        self._asked_about = instance.id
        return ask(
            self,
            self.tr("Delete {name} at the gateway?").format(name=instance.remote_name),
            self._with_campaigns(
                instance,
                self.tr(
                    "The gateway forgets this number with all messages and settings that it stores, also for other"
                    " programs that use it. This cannot be undone. The history in Cadência stays."
                ),
            ),
            self.tr("Delete"),
            self.tr("Cancel"),
            self._on_delete_answered,
            tone="danger",
        )

    def _with_campaigns(self, instance: Instance, text: str, *, comes_back: bool = False) -> str:
        """Name the running campaigns that use a number, below what happens with the number itself."""
        warning = instance_usage.warning(self._model.usage(instance.id), comes_back=comes_back)
        return f"{warning}\n\n{text}" if warning else text

    def open_provider_dialog(self, instance: Instance) -> ProviderDialog:
        dialog = ProviderDialog(self._model.provider(instance), self)
        dialog.open()
        return dialog

    def _on_requested(self, what: str, instance_id: InstanceId) -> None:
        card = self._model.card(instance_id)
        if card is None:
            return
        self.banner.hide()
        dialogs: Mapping[str, Callable[[Instance], object]] = {
            "connect": self.open_connect_dialog,
            "health": self.open_health_dialog,
            "provider": self.open_provider_dialog,
            "limits": self.open_limits_dialog,
            "warmup": self.open_warmup_dialog,
            "remove": self.ask_to_remove,
            "logout": self.ask_to_log_out,
            "delete": self.ask_to_delete,
        }
        intentions: Mapping[str, Callable[[InstanceId], None]] = {
            "check": self._model.check,
            "pause": self._model.pause,
            "resume": self._model.resume,
            "restart": self._model.restart,
        }
        if what in dialogs:
            dialogs[what](card.summary.instance)
        else:
            intentions[what](instance_id)

    def _on_limits_saved(
        self, instance_id: InstanceId, limits: InstanceLimits, timezone: str, options: ConnectionOptions
    ) -> None:
        self._model.set_limits(instance_id, limits, timezone, options)

    def _on_remove_answered(self, answer: str) -> None:
        self._on_answered(answer, self._model.remove)

    def _on_log_out_answered(self, answer: str) -> None:
        self._on_answered(answer, self._model.log_out)

    def _on_delete_answered(self, answer: str) -> None:
        self._on_answered(answer, self._model.delete)

    def _on_answered(self, answer: str, intention: Callable[[InstanceId], None]) -> None:
        about, self._asked_about = self._asked_about, None
        if answer == "yes" and about is not None:
            intention(about)

    def _on_added(self, instances: Sequence[Instance]) -> None:
        """Show the new numbers, and pair the first that no phone is connected to yet."""
        self._model.refresh()
        unpaired = [each for each in instances if each.state in WAITS_FOR_PHONE and each.gateway is not Gateway.CLOUD]
        if unpaired:
            self.open_connect_dialog(unpaired[0])

    def _on_connected(self, _instance_id: object) -> None:
        self._model.refresh()
