"""Operators, the idle lock and workspaces in the settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.operator import Operator, Role
from desktop.viewmodels import formats
from desktop.viewmodels.jobs import Jobs, Spawn, Work
from desktop.viewmodels.wording_access import role_name

IDLE_CHOICES_MIN = (0, 5, 15, 30, 60)  # 0: never


class AccessControl(Protocol):
    """What manages access. Everything may be refused with a KnownError; who may do what is decided there."""

    @property
    def present(self) -> Operator | None:
        """Who is signed in."""
        ...

    async def operators(self) -> Sequence[Operator]: ...

    async def add(self, name: str, role: Role, password: str) -> None: ...

    async def set_role(self, name: str, role: Role) -> None: ...

    async def set_password(self, name: str, password: str) -> None:
        """Give a new password, which also ends a lock after wrong tries."""
        ...

    async def set_disabled(self, name: str, is_disabled: bool) -> None:
        """Keep somebody out, or let in again; the latter also ends a lock after wrong tries."""
        ...

    async def remove(self, name: str) -> None: ...

    async def idle_minutes(self) -> int: ...

    async def set_idle_minutes(self, minutes: int) -> None: ...

    async def workspaces(self) -> Sequence[tuple[str, bool]]:
        """Return the names, and which one is open here."""
        ...

    async def add_workspace(self, name: str) -> None: ...

    async def rename_workspace(self, name: str) -> None:
        """Give the open one another name."""
        ...

    def open_workspace(self, name: str) -> None:
        """Leave this workspace and open another one; asks first when something is being sent."""
        ...


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """`note` says why somebody cannot sign in; empty for whoever can."""

    name: str
    role: Role
    role_name: str
    is_you: bool
    is_disabled: bool
    is_locked: bool
    note: str


@dataclass(frozen=True, slots=True)
class WorkspaceRow:
    name: str
    is_open: bool


class AccessViewModel(QObject):
    """Signals:
    changed: rows or minutes are others; also after a refusal, so that the screen shows what is true.
    done: what a dialog asked for has been done.
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    done = Signal()
    failed = Signal(object)

    def __init__(self, control: AccessControl, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self.operators: tuple[OperatorRow, ...] = ()
        self.workspaces: tuple[WorkspaceRow, ...] = ()
        self.idle_min = 0
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)

    def activate(self) -> None:
        self.jobs.refresh("access.load", self._load)

    def deactivate(self) -> None:
        """Nothing runs."""

    def add(self, name: str, role: Role, password: str) -> None:
        self._do(partial(self._control.add, name, role, password))

    def set_role(self, name: str, role: Role) -> None:
        self._do(partial(self._control.set_role, name, role))

    def set_password(self, name: str, password: str) -> None:
        self._do(partial(self._control.set_password, name, password))

    def set_disabled(self, name: str, is_disabled: bool) -> None:
        self._do(partial(self._control.set_disabled, name, is_disabled))

    def remove(self, name: str) -> None:
        self._do(partial(self._control.remove, name))

    def set_idle(self, minutes: int) -> None:
        self._do(partial(self._control.set_idle_minutes, minutes))

    def add_workspace(self, name: str) -> None:
        self._do(partial(self._control.add_workspace, name))

    def rename_workspace(self, name: str) -> None:
        self._do(partial(self._control.rename_workspace, name))

    def open_workspace(self, name: str) -> None:
        self._control.open_workspace(name)

    def _do(self, work: Work) -> None:
        async def run() -> None:
            await work()
            self.done.emit()
            await self._load()

        self.jobs.start("access.change", run)

    async def _load(self) -> None:
        present = self._control.present
        self.operators = tuple(self._row(found, present) for found in await self._control.operators())
        self.workspaces = tuple(WorkspaceRow(name, is_open) for name, is_open in await self._control.workspaces())
        self.idle_min = await self._control.idle_minutes()
        self.changed.emit()

    def _row(self, found: Operator, present: Operator | None) -> OperatorRow:
        note = ""
        if found.disabled_at is not None:
            note = self.tr("May not sign in")
        elif found.locked_until is not None:
            note = self.tr("Wrong passwords: locked until {time}").format(time=formats.time_of_day(found.locked_until))
        return OperatorRow(
            found.name,
            found.role,
            role_name(found.role),
            present is not None and present.id == found.id,
            found.disabled_at is not None,
            found.locked_until is not None,
            note,
        )

    def _on_failed(self, error: object) -> None:
        self.changed.emit()
        self.failed.emit(error)
