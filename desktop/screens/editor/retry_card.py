"""What is done with a message that does not get through: a plan by name, or own values."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.campaign import RetryPlan
from desktop.viewmodels import editor_words
from desktop.viewmodels.editor_pace import ATTEMPTS, OWN_RETRY, RETRY_BASE_S, RETRY_MAX_S, RETRY_PRESETS, PaceViewModel
from desktop.widgets.card import Card
from desktop.widgets.fields import DecimalField, NumberField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L

_FIELD_WIDTH = 110


class RetryCard(Card):
    """Show and change the plan of retries."""

    def __init__(self, model: PaceViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = model
        self.body.addWidget(label(self.tr("When a message does not get through"), "section"))
        words = {
            "standard": self.tr("Patient"),
            "flaky": self.tr("Poor connection"),
            "none": self.tr("Do not try again"),
            OWN_RETRY: self.tr("Own values"),
        }
        choices = [(name, words[name]) for name in (*dict(RETRY_PRESETS), OWN_RETRY)]
        self.presets = SegmentedControl(choices, self.tr("Retries"))
        self.presets.chosen.connect(model.set_retry_preset)
        self.body.addWidget(self.presets)
        self.own = self._build_own()
        self.body.addWidget(self.own)
        self.note = label("", "caption", wrap=True)
        self.body.addWidget(self.note)

    def show_plan(self, plan: RetryPlan) -> None:
        """Show a plan without telling anybody."""
        self.presets.set_current(self._model.retry_preset)
        self.own.setVisible(self._model.retry_preset == OWN_RETRY)
        for field, value, (least, most) in (
            (self.base, plan.base_s, RETRY_BASE_S),
            (self.most, plan.max_s, RETRY_MAX_S),
        ):
            field.blockSignals(True)
            # A draft from a file may have smaller values: they are shown as they are.
            field.setRange(min(least, value), max(most, value))
            field.setValue(value)
            field.blockSignals(False)
        self.attempts.blockSignals(True)
        self.attempts.setValue(plan.attempts)
        self.attempts.blockSignals(False)
        self.note.setText(editor_words.retry_plan(plan, self._model.retry_delays_s))

    def _build_own(self) -> QWidget:
        self.attempts = NumberField(*ATTEMPTS, 3)
        self.base = DecimalField(*RETRY_BASE_S, 60, " s")
        self.most = DecimalField(*RETRY_MAX_S, 3600, " s")
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_L)
        for text, field in (
            (self.tr("Attempts in all"), self.attempts),
            (self.tr("First wait"), self.base),
            (self.tr("Longest wait"), self.most),
        ):
            field.setFixedWidth(_FIELD_WIDTH)
            field.setGroupSeparatorShown(True)
            row.addWidget(FormRow(text, field))
        for field in (self.base, self.most):
            field.setDecimals(0)
            field.valueChanged.connect(self._on_changed)
        self.attempts.valueChanged.connect(self._on_changed)
        row.addStretch(1)
        return inside

    def _on_changed(self, _value: float) -> None:
        self._model.set_own_retry(RetryPlan(self.attempts.value(), self.base.value(), self.most.value()))
