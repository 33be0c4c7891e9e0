"""What messages cost: the price beside each attempt, what the provider said it was, and sums by quarters of an hour.

Frozen: it says what the schema was then, whatever the tables say now.
"""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTS = sa.text("outcome IS NULL OR outcome IN ('accepted', 'unknown')")

_TRIGGERS = (
    """CREATE TRIGGER spend_insert AFTER INSERT ON attempt
BEGIN
  INSERT INTO spend (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
    SELECT NEW.instance_id, NEW.started_at / 900000 * 900, NEW.campaign_id, NEW.category,
      NEW.market, 1, NEW.price_micros, (NEW.billed_micros IS NOT NULL), coalesce(NEW.billed_micros, 0),
      (NEW.billed_micros IS NOT NULL) * NEW.price_micros
    WHERE NEW.outcome IS NULL OR NEW.outcome IN ('accepted', 'unknown')
    ON CONFLICT (instance_id, quarter_s, campaign_id, category, market) DO UPDATE SET n = n + excluded.n,
      micros = micros + excluded.micros, told = told + excluded.told, told_micros = told_micros + excluded.told_micros,
      told_estimate = told_estimate + excluded.told_estimate;
END""",
    """CREATE TRIGGER spend_update AFTER UPDATE OF outcome, billed_micros ON attempt
  WHEN OLD.billed_micros IS NOT NEW.billed_micros
  OR (coalesce(OLD.outcome, 'unknown') IN ('accepted', 'unknown'))
  <> (coalesce(NEW.outcome, 'unknown') IN ('accepted', 'unknown'))
BEGIN
  INSERT INTO spend (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
    SELECT OLD.instance_id, OLD.started_at / 900000 * 900, OLD.campaign_id, OLD.category,
      OLD.market, -1, -OLD.price_micros, -(OLD.billed_micros IS NOT NULL), -coalesce(OLD.billed_micros, 0),
      -(OLD.billed_micros IS NOT NULL) * OLD.price_micros
    WHERE OLD.outcome IS NULL OR OLD.outcome IN ('accepted', 'unknown')
    ON CONFLICT (instance_id, quarter_s, campaign_id, category, market) DO UPDATE SET n = n + excluded.n,
      micros = micros + excluded.micros, told = told + excluded.told, told_micros = told_micros + excluded.told_micros,
      told_estimate = told_estimate + excluded.told_estimate;
  INSERT INTO spend (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
    SELECT NEW.instance_id, NEW.started_at / 900000 * 900, NEW.campaign_id, NEW.category,
      NEW.market, 1, NEW.price_micros, (NEW.billed_micros IS NOT NULL), coalesce(NEW.billed_micros, 0),
      (NEW.billed_micros IS NOT NULL) * NEW.price_micros
    WHERE NEW.outcome IS NULL OR NEW.outcome IN ('accepted', 'unknown')
    ON CONFLICT (instance_id, quarter_s, campaign_id, category, market) DO UPDATE SET n = n + excluded.n,
      micros = micros + excluded.micros, told = told + excluded.told, told_micros = told_micros + excluded.told_micros,
      told_estimate = told_estimate + excluded.told_estimate;
END""",
)

# What the triggers would have counted. What left before prices were kept is counted, and cost nothing.
_FILL = """INSERT INTO spend
  (instance_id, quarter_s, campaign_id, category, market, n, micros, told, told_micros, told_estimate)
  SELECT instance_id, started_at / 900000 * 900, campaign_id, '', '', count(*), 0, 0, 0, 0
  FROM attempt WHERE outcome IS NULL OR outcome IN ('accepted', 'unknown') GROUP BY 1, 2, 3"""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _attempts(is_sqlite)
    op.create_table(
        "spend",
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("quarter_s", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("told_micros", sa.BigInteger(), nullable=False),
        sa.Column("told_estimate", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", "quarter_s", "campaign_id", "category", "market", name=op.f("pk_spend")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_spend_campaign_id", "spend", ["campaign_id"])
    op.execute(_FILL)
    if is_sqlite:
        for statement in _TRIGGERS:
            op.execute(statement)


def _attempts(is_sqlite: bool) -> None:
    """Add the prices. SQLite makes the table anew, which would lose its triggers and what it is told here in full."""
    bind = op.get_bind()
    triggers = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'attempt'")
    kept = list(bind.execute(triggers).scalars()) if is_sqlite else []
    recreate: Literal["always", "never"] = "always" if is_sqlite else "never"
    with op.batch_alter_table("attempt", copy_from=_before(), recreate=recreate) as batch:
        batch.add_column(sa.Column("category", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("market", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("price_micros", sa.BigInteger(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("billed_as", sa.Text(), nullable=True))
        batch.add_column(sa.Column("billed_micros", sa.BigInteger(), nullable=True))
    for statement in kept:
        bind.exec_driver_sql(statement)


def _before() -> sa.Table:
    table = sa.Table(
        "attempt",
        sa.MetaData(),
        sa.Column("id", _ID, nullable=False),
        sa.Column("recipient_id", _ID, nullable=True),
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("variation_id", _ID, nullable=True),
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("client_ref", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("error_class", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("doubt_since", sa.BigInteger(), nullable=True),
        sa.Column("doubt_tries", sa.Integer(), nullable=False, server_default="0"),
        sa.CheckConstraint("outcome IN ('accepted', 'rejected', 'not_sent', 'unknown')", name="ck_attempt_outcome"),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name="fk_attempt_instance_id_instance"),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name="fk_attempt_recipient_id_recipient", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_attempt_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        sa.UniqueConstraint("client_ref", name="uq_attempt_client_ref"),
        sa.UniqueConstraint("recipient_id", "number", name="uq_attempt_recipient_id_number"),
    )
    for name, columns, where in (
        ("ix_attempt_campaign_departures", ("campaign_id", "started_at"), _COUNTS),
        ("ix_attempt_instance_departures", ("instance_id", "started_at"), _COUNTS),
        ("ix_attempt_instance_id_outcome_started_at", ("instance_id", "outcome", "started_at"), None),
    ):
        sa.Index(name, *(table.c[column] for column in columns), sqlite_where=where, postgresql_where=where)
    return table
