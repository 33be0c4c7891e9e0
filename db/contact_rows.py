"""Rows of people as domain values, for reads and writes alike."""

import sqlalchemy as sa

from db.rows import AnyRow
from db.tables.consent import consent
from db.tables.contact import contact_tag, tag
from desktop.domain.contact import Contact
from desktop.domain.ids import ContactId


def contacts_of(conn: sa.Connection, rows: list[AnyRow]) -> list[Contact]:
    """Return contacts with their tags, from rows of the contact table, in their order."""
    tags = _tag_names(conn, [row.id for row in rows])
    agreed = _consented(conn, [row.id for row in rows])
    return [
        Contact(
            id=ContactId(row.id),
            phone=row.phone,
            name=row.name,
            tags=tags.get(row.id, ()),
            custom=row.custom,
            opted_out_at=row.opted_out_at,
            opt_in_source=row.opt_in_source,
            created_at=row.created_at,
            is_consented=row.id in agreed,
        )
        for row in rows
    ]


def _consented(conn: sa.Connection, contact_ids: list[int]) -> set[int]:
    return set(conn.execute(sa.select(consent.c.contact_id).where(consent.c.contact_id.in_(contact_ids))).scalars())


def _tag_names(conn: sa.Connection, contact_ids: list[int]) -> dict[int, tuple[str, ...]]:
    query = (
        sa.select(contact_tag.c.contact_id, tag.c.name)
        .join(tag, tag.c.id == contact_tag.c.tag_id)
        .where(contact_tag.c.contact_id.in_(contact_ids))
        .order_by(tag.c.name)
    )
    found: dict[int, tuple[str, ...]] = {}
    for contact_id, name in conn.execute(query):
        found[contact_id] = (*found.get(contact_id, ()), name)
    return found
