"""Meta's Cloud API: templates, facts of numbers, uploaded files; receipts that carry our own tag.

Frozen: it says what the schema was then, whatever the tables say now.
"""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "message_template",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("waba_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("parameter_format", sa.Text(), nullable=False),
        sa.Column("components", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=True),
        sa.Column("rejected_reason", sa.Text(), nullable=True),
        sa.Column("synced_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_message_template_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "waba_id", "name", "language", name=op.f("pk_message_template")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "number_facts",
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_number_facts_instance_id_instance")),
        sa.PrimaryKeyConstraint("instance_id", name=op.f("pk_number_facts")),
    )
    op.create_table(
        "uploaded_media",
        sa.Column("phone_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("media_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("phone_id", "digest", name=op.f("pk_uploaded_media")),
        sqlite_with_rowid=False,
    )
    _receipts()
    _variations()


def _receipts() -> None:
    """Add the tag. The table is told in full: SQLite makes it anew, and its check would be lost otherwise."""
    before = sa.Table(
        "receipt_inbox",
        sa.MetaData(),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('sent', 'delivered', 'read', 'failed')", name="ck_receipt_inbox_kind"),
        sa.PrimaryKeyConstraint("message_id", "kind", name="pk_receipt_inbox"),
        sa.Index("ix_receipt_inbox_at", "at"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table(
        "receipt_inbox", copy_from=before, table_kwargs={"sqlite_with_rowid": False}, recreate=_recreate()
    ) as batch:
        batch.add_column(sa.Column("client_ref", sa.Text(), nullable=True))
        batch.add_column(sa.Column("address", sa.Text(), nullable=True))
        batch.add_column(sa.Column("pricing", sa.Text(), nullable=True))
        batch.create_index("ix_receipt_inbox_client_ref", ["client_ref"], unique=False)


def _variations() -> None:
    before = sa.Table(
        "variation",
        sa.MetaData(),
        sa.Column("id", _ID, nullable=False),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("media", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_variation_campaign_id_campaign"),
        sa.PrimaryKeyConstraint("id", name="pk_variation"),
        sa.UniqueConstraint("campaign_id", "position", name="uq_variation_campaign_id_position"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(
        "variation", copy_from=before, table_kwargs={"sqlite_autoincrement": True}, recreate=_recreate()
    ) as batch:
        batch.add_column(sa.Column("template", sa.Text(), nullable=True))


def _recreate() -> Literal["always", "never"]:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"
