"""What people agreed to, who must not be written to, and what each import changed."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.event import event
from db.tables.metadata import Id, metadata

# When and how somebody agreed, where more is known than the contact's own source and the day of its import.
consent = sa.Table(
    "consent",
    metadata,
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("proof", sa.Text, nullable=False),
)

# No reference to a contact: it outlives everything else about the person.
suppression = sa.Table(
    "suppression",
    metadata,
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), primary_key=True),
    sa.Column("phone_hash", sa.Text, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

# The key of the hashes. It travels with the database: a list that cannot be read after a restore would forget refusals.
suppression_key = sa.Table(
    "suppression_key",
    metadata,
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
)

contact_import = sa.Table(
    "contact_import",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("began_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("undone_at", Moment),
    sa.Column("added", sa.Integer, nullable=False),
    sa.Column("updated", sa.Integer, nullable=False),
)

# What a contact was before an import changed it. Whom an import added is known from the contact itself.
contact_before = sa.Table(
    "contact_before",
    metadata,
    sa.Column("import_id", sa.BigInteger, primary_key=True),
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("document", JsonText, nullable=False),
    sa.Index("ix_contact_before_contact_id", "contact_id"),
    sqlite_with_rowid=False,
)

segment = sa.Table(
    "segment",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("rules", JsonText, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.UniqueConstraint("workspace_id", "name"),
)

# The history of one person's consent, among millions of lines.
OF_CONSENT = event.c.type.in_([sa.literal_column("'opted_out'"), sa.literal_column("'contact_added'")])
_SAID = event.c.contact_id.is_not(None) & OF_CONSENT
sa.Index("ix_event_consent", event.c.contact_id, event.c.id, sqlite_where=_SAID)
