"""Contacts: imported by the thousand, opted out and in, erased, exported."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.hot import Hot, given, insert_missing
from db.moments import texts_to_json, to_json, to_ms
from db.queries import people
from db.queries.audience import tagged
from db.rows import contacts_of
from db.stores import identities, imports, replies, suppression
from db.stores.contact_search import index_after
from db.tables.attempt import attempt
from db.tables.consent import consent
from db.tables.contact import contact, contact_tag, tag
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.consent import ImportRules, KnownPolicy
from desktop.domain.contact import Contact, NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.identity import phone_forms
from desktop.domain.ids import ContactId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus, step

_EXPORT_PAGE = 2_000
# Phones looked up at once.
_LOOK_UP = 500

_ADD = Hot(
    insert_missing(
        contact,
        ["workspace_id", "phone"],
        {
            "workspace_id": given("of_workspace"),
            "phone": given("number"),
            "name": given("called"),
            "custom": given("fields"),
            "opt_in_source": given("source"),
            "import_id": given("import_key"),
            "created_at": given("moment"),
            "updated_at": given("moment"),
        },
    )
)
_NEW = Hot(sa.select(contact.c.phone, contact.c.id).where(contact.c.id > given("after")))
_LAST_ID = Hot(sa.select(sa.func.max(contact.c.id)))
_MERGE = Hot(
    sa.update(contact)
    .where(contact.c.id == given("of_contact"))
    .values(
        name=given("called"),
        custom=given("fields"),
        opt_in_source=given("agreed"),
        import_id=given("import_key"),
        updated_at=given("moment"),
    )
)
_ADD_TAG = Hot(
    insert_missing(
        contact_tag, ["contact_id", "tag_id"], {"contact_id": given("of_contact"), "tag_id": given("of_tag")}
    )
)
# In the transaction that added them, whoever is behind the last id before it is of this batch.
_TAG_ALL = Hot(
    sa.insert(contact_tag).from_select(
        ["contact_id", "tag_id"], sa.select(contact.c.id, given("of_tag")).where(contact.c.id > given("after"))
    )
)


@dataclass(frozen=True, slots=True)
class Upserted:
    """What became of one batch of an import."""

    added: int
    updated: int
    duplicates: int


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
        followed = rules or ImportRules(source)
        return await self._database.write(
            lambda context: upsert(context, self._workspace_id, batch, now, import_id, followed, operator)
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
            is_new = not _already_consented(context.conn, {theirs: found})
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

    def export_some(self, ids: Sequence[int]) -> Iterator[Contact]:
        """Yield the contacts with these ids in their order, some thousands at a time. Blocks: not on the GUI thread."""
        for start in range(0, len(ids), _EXPORT_PAGE):
            some = ids[start : start + _EXPORT_PAGE]
            yield from self._database.read_sync(lambda conn, some=some: people.by_ids(conn, self._workspace_id, some))


def upsert(
    context: WriteContext,
    workspace_id: WorkspaceId,
    batch: Sequence[NewContact],
    now: datetime,
    import_id: int,
    rules: ImportRules,
    operator: str | None = None,
) -> Upserted:
    """Add or merge one batch (see `ContactStore.upsert`). Who is on the suppression list is added as opted out."""
    conn = context.conn
    unique: dict[str, NewContact] = {}
    merged_into = identities.present_phones(conn, workspace_id, [new.phone for new in batch])
    for new in batch:
        phone = merged_into.get(new.phone)
        unique.setdefault(phone or new.phone, new if phone is None else replace(new, phone=phone))
    last = _LAST_ID.one(conn, {})
    last_id = int(last[0] or 0) if last else 0
    rows = _new_rows(workspace_id, unique.values(), now, import_id, rules.source)
    _ADD.run_many(conn, rows)
    ids: dict[str, int] = dict(_NEW.all(conn, {"after": last_id}))
    index_after(conn, last_id)
    added = len(ids)
    suppression.refuse_listed(conn, workspace_id, ids)
    _note_consents(context, workspace_id, unique, ids, now, rules, are_new=True)
    updated = 0
    if added < len(unique) and rules.known is not KnownPolicy.KEEP:
        known = [new for phone, new in unique.items() if phone not in ids]
        merged = _merge(conn, workspace_id, known, now, import_id, rules)
        updated = len(merged)
        told = set(merged) if rules.known is KnownPolicy.UPDATE else set[str]()
        told -= _already_consented(conn, merged)
        said = {phone: unique[phone] for phone in merged if phone in told or _is_refusal(unique[phone])}
        _note_consents(context, workspace_id, said, merged, now, rules)
        ids |= merged
    _add_tags(conn, workspace_id, unique, ids, last_id if added == len(ids) else None)
    result = Upserted(added, updated, len(batch) - added - updated)
    if added or updated:
        facts: dict[str, object] = {"added": added, "updated": updated, "source": rules.source}
        context.emit(workspace_id, NewEvent(EventType.CONTACT_ADDED, now, details=facts, operator=operator))
    return result


def note_consent(conn: sa.Connection, marks: Sequence[tuple[int, datetime, str]], *, are_new: bool = False) -> None:
    """Write when and how people agreed, in place of what was known: (contact id, moment, proof).

    Args:
        are_new: nothing can be known of these people yet.
    """
    ids = [] if are_new else [contact_id for contact_id, _, _ in marks]
    for start in range(0, len(ids), _LOOK_UP):
        conn.execute(sa.delete(consent).where(consent.c.contact_id.in_(ids[start : start + _LOOK_UP])))
    if marks:
        rows = [{"contact_id": contact_id, "at": at, "proof": proof} for contact_id, at, proof in marks]
        conn.execute(sa.insert(consent), rows)


def _already_consented(conn: sa.Connection, ids: Mapping[str, int]) -> set[str]:
    """Return the phones of those whose consent is recorded: what was said first is the proof."""
    if not ids:
        return set()
    by_id = {contact_id: phone for phone, contact_id in ids.items()}
    found: set[str] = set()
    wanted = list(by_id)
    for start in range(0, len(wanted), _LOOK_UP):
        query = sa.select(consent.c.contact_id).where(consent.c.contact_id.in_(wanted[start : start + _LOOK_UP]))
        found.update(by_id[contact_id] for contact_id in conn.execute(query).scalars())
    return found


def _is_refusal(new: NewContact) -> bool:
    return new.consent is not None and new.consent.is_refused


def _note_consents(
    context: WriteContext,
    workspace_id: WorkspaceId,
    unique: Mapping[str, NewContact],
    ids: Mapping[str, int],
    now: datetime,
    rules: ImportRules,
    *,
    are_new: bool = False,
) -> None:
    """Keep what the file, or the operator for all of it, says about consent; a no is an opt-out."""
    has_own = rules.proof or rules.agreed_at
    marks: list[tuple[int, datetime, str]] = []
    for phone, new in unique.items():
        mark = new.consent
        if phone not in ids or (mark is None and not has_own):
            continue
        if mark is not None and mark.is_refused:
            replies.opt_out(context, workspace_id, ContactId(ids[phone]), now, rules.source, None)
        else:
            at = (mark.at if mark else None) or rules.agreed_at or now
            marks.append((ids[phone], at, (mark.proof if mark else "") or rules.proof))
    note_consent(context.conn, marks, are_new=are_new)


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


def _new_rows(
    workspace_id: WorkspaceId, people: Iterable[NewContact], now: datetime, import_id: int, source: str
) -> list[dict[str, object]]:
    alike = {"of_workspace": workspace_id, "source": source, "import_key": import_id, "moment": to_ms(now)}
    return [{**alike, "number": new.phone, "called": new.name, "fields": texts_to_json(new.custom)} for new in people]


def _merge(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    known: Sequence[NewContact],
    now: datetime,
    import_id: int,
    rules: ImportRules,
) -> dict[str, int]:
    """Merge into contacts that are there; return phone → id of those that this import had not brought before."""
    merged: dict[str, int] = {}
    changes: list[dict[str, object]] = []
    by_phone = {new.phone: new for new in known}
    for start in range(0, len(known), _LOOK_UP):
        phones = [new.phone for new in known[start : start + _LOOK_UP]]
        present = sa.select(contact).where(contact.c.workspace_id == workspace_id, contact.c.phone.in_(phones))
        rows = [row for row in conn.execute(present).all() if row.import_id != import_id]
        imports.remember(conn, import_id, rows)
        is_update = rules.known is KnownPolicy.UPDATE
        for row in rows:
            new = by_phone[row.phone]
            merged[row.phone] = row.id
            changes.append(
                {
                    "of_contact": row.id,
                    "called": (new.name or row.name) if is_update else row.name,
                    "fields": to_json({**row.custom, **new.custom} if is_update else row.custom),
                    "agreed": row.opt_in_source or rules.source,
                    "import_key": import_id,
                    "moment": to_ms(now),
                }
            )
    if changes:
        _MERGE.run_many(conn, changes)
    return merged


def _add_tags(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    unique: Mapping[str, NewContact],
    ids: Mapping[str, int],
    after: int | None,
) -> None:
    """Put the tags of a batch on its people. Where all were added behind `after`, a tag of all is one statement."""
    if after is not None:
        tags = {new.tags for phone, new in unique.items() if phone in ids}
        if len(tags) == 1:
            for name in tags.pop():
                _TAG_ALL.run(conn, {"of_tag": tag_id(conn, workspace_id, name), "after": after})
            return
    wanted = [(ids[phone], name) for phone, new in unique.items() if phone in ids for name in new.tags]
    if not wanted:
        return
    tag_ids = {name: tag_id(conn, workspace_id, name) for name in dict.fromkeys(name for _, name in wanted)}
    _ADD_TAG.run_many(conn, [{"of_contact": found, "of_tag": tag_ids[name]} for found, name in wanted])


def tag_id(conn: sa.Connection, workspace_id: WorkspaceId, name: str) -> int:
    """Return the id of a tag, made when there is none of this name."""
    own = (tag.c.workspace_id == workspace_id) & (tag.c.name == name)
    found = conn.execute(sa.select(tag.c.id).where(own)).scalar()
    if found is not None:
        return found
    return conn.execute(sa.insert(tag).values(workspace_id=workspace_id, name=name).returning(tag.c.id)).scalar_one()


def _page_after(workspace_id: WorkspaceId, after: int, tag_name: str | None):
    def read(conn: sa.Connection) -> list[Contact]:
        query = (
            sa.select(contact)
            .where(contact.c.workspace_id == workspace_id, contact.c.id > after)
            .order_by(contact.c.id)
            .limit(_EXPORT_PAGE)
        )
        if tag_name is not None:
            query = query.where(contact.c.id.in_(tagged(workspace_id, tag_name)))
        return contacts_of(conn, list(conn.execute(query).all()))

    return read
