"""Messages that operators sent to themselves: they count against a number, and belong to no campaign.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "trial_message",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger()),
        sa.Column("outcome", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("message_id", sa.Text()),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'rejected', 'not_sent', 'unknown')", name=op.f("ck_trial_message_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_trial_message_workspace_id_workspace")
        ),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_trial_message_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_message")),
    )
    left = sa.text("outcome IS NULL OR outcome IN ('accepted', 'unknown')")
    op.create_index(
        "ix_trial_message_left",
        "trial_message",
        ["instance_id", "started_at"],
        sqlite_where=left,
        postgresql_where=left,
    )
