"""Step "instances and pace": who sends, how fast, when; beside it when it will be finished."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.screens.editor.instance_row import InstanceRow
from desktop.screens.editor.layout import TwoColumns
from desktop.screens.editor.priority_card import PriorityCard
from desktop.screens.editor.retry_card import RetryCard
from desktop.screens.editor.rhythm_card import RhythmCard
from desktop.screens.editor.rotation_card import RotationCard
from desktop.screens.editor.window_card import WindowCard
from desktop.viewmodels import formats
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_pace import PaceViewModel
from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_XS


class PaceStep(TwoColumns):
    """Everything that decides about the rhythm of a campaign; each card is a file of its own."""

    def __init__(self, editor: EditorViewModel, model: PaceViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editor = editor
        self._model = model
        self._rows: dict[str, InstanceRow] = {}
        self._build_instances()
        self.rotation_card = RotationCard(editor)
        self.rhythm_card = RhythmCard(model)
        self.retry_card = RetryCard(model)
        self.window_card = WindowCard(model)
        self.priority_card = PriorityCard(model)
        for card in (self.rotation_card, self.rhythm_card, self.window_card, self.retry_card, self.priority_card):
            self.main.addWidget(card)
        self._build_estimate()
        model.instances_changed.connect(self._show_instances)
        model.estimate_changed.connect(self._show_estimate)
        model.retry_preset_changed.connect(self._show_draft)
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
        self.rotation_card.show_draft(draft)
        self.rhythm_card.show_pace(draft.pace, draft.replies_per_hour)
        self.retry_card.show_plan(draft.retry)
        self.priority_card.show_priority(draft.priority)
        self.window_card.show_window(draft.window)
        self._show_estimate()
        self.inside.setEnabled(self._editor.is_editable)

    def _show_estimate(self) -> None:
        estimate = self._model.estimate
        if estimate is None:
            self.finish_figure.setText("–")
            self._finish_note.setText(self.tr("Choose people and numbers to see it."))
        elif estimate.place is not None:
            self.finish_figure.setText(self.tr("Not known yet"))
            note = self.tr("As many campaigns send as may at once: it waits in the queue, place {place}.")
            self._finish_note.setText(note.format(place=formats.number(estimate.place)))
        elif estimate.finish is None or estimate.duration_s is None:
            self.finish_figure.setText(self.tr("Never"))
            note = self.tr("The numbers cannot send anything as they are: look at their state and limits.")
            self._finish_note.setText(note)
        else:
            self.finish_figure.setText(_capital(formats.near_moment(estimate.finish, self._model.now())))
            note = self.tr("{people} in about {duration}, if it starts now and all goes well.").format(
                people=formats.people(estimate.recipients), duration=formats.duration(estimate.duration_s)
            )
            if self._editor.draft.window is not None:
                note += " " + self.tr("The sending hours are counted in.")
            if estimate.notes:
                note += " " + estimate.notes
            self._finish_note.setText(note)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
