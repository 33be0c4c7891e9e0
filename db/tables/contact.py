"""People, and the tags on them."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, id_column, metadata

contact = sa.Table(
    "contact",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("custom", JsonText, nullable=False),
    # What a gateway answered as this person's address: it may differ from the phone, and replies come from it.
    sa.Column("address", sa.Text),
    sa.Column("opted_out_at", Moment),
    sa.Column("opt_in_source", sa.Text),
    # The import that last brought this phone: a second row of the same import is a duplicate, not an update.
    sa.Column("import_id", sa.BigInteger),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.UniqueConstraint("workspace_id", "phone"),
    # Ids are never given twice: events name people who were erased since.
    sqlite_autoincrement=True,
)

sa.Index(
    "ix_contact_address",
    contact.c.address,
    sqlite_where=contact.c.address.is_not(None),
)

tag = sa.Table(
    "tag",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.UniqueConstraint("workspace_id", "name"),
)

contact_tag = sa.Table(
    "contact_tag",
    metadata,
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tag_id", Id, sa.ForeignKey("tag.id"), primary_key=True),
    sa.Index("ix_contact_tag_tag_id_contact_id", "tag_id", "contact_id"),
    sqlite_with_rowid=False,
)
