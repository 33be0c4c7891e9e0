"""Operators of one workspace, each change with its audit event. Passwords arrive here hashed, never in clear."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.connection import Database
from db.tables.operator import operator
from db.writer import WriteContext
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import OperatorId, WorkspaceId
from desktop.domain.operator import Operator, Role

LockedUntil = Callable[[int, datetime], datetime | None]


class OperatorStore:
    """Implements `access.ports.OperatorWrites`."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def operators(self) -> Sequence[Operator]:
        """Return all of them, by name."""
        query = self._mine().order_by(operator.c.name_key)
        return await self._database.read(lambda conn: [_operator(row) for row in conn.execute(query)])

    async def standing(self, operator_id: OperatorId | None) -> tuple[bool, Operator | None]:
        """Return whether the workspace has operators, and the one of this id unless removed."""

        def read(conn: sa.Connection) -> tuple[bool, Operator | None]:
            any_id = sa.select(operator.c.id).where(operator.c.workspace_id == self._workspace_id).limit(1)
            is_guarded = conn.execute(any_id).first() is not None
            row = conn.execute(self._mine().where(operator.c.id == operator_id)).first() if operator_id else None
            return is_guarded, _operator(row) if row else None

        return await self._database.read(read)

    async def begin_try(self, name: str, now: datetime, locked_until: LockedUntil) -> tuple[Operator, str] | None:
        """Count a try before its password is looked at; return the operator and the stored hash, None for no such name.

        Raises:
            KnownError: `operator_locked`; the try is then not counted.
        """

        def count(context: WriteContext) -> tuple[Operator, str] | None:
            row = context.conn.execute(self._mine().where(operator.c.name_key == _key(name))).first()
            if row is None:
                return None
            if row.locked_until is not None and row.locked_until > now:
                raise _locked(row.locked_until)
            tries = row.failed_tries + 1
            until = locked_until(tries, now)
            self._change(context, row.id, failed_tries=tries, locked_until=until)
            return _operator(row), row.password_hash

        return await self._database.write(count)

    async def note_wrong(self, tried: Operator, now: datetime) -> None:
        """Leave an audit line about a wrong password; it was counted when the try began."""

        def note(context: WriteContext) -> None:
            row = context.conn.execute(self._mine().where(operator.c.id == tried.id)).first()
            if row is None:
                return
            facts: dict[str, object] = {"name": row.name, "tries": row.failed_tries}
            if row.locked_until is not None:
                facts["locked_until"] = row.locked_until.isoformat()
            self._emit(context, EventType.SIGN_IN_REFUSED, now, facts, None, Severity.WARNING)

        await self._database.write(note)

    async def note_right(self, operator_id: OperatorId, now: datetime, new_hash: str | None) -> Operator:
        """Forget the wrong tries, with an audit line; `new_hash` replaces one with old parameters.

        Raises:
            KnownError: `operator_disabled`, `operator_not_found`.
        """

        def note(context: WriteContext) -> Operator:
            row = self._row(context, operator.c.id == operator_id)
            if row.disabled_at is not None:
                raise KnownError("operator_disabled", f"{row.name} may not sign in any more.", "Ask an admin.")
            values: dict[str, Any] = {"failed_tries": 0, "locked_until": None}
            if new_hash is not None:
                values["password_hash"] = new_hash
            self._change(context, row.id, **values)
            self._emit(context, EventType.SIGNED_IN, now, {"name": row.name}, row.name)
            return _operator(self._row(context, operator.c.id == operator_id))

        return await self._database.write(note)

    async def add(self, name: str, role: Role, password_hash: str, now: datetime, by: str | None) -> Operator:
        """Add an operator; the first one is an admin.

        Raises:
            KnownError: `operator_exists`, `first_operator_admin`.
        """

        def add(context: WriteContext) -> Operator:
            present = context.conn.execute(self._mine()).all()
            if any(row.name_key == _key(name) for row in present):
                raise KnownError("operator_exists", f"There is an operator {name} already.", "Choose another name.")
            if not present and role is not Role.ADMIN:
                raise KnownError(
                    "first_operator_admin",
                    "The first operator has to be an admin.",
                    "Somebody must be able to add the others.",
                )
            made = context.conn.execute(
                sa.insert(operator)
                .values(
                    workspace_id=self._workspace_id,
                    name=name,
                    name_key=_key(name),
                    role=role.value,
                    password_hash=password_hash,
                    failed_tries=0,
                    created_at=now,
                )
                .returning(operator.c.id)
            ).scalar_one()
            self._audit(context, now, by or name, "added", name, role=role.value)
            return _operator(self._row(context, operator.c.id == made))

        return await self._database.write(add)

    async def set_password(self, name: str, password_hash: str, now: datetime, by: str | None) -> None:
        """Give a new password, which also ends a lock. Raises `operator_not_found`."""

        def put(context: WriteContext) -> None:
            row = self._row(context, operator.c.name_key == _key(name))
            self._change(context, row.id, password_hash=password_hash, failed_tries=0, locked_until=None)
            self._audit(context, now, by, "password", row.name)

        await self._database.write(put)

    async def set_role(self, name: str, role: Role, now: datetime, by: str | None) -> None:
        """Raises `operator_not_found`, `last_admin`."""

        def put(context: WriteContext) -> None:
            row = self._row(context, operator.c.name_key == _key(name))
            if role is not Role.ADMIN:
                self._keep_an_admin(context, row.id)
            self._change(context, row.id, role=role.value)
            self._audit(context, now, by, "role", row.name, role=role.value)

        await self._database.write(put)

    async def set_disabled(self, name: str, is_disabled: bool, now: datetime, by: str | None) -> None:
        """Keep somebody out, or let in again; also ends a lock after wrong tries, which another admin vouches for.

        Raises:
            KnownError: `operator_not_found`, `last_admin`.
        """

        def put(context: WriteContext) -> None:
            row = self._row(context, operator.c.name_key == _key(name))
            if is_disabled:
                self._keep_an_admin(context, row.id)
            change = {"disabled_at": now if is_disabled else None, "failed_tries": 0, "locked_until": None}
            self._change(context, row.id, **change)
            self._audit(context, now, by, "disabled" if is_disabled else "enabled", row.name)

        await self._database.write(put)

    async def remove(self, name: str, now: datetime, by: str | None) -> None:
        """Raises `operator_not_found`, `last_admin`."""

        def remove(context: WriteContext) -> None:
            row = self._row(context, operator.c.name_key == _key(name))
            self._keep_an_admin(context, row.id)
            mine = operator.c.workspace_id == self._workspace_id
            context.conn.execute(sa.delete(operator).where(mine, operator.c.id == row.id))
            self._audit(context, now, by, "removed", row.name)

        await self._database.write(remove)

    async def reset(self, now: datetime) -> int:
        """Remove every operator, so that nobody needs a password; return how many there were."""

        def remove(context: WriteContext) -> int:
            mine = operator.c.workspace_id == self._workspace_id
            removed = context.conn.execute(sa.delete(operator).where(mine)).rowcount
            facts: dict[str, object] = {"change": "reset", "operators": removed}
            self._emit(context, EventType.OPERATOR_CHANGED, now, facts, None, Severity.WARNING)
            return removed

        return await self._database.write(remove)

    def _mine(self) -> sa.Select[Any]:
        return sa.select(operator).where(operator.c.workspace_id == self._workspace_id)

    def _row(self, context: WriteContext, where: sa.ColumnElement[bool]) -> sa.Row[Any]:
        row = context.conn.execute(self._mine().where(where)).first()
        if row is None:
            raise KnownError("operator_not_found", "There is no such operator.", "See operators list.")
        return row

    def _change(self, context: WriteContext, operator_id: int, **values: Any) -> None:
        mine = (operator.c.workspace_id == self._workspace_id) & (operator.c.id == operator_id)
        context.conn.execute(sa.update(operator).where(mine).values(values))

    def _keep_an_admin(self, context: WriteContext, without_id: int) -> None:
        others = self._mine().where(
            operator.c.id != without_id, operator.c.role == Role.ADMIN.value, operator.c.disabled_at.is_(None)
        )
        if context.conn.execute(others).first() is None:
            raise KnownError(
                "last_admin", "This is the last admin.", "Make somebody else an admin first: one has to stay."
            )

    def _audit(
        self, context: WriteContext, now: datetime, by: str | None, change: str, name: str, **more: object
    ) -> None:
        facts: dict[str, object] = {"change": change, "name": name, **more}
        self._emit(context, EventType.OPERATOR_CHANGED, now, facts, by, Severity.WARNING)

    def _emit(
        self,
        context: WriteContext,
        kind: EventType,
        now: datetime,
        facts: dict[str, object],
        by: str | None,
        severity: Severity = Severity.INFO,
    ) -> None:
        context.emit(self._workspace_id, NewEvent(kind, now, severity, facts, operator=by))


def _key(name: str) -> str:
    """Return a name as it is compared: however it is written, large or small, composed or not."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _locked(until: datetime) -> KnownError:
    return KnownError(
        "operator_locked",
        "Too many wrong passwords.",
        "Wait, or let an admin set a new password.",
        until=until.isoformat(timespec="seconds"),
    )


def _operator(row: Any) -> Operator:
    return Operator(
        OperatorId(row.id),
        row.name,
        Role(row.role),
        row.created_at,
        row.disabled_at,
        row.locked_until,
        row.failed_tries,
    )
