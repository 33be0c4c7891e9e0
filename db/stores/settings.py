"""The operator's choices, by key."""

from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.tables.setting import setting
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import WorkspaceId


class SettingStore:
    """Writes settings of one workspace; values are JSON-ready."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def put(
        self, key: str, value: object, now: datetime, operator: str | None = None, *, is_audited: bool = True
    ) -> None:
        """Set a value, with an audit event that names the key; None removes it.

        Args:
            is_audited: False for what the program remembers by itself, which nobody chose.
        """

        def put(context: WriteContext) -> None:
            own = (setting.c.workspace_id == self._workspace_id) & (setting.c.key == key)
            context.conn.execute(sa.delete(setting).where(own))
            if value is not None:
                row = {"workspace_id": self._workspace_id, "key": key, "value": value}
                context.conn.execute(sa.insert(setting).values(row))
            if not is_audited:
                return
            facts: dict[str, object] = {"setting": key}
            context.emit(self._workspace_id, NewEvent(EventType.EDITED, now, details=facts, operator=operator))

        await self._database.write(put)
