"""Who of the audience lacks a field that the message needs; a click shows the message as that person would read it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.editor.list_row import ListRow
from desktop.screens.editor.row_list import RowList
from desktop.viewmodels import editor_words, formats
from desktop.viewmodels.editor_people import PeopleViewModel
from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_XL

_SIZE = (480, 560)


class LackingDialog(QDialog):
    """A list of people; it closes when one of them is chosen to be the reader."""

    def __init__(self, model: PeopleViewModel, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        name = editor_words.field_name(field)
        self.setWindowTitle(self.tr("Without “{field}”").format(field=name))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_M)
        outer.addWidget(label(self.windowTitle(), "section", wrap=True))
        self.about = label("", "muted", wrap=True)
        outer.addWidget(self.about)
        self.list = RowList()
        self.list.chosen.connect(self._on_chosen)
        outer.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.close_button = button(self.tr("Close"), "primary")
        self.close_button.clicked.connect(self.reject)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        model.listed_changed.connect(self._show)
        model.list_lacking(field)
        self._show()

    def _show(self) -> None:
        people, count = self._model.listed, self._model.listed_count
        advice = self.tr(
            "They cannot get the message like this. Fill the field in, or give the variable a text for that case."
        )
        shown = self.tr("The first {n} of {people}.").format(
            n=formats.number(len(people)), people=formats.people(count)
        )
        self.about.setText(f"{advice} {shown}" if len(people) < count else advice)
        rows = [ListRow(c.phone, c.name or formats.phone(c.phone), formats.phone(c.phone)) for c in people]
        self.list.show_rows(rows, None)

    def _on_chosen(self, key: object) -> None:
        for contact in self._model.listed:
            if contact.phone == key:
                self._model.show(contact)
        self.accept()
