"""Errors are found among many warnings: an index of them alone.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_event_error",
        "event",
        ["id"],
        unique=False,
        sqlite_where=sa.text("severity = 'error'"),
        postgresql_where=sa.text("severity = 'error'"),
    )
