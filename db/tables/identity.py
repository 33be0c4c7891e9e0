"""Under which words people are known besides their phone (`desktop/domain/identity.py`)."""

import sqlalchemy as sa

from db.tables.metadata import Id, is_one_of, metadata
from desktop.domain.identity import IdentityKind

contact_identity = sa.Table(
    "contact_identity",
    metadata,
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="CASCADE"), nullable=False),
    is_one_of("kind", IdentityKind),
    sa.Index("ix_contact_identity_contact_id", "contact_id"),
    sqlite_with_rowid=False,
)
