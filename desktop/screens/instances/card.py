"""One number of the health panel: can it send, what has it done today, and why is it idle."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway
from desktop.domain.operator import Deed
from desktop.screens.instances.allowance_ring import AllowanceRing
from desktop.screens.why_panel import WhyPanel
from desktop.viewmodels import formats, instance_words, wording
from desktop.viewmodels.instances import InstanceCard
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import Card
from desktop.widgets.labels import ElidedLabel, IconLabel, label, rule
from desktop.widgets.metric_tile import Swatch
from desktop.widgets.permissions import needs
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XS


class NumberCard(Card):
    """Shows an `InstanceCard`; whatever it offers is carried out by the page.

    Signals:
        requested: what (str: connect, check, pause, resume, or the name of a menu entry) is wanted of the number (id).
    """

    requested = Signal(str, object)

    def __init__(self, card: InstanceCard, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.instance_id: InstanceId = card.id
        self.body.addLayout(self._build_head())
        self.body.addLayout(self._build_allowance())
        self.body.addLayout(self._build_counts())
        self.body.addWidget(rule())
        self.body.addLayout(self._build_reasons())
        self.body.addStretch(1)
        self.body.addLayout(self._build_actions())
        self.show_card(card, now)

    # Building

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self.name = ElidedLabel("", "section")
        self.phone = ElidedLabel("", "caption")
        texts.addWidget(self.name)
        texts.addWidget(self.phone)
        row.addLayout(texts, 1)
        self.pill = StatusPill()
        row.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _build_allowance(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.ring = AllowanceRing()
        row.addWidget(self.ring)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_XS)
        texts.addStretch(1)
        self.allowance = label("", "strong")
        self.allowance_note = label("", "caption", wrap=True)
        texts.addWidget(self.allowance)
        texts.addWidget(self.allowance_note)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        return row

    def _build_counts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(0)
        self.counts: dict[str, QLabel] = {}
        words = {
            "sent": self.tr("Sent"),
            "delivered": self.tr("Delivered"),
            "read": self.tr("Read"),
            "failed": self.tr("Failed"),
        }
        for column, (name, title) in enumerate(words.items()):
            head = QHBoxLayout()
            head.setSpacing(SPACE_XS)
            head.addWidget(Swatch(f"chart_{name}"), 0, Qt.AlignmentFlag.AlignVCenter)
            head.addWidget(label(title, "caption"), 1)
            grid.addLayout(head, 0, column)
            figure = label("", "strong")
            grid.addWidget(figure, 1, column)
            grid.setColumnStretch(column, 1)
            self.counts[name] = figure
        return grid

    def _build_reasons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        self.idle_icon, self.idle = IconLabel("clock"), label("", "body", wrap=True)
        self.health_icon, self.health = IconLabel("heart-pulse"), label("", "body", wrap=True)
        self.error_icon, self.error = IconLabel("circle-alert", "danger"), label("", "caption", wrap=True)
        self.why = WhyPanel()
        told = QWidget()
        both = QVBoxLayout(told)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self.idle)
        both.addWidget(self.why)
        for picture, text in (
            (self.idle_icon, told),
            (self.health_icon, self.health),
            (self.error_icon, self.error),
        ):
            row = QHBoxLayout()
            row.setSpacing(SPACE_S)
            side = Qt.AlignmentFlag.AlignVCenter if text is self.health else Qt.AlignmentFlag.AlignTop
            row.addWidget(picture, 0, side)
            row.addWidget(text, 1)
            if text is self.health:
                self.health_button = button(self.tr("Day by day"), "link")
                self.health_button.setToolTip(self.tr("The health of this number over the last 30 days"))
                self.health_button.clicked.connect(self._on_health)
                row.addWidget(self.health_button, 0, side)
            column.addLayout(row)
        return column

    def _build_actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.connect_button = button(self.tr("Connect"), "primary", "qr-code")
        needs(self.connect_button, Deed.INSTANCES)
        self.connect_button.clicked.connect(self._on_connect)
        self.pause_button = button("", "secondary", "pause")
        needs(self.pause_button, Deed.INSTANCES)
        self.pause_button.clicked.connect(self._on_pause)
        self.resume_button = button(self.tr("Resume"), "secondary", "play")
        needs(self.resume_button, Deed.INSTANCES)
        self.pause_button.setText(self.tr("Pause"))
        self.resume_button.clicked.connect(self._on_resume)
        self.check_button = button(self.tr("Check"), "secondary", "refresh-cw")
        self.check_button.setToolTip(self.tr("Ask the gateway for the state of this number"))
        self.check_button.clicked.connect(self._on_check)
        self.more_button = icon_button("ellipsis", self.tr("More"))
        self.menu = QMenu(self.more_button)
        self.actions_by_name: dict[str, QAction] = {}
        for name, text in (
            ("health", self.tr("Health by day…")),
            ("provider", self.tr("What Meta says…")),
            ("limits", self.tr("Limits…")),
            ("warmup", self.tr("Warm-up…")),
            ("restart", self.tr("Restart at the gateway")),
            ("logout", self.tr("Log out…")),
            ("remove", self.tr("Remove…")),
            ("delete", self.tr("Delete at the gateway…")),
        ):
            action = QAction(text, self)
            action.setData(name)
            action.triggered.connect(self._on_menu)
            if name in ("restart", "remove"):
                self.menu.addSeparator()
            self.menu.addAction(action)
            self.actions_by_name[name] = action
            if name not in ("provider", "health"):
                needs(action, Deed.INSTANCES)
        self.more_button.clicked.connect(self._on_more)
        for part in (self.connect_button, self.pause_button, self.resume_button, self.check_button):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.more_button)
        return row

    # Showing

    def show_card(self, card: InstanceCard, now: datetime) -> None:
        """Show the present facts."""
        summary = card.summary
        instance = summary.instance
        self.name.setText(instance.name)
        self.phone.setText(formats.phone(instance.phone) if instance.phone else instance.base_url)
        self.pill.set_status(*instance_words.card_state(card))
        words = instance_words.allowance(card)
        self.ring.set_share(card.used_share, f"{words.title}. {words.note}")
        self.allowance.setText(words.title)
        self.allowance_note.setText(words.note)
        figures = (summary.sent_today, summary.delivered_today, summary.read_today, summary.failed_today)
        for figure, value in zip(self.counts.values(), figures, strict=True):
            figure.setText(formats.number(value))
        why = instance_words.why(card, now)
        self.why.setVisible(why is not None)
        self.idle.setVisible(why is None)
        if why is not None:
            self.why.show_why(why)
        idle_text, idle_icon, idle_role = instance_words.idle(card, now)
        self.idle.setText(idle_text)
        self.idle_icon.set_icon(idle_icon, idle_role)
        self.health.setText(instance_words.health(card))
        tone = wording.health_tone(card.health) if instance_words.has_outcomes(card) else "text_faint"
        self.health_icon.set_icon("heart-pulse", tone)
        error = instance_words.last_error(card, now)
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.error_icon.setVisible(bool(error))
        self._show_actions(card)

    def _show_actions(self, card: InstanceCard) -> None:
        self.connect_button.setVisible(card.needs_pairing and card.summary.instance.gateway is not Gateway.CLOUD)
        self.pause_button.setVisible(not card.is_paused and not card.needs_pairing)
        self.resume_button.setVisible(card.is_paused)
        busy = card.busy
        self.pause_button.setEnabled(not busy)
        self.resume_button.setEnabled(not busy)
        self.check_button.setEnabled("check" not in busy)
        is_cloud = card.summary.instance.gateway is Gateway.CLOUD
        for action in self.actions_by_name.values():
            action.setEnabled(not busy)
        self.actions_by_name["provider"].setVisible(is_cloud)
        # What is Meta's is registered, and taken away, in its own pages.
        for name in ("restart", "logout", "delete"):
            self.actions_by_name[name].setVisible(not is_cloud)
        self.actions_by_name["logout"].setEnabled(not busy and not card.needs_pairing)

    # Asking

    def _on_connect(self) -> None:
        self.requested.emit("connect", self.instance_id)

    def _on_pause(self) -> None:
        self.requested.emit("pause", self.instance_id)

    def _on_resume(self) -> None:
        self.requested.emit("resume", self.instance_id)

    def _on_check(self) -> None:
        self.requested.emit("check", self.instance_id)

    def _on_health(self) -> None:
        self.requested.emit("health", self.instance_id)

    def _on_menu(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.requested.emit(str(action.data()), self.instance_id)

    def _on_more(self) -> None:
        self.menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
