"""Which saved segment gets the campaign: chosen from those that there are, or made on the way."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.screens.segments.dialog import SegmentsDialog
from desktop.viewmodels import segment_words
from desktop.viewmodels.editor_audience import AudienceViewModel
from desktop.viewmodels.segments import SegmentsViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_S


class SegmentCard(Card):
    """Shows and changes the segment of an `AudienceViewModel`."""

    def __init__(self, model: AudienceViewModel, segments: SegmentsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Segment"), parent=parent)
        self._model = model
        self._segments = segments
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.field = ChoiceField()
        self.field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.field.setAccessibleName(self.tr("Segment"))
        self.field.setMaxVisibleItems(16)
        self.field.activated.connect(self._on_chosen)
        row.addWidget(self.field, 1)
        self.edit_button = button(self.tr("Edit…"), "secondary", "pencil")
        self.edit_button.clicked.connect(self._on_edit)
        row.addWidget(self.edit_button)
        self.new_button = button(self.tr("New segment…"), "secondary", "plus")
        self.new_button.clicked.connect(self._on_new)
        row.addWidget(self.new_button)
        self.body.addLayout(row)
        self.rules = label("", "muted", wrap=True)
        self.body.addWidget(self.rules)
        segments.saved.connect(model.take_saved)
        segments.deleted.connect(model.refresh)

    def show_choices(self) -> None:
        """Show the segments that there are, and which one is chosen."""
        self.field.clear()
        for each in self._model.segments:
            self.field.addItem(each.name)
        self.show_chosen()

    def show_chosen(self) -> None:
        name = self._model.selected_segment
        if name and self.field.findText(name) < 0:
            self.field.addItem(name)  # deleted since: the checklist says so
        self.field.setCurrentIndex(self.field.findText(name) if name else -1)
        self.field.setVisible(bool(self._model.segments) or bool(name))
        found = next((each for each in self._model.segments if each.name == name), None)
        self.edit_button.setVisible(found is not None)
        if found is not None:
            self.rules.setText(segment_words.describe(found.rules))
        elif name:
            self.rules.setText(self.tr("This segment is not there any more. Choose another one."))
        else:
            self.rules.setText(self.tr("No segment is saved yet. A segment finds people by rules, such as who read."))

    def open_dialog(self, name: str | None) -> SegmentsDialog:
        """Open the segments with one of them; an empty name begins a new one."""
        dialog = SegmentsDialog(self._segments, self, name=name, can_show_all=False)
        dialog.open()
        return dialog

    def _on_chosen(self, _index: int) -> None:
        self._model.choose_segment(self.field.currentText())

    def _on_edit(self) -> None:
        self.open_dialog(self._model.selected_segment)

    def _on_new(self) -> None:
        self.open_dialog("")
