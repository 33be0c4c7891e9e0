"""Dialogs that never block: opened with `open()`, answered by a callback.

A dialog's `exec()` runs a second event loop, in which a coroutine that is under way is lost for ever.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.medallion import Medallion
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 440
_PICTURE = 40


class Question(QDialog):
    """A title, a sentence, two or three answers. Escape is the last one, "cancel"."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        yes: str,
        no: str,
        on_answer: Callable[[str], None],
        *,
        tone: str = "info",
        other: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._answer = "no"
        self._on_answer = on_answer
        self.finished.connect(self._on_finished)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_XL)
        head = QHBoxLayout()
        head.setSpacing(SPACE_L)
        picture = {"danger": "triangle-alert", "warning": "triangle-alert", "doubt": "circle-question-mark"}.get(
            tone, "info"
        )
        head.addWidget(Medallion(picture, tone, _PICTURE), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_S)
        for said in (label(title, "section", wrap=True), label(text, "muted", wrap=True)):
            said.ensurePolished()
            # A dialog asks its layout for a height before it knows its width: a long text would be cut.
            said.setMinimumHeight(said.heightForWidth(_WIDTH - 2 * SPACE_XL - _PICTURE - SPACE_L))
            texts.addWidget(said)
        head.addLayout(texts, 1)
        outer.addLayout(head)
        outer.addLayout(self._answers(yes, no, other, "danger" if tone == "danger" else "primary"))

    def _answers(self, yes: str, no: str, other: str, kind: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addStretch(1)
        self.no_button = button(no)
        self.no_button.clicked.connect(self.reject)
        row.addWidget(self.no_button)
        if other:
            self.other_button = button(other)
            self.other_button.clicked.connect(self._on_other)
            row.addWidget(self.other_button)
        self.yes_button = button(yes, kind)
        self.yes_button.clicked.connect(self._on_yes)
        row.addWidget(self.yes_button)
        # What cannot be undone is not what Return does.
        first = self.no_button if kind == "danger" else self.yes_button
        first.setDefault(True)
        first.setFocus()
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
            return
        super().keyPressEvent(event)

    def _on_yes(self) -> None:
        self._answer = "yes"
        self.accept()

    def _on_other(self) -> None:
        self._answer = "other"
        self.accept()

    def _on_finished(self, _code: int) -> None:
        self._on_answer(self._answer)


def ask(
    parent: QWidget | None,
    title: str,
    text: str,
    yes: str,
    no: str,
    on_answer: Callable[[str], None],
    *,
    tone: str = "info",
    other: str = "",
) -> Question:
    """Open a question; `on_answer` gets "yes", "other" or "no" once, after the dialog has closed."""
    question = Question(parent, title, text, yes, no, on_answer, tone=tone, other=other)
    question.open()
    return question
