"""Operators and workspaces in the settings."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.ids import OperatorId
from desktop.domain.operator import Operator, Role
from desktop.screens.access.password_dialog import PasswordDialog
from desktop.screens.settings.operators_section import OperatorsSection
from desktop.screens.settings.workspaces_section import WorkspacesSection
from desktop.viewmodels.access_settings import AccessViewModel
from desktop.widgets.dialogs import Question
from desktop.widgets.theme import Theme
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.samples import NOW

T = TypeVar("T", bound=QWidget)


class Control:
    def __init__(self) -> None:
        self.people: list[Operator] = []
        self.places = [("Matriz", True)]
        self.minutes = 15
        self.did: list[tuple[object, ...]] = []
        self.refuse: KnownError | None = None

    @property
    def present(self) -> Operator | None:
        return self.people[0] if self.people else None

    def _note(self, *what: object) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.did.append(what)

    async def operators(self) -> Sequence[Operator]:
        return self.people

    async def add(self, name: str, role: Role, password: str) -> None:
        self._note("add", name, role, password)
        self.people.append(Operator(OperatorId(len(self.people) + 1), name, role, NOW))

    async def set_role(self, name: str, role: Role) -> None:
        self._note("role", name, role)

    async def set_password(self, name: str, password: str) -> None:
        self._note("password", name, password)

    async def set_disabled(self, name: str, is_disabled: bool) -> None:
        self._note("disabled", name, is_disabled)

    async def remove(self, name: str) -> None:
        self._note("remove", name)
        self.people = [found for found in self.people if found.name != name]

    async def idle_minutes(self) -> int:
        return self.minutes

    async def set_idle_minutes(self, minutes: int) -> None:
        self.minutes = minutes

    async def workspaces(self) -> Sequence[tuple[str, bool]]:
        return self.places

    async def add_workspace(self, name: str) -> None:
        self._note("workspace", name)
        self.places.append((name, False))

    async def rename_workspace(self, name: str) -> None:
        self._note("rename", name)

    def open_workspace(self, name: str) -> None:
        self.did.append(("open", name))


@pytest.fixture
def control() -> Control:
    return Control()


@pytest.fixture
def section(theme: Theme, qtbot: QtBot, control: Control) -> OperatorsSection:
    return shown(OperatorsSection(AccessViewModel(control, ImmediateSpawn())), qtbot)


def shown(widget: T, qtbot: QtBot) -> T:
    qtbot.addWidget(widget)
    widget.activate()  # type: ignore[attr-defined]
    return widget


def add(section: OperatorsSection, name: str) -> None:
    section.open_add_dialog()
    assert section.dialog is not None
    section.dialog.name.setText(name)
    section.dialog.password.setText("senha secreta")
    section.dialog.again.setText("senha secreta")
    section.dialog.add_button.click()


def test_without_operators_it_says_what_that_means_and_the_first_one_is_an_admin(
    section: OperatorsSection, control: Control
) -> None:
    assert "Nobody has to sign in" in section.intro.text()
    assert section.idle_row.isHidden()
    add(section, "Ana")
    assert control.did == [("add", "Ana", Role.ADMIN, "senha secreta")]
    assert section.rows["Ana"].name.text() == "Ana (you)"
    assert not section.idle_row.isHidden()
    add(section, "Bia")
    assert control.did[-1] == ("add", "Bia", Role.AGENT, "senha secreta")


def test_a_refusal_is_said_in_the_dialog_which_stays(section: OperatorsSection, control: Control) -> None:
    control.refuse = KnownError("operator_exists", "There is one.")
    add(section, "Ana")
    assert section.dialog is not None
    assert "already" in section.dialog.error.text()
    assert section.dialog.add_button.isEnabled()


def test_passwords_have_to_be_long_enough_and_typed_twice(section: OperatorsSection) -> None:
    section.open_add_dialog()
    dialog = section.dialog
    assert dialog is not None
    dialog.name.setText("Ana")
    for first, second, is_enough in (
        ("curta", "curta", False),
        ("senha secreta", "senha", False),
        ("x" * 8, "x" * 8, True),
    ):
        dialog.password.setText(first)
        dialog.again.setText(second)
        assert dialog.add_button.isEnabled() is is_enough


def test_each_operator_has_a_menu_for_role_password_lock_and_removal(
    section: OperatorsSection, control: Control, qtbot: QtBot
) -> None:
    locked = NOW + timedelta(minutes=5)
    control.people = [
        Operator(OperatorId(1), "Ana", Role.ADMIN, NOW),
        Operator(OperatorId(2), "Bia", Role.AGENT, NOW, locked_until=locked),
        Operator(OperatorId(3), "Léo", Role.VIEWER, NOW, disabled_at=NOW),
    ]
    section.activate()
    ana, bia, leo = (section.rows[name] for name in ("Ana", "Bia", "Léo"))
    assert not ana.unlock_action.isVisible()
    assert "locked until" in bia.note.text()
    assert leo.note.text() == "May not sign in"
    bia.unlock_action.trigger()
    bia.disable_action.trigger()
    leo.disable_action.trigger()
    bia.roles[Role.ADMIN].trigger()
    assert control.did == [
        ("disabled", "Bia", False),
        ("disabled", "Bia", True),
        ("disabled", "Léo", False),
        ("role", "Bia", Role.ADMIN),
    ]
    assert bia.roles[Role.AGENT].isChecked(), "the mark stays where the truth is"
    leo.password_action.trigger()
    dialog = section.findChild(PasswordDialog)
    assert dialog is not None
    dialog.new.setText("senha nova")
    dialog.again.setText("senha nova")
    dialog.save_button.click()
    assert control.did[-1] == ("password", "Léo", "senha nova")
    leo.remove_action.trigger()
    question = section.findChild(Question)
    assert question is not None
    question.yes_button.click()
    assert control.did[-1] == ("remove", "Léo")
    assert "Léo" not in section.rows


def test_the_idle_lock_is_chosen_and_an_odd_value_is_shown_too(section: OperatorsSection, control: Control) -> None:
    add(section, "Ana")
    section.idle.setCurrentIndex(section.idle.findData(30))
    section.idle.activated.emit(section.idle.currentIndex())
    assert control.minutes == 30
    control.minutes = 7
    section.activate()
    assert section.idle.currentText() == "7 minutes"


def test_workspaces_are_made_renamed_and_opened(theme: Theme, qtbot: QtBot, control: Control) -> None:
    section = shown(WorkspacesSection(AccessViewModel(control, ImmediateSpawn())), qtbot)
    assert [widget.row.name for widget in section.rows] == ["Matriz"]
    section.new_button.click()
    assert section.dialog is not None
    section.dialog.name.setText("Filial")
    control.refuse = KnownError("workspace_exists", "There is one.")
    section.dialog.yes_button.click()
    assert "already" in section.dialog.row.note.text()
    control.refuse = None
    section.dialog.yes_button.click()
    assert section.dialog is None
    present, other = section.rows
    other.button.click()
    present.button.click()
    assert section.dialog is not None
    section.dialog.name.setText("Sede")
    section.dialog.yes_button.click()
    assert control.did == [("workspace", "Filial"), ("open", "Filial"), ("rename", "Sede")]
