"""The template that a variation is, in the place of the text field: what it is, and what stands in its places."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.editor.parameter_row import ParameterRow
from desktop.viewmodels import editor_words
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.editor_templates import TemplateViewModel
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import well
from desktop.widgets.labels import ElidedLabel, IconLabel, label
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_M


class TemplatePanel(QWidget):
    """Signals:
    choose_requested: another template is wanted.
    """

    choose_requested = Signal()

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        model: TemplateViewModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._message = message
        self._model = model
        self.rows: list[ParameterRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_L)
        ground = well()
        layout.addWidget(ground)
        head = QHBoxLayout(ground)
        head.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        head.setSpacing(SPACE_M)
        head.addWidget(IconLabel("shield-check", "text_muted", 20))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self.name = ElidedLabel("", "strong")
        self.about = label("", "caption")
        texts.addWidget(self.name)
        texts.addWidget(self.about)
        head.addLayout(texts, 1)
        self.status = StatusPill("", "neutral")
        head.addWidget(self.status)
        self.choose_button = button(self.tr("Choose another"))
        self.choose_button.clicked.connect(self.choose_requested)
        self.leave_button = icon_button("trash-2", self.tr("Write a text instead"))
        self.leave_button.clicked.connect(model.leave)
        head.addWidget(self.choose_button)
        head.addWidget(self.leave_button)
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setSpacing(SPACE_M)
        layout.addLayout(self._rows_layout)
        self.problems = label("", "error", wrap=True)
        layout.addWidget(self.problems)
        model.changed.connect(self._show)
        message.fields_changed.connect(self._show_fields)
        self._show()

    def _show(self) -> None:
        use, definition = self._model.use, self._model.definition
        self.setVisible(use is not None)
        if use is None:
            return
        self.name.setText(use.name)
        parts = [use.language]
        if definition is not None:
            parts.append(editor_words.template_category(definition.category))
        self.about.setText(" · ".join(parts))
        text, tone = (
            editor_words.template_status(definition.status) if definition else (self.tr("Not in the list"), "warning")
        )
        self.status.set_status(text, tone)
        for part in (self.choose_button, self.leave_button):
            part.setEnabled(self._editor.is_editable)
        self._show_rows()
        slots = [field.slot for field in self._model.fields]
        worded = [editor_words.use_problem(problem, slots) for problem in self._model.problems]
        if definition is None:
            worded = [self.tr("The accounts of your numbers do not have this template. Read the list again.")]
        self.problems.setText("\n".join(worded))
        self.problems.setVisible(bool(worded))

    def _show_rows(self) -> None:
        fields = self._model.fields
        if [row.key for row in self.rows] != [field.slot.key for field in fields]:
            for row in self.rows:
                self._rows_layout.removeWidget(row)
                row.deleteLater()
            self.rows = [ParameterRow(field) for field in fields]
            for row in self.rows:
                row.edited.connect(self._model.set_parameter)
                self._rows_layout.addWidget(row)
            self._show_fields()
        for row, field in zip(self.rows, fields, strict=True):
            row.show_field(field, is_editable=self._editor.is_editable)

    def _show_fields(self) -> None:
        for row in self.rows:
            row.set_fields(self._message.custom_fields)
