"""Proposals of an AI to review: each one is read, changed, and then accepted as a variation or rejected."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.ai import MOST_DRAFTS, AiDraft
from desktop.domain.errors import KnownError
from desktop.viewmodels import ai_words, wording
from desktop.viewmodels.editor_ai import AiViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import NumberField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.tokens import CONTROL_HEIGHT, SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll

_SIZE = (680, 660)
_TEXT_HEIGHT = 96


class AiDialog(QDialog):
    """What is asked above, what was proposed below; it stays open until somebody closes it."""

    def __init__(self, model: AiViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(self.tr("Drafts by AI"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_M)
        outer.addWidget(label(self.windowTitle(), "section"))
        about = self.tr(
            "Only the text of the chosen variation is sent, with marks in the place of variables: "
            "nothing of any contact. What comes back is a proposal; you decide about each one."
        )
        outer.addWidget(label(about, "muted", wrap=True))
        self.banner = Banner(closable=True)
        outer.addWidget(self.banner)
        outer.addLayout(self._build_question())
        self.area = VerticalScroll()
        self.area.column.setSpacing(SPACE_M)
        self.note = label("", "muted", wrap=True)
        self.area.column.addWidget(self.note)
        self.rows: list[ProposalRow] = []
        outer.addWidget(self.area, 1)
        foot = QHBoxLayout()
        self.usage = label("", "caption")
        foot.addWidget(self.usage, 1)
        self.close_button = button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.refresh()
        self._show()

    def _build_question(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.wish = QLineEdit()
        self.wish.setMaxLength(300)
        self.wish.setPlaceholderText(self.tr("Shorter, warmer, with a question at the end…"))
        row.addWidget(FormRow(self.tr("What you want of them"), self.wish), 1)
        self.count = NumberField(1, MOST_DRAFTS, 3)
        self.count.setFixedWidth(90)
        row.addWidget(FormRow(self.tr("How many"), self.count))
        self.ask_button = button(self.tr("Propose"), "primary", "sparkles")
        self.ask_button.clicked.connect(self._on_ask)
        row.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _show(self) -> None:
        model = self._model
        self.ask_button.setEnabled(model.can_ask)
        self.ask_button.setText(self.tr("Writing…") if model.is_asking else self.tr("Propose"))
        if [row.draft.id for row in self.rows] != [draft.id for draft in model.proposals]:
            self._show_rows()
        for row in self.rows:
            row.set_room(model.room > 0)
        self.note.setText(self._note())
        self.note.setVisible(bool(self.note.text()))
        self.usage.setText(ai_words.usage(model.usage, model.settings) if model.settings.is_ready else "")

    def _show_rows(self) -> None:
        kept = {row.draft.id: row for row in self.rows}
        wanted = {draft.id for draft in self._model.proposals}
        for number, row in kept.items():
            if number not in wanted:
                self.area.column.removeWidget(row)
                row.deleteLater()
        self.rows = [kept.get(draft.id) or self._row(draft) for draft in self._model.proposals]
        for place, row in enumerate(self.rows, 1):
            self.area.column.insertWidget(place, row)

    def _row(self, draft: AiDraft) -> "ProposalRow":
        row = ProposalRow(draft)
        row.accepted.connect(self._model.accept)
        row.rejected.connect(self._model.reject)
        return row

    def _note(self) -> str:
        model = self._model
        if not model.settings.is_ready:
            return self.tr("No AI is set up. It is in Settings, under Integrations, and off unless you switch it on.")
        if model.room <= 0:
            return self.tr("The message has as many variations as there can be.")
        if not model.proposals and not model.is_asking:
            return self.tr("No proposals yet. Write a message first: they are variations of it.")
        return ""

    def _on_ask(self) -> None:
        self.banner.hide()
        self._model.ask(self.count.value(), self.wish.text())

    def _on_failed(self, error: KnownError) -> None:
        self.banner.show_message("danger", *wording.error(error))


class ProposalRow(Card):
    """Signals:
    accepted(object, str): the AiDraft, and its text as it was changed.
    rejected(object): the AiDraft.
    """

    accepted = Signal(object, str)
    rejected = Signal(object)

    def __init__(self, draft: AiDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.draft = draft
        self._has_room = True
        self.text = QPlainTextEdit(draft.text)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Proposal"))
        self.text.textChanged.connect(self._judge)
        self.body.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.problem = ElidedLabel("", "error")
        row.addWidget(self.problem, 1)
        self.reject_button = button(self.tr("Reject"), "ghost")
        self.reject_button.clicked.connect(self._on_reject)
        self.accept_button = button(self.tr("Accept as variation"), "secondary", "check")
        self.accept_button.clicked.connect(self._on_accept)
        row.addWidget(self.reject_button)
        row.addWidget(self.accept_button)
        self.body.addLayout(row)
        # A scroll area asks a row for its height before its parts are styled.
        self.setFixedHeight(_TEXT_HEIGHT + CONTROL_HEIGHT + 2 * SPACE_L + 2 * SPACE_M)

    def set_room(self, has_room: bool) -> None:
        """Say whether the message takes another variation."""
        self._has_room = has_room
        self._judge()

    def _judge(self) -> None:
        is_faulty = AiViewModel.is_faulty(self.text.toPlainText())
        self.problem.setText(self.tr("Something to mend in the text.") if is_faulty else "")
        self.accept_button.setEnabled(self._has_room and not is_faulty)

    def _on_accept(self) -> None:
        self.accepted.emit(self.draft, self.text.toPlainText())

    def _on_reject(self) -> None:
        self.rejected.emit(self.draft)
