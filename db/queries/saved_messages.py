"""The library of messages: all entries, those that some words find, one by its name."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.draft_document import message_of
from db.tables.saved_message import saved_message
from desktop.domain.errors import KnownError
from desktop.domain.ids import WorkspaceId
from desktop.domain.saved_message import SavedMessage, folded


def found(conn: sa.Connection, workspace_id: WorkspaceId, text: str, limit: int) -> Sequence[SavedMessage]:
    """Return entries in which each word of `text` occurs, those used or changed last first; all for an empty text."""
    words = [saved_message.c.words.contains(word, autoescape=True) for word in folded(text).split()]
    query = (
        sa.select(saved_message)
        .where(saved_message.c.workspace_id == workspace_id, *words)
        .order_by(saved_message.c.updated_at.desc(), saved_message.c.id.desc())
        .limit(limit)
    )
    return [_entry(row) for row in conn.execute(query)]


def named(conn: sa.Connection, workspace_id: WorkspaceId, name: str) -> SavedMessage:
    """Return one entry.

    Raises:
        KnownError: `saved_message_not_found`.
    """
    row = conn.execute(sa.select(saved_message).where(is_named(workspace_id, name))).first()
    if row is None:
        raise KnownError(
            "saved_message_not_found", f"There is no saved message {name}.", "See: messages list.", name=name
        )
    return _entry(row)


def is_named(workspace_id: WorkspaceId, name: str) -> sa.ColumnElement[bool]:
    return (saved_message.c.workspace_id == workspace_id) & (saved_message.c.name_key == folded(name))


def _entry(row: sa.Row[Any]) -> SavedMessage:
    return SavedMessage(row.name, tuple(map(message_of, row.messages)), row.created_at, row.updated_at)
