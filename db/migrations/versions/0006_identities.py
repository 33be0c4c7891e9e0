"""Identities: under which words people are known besides their phone.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "contact_identity",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("contact_id", _ID, nullable=False),
        sa.CheckConstraint("kind IN ('phone', 'lid', 'user_id')", name=op.f("ck_contact_identity_kind")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_contact_identity_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_identity_contact_id_contact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "value", name=op.f("pk_contact_identity")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contact_identity_contact_id", "contact_identity", ["contact_id"])
    # Addresses that hide the phone were kept as the contact's address until now.
    op.execute(
        "INSERT INTO contact_identity (workspace_id, kind, value, contact_id) "
        "SELECT workspace_id, 'lid', address, min(id) FROM contact WHERE address LIKE '%@lid' "
        "GROUP BY workspace_id, address"
    )
