"""The suppression list: keyed hashes of phones that must not be written to. It survives the person's erasure."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from db.tables.consent import suppression, suppression_key
from db.tables.contact import contact
from desktop.domain.consent import phone_hash
from desktop.domain.ids import WorkspaceId

_KEY_BYTES = 32
_LOOK_UP = 500


def suppress(conn: sa.Connection, workspace_id: WorkspaceId, phone: str, now: datetime, source: str) -> None:
    """Put a phone on the list; one that is on it stays as it is."""
    from_phone = phone_hash(_key(conn, workspace_id), phone)
    found = sa.select(suppression.c.at).where(*_is(workspace_id, from_phone))
    if conn.execute(found).scalar() is None:
        row = {"workspace_id": workspace_id, "phone_hash": from_phone, "at": now, "source": source}
        conn.execute(sa.insert(suppression).values(row))


def suppress_many(
    conn: sa.Connection, workspace_id: WorkspaceId, phones: Sequence[str], now: datetime, source: str
) -> None:
    """Put phones on the list; those that are on it stay as they are."""
    key = _key(conn, workspace_id)
    hashes = list(dict.fromkeys(phone_hash(key, phone) for phone in phones))
    for start in range(0, len(hashes), _LOOK_UP):
        some = hashes[start : start + _LOOK_UP]
        listed = set(conn.execute(_own(workspace_id).where(suppression.c.phone_hash.in_(some))).scalars())
        alike = {"workspace_id": workspace_id, "at": now, "source": source}
        rows = [{**alike, "phone_hash": hashed} for hashed in some if hashed not in listed]
        if rows:
            conn.execute(sa.insert(suppression), rows)


def allow(conn: sa.Connection, workspace_id: WorkspaceId, phone: str) -> None:
    """Take a phone off the list, on the person's word."""
    conn.execute(sa.delete(suppression).where(*_is(workspace_id, phone_hash(_key(conn, workspace_id), phone))))


def refuse_listed(conn: sa.Connection, workspace_id: WorkspaceId, ids: Mapping[str, int]) -> int:
    """Mark new contacts whose phone is on the list as opted out since then; return how many.

    Args:
        ids: phone (E.164) → id of contacts that were added just now.
    """
    if not ids or conn.execute(_own(workspace_id).limit(1)).scalar() is None:
        return 0
    key = _key(conn, workspace_id)
    by_hash = {phone_hash(key, phone): contact_id for phone, contact_id in ids.items()}
    refused = 0
    hashes = list(by_hash)
    for start in range(0, len(hashes), _LOOK_UP):
        some = suppression.c.phone_hash.in_(hashes[start : start + _LOOK_UP])
        query = sa.select(suppression.c.phone_hash, suppression.c.at).where(
            suppression.c.workspace_id == workspace_id, some
        )
        for hashed, at in conn.execute(query):
            mark = sa.update(contact).where(contact.c.id == by_hash[hashed], contact.c.opted_out_at.is_(None))
            refused += conn.execute(mark.values(opted_out_at=at)).rowcount
    return refused


def hash_of(conn: sa.Connection, workspace_id: WorkspaceId, phone: str) -> str:
    """Return the keyed hash under which a phone is known."""
    return phone_hash(_key(conn, workspace_id), phone)


def has_key(conn: sa.Connection, workspace_id: WorkspaceId) -> bool:
    return conn.execute(_key_of(workspace_id)).scalar() is not None


def _own(workspace_id: WorkspaceId) -> sa.Select[str]:
    return sa.select(suppression.c.phone_hash).where(suppression.c.workspace_id == workspace_id)


def _is(workspace_id: WorkspaceId, hashed: object) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return suppression.c.workspace_id == workspace_id, suppression.c.phone_hash == hashed


def _key(conn: sa.Connection, workspace_id: WorkspaceId) -> bytes:
    """Return the workspace's key, made when it is first needed, under the write lock."""
    found = conn.execute(_key_of(workspace_id)).scalar()
    if found is None:
        found = secrets.token_hex(_KEY_BYTES)
        conn.execute(sa.insert(suppression_key).values(workspace_id=workspace_id, key=found))
    return bytes.fromhex(found)


def _key_of(workspace_id: WorkspaceId) -> sa.Select[str]:
    return sa.select(suppression_key.c.key).where(suppression_key.c.workspace_id == workspace_id)
