"""Rows of a form: a label above its field, a hint below it, and an error in its place when there is one."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.labels import label, set_role
from desktop.widgets.tokens import SPACE_L, SPACE_XS


class FormRow(QWidget):
    """A field with its label. The label belongs to the field for screen readers and for its mnemonic."""

    def __init__(self, text: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        self.label = label(text, "strong")
        self.label.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        field.setAccessibleDescription(hint)
        layout.addWidget(self.label)
        layout.addWidget(field)
        self.note = label(hint, "caption", wrap=True)
        layout.addWidget(self.note)
        self.note.setVisible(bool(hint))  # not before it has its place: it would be a window for a moment
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def is_valid(self) -> bool:
        return not self.field.property("invalid")

    def set_hint(self, text: str) -> None:
        """Change what stands below the field while nothing is wrong with it."""
        self._hint = text
        if self.is_valid:
            self.set_error("")

    def set_error(self, text: str) -> None:
        """Show what is wrong and mark the field; an empty text clears both and brings the hint back."""
        set_role(self.field, "invalid", bool(text))
        set_role(self.note, "role", "error" if text else "caption")
        self.note.setText(text or self._hint)
        self.note.setVisible(bool(text or self._hint))
        self.field.setAccessibleDescription(text or self._hint)


class Form(QWidget):
    """Rows one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_L)
        self._layout.addStretch(1)

    def add(self, text: str, field: QWidget, hint: str = "") -> FormRow:
        row = FormRow(text, field, hint)
        self.add_widget(row)
        return row

    def add_widget(self, widget: QWidget) -> None:
        self._layout.insertWidget(self._layout.count() - 1, widget)
