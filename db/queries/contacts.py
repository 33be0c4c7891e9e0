"""Contacts page by page, their tags, and the fields that imports brought."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from db.contact_rows import contacts_of
from db.moments import AsDocument
from db.queries import contact_search
from db.queries.audience import conditions, everybody, tagged
from db.queries.sendable import may_be_sent_to
from db.tables.contact import contact, contact_tag, tag
from desktop.domain.campaign import Audience
from desktop.domain.contact import Contact
from desktop.domain.ids import WorkspaceId

# Contacts looked at for the names of custom fields, from each end of the table: one import brings the same for all.
_SAMPLE = 2_000

_CUSTOM = "custom."


def page(
    conn: sa.Connection, workspace_id: WorkspaceId, tag_name: str | None, after: int | None, limit: int, text: str
) -> list[Contact]:
    """Return a page ascending by id, of the contacts behind `after`."""
    is_typed = bool(text.strip())
    # The sum keeps SQLite from reading the whole table by its key when the search has found a few.
    place = contact.c.id + 0 if is_typed else contact.c.id
    query = sa.select(contact).where(everybody(workspace_id), place > (after or 0)).order_by(place).limit(limit)
    if tag_name is not None:
        query = query.where(contact.c.id.in_(tagged(workspace_id, tag_name)))
    if is_typed:
        enough = limit if tag_name is None else -1
        query = query.where(contact_search.typed(conn, workspace_id, text, after or 0, enough))
    return contacts_of(conn, list(conn.execute(query).all()))


def count(conn: sa.Connection, workspace_id: WorkspaceId) -> int:
    query = sa.select(sa.func.count()).select_from(contact).where(contact.c.workspace_id == workspace_id)
    return conn.execute(query).scalar_one()


def tags(conn: sa.Connection, workspace_id: WorkspaceId) -> list[tuple[str, int]]:
    """Return the tags with their number of contacts, most used first."""
    people = (
        sa.select(sa.func.count())
        .select_from(contact_tag)
        .where(contact_tag.c.tag_id == tag.c.id)
        .correlate(tag)
        .scalar_subquery()
    )
    query = sa.select(tag.c.name, people).where(tag.c.workspace_id == workspace_id).order_by(people.desc(), tag.c.name)
    return list(conn.execute(query).all())


def custom_fields(conn: sa.Connection, workspace_id: WorkspaceId) -> list[str]:
    """Return the names of custom fields, most used first, as the oldest and newest contacts have them."""
    own = sa.select(contact.c.custom).where(contact.c.workspace_id == workspace_id)
    used: Counter[str] = Counter()
    for order in (contact.c.id.asc(), contact.c.id.desc()):
        for custom in conn.execute(own.order_by(order).limit(_SAMPLE)).scalars():
            used.update(custom.keys())
    return [name for name, _ in sorted(used.items(), key=lambda item: (-item[1], item[0]))]


def lacking(
    conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, fields: Sequence[str], now: datetime
) -> dict[str, int]:
    """Return how many people of the audience who may be sent to have no value in each of `name`, `custom.KEY`."""
    missing = dict.fromkeys(fields, 0)
    if not fields:
        return missing
    sums = [sa.func.coalesce(sa.func.sum(sa.case((_is_empty(name), 1), else_=0)), 0) for name in fields]
    for condition in conditions(conn, workspace_id, audience, now):
        row = conn.execute(sa.select(*sums).where(condition, may_be_sent_to(conn, workspace_id))).one()
        for name, n in zip(fields, row, strict=True):
            missing[name] += int(n)
    return missing


def _is_empty(name: str) -> sa.ColumnElement[bool]:
    if name.startswith(_CUSTOM):
        stored = AsDocument(contact.c.custom)[name.removeprefix(_CUSTOM)].as_string()
    else:
        stored = contact.c[name]
    return sa.or_(stored.is_(None), sa.func.trim(stored) == "")
