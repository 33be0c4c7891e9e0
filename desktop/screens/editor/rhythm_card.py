"""The campaign's own pace: what everybody sets at the top, what few need under "advanced"."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.campaign import Pace
from desktop.viewmodels.editor_pace import BURST, DELAY_S, PER_HOUR, PER_SECOND, REPLIES_PER_HOUR, PaceViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import DecimalField
from desktop.widgets.form import FormRow
from desktop.widgets.icons import icon
from desktop.widgets.labels import label
from desktop.widgets.limit_field import LimitField
from desktop.widgets.tokens import SPACE_L, SPACE_S


class RhythmCard(Card):
    """Time between messages, messages an hour; folded away: messages a second and in one go."""

    def __init__(self, model: PaceViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = model
        self.body.addWidget(label(self.tr("Pace"), "section"))
        self.body.addWidget(label(self.tr("The limits of each number hold besides."), "muted", wrap=True))
        hint = self.tr("Answers then come in little by little, and your team can keep up with them.")
        self.body.addWidget(FormRow(self.tr("Time between two messages"), self._build_delays(), hint))
        self._no_limit = self.tr("No limit")
        self.per_hour = LimitField(*PER_HOUR, self._no_limit)
        self.per_hour.changed.connect(model.set_per_hour)
        self.body.addWidget(FormRow(self.tr("Messages per hour, at most"), self.per_hour))
        self.replies = LimitField(*REPLIES_PER_HOUR, self.tr("Do not wait for the team"))
        self.replies.changed.connect(model.set_replies_per_hour)
        hint = self.tr("While more replies wait than your team answers in an hour, nothing more leaves.")
        self.body.addWidget(FormRow(self.tr("Replies that your team can answer per hour"), self.replies, hint))
        self.advanced_button = self._build_advanced_button()
        row = QHBoxLayout()
        row.addWidget(self.advanced_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.advanced = self._build_advanced()
        self.body.addWidget(self.advanced)
        self._on_advanced_toggled(False)

    def show_pace(self, pace: Pace, replies_per_hour: int | None) -> None:
        """Show a pace without telling anybody; what is folded away is unfolded when it is not as usual."""
        for field, value in zip((self.delay_from, self.delay_to), pace.delay_s, strict=True):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self.per_hour.set_limit(pace.per_hour)
        self.replies.set_limit(replies_per_hour)
        self.per_second.set_limit(pace.per_second)
        self.burst.set_limit(pace.burst)
        usual = Pace()
        if (pace.per_second, pace.burst) != (usual.per_second, usual.burst):
            self.advanced_button.setChecked(True)

    def _build_delays(self) -> QWidget:
        self.delay_from, self.delay_to = self._seconds_field(), self._seconds_field()
        delays = QWidget()
        row = QHBoxLayout(delays)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        row.addWidget(self.delay_from)
        row.addWidget(label(self.tr("to"), "muted"))
        row.addWidget(self.delay_to)
        row.addStretch(1)
        delays.setFocusProxy(self.delay_from)
        return delays

    def _seconds_field(self) -> DecimalField:
        field = DecimalField(*DELAY_S, 0, " s")
        field.setDecimals(0)
        field.setFixedWidth(110)
        field.setAccessibleName(self.tr("Time between two messages"))
        field.valueChanged.connect(self._on_delay_changed)
        return field

    def _build_advanced_button(self) -> QPushButton:
        made = button(self.tr("Advanced"), "ghost", "chevron-right")
        made.setCheckable(True)
        made.toggled.connect(self._on_advanced_toggled)
        return made

    def _build_advanced(self) -> QWidget:
        self.per_second = LimitField(*PER_SECOND, self._no_limit, decimals=1)
        self.per_second.changed.connect(self._model.set_per_second)
        self.burst = LimitField(*BURST, self._no_limit)
        self.burst.changed.connect(self._model.set_burst)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        pair = QHBoxLayout()
        pair.setSpacing(SPACE_L)
        pair.addWidget(FormRow(self.tr("Messages per second, at most"), self.per_second))
        pair.addWidget(FormRow(self.tr("In one go, at most"), self.burst))
        column.addLayout(pair)
        hint = self.tr("They count when the time between two messages is short and many numbers send at once.")
        column.addWidget(label(hint, "caption", wrap=True))
        return inside

    def _on_advanced_toggled(self, is_open: bool) -> None:
        self.advanced.setVisible(is_open)
        self.advanced_button.setIcon(icon("chevron-down" if is_open else "chevron-right", "text_muted"))

    def _on_delay_changed(self, _value: float) -> None:
        self._model.set_delay(self.delay_from.value(), self.delay_to.value())
