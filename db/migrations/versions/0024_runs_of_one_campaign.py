"""Which campaign a run of "retry failed" belongs to, so that no two of them send to the same person.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "campaign_retry",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("first_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_campaign_retry_campaign_id_campaign"),
        sa.PrimaryKeyConstraint("campaign_id", name="pk_campaign_retry"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_campaign_retry_first_id", "campaign_retry", ["first_id"], unique=False)
