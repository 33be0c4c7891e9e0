"""What the settings page manages of access: operators, the idle lock, workspaces."""

import asyncio
from collections.abc import Callable, Sequence

from desktop.composition import Workplace
from desktop.domain.operator import Operator, Role
from desktop.settings import remember_workspace
from desktop.viewmodels.access import IDLE_KEY, idle_minutes


class WindowAccess:
    """Implements `viewmodels.access_settings.AccessControl`.

    Args:
        on_open: leaves this workspace for the one of this name.
    """

    def __init__(self, workplace: Workplace, on_open: Callable[[str], None]) -> None:
        self._workplace, self._on_open = workplace, on_open

    @property
    def present(self) -> Operator | None:
        return self._workplace.access.present

    async def operators(self) -> Sequence[Operator]:
        """Return all, by name; a lock that is over is not told."""
        now = self._workplace.clock.now()
        return [found.at(now) for found in await self._workplace.access.operators()]

    async def add(self, name: str, role: Role, password: str) -> None:
        await self._workplace.access.add(name, role, password)

    async def set_role(self, name: str, role: Role) -> None:
        await self._workplace.access.set_role(name, role)

    async def set_password(self, name: str, password: str) -> None:
        await self._workplace.access.set_password(name, password)

    async def set_disabled(self, name: str, is_disabled: bool) -> None:
        await self._workplace.access.set_disabled(name, is_disabled)

    async def remove(self, name: str) -> None:
        await self._workplace.access.remove(name)

    async def idle_minutes(self) -> int:
        return idle_minutes(await self._workplace.library.setting(IDLE_KEY))

    async def set_idle_minutes(self, minutes: int) -> None:
        await self._workplace.operations.set_setting(IDLE_KEY, minutes)

    async def workspaces(self) -> Sequence[tuple[str, bool]]:
        present = self._workplace.workspace_id
        return [(found.name, found.id == present) for found in await self._workplace.workspaces()]

    async def add_workspace(self, name: str) -> None:
        await self._workplace.add_workspace(name)

    async def rename_workspace(self, name: str) -> None:
        kept = await self._workplace.rename_workspace(name)
        await asyncio.to_thread(remember_workspace, self._workplace.home, kept)

    def open_workspace(self, name: str) -> None:
        self._on_open(name)
