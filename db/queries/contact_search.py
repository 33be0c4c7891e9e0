"""People found while somebody types: by the beginnings of words in names and custom fields, by digits, by tag.

Each kind is its own search by an index, and gives ids; together they are one list. Digits are looked for where people
begin to say a phone: with its country, with its area, and, for Brazil, behind the area. Only four digits, which may be
the last ones, are looked for everywhere in the index of phones.
"""

import re
from typing import Any

import sqlalchemy as sa

from db.queries.text import contains
from db.tables.contact import contact, contact_tag, tag
from desktop.domain.ids import WorkspaceId

_MATCH = sa.text(
    "SELECT rowid AS id FROM contact_search WHERE contact_search MATCH :words AND rowid > :after "
    "ORDER BY rowid LIMIT :limit"
)
_MIN_DIGITS, _LAST_DIGITS = 3, 4
_AREAS = tuple(str(area) for area in range(11, 100) if area % 10)


def typed(
    conn: sa.Connection, workspace_id: WorkspaceId, text: str, after: int = 0, limit: int = -1
) -> sa.ColumnElement[bool]:
    """Return the condition that a contact has what was typed. Upper and lower case and accents do not matter.

    Args:
        after: only contacts behind this id.
        limit: how many of each kind are enough, ascending by id, where nothing else narrows the list; -1 for all.
    """
    if conn.dialect.name != "sqlite":
        return contains(text, contact.c.name, contact.c.phone, sa.type_coerce(contact.c.custom, sa.Text))
    named = sa.select(tag.c.id).where(
        tag.c.workspace_id == workspace_id, tag.c.name.istartswith(text.strip(), autoescape=True)
    )
    found: list[Any] = [sa.select(contact_tag.c.contact_id).where(contact_tag.c.tag_id.in_(named))]
    words = re.findall(r"\w+", text)
    digits = "".join(sign for sign in text if sign.isdigit())
    is_phone = len(digits) >= _MIN_DIGITS and not any(sign.isalpha() for sign in text)
    if words and (not is_phone or len(words) == 1):
        matched = _MATCH.bindparams(words=" AND ".join(f'"{word}"*' for word in words), after=after, limit=limit)
        found.append(sa.select(matched.columns(sa.column("id", sa.Integer)).subquery().c.id))
    if is_phone:
        own = sa.select(contact.c.id).where(contact.c.workspace_id == workspace_id)
        found += [own.where(condition) for condition in _phone_conditions(digits)]
    return contact.c.id.in_(sa.union_all(*found))


def _phone_conditions(digits: str) -> list[sa.ColumnElement[bool]]:
    if len(digits) == _LAST_DIGITS:
        return [sa.func.instr(contact.c.phone, digits) > 0]
    beginnings = [f"+{digits}", f"+55{digits}", *(f"+55{area}{digits}" for area in _AREAS)]
    # "~" is behind every digit: what lies between begins so. Each is a search of its own: joined by OR they are a scan.
    return [(contact.c.phone >= start) & (contact.c.phone < f"{start}~") for start in beginnings]
