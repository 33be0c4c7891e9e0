"""Contacts: imported by the thousand, opted out and in, erased, exported."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.connection import Database
from db.contact_rows import contacts_of
from db.moments import document, texts_to_json
from db.queries import people
from db.queries.audience import everybody, tagged
from db.stores import hooks, identities, replies, suppression
from db.stores.bringing import Upserted, already_consented, bring, note_consent
from db.tables.attempt import attempt
from db.tables.contact import contact
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.consent import ImportRules
from desktop.domain.contact import Contact, ContactBatch, NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.identity import phone_forms
from desktop.domain.ids import ContactId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus, step

_EXPORT_PAGE = 2_000
_FIELDS_PAGE = 20_000
# Phones looked up at once.
_LOOK_UP = 500


class ContactStore:
    """Writes contacts of one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def upsert(
        self,
        batch: Sequence[NewContact],
        now: datetime,
        import_id: int,
        source: str = "import",
        operator: str | None = None,
        rules: ImportRules | None = None,
    ) -> Upserted:
        """Add contacts, or merge them into those with the same phone: name and fields that are given win, tags add up.

        Args:
            batch: some thousands; all batches of one file have the same `import_id`.
            import_id: makes a second row of the same file a duplicate, which changes nothing, not an update.
            source: where the consent came from, kept with new contacts.
            rules: what to do with contacts that are known; by default they are updated.
        """
        columns = _as_columns(batch)
        return await self.bring(columns, now, import_id, rules=rules or ImportRules(source), operator=operator)

    async def bring(
        self, batch: ContactBatch, now: datetime, import_id: int, *, rules: ImportRules, operator: str | None = None
    ) -> Upserted:
        """Do what `upsert` does with contacts as columns."""
        return await self._database.write(
            lambda context: bring(context, self._workspace_id, batch, now, import_id, rules, operator)
        )

    async def opt_out(self, phone: str, now: datetime, operator: str | None = None, source: str = "operator") -> bool:
        """Opt a person out and skip them wherever they wait; tell whether they had not opted out before.

        Raises:
            KnownError: `contact_not_found`.
        """

        def opt_out(context: WriteContext) -> bool:
            found = find(context.conn, self._workspace_id, phone)
            return replies.opt_out(context, self._workspace_id, found, now, source, operator)

        return await self._database.write(opt_out)

    async def opt_in(
        self, phone: str, now: datetime, operator: str | None = None, source: str = "operator", proof: str = ""
    ) -> bool:
        """Take an opt-out back, on the person's word, or record that they agreed; tell whether there was an opt-out.

        Args:
            proof: how they agreed, in the operator's words.

        Raises:
            KnownError: `contact_not_found`.
        """

        def opt_in(context: WriteContext) -> bool:
            found = find(context.conn, self._workspace_id, phone)
            changed = context.conn.execute(
                sa.update(contact)
                .where(contact.c.id == found, contact.c.opted_out_at.is_not(None))
                .values(opted_out_at=None, opt_in_source=source, updated_at=now)
            ).rowcount
            theirs = context.conn.execute(sa.select(contact.c.phone).where(contact.c.id == found)).scalar_one()
            suppression.allow(context.conn, self._workspace_id, theirs)
            is_new = not already_consented(context.conn, {theirs: found})
            if changed or is_new or proof:
                if is_new and not changed:
                    context.conn.execute(
                        sa.update(contact).where(contact.c.id == found).values(opt_in_source=source, updated_at=now)
                    )
                note_consent(context.conn, [(found, now, proof)])
                facts: dict[str, object] = {"opted_in": True, "source": source}
                event = NewEvent(EventType.CONTACT_ADDED, now, details=facts, contact_id=found, operator=operator)
                context.emit(self._workspace_id, event)
            return bool(changed)

        return await self._database.write(opt_in)

    async def erase(self, phone: str, now: datetime, operator: str | None = None) -> None:
        """Erase a person everywhere; the rows that prove what was sent stay, without saying to whom.

        Raises:
            KnownError: `contact_not_found`.
        """
        await self._database.write(lambda context: erase(context, self._workspace_id, phone, now, operator))

    def export(self, tag_name: str | None = None) -> Iterator[Contact]:
        """Yield all contacts, ascending by id, reading some thousands at a time. Blocks: not on the GUI thread."""
        after = 0
        while page := self._database.read_sync(_page_after(self._workspace_id, after, tag_name)):
            yield from page
            after = page[-1].id

    def export_fields(self, ids: Sequence[int] | None = None) -> Sequence[str]:
        """Return the names of the custom fields of some contacts, or of all, each once. Blocks, as `export` does."""
        names: dict[str, None] = {}
        after, start = 0, 0
        while True:
            if ids is None:
                query = _fields_of(contact.c.id > after, self._workspace_id).order_by(contact.c.id).limit(_FIELDS_PAGE)
            else:
                query = _fields_of(contact.c.id.in_(ids[start : start + _LOOK_UP]), self._workspace_id)
                start += _LOOK_UP
            rows = self._database.read_sync(lambda conn, query=query: conn.execute(query).all())
            for row in rows:
                names.update(dict.fromkeys(document(row.fields)))
            if (not rows) if ids is None else start >= len(ids):
                return list(names)
            after = rows[-1].id if rows else after

    def export_some(self, ids: Sequence[int]) -> Iterator[Contact]:
        """Yield the contacts with these ids in their order, some thousands at a time. Blocks: not on the GUI thread."""
        for start in range(0, len(ids), _EXPORT_PAGE):
            some = ids[start : start + _EXPORT_PAGE]
            yield from self._database.read_sync(lambda conn, some=some: people.by_ids(conn, self._workspace_id, some))


def _as_columns(people: Sequence[NewContact]) -> ContactBatch:
    return ContactBatch(
        [new.phone for new in people],
        [new.name for new in people],
        [texts_to_json(new.custom) for new in people],
        [new.tags for new in people],
        {place: new.consent for place, new in enumerate(people) if new.consent is not None},
    )


def erase(
    context: WriteContext, workspace_id: WorkspaceId, phone: str, now: datetime, operator: str | None = None
) -> None:
    """Erase one person (see `ContactStore.erase`)."""
    found = find(context.conn, workspace_id, phone)
    theirs_to_keep = context.conn.execute(sa.select(contact.c.phone).where(contact.c.id == found)).scalar_one()
    suppression.suppress(context.conn, workspace_id, theirs_to_keep, now, "erased")
    replies.skip_everywhere(context, workspace_id, found, Reason.CONTACT_ERASED, now)
    row_id = sa.cast(recipient.c.id, sa.Text)
    theirs = sa.select(recipient.c.id).where(recipient.c.contact_id == found)
    # Nobody can be asked any more whether a doubtful message reached them.
    context.conn.execute(
        sa.update(recipient)
        .where(recipient.c.contact_id == found, recipient.c.status == RecipientStatus.IN_DOUBT.value)
        .values(status=step(RecipientStatus.IN_DOUBT, RecipientStatus.FAILED).value, reason=Reason.CONTACT_ERASED.value)
    )
    # Phone, address and, at some gateways, the message id and the words of an error say who it was.
    context.conn.execute(
        sa.update(attempt).where(attempt.c.recipient_id.in_(theirs)).values(message_id=None, text=None)
    )
    context.conn.execute(
        sa.update(recipient)
        .where(recipient.c.contact_id == found)
        .values(
            phone=sa.literal("erased-") + row_id,
            address=None,
            detail=None,
            message_id=sa.case((recipient.c.message_id.is_not(None), sa.literal("erased-") + row_id), else_=None),
        )
    )
    hooks.forget_person(context.conn, context.conn.execute(theirs).scalars().all())
    context.conn.execute(sa.delete(contact).where(contact.c.id == found))
    context.emit(
        workspace_id,
        NewEvent(EventType.CONTACT_REMOVED, now, details={"erased": True}, contact_id=found, operator=operator),
    )


def find(conn: sa.Connection, workspace_id: WorkspaceId, phone: str) -> ContactId:
    """Return the contact with a phone, in either form of a Brazilian mobile; the exact one wins.

    Raises:
        KnownError: `contact_not_found`.
    """
    query = sa.select(contact.c.phone, contact.c.id).where(
        contact.c.workspace_id == workspace_id, contact.c.phone.in_(phone_forms(phone))
    )
    found: dict[str, int] = dict(conn.execute(query).all())
    if not found:
        if (merged := identities.holder_of(conn, workspace_id, phone)) is not None:
            return merged
        raise KnownError("contact_not_found", f"There is no contact {phone}.", "", phone=phone)
    return ContactId(found.get(phone) or next(iter(found.values())))


def _fields_of(which: sa.ColumnElement[bool], workspace_id: WorkspaceId) -> sa.Select[Any, str]:
    text = sa.type_coerce(contact.c.custom, sa.Text).label("fields")
    return sa.select(contact.c.id, text).where(everybody(workspace_id), which)


def _page_after(workspace_id: WorkspaceId, after: int, tag_name: str | None):
    def read(conn: sa.Connection) -> list[Contact]:
        query = (
            sa.select(contact)
            .where(everybody(workspace_id), contact.c.id > after)
            .order_by(contact.c.id)
            .limit(_EXPORT_PAGE)
        )
        if tag_name is not None:
            query = query.where(contact.c.id.in_(tagged(workspace_id, tag_name)))
        return contacts_of(conn, list(conn.execute(query).all()))

    return read
