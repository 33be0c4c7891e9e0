"""The templates of Meta to choose from: looked for, filtered, read as a bubble."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.template import SENDABLE, MessageTemplate
from desktop.screens.editor.bubble import Chat
from desktop.screens.editor.list_row import ListRow
from desktop.screens.editor.row_list import RowList
from desktop.viewmodels import editor_words, wording
from desktop.viewmodels.editor_message import template_html
from desktop.viewmodels.editor_templates import TemplateViewModel
from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.search_field import SearchField
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_SIZE = (900, 620)
_SIDE_WIDTH = 340


class TemplateDialog(QDialog):
    """A list at the left, the chosen template at the right."""

    def __init__(self, model: TemplateViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chosen: tuple[str, str] | None = None
        self.setWindowTitle(self.tr("Choose a template"))
        self.setModal(True)
        self.resize(*_SIZE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_M)
        head = QHBoxLayout()
        head.addWidget(label(self.windowTitle(), "section"))
        head.addStretch(1)
        self.refresh_button = button(self.tr("Read again from Meta"), "secondary", "refresh-cw")
        self.refresh_button.setAutoDefault(False)
        self.refresh_button.clicked.connect(self._on_read_again)
        head.addWidget(self.refresh_button)
        outer.addLayout(head)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        outer.addWidget(self.error)
        outer.addLayout(self._build_filters())
        columns = QHBoxLayout()
        columns.setSpacing(SPACE_L)
        self.list = RowList()
        self.list.chosen.connect(self._on_chosen)
        columns.addWidget(self.list, 1)
        columns.addWidget(self._build_side())
        outer.addLayout(columns, 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        self.reason = label("", "muted", wrap=True)
        foot.addWidget(self.reason, 1)
        self.close_button = button(self.tr("Cancel"))
        self.close_button.clicked.connect(self.reject)
        self.use_button = button(self.tr("Use this template"), "primary")
        self.use_button.clicked.connect(self._on_use)
        foot.addWidget(self.close_button)
        foot.addWidget(self.use_button)
        outer.addLayout(foot)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        self.finished.connect(self._on_finished)
        if model.use is not None:
            self._chosen = (model.use.name, model.use.language)
        self.search.setFocus()
        self._show()

    def _build_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.search = SearchField(self.tr("Name or words of the text"))
        self.search.searched.connect(self._on_filter)
        row.addWidget(self.search, 1)
        self.status = _choice(self.tr("Status"))
        self.language = _choice(self.tr("Language"))
        self.category = _choice(self.tr("Category"))
        for field in (self.status, self.language, self.category):
            field.currentIndexChanged.connect(self._on_filter)
            row.addWidget(field)
        return row

    def _build_side(self) -> QWidget:
        self.side = QWidget()
        self.side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self.name = ElidedLabel("", "strong")
        column.addWidget(self.name)
        self.chat = Chat()
        column.addWidget(self.chat, 1)
        return self.side

    @property
    def chosen(self) -> MessageTemplate | None:
        found = self._model.found
        named = next((each for each in found if (each.name, each.language) == self._chosen), None)
        return named or (found[0] if found else None)

    def _show(self) -> None:
        model = self._model
        where = model.where
        _fill(
            self.status,
            self.tr("Any status"),
            [(s, editor_words.template_status(s)[0]) for s in model.statuses],
            where.status,
        )
        _fill(self.language, self.tr("Any language"), [(each, each) for each in model.languages], where.language)
        categories = [(each, editor_words.template_category(each)) for each in model.categories]
        _fill(self.category, self.tr("Any category"), categories, where.category)
        self.refresh_button.setEnabled(bool(model.numbers) and not model.is_refreshing)
        self.refresh_button.setText(self.tr("Reading…") if model.is_refreshing else self.tr("Read again from Meta"))
        chosen = self.chosen
        key = (chosen.name, chosen.language) if chosen else None
        self.list.show_rows([_row(each) for each in model.found], key, self._note())
        self.side.setVisible(chosen is not None)
        can_use = chosen is not None and chosen.status == SENDABLE and not model.unsupported(chosen)
        self.use_button.setEnabled(can_use)
        self.reason.setText("")
        if chosen is not None:
            self.name.setText(f"{chosen.name} · {chosen.language}")
            html, footer, buttons = template_html(chosen)
            self.chat.show_message(html, "10:24", footer, buttons)
            media = model.header_media(chosen)
            if media is not None:
                self.chat.bubble.attachment.show_card("image", editor_words.header_file(media), "")
            else:
                self.chat.bubble.attachment.hide()
            self.reason.setText(self._why_not(chosen))

    def _why_not(self, chosen: MessageTemplate) -> str:
        if chosen.status != SENDABLE:
            return self.tr("Only approved templates can be sent.")
        if part := self._model.unsupported(chosen):
            return self.tr("It has a part that cannot be sent from here: {part}.").format(part=part)
        return ""

    def _note(self) -> str:
        model = self._model
        if not model.numbers:
            return self.tr("Templates belong to numbers of Meta's Cloud API. Add such a number under Instances first.")
        if not model.templates:
            return self.tr("No template is known yet. Read them from Meta.")
        if not model.found:
            return self.tr("No template is like that.")
        return ""

    def _on_filter(self, _change: object = None) -> None:
        where = replace(
            self._model.where,
            text=self.search.text(),
            status=str(self.status.currentData() or ""),
            language=str(self.language.currentData() or ""),
            category=str(self.category.currentData() or ""),
        )
        if where != self._model.where:
            self._model.filter(where)

    def _on_chosen(self, key: object) -> None:
        if isinstance(key, tuple):
            self._chosen = key  # pyright: ignore[reportUnknownMemberType]
            self._show()

    def _on_read_again(self) -> None:
        self.error.hide()
        self._model.read_again()

    def _on_use(self) -> None:
        if self.chosen is not None:
            self._model.choose(self.chosen)
            self.accept()

    def _on_failed(self, error: KnownError) -> None:
        self.error.setText(" ".join(wording.error(error)))
        self.error.show()

    def _on_finished(self) -> None:
        self.deleteLater()


def _choice(spoken: str) -> ChoiceField:
    field = ChoiceField()
    field.setAccessibleName(spoken)
    field.setMinimumWidth(140)
    return field


def _fill(field: QComboBox, anything: str, choices: Sequence[tuple[str, str]], current: str) -> None:
    field.blockSignals(True)
    field.clear()
    field.addItem(anything, "")
    for key, text in choices:
        field.addItem(text, key)
    field.setCurrentIndex(max(0, field.findData(current)))
    field.blockSignals(False)


def _row(template: MessageTemplate) -> ListRow:
    about = " · ".join([template.language, editor_words.template_category(template.category)])
    row = ListRow((template.name, template.language), template.name, about)
    text, tone = editor_words.template_status(template.status)
    row.add_side(StatusPill(text, tone))
    return row
