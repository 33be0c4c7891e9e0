"""Contacts are sorted by name as a dictionary does, when somebody asks: the index by bytes is gone.

Frozen: it says what the schema was then, whatever the tables say now.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_contact_workspace_id_name_id", "contact")
