"""The first rows of a file as they will be stored, and above each column what it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.screens.contacts.import_choices import ImportChoices
from desktop.viewmodels import import_preview, import_words
from desktop.viewmodels.import_preview import Standing
from desktop.viewmodels.importing import CUSTOM, NAME, OPT_IN, PHONE, TAGS, ImportViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import ElidedLabel, IconLabel, label, rule, set_role
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S

_COLUMN_WIDTH = 190
_NOTE_WIDTH = 210
_ROWS_SHOWN = 10
_MARKS = {
    Standing.GOOD: ("circle-check", "success"),
    Standing.ODD: ("info", "info"),
    Standing.REFUSED: ("circle-x", "danger"),
}


class ImportMapping(QWidget):
    """Shows the preview and changes the mapping of an `ImportViewModel`."""

    def __init__(self, model: ImportViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self._facts = label("", "muted", wrap=True)
        column.addWidget(self._facts)
        self.problems = Banner()
        column.addWidget(self.problems)
        frame = QFrame()
        frame.setObjectName("card")
        inside_frame = QVBoxLayout(frame)
        inside_frame.setContentsMargins(1, 1, 1, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside_frame.addWidget(self._area)
        column.addWidget(frame, 1)
        self.missing = label(self.tr("Choose the column that holds the phone numbers."), "error")
        column.addWidget(self.missing)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.tags_field = QLineEdit()
        self.tags_field.setPlaceholderText(self.tr("customers, black friday"))
        self.tags_field.textChanged.connect(model.set_tags)
        row.addWidget(
            FormRow(
                self.tr("Tags for all of them"),
                self.tags_field,
                self.tr("Separated by commas. They make it easy to choose these people for a campaign."),
            )
        )
        column.addLayout(row)
        self.choices = ImportChoices(model)
        column.addWidget(self.choices)
        self.combos: dict[str, ChoiceField] = {}
        self._shown: object = None
        model.changed.connect(self._show)

    def _show(self) -> None:
        preview = self._model.preview
        if preview is None:
            self._shown = None
            return
        if preview is not self._shown:
            self._shown = preview
            self.tags_field.setText(", ".join(self._model.tags))
            self.choices.restart()
            self.problems.hide()
            if preview.problems:
                self.problems.show_message("warning", preview.problems[0], "\n".join(preview.problems[1:]))
            self._area.setWidget(self._build_grid())
        for column, combo in self.combos.items():
            combo.setCurrentIndex(max(0, combo.findData(self._model.field_of(column))))
        self.missing.setVisible(PHONE not in self._model.mapping.values())
        self._show_lines()

    def _show_lines(self) -> None:
        lines = self._model.lines
        self._facts.setText(
            " · ".join(
                part for part in (import_preview.summary(lines), import_words.file_facts(self._model.preview)) if part
            )
            if self._model.preview
            else ""
        )
        for line, (mark, note, cells) in zip(lines, self._rows, strict=False):
            picture, tone = _MARKS[line.standing]
            mark.set_icon(picture, tone)
            note.setText(line.note[:1].upper() + line.note[1:])
            is_refused = line.standing is Standing.REFUSED
            set_role(note, "role", "error" if is_refused else "muted")
            for column, value, cell in zip(self._model.columns, line.cells, cells, strict=True):
                cell.setText(value)
                is_in = self._model.field_of(column) is not None and not is_refused
                set_role(cell, "role", "body" if is_in else "muted")
                cell.setEnabled(self._model.field_of(column) is not None)

    def _build_grid(self) -> QWidget:
        preview = self._model.preview
        assert preview is not None
        inside = QWidget()
        inside.setObjectName("scrolled")
        grid = QGridLayout(inside)
        grid.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        self.combos = {}
        columns = self._model.columns
        for place, name in enumerate(columns):
            combo = self._combo(name)
            self.combos[name] = combo
            grid.addWidget(combo, 0, place + 2)
            title = ElidedLabel(import_words.column(name, bool(preview.header)), "strong")
            title.setFixedWidth(_COLUMN_WIDTH)
            grid.addWidget(title, 1, place + 2)
        grid.addWidget(rule(), 2, 0, 1, len(columns) + 2)
        self._rows: list[tuple[IconLabel, ElidedLabel, list[ElidedLabel]]] = []
        for number in range(3, 3 + len(preview.rows[:_ROWS_SHOWN])):
            mark, note, cells = IconLabel("circle-check"), ElidedLabel("", "muted"), [ElidedLabel() for _ in columns]
            note.setFixedWidth(_NOTE_WIDTH)
            grid.addWidget(mark, number, 0)
            grid.addWidget(note, number, 1)
            for place, cell in enumerate(cells):
                cell.setFixedWidth(_COLUMN_WIDTH)
                grid.addWidget(cell, number, place + 2)
            self._rows.append((mark, note, cells))
        grid.setRowStretch(_ROWS_SHOWN + 4, 1)
        grid.setColumnStretch(len(columns) + 2, 1)
        return inside

    def _combo(self, column: str) -> ChoiceField:
        combo = ChoiceField()
        combo.setFixedWidth(_COLUMN_WIDTH)
        combo.setAccessibleName(self.tr("What is in the column {column}?").format(column=column))
        combo.addItem(self.tr("Do not import"), None)
        combo.addItem(self.tr("Phone"), PHONE)
        combo.addItem(self.tr("Name"), NAME)
        combo.addItem(self.tr("Tags"), TAGS)
        combo.addItem(self.tr("Consent"), OPT_IN)
        for field in self._model.custom_choices(column):
            combo.addItem(self.tr("Field “{name}”").format(name=field.removeprefix(CUSTOM)), field)
        combo.setProperty("column", column)
        combo.activated.connect(self._on_chosen)
        return combo

    def _on_chosen(self, _index: int) -> None:
        combo = self.sender()
        if isinstance(combo, ChoiceField):
            self._model.set_field(str(combo.property("column")), combo.currentData())
