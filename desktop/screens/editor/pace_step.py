"""Step "instances and pace": who sends, how fast, when; beside it when it will be finished."""

from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.campaign import Rotation
from desktop.screens.editor.choice_card import ChoiceCard
from desktop.screens.editor.instance_row import InstanceRow
from desktop.screens.editor.layout import TwoColumns
from desktop.screens.editor.window_card import WindowCard
from desktop.viewmodels import formats, wording
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_pace import BURST, DELAY_S, PER_HOUR, PER_SECOND, RETRY_PRESETS, PaceViewModel
from desktop.widgets.card import Card
from desktop.widgets.fields import DecimalField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.limit_field import LimitField
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XS


class PaceStep(TwoColumns):
    """Everything that decides about the rhythm of a campaign."""

    def __init__(self, editor: EditorViewModel, model: PaceViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editor = editor
        self._model = model
        self._rows: dict[str, InstanceRow] = {}
        self._build_instances()
        self._build_rotation()
        self._build_pace()
        self._build_retry()
        self.window_card = WindowCard(model)
        self.main.addWidget(self.window_card)
        self._build_estimate()
        model.instances_changed.connect(self._show_instances)
        model.estimate_changed.connect(self._show_estimate)
        editor.draft_changed.connect(self._show_draft)
        self._show_instances()
        self._show_estimate()

    # Building

    def _build_instances(self) -> None:
        card = Card(self.tr("Numbers that send"))
        self._instances_hint = label("", "muted", wrap=True)
        card.body.addWidget(self._instances_hint)
        self._instances_layout = QVBoxLayout()
        self._instances_layout.setSpacing(SPACE_L)
        card.body.addLayout(self._instances_layout)
        self.main.addWidget(card)

    def _build_rotation(self) -> None:
        self._rotation_card = Card(self.tr("How they take turns"))
        self.rotations = {
            Rotation.INTELLIGENT: ChoiceCard(
                "sparkles",
                wording.rotation(Rotation.INTELLIGENT),
                self.tr("The healthiest number with the most room left today goes first"),
            ),
            Rotation.BALANCED: ChoiceCard(
                "chart-no-axes-column",
                wording.rotation(Rotation.BALANCED),
                self.tr("The number that has sent the least today goes first"),
            ),
            Rotation.ROUND_ROBIN: ChoiceCard(
                "repeat",
                wording.rotation(Rotation.ROUND_ROBIN),
                self.tr("One after the other in a fixed order, whoever is available"),
            ),
        }
        self._rotation_group = QButtonGroup(self)
        for choice in self.rotations.values():
            self._rotation_group.addButton(choice)
            self._rotation_card.body.addWidget(choice)
        self._rotation_group.buttonClicked.connect(self._on_rotation_chosen)
        self.main.addWidget(self._rotation_card)

    def _build_pace(self) -> None:
        card = Card(self.tr("Pace"), self.tr("The limits of each number hold besides."))
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
        hint = self.tr("Answers then come in little by little, and your team can keep up with them.")
        card.body.addWidget(FormRow(self.tr("Time between two messages"), delays, hint))
        no_limit = self.tr("No limit")
        self.per_hour = LimitField(*PER_HOUR, no_limit)
        self.per_hour.changed.connect(self._model.set_per_hour)
        card.body.addWidget(FormRow(self.tr("Messages per hour, at most"), self.per_hour))
        self.per_second = LimitField(*PER_SECOND, no_limit, decimals=1)
        self.per_second.changed.connect(self._model.set_per_second)
        self.burst = LimitField(*BURST, no_limit)
        self.burst.changed.connect(self._model.set_burst)
        pair = QHBoxLayout()
        pair.setSpacing(SPACE_L)
        pair.addWidget(FormRow(self.tr("Messages per second, at most"), self.per_second))
        pair.addWidget(FormRow(self.tr("In one go, at most"), self.burst))
        card.body.addLayout(pair)
        self.main.addWidget(card)

    def _seconds_field(self) -> DecimalField:
        field = DecimalField(*DELAY_S, 0, " s")
        field.setDecimals(0)
        field.setFixedWidth(110)
        field.setAccessibleName(self.tr("Time between two messages"))
        field.valueChanged.connect(self._on_delay_changed)
        return field

    def _build_retry(self) -> None:
        card = Card(self.tr("When a message does not get through"))
        words = {
            "standard": self.tr("Patient"),
            "flaky": self.tr("Poor connection"),
            "none": self.tr("Do not try again"),
        }
        self.retry = SegmentedControl([(name, words[name]) for name, _plan in RETRY_PRESETS], self.tr("Retries"))
        self.retry.chosen.connect(self._model.set_retry_preset)
        card.body.addWidget(self.retry)
        self._retry_note = label("", "caption", wrap=True)
        card.body.addWidget(self._retry_note)
        self.main.addWidget(card)

    def _build_estimate(self) -> None:
        card = Card(self.tr("Finished by"))
        self.finish_figure = label("–", "title", wrap=True)
        self._finish_note = label("", "muted", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_XS)
        texts.addWidget(self.finish_figure)
        texts.addWidget(self._finish_note)
        card.body.addLayout(texts)
        self.side.addWidget(card)

    # Showing

    def _show_instances(self) -> None:
        for row in self._rows.values():
            self._instances_layout.removeWidget(row)
            row.deleteLater()
        self._rows = {summary.instance.name: InstanceRow(summary) for summary in self._model.instances}
        for row in self._rows.values():
            row.toggled.connect(self._model.toggle_instance)
            self._instances_layout.addWidget(row)
        self._instances_hint.setText(self.tr("There is no number yet. Add one in Instances."))
        self._instances_hint.setVisible(not self._rows)
        self._show_draft()

    def _show_draft(self) -> None:
        draft = self._editor.draft
        for name, row in self._rows.items():
            row.set_chosen(name in draft.instances)
        self._rotation_card.setVisible(len(draft.instances) > 1)
        self.rotations[draft.rotation].setChecked(True)
        for field, value in zip((self.delay_from, self.delay_to), draft.pace.delay_s, strict=True):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self.per_hour.set_limit(draft.pace.per_hour)
        self.per_second.set_limit(draft.pace.per_second)
        self.burst.set_limit(draft.pace.burst)
        self._show_retry()
        self.window_card.show_window(draft.window)
        self._show_estimate()
        self.inside.setEnabled(self._editor.is_editable)

    def _show_retry(self) -> None:
        retry = self._editor.draft.retry
        if preset := self._model.retry_preset:
            self.retry.set_current(preset)
        if retry.attempts == 1:
            self._retry_note.setText(self.tr("Each message is tried once."))
        else:
            self._retry_note.setText(
                self.tr(
                    "Up to {attempts} attempts; {first} after the first, then longer each time, {most} at most."
                ).format(
                    attempts=retry.attempts, first=formats.duration(retry.base_s), most=formats.duration(retry.max_s)
                )
            )

    def _show_estimate(self) -> None:
        estimate = self._model.estimate
        if estimate is None:
            self.finish_figure.setText("–")
            self._finish_note.setText(self.tr("Choose people and numbers to see it."))
        elif estimate.finish is None or estimate.duration_s is None:
            self.finish_figure.setText(self.tr("Never"))
            self._finish_note.setText(self.tr("The numbers may not send anything: look at their limits."))
        else:
            self.finish_figure.setText(_capital(formats.near_moment(estimate.finish, self._model.now())))
            note = self.tr("{people} in about {duration}, if it starts now and all goes well.").format(
                people=formats.people(estimate.recipients), duration=formats.duration(estimate.duration_s)
            )
            if self._editor.draft.window is not None:
                note += " " + self.tr("The sending hours are counted in.")
            self._finish_note.setText(note)

    # Changing

    def _on_rotation_chosen(self, clicked: QAbstractButton) -> None:
        self._editor.set_rotation(next(mode for mode, choice in self.rotations.items() if choice is clicked))

    def _on_delay_changed(self, _value: float) -> None:
        self._model.set_delay(self.delay_from.value(), self.delay_to.value())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
