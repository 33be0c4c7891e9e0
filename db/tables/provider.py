"""What is known of Meta's side: message templates, judgements of numbers, and files that were uploaded once."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, metadata

# One row for each name and language of an account, as its list said when it was read last. What the list no longer
# has is removed. The words of Meta are open, so none is constrained.
message_template = sa.Table(
    "message_template",
    metadata,
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), primary_key=True),
    sa.Column("waba_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("parameter_format", sa.Text, nullable=False),
    sa.Column("components", JsonText, nullable=False),
    sa.Column("quality", sa.Text),
    sa.Column("rejected_reason", sa.Text),
    sa.Column("synced_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

number_facts = sa.Table(
    "number_facts",
    metadata,
    sa.Column("instance_id", Id, sa.ForeignKey("instance.id"), primary_key=True),
    sa.Column("facts", JsonText, nullable=False),
    sa.Column("checked_at", Moment, nullable=False),
)

# The provider keeps a file for some weeks: until then its id is sent instead of the file.
uploaded_media = sa.Table(
    "uploaded_media",
    metadata,
    sa.Column("phone_id", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, primary_key=True),  # SHA-256 hex of the file
    sa.Column("media_id", sa.Text, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
