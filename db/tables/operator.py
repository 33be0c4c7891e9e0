"""Who may work with a workspace. A workspace without rows here asks nobody for a password."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, is_one_of, metadata
from desktop.domain.operator import Role

operator = sa.Table(
    "operator",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    # The name as it is compared: "Ana" and "ana" are one person.
    sa.Column("name_key", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    # argon2, with its parameters and salt in it.
    sa.Column("password_hash", sa.Text, nullable=False),
    # Wrong passwords since the last right one. A try is counted before it is looked at: tries at the same moment
    # cannot slip through.
    sa.Column("failed_tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("locked_until", Moment),
    sa.Column("disabled_at", Moment),
    sa.Column("created_at", Moment, nullable=False),
    is_one_of("role", Role),
    sa.UniqueConstraint("workspace_id", "name_key"),
    # Ids are never given twice: somebody may be signed in as one who was removed since.
    sqlite_autoincrement=True,
)
