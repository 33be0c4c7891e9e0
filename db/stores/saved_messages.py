"""The library of messages: created or replaced by name, renamed, deleted; each with an audit line."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.draft_document import message_document
from db.queries import saved_messages
from db.queries.saved_messages import is_named
from db.tables.saved_message import saved_message
from db.writer import WriteContext
from desktop.domain.campaign import MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import WorkspaceId
from desktop.domain.saved_message import SavedMessage, folded, searchable


class SavedMessageStore:
    """Writes the library of one workspace. Campaigns have copies: nothing that is done here changes them."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def save(
        self, name: str, messages: Sequence[MessageDraft], now: datetime, operator: str | None = None
    ) -> SavedMessage:
        """Create an entry, or replace the one of this name; durable when it returns."""

        def save(context: WriteContext) -> SavedMessage:
            values: dict[str, object] = {
                "name": name,
                "messages": [message_document(message) for message in messages],
                "words": searchable(name, messages),
                "updated_at": now,
            }
            own = is_named(self._workspace_id, name)
            if not context.conn.execute(sa.update(saved_message).where(own).values(values)).rowcount:
                row = {"workspace_id": self._workspace_id, "name_key": folded(name), "created_at": now, **values}
                context.conn.execute(sa.insert(saved_message).values(row))
            self._note(context, name, "saved", now, operator)
            return saved_messages.named(context.conn, self._workspace_id, name)

        return await self._database.write(save)

    async def rename(self, name: str, new_name: str, now: datetime, operator: str | None = None) -> SavedMessage:
        """Give an entry another name.

        Raises:
            KnownError: `saved_message_not_found`, `saved_message_exists`.
        """

        def rename(context: WriteContext) -> SavedMessage:
            entry = saved_messages.named(context.conn, self._workspace_id, name)
            taken = sa.select(saved_message.c.id).where(is_named(self._workspace_id, new_name))
            if folded(new_name) != folded(name) and context.conn.execute(taken).first():
                raise KnownError(
                    "saved_message_exists",
                    f"There is a saved message {new_name} already.",
                    "Choose another name.",
                    name=new_name,
                )
            values = {
                "name": new_name,
                "name_key": folded(new_name),
                "words": searchable(new_name, entry.messages),
                "updated_at": now,
            }
            context.conn.execute(sa.update(saved_message).where(is_named(self._workspace_id, name)).values(values))
            self._note(context, new_name, "renamed", now, operator)
            return saved_messages.named(context.conn, self._workspace_id, new_name)

        return await self._database.write(rename)

    async def delete(self, name: str, now: datetime, operator: str | None = None) -> None:
        """Delete an entry; campaigns that were made from it keep their messages and files.

        Raises:
            KnownError: `saved_message_not_found`.
        """

        def delete(context: WriteContext) -> None:
            entry = saved_messages.named(context.conn, self._workspace_id, name)
            context.conn.execute(sa.delete(saved_message).where(is_named(self._workspace_id, name)))
            self._note(context, entry.name, "deleted", now, operator)

        await self._database.write(delete)

    def _note(self, context: WriteContext, name: str, what: str, now: datetime, operator: str | None) -> None:
        facts: dict[str, object] = {"saved_message": name, "what": what}
        context.emit(self._workspace_id, NewEvent(EventType.EDITED, now, details=facts, operator=operator))
