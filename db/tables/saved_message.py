"""The library of messages. (`message_template` is another thing: what Meta has approved.)"""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, id_column, metadata

saved_message = sa.Table(
    "saved_message",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text, nullable=False),  # the name folded: two that read alike are one
    sa.Column("messages", JsonText, nullable=False),
    sa.Column("words", sa.Text, nullable=False),  # what it is found by, folded
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.UniqueConstraint("workspace_id", "name_key"),
)
