"""What sign-in needs of the database; `db/stores/operators.py` implements it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from desktop.domain.ids import OperatorId
from desktop.domain.operator import Operator, Role


class OperatorWrites(Protocol):
    """Operators of one workspace. Each change leaves an audit event; `by` is who makes it."""

    async def operators(self) -> Sequence[Operator]: ...

    async def standing(self, operator_id: OperatorId | None) -> tuple[bool, Operator | None]:
        """Return whether the workspace has operators, and the one of this id unless removed."""
        ...

    async def begin_try(
        self, name: str, now: datetime, locked_until: Callable[[int, datetime], datetime | None]
    ) -> tuple[Operator, str] | None:
        """Count a try before its password is looked at; raises `operator_locked`."""
        ...

    async def note_wrong(self, tried: Operator, now: datetime) -> None: ...

    async def note_right(self, operator_id: OperatorId, now: datetime, new_hash: str | None) -> Operator: ...

    async def add(self, name: str, role: Role, password_hash: str, now: datetime, by: str | None) -> Operator: ...

    async def set_password(self, name: str, password_hash: str, now: datetime, by: str | None) -> None: ...

    async def set_role(self, name: str, role: Role, now: datetime, by: str | None) -> None: ...

    async def set_disabled(self, name: str, is_disabled: bool, now: datetime, by: str | None) -> None: ...

    async def remove(self, name: str, now: datetime, by: str | None) -> None: ...

    async def reset(self, now: datetime) -> int: ...
