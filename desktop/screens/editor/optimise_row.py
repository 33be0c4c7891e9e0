"""Whether the weights of the variations follow what works while the campaign runs."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.campaign import Goal, Optimiser
from desktop.viewmodels import formats
from desktop.viewmodels.editor import EditorViewModel
from desktop.widgets.labels import label
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_M, SPACE_XS


class OptimiseRow(QWidget):
    """A switch and its goal. Shown only with two variations or more."""

    def __init__(self, editor: EditorViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.switch = QCheckBox(self.tr("Send more of what works better, measured by"))
        self.switch.clicked.connect(self._on_switched)
        row.addWidget(self.switch)
        words = {Goal.REPLY: self.tr("replies"), Goal.READ: self.tr("reading")}
        self.goals = SegmentedControl([(goal.value, text) for goal, text in words.items()], self.tr("Measured by"))
        self.goals.chosen.connect(self._on_goal_chosen)
        row.addWidget(self.goals)
        row.addStretch(1)
        layout.addLayout(row)
        self.note = label("", "caption", wrap=True)
        layout.addWidget(self.note)
        editor.draft_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        draft = self._editor.draft
        optimiser = draft.optimise
        self.setVisible(len(draft.messages) > 1)
        self.setEnabled(self._editor.is_editable)
        self.switch.setChecked(optimiser is not None)
        self.goals.setEnabled(optimiser is not None)
        shown = optimiser or Optimiser()
        self.goals.set_current(shown.by.value)
        text = self.tr(
            "The weights above are the beginning; they are looked at again each minute. Every variation keeps at least "
            "{floor} of the messages, and nobody gets two different ones."
        )
        self.note.setText(text.format(floor=formats.share(min(shown.floor, 1 / max(1, len(draft.messages))))))
        self.note.setVisible(optimiser is not None)

    def _on_switched(self, is_on: bool) -> None:
        self._editor.set_optimise(Optimiser(Goal(self.goals.current)) if is_on else None)

    def _on_goal_chosen(self, goal: str) -> None:
        floor = (self._editor.draft.optimise or Optimiser()).floor
        self._editor.set_optimise(Optimiser(Goal(goal), floor))
