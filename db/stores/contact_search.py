"""Puts new contacts into the full-text index (`db/tables/search.py`): many in one statement."""

import sqlalchemy as sa

from db.tables.search import body

_INDEX = f"INSERT INTO contact_search (rowid, body) SELECT id, {body('contact')} FROM contact WHERE id > :after"


def index_after(conn: sa.Connection, last_id: int) -> None:
    """Put the contacts in that were added behind `last_id`, in the transaction that added them."""
    if conn.dialect.name == "sqlite":
        conn.execute(sa.text(_INDEX), {"after": last_id})
