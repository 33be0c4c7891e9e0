"""Changes that an operator makes to people by hand: one edited, many tagged or opted out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.contact_rows import contacts_of
from db.stores.bringing import tag_id
from db.stores.refusals import opt_out_many
from db.tables.contact import contact, contact_tag
from db.writer import WriteContext
from desktop.domain.contact import Contact
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import ContactId, WorkspaceId

_STEP = 500


def _unseen(_done: int) -> None:
    """Report progress to nobody."""


class ContactEditStore:
    """Edits contacts of one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def edit(
        self,
        contact_id: ContactId,
        name: str,
        custom: Mapping[str, str],
        now: datetime,
        operator: str | None = None,
    ) -> Contact:
        """Replace the name and the custom fields of a person; the line of the audit says which fields, not what.

        Raises:
            KnownError: `contact_not_found`.
        """

        def edit(context: WriteContext) -> Contact:
            own = (contact.c.workspace_id == self._workspace_id) & (contact.c.id == contact_id)
            before = context.conn.execute(sa.select(contact).where(own)).first()
            if before is None:
                raise KnownError("contact_not_found", "That person is not there any more.", "Look at the list again.")
            filled = {key: value for key, value in custom.items() if value.strip()}
            context.conn.execute(sa.update(contact).where(own).values(name=name, custom=filled, updated_at=now))
            keys = [key for key in {**before.custom, **filled} if before.custom.get(key) != filled.get(key)]
            facts: dict[str, object] = {"fields": (["name"] if before.name != name else []) + sorted(keys)}
            event = NewEvent(EventType.EDITED, now, details=facts, contact_id=contact_id, operator=operator)
            context.emit(self._workspace_id, event)
            return contacts_of(context.conn, list(context.conn.execute(sa.select(contact).where(own)).all()))[0]

        return await self._database.write(edit)

    async def tag(
        self,
        contact_ids: Sequence[ContactId],
        tag_name: str,
        is_on: bool,
        now: datetime,
        operator: str | None = None,
        progress: Callable[[int], None] = _unseen,
    ) -> Sequence[ContactId]:
        """Put a tag on people or take it off, some at a time; return those for whom that changed something.

        Args:
            progress: called with the number of people done so far.
        """
        name = tag_name.strip()
        if not name:
            raise KnownError("bad_tag", "A tag must have a name.", "Type one.")

        def tag_some(context: WriteContext, some: Sequence[ContactId]) -> list[ContactId]:
            tag_of_name = tag_id(context.conn, self._workspace_id, name)
            own = sa.select(contact.c.id).where(
                contact.c.workspace_id + 0 == self._workspace_id, contact.c.id.in_(some)
            )
            theirs = (contact_tag.c.tag_id == tag_of_name) & contact_tag.c.contact_id.in_(own)
            have = set(context.conn.execute(sa.select(contact_tag.c.contact_id).where(theirs)).scalars())
            if not is_on:
                context.conn.execute(sa.delete(contact_tag).where(theirs))
                return [ContactId(found) for found in have]
            lacking = [found for found in context.conn.execute(own).scalars() if found not in have]
            if lacking:
                rows = [{"contact_id": found, "tag_id": tag_of_name} for found in lacking]
                context.conn.execute(sa.insert(contact_tag), rows)
            return [ContactId(found) for found in lacking]

        changed: list[ContactId] = []
        for start in range(0, len(contact_ids), _STEP):
            some = contact_ids[start : start + _STEP]
            changed += await self._database.write(lambda context, some=some: tag_some(context, some))
            progress(min(start + _STEP, len(contact_ids)))
        facts: dict[str, object] = {"tag": name, "is_on": is_on, "n": len(changed)}
        event = NewEvent(EventType.EDITED, now, details=facts, operator=operator)
        await self._database.write(lambda context: context.emit(self._workspace_id, event))
        return changed

    async def opt_out(
        self,
        contact_ids: Sequence[ContactId],
        now: datetime,
        operator: str | None = None,
        progress: Callable[[int], None] = _unseen,
    ) -> int:
        """Opt people out and skip them wherever they wait; return how many had not opted out before."""

        def opt_out_some(context: WriteContext, some: Sequence[ContactId]) -> int:
            return opt_out_many(context, self._workspace_id, some, now, "operator", operator)

        changed = 0
        for start in range(0, len(contact_ids), _STEP):
            some = contact_ids[start : start + _STEP]
            changed += await self._database.write(lambda context, some=some: opt_out_some(context, some))
            progress(min(start + _STEP, len(contact_ids)))
        return changed
