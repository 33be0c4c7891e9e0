"""The cover: nothing of the pages is seen, asked for or pressed before somebody has signed in."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.ids import OperatorId
from desktop.domain.operator import Deed, Operator, Role
from desktop.screens.access.cover import Cover
from desktop.viewmodels.access import SignInViewModel, idle_minutes
from desktop.widgets.permissions import needed, needs
from desktop.widgets.theme import Theme
from tests.fakes.spawning import TaskSpawn
from tests.fakes.window import FakeProgram

ANA = Operator(OperatorId(1), "Ana", Role.ADMIN, datetime(2026, 11, 27, tzinfo=UTC))


class Desk:
    """Lets Ana in."""

    present: Operator | None = None

    async def sign_in(self, name: str, password: str) -> Operator:
        if (name, password) != ("Ana", "senha da ana"):
            raise KnownError("sign_in_refused", "No.")
        self.present = ANA
        return ANA


async def test_a_wrong_password_is_said_and_forgotten_and_the_right_one_lets_in(theme: Theme, qtbot: QtBot) -> None:
    spawn = TaskSpawn()
    cover = Cover(SignInViewModel(Desk(), spawn))  # type: ignore[arg-type]
    qtbot.addWidget(cover)
    came: list[object] = []
    cover.signed_in.connect(came.append)
    cover.ask("Ana", "Locked.")
    assert not cover.button.isEnabled()
    cover.password.setText("errada")
    cover.button.click()
    await spawn.settle()
    assert "wrong" in cover.error.text()
    assert (cover.password.text(), came) == ("", [])
    cover.password.setText("senha da ana")
    cover.password.returnPressed.emit()
    await spawn.settle()
    assert came == [ANA]
    assert cover.password.text() == ""


def test_a_covered_window_shows_nothing_else_and_comes_back_as_it_was(theme: Theme, qtbot: QtBot) -> None:
    program = FakeProgram()
    window = program.window()
    qtbot.addWidget(window, before_close_func=lambda _: window.close_for_good())
    window.show()
    program.shell.start()
    dialog = QDialog(window)
    dialog.open()
    cover = QPushButton("cover")
    window.cover(cover)
    assert window.is_covered
    assert cover.isVisible()
    assert not window._navigation.isVisible()
    assert not dialog.isVisible()
    window.notice("a secret")
    assert not window._toast.isVisible()
    window.rebuild_pages()
    assert window.is_covered, "another language does not uncover it"
    window.uncover()
    assert window._navigation.isVisible()
    assert dialog.isVisible()
    dialog.reject()


def test_who_is_signed_in_stands_at_the_foot(theme: Theme, qtbot: QtBot) -> None:
    window = FakeProgram().window()
    qtbot.addWidget(window, before_close_func=lambda _: window.close_for_good())
    asked: list[str] = []
    window.account_requested.connect(asked.append)
    account = window._navigation.account_button
    assert account.isHidden()
    window.show_operator("Ana & Bia", "Admin")
    assert not account.isHidden()
    assert "Ana && Bia" in account.text()
    for action in account.menu().actions():
        action.trigger()
    assert asked == ["password", "lock", "sign_out"]


def test_a_mark_says_which_deed_a_button_is_for(qapp: QApplication) -> None:
    marked, plain = QPushButton(), QPushButton()
    needs(marked, Deed.DELETE)
    assert needed(marked) is Deed.DELETE
    assert needed(plain) is None
    assert needed(object()) is None


@pytest.mark.parametrize(("stored", "minutes"), [(None, 15), (0, 0), (5, 5), (-1, 15), (True, 15), ("x", 15)])
def test_minutes_that_nobody_could_mean_are_the_usual_ones(stored: object, minutes: int) -> None:
    assert idle_minutes(stored) == minutes
