"""Consent: its proof, the suppression list, imports that can be undone, segments, and the search of people.

Frozen: it says what the schema was then, whatever the tables say now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = "{row}.name || ' ' || (SELECT coalesce(group_concat(value, ' '), '') FROM json_each({row}.custom))"
_OUT = (
    f"INSERT INTO contact_search (contact_search, rowid, body) VALUES ('delete', OLD.id, {_WORDS.format(row='OLD')});"
)
_IN = f"INSERT INTO contact_search (rowid, body) VALUES (NEW.id, {_WORDS.format(row='NEW')});"
_SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE contact_search USING fts5(body, content='', columnsize=0, detail=none, "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER contact_search_update AFTER UPDATE OF name, custom ON contact"
    f"\n  WHEN OLD.name <> NEW.name OR OLD.custom <> NEW.custom\nBEGIN\n  {_OUT}\n  {_IN}\nEND",
    f"CREATE TRIGGER contact_search_delete AFTER DELETE ON contact\nBEGIN\n  {_OUT}\nEND",
    f"INSERT INTO contact_search (rowid, body) SELECT contact.id, {_WORDS.format(row='contact')} FROM contact",
)


def _workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id_workspace"))


def _contact(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_contact_id_contact")
    return sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("contact_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        _contact("consent"),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_consent")),
    )
    op.create_table(
        "suppression",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("phone_hash", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        _workspace("suppression"),
        sa.PrimaryKeyConstraint("workspace_id", "phone_hash", name=op.f("pk_suppression")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suppression_key",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        _workspace("suppression_key"),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_suppression_key")),
    )
    _create_imports()
    op.create_table(
        "segment",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        _workspace("segment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_segment_workspace_id_name")),
    )
    said: Any = sa.text("contact_id IS NOT NULL AND type IN ('opted_out', 'contact_added')")
    op.create_index(
        "ix_event_consent", "event", ["contact_id", "id"], unique=False, sqlite_where=said, postgresql_where=said
    )
    op.create_index("ix_contact_workspace_id_name_id", "contact", ["workspace_id", "name", "id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE_SEARCH:
            op.execute(sa.text(statement))
    # Whoever has opted out already goes on the suppression list when the program next opens the database: the hash
    # needs a key, which the program makes (`db/stores/suppression.py`).


def _create_imports() -> None:
    op.create_table(
        "contact_import",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        _workspace("contact_import"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_import")),
    )
    op.create_table(
        "contact_before",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", _ID, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        _contact("contact_before"),
        sa.PrimaryKeyConstraint("import_id", "contact_id", name=op.f("pk_contact_before")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contact_before_contact_id", "contact_before", ["contact_id"], unique=False)
