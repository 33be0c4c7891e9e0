"""Brings people in by the thousand, as columns: added, or merged into those with the same phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from db.hot import Hot, given, insert_missing
from db.moments import document, to_json, to_ms
from db.stores import identities, imports, suppression
from db.stores.contact_search import index_after
from db.stores.refusals import opt_out_many
from db.tables.consent import consent
from db.tables.contact import contact, contact_tag, tag
from db.writer import WriteContext
from desktop.domain.consent import ImportRules, KnownPolicy
from desktop.domain.contact import ContactBatch
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import ContactId, WorkspaceId

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


def bring(
    context: WriteContext,
    workspace_id: WorkspaceId,
    batch: ContactBatch,
    now: datetime,
    import_id: int,
    rules: ImportRules,
    operator: str | None = None,
) -> Upserted:
    """Add or merge one batch (see `ContactStore.upsert`). Who is on the suppression list is added as opted out."""
    conn = context.conn
    merged_into = identities.present_phones(conn, workspace_id, batch.phones)
    phones = [merged_into.get(phone, phone) for phone in batch.phones] if merged_into else batch.phones
    # The first of a phone wins; where a later one stands, its place is of no interest.
    places = dict(zip(reversed(phones), range(len(phones) - 1, -1, -1), strict=True))
    last = _LAST_ID.one(conn, {})
    last_id = int(last[0] or 0) if last else 0
    alike = {"of_workspace": workspace_id, "source": rules.source, "import_key": import_id, "moment": to_ms(now)}
    _ADD.run_columns(conn, alike, {"number": phones, "called": batch.names, "fields": batch.fields})
    ids: dict[str, int] = dict(_NEW.all(conn, {"after": last_id}))
    index_after(conn, last_id)
    added = len(ids)
    suppression.refuse_listed(conn, workspace_id, ids)
    if batch.consents or rules.proof or rules.agreed_at:
        _note_consents(context, workspace_id, batch, places, ids, now, rules, are_new=True)
    updated = 0
    if added < len(places) and rules.known is not KnownPolicy.KEEP:
        known = [phone for phone in places if phone not in ids]
        merged = _merge(conn, workspace_id, batch, places, known, now, import_id, rules)
        updated = len(merged)
        told = set(merged) if rules.known is KnownPolicy.UPDATE else set[str]()
        told -= already_consented(conn, merged)
        said = {phone: found for phone, found in merged.items() if phone in told or _refuses(batch, places[phone])}
        _note_consents(context, workspace_id, batch, places, said, now, rules)
        ids |= merged
    _add_tags(conn, workspace_id, batch, places, ids, last_id if added == len(ids) else None)
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


def already_consented(conn: sa.Connection, ids: Mapping[str, int]) -> set[str]:
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


def _refuses(batch: ContactBatch, place: int) -> bool:
    mark = batch.consents.get(place)
    return mark is not None and mark.is_refused


def _note_consents(
    context: WriteContext,
    workspace_id: WorkspaceId,
    batch: ContactBatch,
    places: Mapping[str, int],
    ids: Mapping[str, int],
    now: datetime,
    rules: ImportRules,
    *,
    are_new: bool = False,
) -> None:
    """Keep what the file, or the operator for all of it, says about consent; a no is an opt-out.

    Args:
        ids: phone → id of those of the batch that it is kept for.
    """
    has_own = rules.proof or rules.agreed_at
    marks: list[tuple[int, datetime, str]] = []
    refused: list[ContactId] = []
    for phone, contact_id in ids.items():
        mark = batch.consents.get(places[phone])
        if mark is None and not has_own:
            continue
        if mark is not None and mark.is_refused:
            refused.append(ContactId(contact_id))
        else:
            at = (mark.at if mark else None) or rules.agreed_at or now
            marks.append((contact_id, at, (mark.proof if mark else "") or rules.proof))
    opt_out_many(context, workspace_id, refused, now, rules.source, None)
    note_consent(context.conn, marks, are_new=are_new)


def _merge(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    batch: ContactBatch,
    places: Mapping[str, int],
    known: Sequence[str],
    now: datetime,
    import_id: int,
    rules: ImportRules,
) -> dict[str, int]:
    """Merge into contacts that are there; return phone → id of those that this import had not brought before."""
    merged: dict[str, int] = {}
    changes: list[dict[str, object]] = []
    is_update = rules.known is KnownPolicy.UPDATE
    for start in range(0, len(known), _LOOK_UP):
        present = sa.select(contact).where(
            contact.c.workspace_id == workspace_id,
            contact.c.phone.in_(known[start : start + _LOOK_UP]),
            contact.c.import_id.is_distinct_from(import_id),
        )
        rows = conn.execute(present).all()
        imports.remember(conn, import_id, rows)
        for row in rows:
            place = places[row.phone]
            merged[row.phone] = row.id
            changes.append(
                {
                    "of_contact": row.id,
                    "called": (batch.names[place] or row.name) if is_update else row.name,
                    "fields": to_json({**row.custom, **document(batch.fields[place])} if is_update else row.custom),
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
    batch: ContactBatch,
    places: Mapping[str, int],
    ids: Mapping[str, int],
    after: int | None,
) -> None:
    """Put the tags of a batch on its people. Where all were added behind `after`, a tag of all is one statement."""
    kinds = set(batch.tags)
    if after is not None and len(kinds) == 1:
        for name in kinds.pop():
            _TAG_ALL.run(conn, {"of_tag": tag_id(conn, workspace_id, name), "after": after})
        return
    wanted = [(found, name) for phone, found in ids.items() for name in batch.tags[places[phone]]]
    if not wanted:
        return
    tag_ids = {name: tag_id(conn, workspace_id, name) for name in dict.fromkeys(name for _, name in wanted)}
    columns = {"of_contact": [found for found, _ in wanted], "of_tag": [tag_ids[name] for _, name in wanted]}
    _ADD_TAG.run_columns(conn, {}, columns)


def tag_id(conn: sa.Connection, workspace_id: WorkspaceId, name: str) -> int:
    """Return the id of a tag, made when there is none of this name."""
    own = (tag.c.workspace_id == workspace_id) & (tag.c.name == name)
    found = conn.execute(sa.select(tag.c.id).where(own)).scalar()
    if found is not None:
        return found
    return conn.execute(sa.insert(tag).values(workspace_id=workspace_id, name=name).returning(tag.c.id)).scalar_one()
