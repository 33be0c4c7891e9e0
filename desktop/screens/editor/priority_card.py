"""Who sends first when several campaigns want the same number."""

from PySide6.QtWidgets import QWidget

from desktop.viewmodels import editor_words
from desktop.viewmodels.editor_pace import PRIORITIES, PaceViewModel
from desktop.widgets.card import Card
from desktop.widgets.labels import label
from desktop.widgets.segmented import SegmentedControl


class PriorityCard(Card):
    """Show and change the priority, and say what it comes to."""

    def __init__(self, model: PaceViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = model
        self.body.addWidget(label(self.tr("Priority"), "section"))
        self.levels = SegmentedControl(
            [(name, editor_words.priority(name)) for name in PRIORITIES], self.tr("Priority")
        )
        self.levels.chosen.connect(model.set_priority)
        self.body.addWidget(self.levels)
        self.note = label("", "caption", wrap=True)
        self.body.addWidget(self.note)

    def show_priority(self, priority: int) -> None:
        self.levels.set_current(self._model.priority_level)
        self.note.setText(editor_words.priority_shares(priority, self._model.priority_weight))
