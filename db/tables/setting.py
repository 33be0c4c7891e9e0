"""Choices of the operator that are no part of a campaign. Never a secret: those are in the keyring."""

import sqlalchemy as sa

from db.moments import JsonText
from db.tables.metadata import Id, metadata

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", JsonText, nullable=False),
    sqlite_with_rowid=False,
)
