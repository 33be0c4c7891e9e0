"""Reading the texts: how the writing goes, the table, the one that is read as a bubble, and what the others get."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.domain.own_text import WRITTEN, Otherwise, OwnTextState, WritingEnd
from desktop.screens.editor.bubble import Chat
from desktop.viewmodels import formats, own_text_words, table_roles, wording
from desktop.viewmodels.editor_message import plain_html
from desktop.viewmodels.own_text_review import OwnTextReviewViewModel, only
from desktop.viewmodels.own_texts import OwnTextsViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.delegates import PillDelegate, TextDelegate, TwoLineDelegate
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import ChoiceField
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.permissions import needs
from desktop.widgets.progress import ProgressBar
from desktop.widgets.search_field import SearchField
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S
from desktop.widgets.vertical_scroll import VerticalScroll

_ROW_HEIGHT = 52
_SIDE_WIDTH = 360
_EDIT_HEIGHT = 140
_FILTERS = ("all", "new", "problems", "failed", "waiting", "accepted", "edited", "refused")


class OwnTextReviewPanel(QWidget):
    """Everything about the texts that are there, or are coming."""

    def __init__(self, model: OwnTextsViewModel, review: OwnTextReviewViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._review = model, review
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        layout.addLayout(self._build_progress())
        self.standing = Banner()
        layout.addWidget(self.standing)
        layout.addLayout(self._build_filters())
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.table = self._build_table()
        row.addWidget(self.table, 1)
        row.addWidget(self._build_side())
        layout.addLayout(row, 1)
        layout.addLayout(self._build_otherwise())
        model.changed.connect(self._show)
        model.progressed.connect(self._on_progressed)
        model.texts_changed.connect(self._refresh_rows)
        review.chosen_changed.connect(self._show_chosen)
        review.decided.connect(model.refresh)
        self._show()
        self._show_chosen()

    # Building

    def _build_progress(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.bar = ProgressBar()
        self.bar.setFixedWidth(180)
        row.addWidget(self.bar)
        self.progress = ElidedLabel("", "strong")
        row.addWidget(self.progress, 1)
        self.pause_button = button(self.tr("Pause"), "secondary", "pause")
        self.pause_button.clicked.connect(self._model.pause)
        self.go_on_button = button(self.tr("Go on writing"), "primary", "play")
        self.go_on_button.clicked.connect(self._model.carry_on)
        self.again_button = button(self.tr("Try the failed again"), "secondary", "refresh-cw")
        self.again_button.clicked.connect(self._model.try_again)
        self.cancel_button = button(self.tr("Write no more"), "ghost")
        self.cancel_button.setToolTip(self.tr("Texts that are there stay; nobody else gets one."))
        self.cancel_button.clicked.connect(self._model.cancel)
        for part in (self.again_button, self.cancel_button, self.go_on_button):
            needs(part, Deed.EDIT)
        for part in (self.again_button, self.cancel_button, self.pause_button, self.go_on_button):
            row.addWidget(part)
        return row

    def _build_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.state = ChoiceField()
        for choice in _FILTERS:
            self.state.addItem(choice, choice)
        self.state.setAccessibleName(self.tr("Which texts"))
        self.state.setMinimumWidth(190)
        self.state.currentIndexChanged.connect(self._on_filter)
        row.addWidget(self.state)
        self.search = SearchField(self.tr("Search name, phone or text"))
        self.search.searched.connect(self._on_filter)
        row.addWidget(self.search, 1)
        self.accept_all_button = button(self.tr("Accept all shown"), "secondary", "check-check")
        needs(self.accept_all_button, Deed.EDIT)
        self.accept_all_button.setToolTip(
            self.tr("All that the filter finds, that nobody has decided about and in which nothing is to be looked at.")
        )
        self.accept_all_button.clicked.connect(self._review.accept_shown)
        row.addWidget(self.accept_all_button)
        return row

    def _build_table(self) -> PagedTable:
        looks = (
            ColumnLook(190, delegate=TwoLineDelegate(table_roles.SECOND)),
            ColumnLook(240, stretch=True, delegate=TextDelegate(table_roles.TONE)),
            ColumnLook(110, delegate=PillDelegate(table_roles.TONE)),
            ColumnLook(180, delegate=TextDelegate(table_roles.TONE), hide_below=640),
        )
        self._nothing = self.tr("Say in “What is sent” what is to be written.")
        self.empty = EmptyState("sparkles", self.tr("No text here"), self._nothing)
        table = PagedTable(
            self._review.model, looks, self.tr("Texts for one person each"), row_height=_ROW_HEIGHT, empty=self.empty
        )
        table.row_chosen.connect(self._on_row_chosen)
        return table

    def _build_side(self) -> QWidget:
        side = VerticalScroll()
        side.setFixedWidth(_SIDE_WIDTH)
        card = Card()
        side.column.addWidget(card)
        side.column.addStretch(1)
        self.person = ElidedLabel("", "section")
        card.body.addWidget(self.person)
        self.problems = label("", "error", wrap=True)
        card.body.addWidget(self.problems)
        self.chat = Chat()
        card.body.addWidget(self.chat)
        self.edit = QPlainTextEdit()
        self.edit.setFixedHeight(_EDIT_HEIGHT)
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(self.tr("Text for this person"))
        self.edit.textChanged.connect(self._on_edited)
        card.body.addWidget(self.edit)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(SPACE_S)
            card.body.addLayout(row)
        self.accept_button = button(self.tr("Accept"), "primary", "check")
        self.accept_button.clicked.connect(self._on_accept)
        self.refuse_button = button(self.tr("Refuse"), "secondary", "x")
        self.refuse_button.clicked.connect(self._review.refuse)
        first.addWidget(self.accept_button, 1)
        first.addWidget(self.refuse_button, 1)
        self.rewrite_button = button(self.tr("Write anew"), "ghost", "refresh-cw")
        self.rewrite_button.clicked.connect(self._on_rewrite)
        for part in (self.accept_button, self.refuse_button, self.rewrite_button):
            needs(part, Deed.EDIT)
        second.addWidget(self.rewrite_button)
        second.addStretch(1)
        self._side = side
        return side

    def _build_otherwise(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(label(self.tr("People without an accepted text"), "strong"))
        self.otherwise = ChoiceField()
        for word, text in (
            (Otherwise.UNDECIDED, self.tr("Not decided: the campaign does not start")),
            (Otherwise.ORDINARY, self.tr("get the campaign's ordinary message")),
            (Otherwise.LEAVE_OUT, self.tr("are left out")),
        ):
            self.otherwise.addItem(text, word.value)
        self.otherwise.setAccessibleName(self.tr("People without an accepted text"))
        self.otherwise.activated.connect(self._on_otherwise)
        row.addWidget(self.otherwise)
        row.addStretch(1)
        return row

    # Showing

    def _show(self) -> None:
        model = self._model
        counts, is_idle = model.counts, model.is_open and not model.is_writing
        self.pause_button.setVisible(model.is_writing)
        can_go_on = is_idle and model.is_agreed and counts.waiting > 0
        self.go_on_button.setVisible(can_go_on)
        self.again_button.setVisible(is_idle and model.is_agreed and counts.failed > 0)
        self.cancel_button.setVisible(model.is_open and counts.waiting > 0)
        self.otherwise.setEnabled(model.is_open and model.plan is not None)
        if model.plan is not None:
            self.otherwise.setCurrentIndex(list(Otherwise).index(model.plan.otherwise))
        self._show_counts()
        self._show_progress()
        self._show_buttons()

    def _show_counts(self) -> None:
        counts = self._model.counts
        found = {
            "all": (self.tr("All texts"), counts.total),
            "problems": (self.tr("To look at"), counts.with_problems),
        }
        for word in OwnTextState:
            found[word.value] = (own_text_words.state_name(word), getattr(counts, word.value))
        for place, choice in enumerate(_FILTERS):
            text, count = found[choice]
            self.state.setItemText(place, f"{text}  ({wording.number(count)})")
        self.empty.text.setText(self.tr("No text is as the filter says.") if counts.total else self._nothing)
        self.accept_all_button.setEnabled(self._model.is_open and counts.new > 0)

    def _show_progress(self) -> None:
        found, counts = self._model.progress, self._model.counts
        if found is None or found.ended == WritingEnd.DONE:
            total = max(1, counts.total)
            text = self.tr("{written} of {total} written, {accepted} accepted").format(
                written=wording.number(counts.written),
                total=wording.number(counts.total),
                accepted=wording.number(counts.sendable),
            )
            self.progress.setText(text if counts.total else "")
            self.bar.set_share(counts.written / total)
            self.standing.hide()
        else:
            self.progress.setText(own_text_words.progress(found))
            self.bar.set_share((found.done + found.failed) / max(1, found.total))
            told = own_text_words.standing(found)
            if told is None:
                self.standing.hide()
            else:
                self.standing.show_message(*told)
        self.bar.setVisible(bool(counts.total))

    def _on_progressed(self) -> None:
        self._show()
        if self.isVisible() and self._model.is_writing:
            self._refresh_rows()

    def _refresh_rows(self) -> None:
        self._review.refresh_rows(*self.table.visible_rows())

    def _show_chosen(self) -> None:
        row = self._review.chosen
        self._side.setVisible(row is not None)
        if row is None:
            return
        self.person.setText(row.name or formats.phone(row.phone))
        problems = own_text_words.problems(row)
        self.problems.setText(problems)
        self.problems.setVisible(bool(problems))
        if self.edit.toPlainText() != row.text:
            self.edit.setPlainText(row.text)
        self._show_bubble(row.text)
        self._show_buttons()

    def _show_bubble(self, text: str) -> None:
        if text.strip():
            self.chat.show_message(plain_html(text), "10:24")
        else:
            self.chat.show_note(self.tr("There is no text yet."))

    def _show_buttons(self) -> None:
        row, model = self._review.chosen, self._model
        if row is None:
            return
        text = self.edit.toPlainText()
        is_edited = text != row.text
        is_accepted = row.state in (OwnTextState.ACCEPTED, OwnTextState.EDITED)
        self.edit.setReadOnly(not model.is_open)
        self.accept_button.setText(self.tr("Save and accept") if is_edited else self.tr("Accept"))
        self.accept_button.setEnabled(model.is_open and bool(text.strip()) and (is_edited or not is_accepted))
        can_refuse = row.state in WRITTEN and row.state is not OwnTextState.REFUSED
        self.refuse_button.setEnabled(model.is_open and can_refuse and not is_edited)
        self.rewrite_button.setEnabled(model.is_open and model.settings.is_ready and model.plan is not None)

    # Doing

    def _on_row_chosen(self, index: QModelIndex) -> None:
        self._review.choose(self._review.model.row_at(index))

    def _on_edited(self) -> None:
        self._show_bubble(self.edit.toPlainText())
        self._show_buttons()

    def _on_accept(self) -> None:
        row = self._review.chosen
        if row is not None and self.edit.toPlainText() != row.text:
            self._review.edit(self.edit.toPlainText())
        else:
            self._review.accept()

    def _on_rewrite(self) -> None:
        if self._review.chosen is not None:
            self._model.rewrite(self._review.chosen.id)

    def _on_filter(self) -> None:
        where = only(self._review.where, str(self.state.currentData()))
        self._review.set_filter(replace(where, text=self.search.text()))

    def _on_otherwise(self) -> None:
        self._model.choose_otherwise(Otherwise(str(self.otherwise.currentData())))
