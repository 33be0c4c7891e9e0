"""What stands in one place of a template: a line of text with fields of the contact."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.viewmodels import editor_words
from desktop.viewmodels.editor_message import variable
from desktop.viewmodels.editor_templates import Field
from desktop.widgets.buttons import icon_button
from desktop.widgets.labels import label, set_role
from desktop.widgets.tokens import SPACE_S, SPACE_XS


class ParameterRow(QWidget):
    """Signals:
    edited: the key of the place (str) and what the operator wrote there (str).
    """

    edited = Signal(str, str)

    def __init__(self, found: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = found.slot.key
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        name = editor_words.slot(found.slot)
        layout.addWidget(label(name, "strong"))
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(self.tr("Text, or a field such as {{name}}"))
        self.field.textEdited.connect(self._on_edited)
        row.addWidget(self.field, 1)
        self.variable_button = icon_button("braces", self.tr("Insert variable"), "secondary")
        self._menu = QMenu(self.variable_button)
        self._menu.triggered.connect(self._on_variable_chosen)
        self.variable_button.setMenu(self._menu)
        self.variable_button.setPopupMode(self.variable_button.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self.variable_button)
        layout.addLayout(row)
        self.note = label("", "error", wrap=True)
        layout.addWidget(self.note)

    def set_fields(self, custom_fields: Sequence[str]) -> None:
        """Say which fields contacts have besides name and phone."""
        self._menu.clear()
        self._menu.addAction(self.tr("First name")).setData("{{contact.name|first}}")
        self._menu.addAction(self.tr("Whole name")).setData(variable("name"))
        self._menu.addAction(self.tr("Phone")).setData(variable("phone"))
        if custom_fields:
            self._menu.addSeparator()
        for name in custom_fields:
            self._menu.addAction(name).setData(variable(name))

    def show_field(self, found: Field, *, is_editable: bool) -> None:
        if self.field.text() != found.text:
            self.field.setText(found.text)
        self.field.setEnabled(is_editable)
        self.variable_button.setEnabled(is_editable)
        self.note.setText(editor_words.template_problem(found.problems[0]) if found.problems else "")
        self.note.setVisible(bool(found.problems))
        set_role(self.field, "invalid", bool(found.problems))

    def _on_edited(self, text: str) -> None:
        self.edited.emit(self.key, text)

    def _on_variable_chosen(self, action: QAction) -> None:
        self.field.insert(action.data())
        self.field.setFocus()
        self.edited.emit(self.key, self.field.text())
