"""A text for each person, on the real widgets: nothing begins without a tick, and every text is read as a bubble."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.ai import AiSettings
from desktop.domain.errors import KnownError
from desktop.domain.own_text import Otherwise, OwnTextProgress, OwnTextState
from desktop.screens.editor.own_texts_dialog import OwnTextsDialog
from desktop.widgets.dialogs import Question
from desktop.widgets.theme import apply_theme
from tests.desktop.viewmodels.test_own_texts import World

_S = OwnTextState


@pytest.fixture(scope="module", autouse=True)
def _theme(qapp: QApplication) -> None:  # pyright: ignore[reportUnusedFunction]
    apply_theme(qapp, "light")


class Opened(World):
    def __init__(self, owner: QObject, qtbot: QtBot) -> None:
        super().__init__(owner)
        self.qtbot = qtbot
        self.dialog = self.open()

    def open(self) -> OwnTextsDialog:
        dialog = OwnTextsDialog(self.model, self.review)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    def begin(self) -> None:
        self.dialog.setup.consent.setChecked(True)
        self.qtbot.mouseClick(self.dialog.setup.begin_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot) -> Iterator[Opened]:
    owner = QObject()
    made = Opened(owner, qtbot)
    yield made
    made.model.close()


def test_what_leaves_is_shown_and_nothing_begins_without_a_tick(opened: Opened) -> None:
    setup = opened.dialog.setup
    assert "Be brief." in setup.prompt.toPlainText()
    assert "https://api.example.com/v1" in setup.where.text()
    assert [name for name, box in setup._fields.items() if box.isChecked()] == ["first_name"]
    assert not setup.begin_button.isEnabled()
    setup.consent.setChecked(True)
    assert setup.begin_button.isEnabled()
    setup._fields["custom.cidade"].setChecked(True)
    assert not setup.consent.isChecked(), "what was ticked is no longer what leaves"
    assert "cidade" in setup.agreement.text()
    assert opened.desk.deeds == []


def test_after_the_consent_the_texts_are_read_as_bubbles_and_decided(opened: Opened, qtbot: QtBot) -> None:
    opened.begin()
    assert opened.desk.deeds[0] == ("agree", opened.model.wish)
    review = opened.dialog.review
    assert review.isVisible()
    assert not opened.dialog.setup.isVisible()
    assert opened.review.model.rowCount() == 3
    review.table.choose_row(1)
    assert "Oi 2" in review.chat.bubble.text.text()
    review.edit.setPlainText("<b>Olá</b> *Bia*")
    assert "&lt;b&gt;" in review.chat.bubble.text.text(), "what is written is not read as markup"
    assert review.accept_button.text() == "Save and accept"
    qtbot.mouseClick(review.accept_button, Qt.MouseButton.LeftButton)
    assert opened.desk.rows[1].state is _S.EDITED
    review.table.choose_row(0)
    qtbot.mouseClick(review.refuse_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(review.accept_all_button, Qt.MouseButton.LeftButton)
    assert [row.state for row in opened.desk.rows] == [_S.REFUSED, _S.EDITED, _S.ACCEPTED]
    qtbot.mouseClick(review.rewrite_button, Qt.MouseButton.LeftButton)
    assert ("rewrite", 1) in opened.desk.deeds
    review.state.setCurrentIndex(review.state.findData("accepted"))
    assert opened.review.model.rowCount() == 1
    assert not review.state.itemText(0).startswith("all"), "it has words"


def test_what_the_others_get_is_said_in_so_many_words(opened: Opened) -> None:
    opened.begin()
    choice = opened.dialog.review.otherwise
    assert choice.currentData() == Otherwise.UNDECIDED.value
    choice.setCurrentIndex(choice.findData(Otherwise.LEAVE_OUT.value))
    choice.activated.emit(choice.currentIndex())
    assert opened.desk.kept is not None
    assert opened.desk.kept.otherwise is Otherwise.LEAVE_OUT


def test_while_it_writes_it_can_be_paused_and_a_problem_is_told(opened: Opened, qtbot: QtBot) -> None:
    opened.begin()
    opened.desk.writing, opened.desk.last = True, OwnTextProgress(9, 3, waits_s=8.0)
    opened.dialog.reject()
    dialog = opened.open()
    assert dialog.review.isVisible(), "it opens with the texts where there are some"
    assert dialog.review.pause_button.isVisible()
    assert not dialog.discard_button.isVisible()
    assert dialog.review.standing.isVisible()
    qtbot.mouseClick(dialog.review.pause_button, Qt.MouseButton.LeftButton)
    assert "pause" in opened.desk.deeds
    opened.desk.rows[0] = replace(opened.desk.rows[0], state=_S.FAILED, text="", reason="ai_timeout")
    opened.desk.last = OwnTextProgress(9, 3, 1, ended="ai_unauthorised")
    opened.model.refresh()
    assert dialog.review.again_button.isVisible()
    dialog.review.table.choose_row(0)
    opened.desk.refuse_with = KnownError("own_texts_started", "x")
    qtbot.mouseClick(dialog.review.again_button, Qt.MouseButton.LeftButton)
    assert dialog.banner.isVisible()


def test_everything_can_be_thrown_away_after_a_question(opened: Opened, qtbot: QtBot) -> None:
    opened.begin()
    qtbot.mouseClick(opened.dialog.discard_button, Qt.MouseButton.LeftButton)
    question = opened.dialog.findChild(Question)
    assert question is not None
    qtbot.mouseClick(question.yes_button, Qt.MouseButton.LeftButton)
    assert opened.desk.kept is None
    assert opened.dialog.setup.isVisible()


def test_an_ai_that_is_off_or_has_no_price_is_told(opened: Opened) -> None:
    opened.ai.kept = AiSettings(True, "https://api.example.com/v1", "small-1")
    opened.model.open()
    assert opened.dialog.setup.no_price.isVisible()
    assert not opened.dialog.setup.cost_row.isVisible()
    opened.ai.kept = AiSettings()
    opened.model.open()
    assert "Settings" in opened.dialog.setup.agreement.text()
    assert not opened.dialog.setup.begin_button.isEnabled()
