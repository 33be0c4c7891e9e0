"""Figures of attempts and variations: how attempts ended, how long gateways took, what became of each variation.

Frozen: it says what the schema was then, whatever the tables say now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_TRIGGERS = (
    """CREATE TRIGGER attempt_count_insert AFTER INSERT ON attempt WHEN NEW.outcome IS NOT NULL
BEGIN
  INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.outcome, coalesce(NEW.code, ''),
      coalesce(NEW.error_class, ''), NEW.number, 1 WHERE NEW.outcome IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, outcome, code, error_class, number) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER attempt_count_update AFTER UPDATE OF outcome, code, error_class ON attempt
  WHEN OLD.outcome IS NOT NEW.outcome OR OLD.code IS NOT NEW.code OR OLD.error_class IS NOT NEW.error_class
BEGIN
  INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
    SELECT OLD.campaign_id, OLD.instance_id, OLD.outcome, coalesce(OLD.code, ''),
      coalesce(OLD.error_class, ''), OLD.number, -1 WHERE OLD.outcome IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, outcome, code, error_class, number) DO UPDATE SET n = n + excluded.n;
  INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
    SELECT NEW.campaign_id, NEW.instance_id, NEW.outcome, coalesce(NEW.code, ''),
      coalesce(NEW.error_class, ''), NEW.number, 1 WHERE NEW.outcome IS NOT NULL
    ON CONFLICT (campaign_id, instance_id, outcome, code, error_class, number) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER attempt_duration AFTER UPDATE OF outcome ON attempt
  WHEN OLD.outcome IS NULL AND NEW.outcome = 'accepted' AND NEW.duration_ms IS NOT NULL
BEGIN
  INSERT INTO attempt_duration (campaign_id, instance_id, bucket_ms, n, total_ms, least_ms, most_ms)
    VALUES (NEW.campaign_id, NEW.instance_id, CASE WHEN NEW.duration_ms < 1000 THEN NEW.duration_ms
      WHEN NEW.duration_ms < 10000 THEN NEW.duration_ms / 10 * 10 ELSE NEW.duration_ms / 100 * 100 END,
      1, NEW.duration_ms, NEW.duration_ms, NEW.duration_ms)
    ON CONFLICT (campaign_id, instance_id, bucket_ms) DO UPDATE SET n = n + 1, total_ms = total_ms + excluded.total_ms,
      least_ms = min(least_ms, excluded.least_ms), most_ms = max(most_ms, excluded.most_ms);
END""",
    """CREATE TRIGGER recipient_variation_sent AFTER UPDATE OF sent_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.sent_at IS NULL) <> (NEW.sent_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'sent', (NEW.sent_at IS NOT NULL) - (OLD.sent_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_variation_delivered AFTER UPDATE OF delivered_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.delivered_at IS NULL) <> (NEW.delivered_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'delivered', (NEW.delivered_at IS NOT NULL) - (OLD.delivered_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END""",  # noqa: E501
    """CREATE TRIGGER recipient_variation_read AFTER UPDATE OF read_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.read_at IS NULL) <> (NEW.read_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'read', (NEW.read_at IS NOT NULL) - (OLD.read_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_variation_replied AFTER UPDATE OF replied_at ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.replied_at IS NULL) <> (NEW.replied_at IS NULL)
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'replied', (NEW.replied_at IS NOT NULL) - (OLD.replied_at IS NOT NULL))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END""",
    """CREATE TRIGGER recipient_variation_failed AFTER UPDATE OF status ON recipient
  WHEN NEW.variation_id IS NOT NULL AND (OLD.status = 'failed') <> (NEW.status = 'failed')
BEGIN
  INSERT INTO variation_count (campaign_id, variation_id, kind, n)
    VALUES (NEW.campaign_id, NEW.variation_id, 'failed', (NEW.status = 'failed') - (OLD.status = 'failed'))
    ON CONFLICT (campaign_id, variation_id, kind) DO UPDATE SET n = n + excluded.n;
END""",
)

# What the triggers would have counted.
_FILL = (
    """INSERT INTO attempt_count (campaign_id, instance_id, outcome, code, error_class, number, n)
  SELECT campaign_id, instance_id, outcome, coalesce(code, ''), coalesce(error_class, ''), number, count(*)
  FROM attempt WHERE outcome IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6""",
    """INSERT INTO attempt_duration (campaign_id, instance_id, bucket_ms, n, total_ms, least_ms, most_ms)
  SELECT campaign_id, instance_id, CASE WHEN duration_ms < 1000 THEN duration_ms
    WHEN duration_ms < 10000 THEN duration_ms / 10 * 10 ELSE duration_ms / 100 * 100 END,
    count(*), sum(duration_ms), min(duration_ms), max(duration_ms)
  FROM attempt WHERE outcome = 'accepted' AND doubt_since IS NULL AND duration_ms IS NOT NULL GROUP BY 1, 2, 3""",
    *(
        f"""INSERT INTO variation_count (campaign_id, variation_id, kind, n)
  SELECT campaign_id, variation_id, '{kind}', count(*) FROM recipient
  WHERE variation_id IS NOT NULL AND {condition} GROUP BY 1, 2"""
        for kind, condition in (
            ("sent", "sent_at IS NOT NULL"),
            ("delivered", "delivered_at IS NOT NULL"),
            ("read", "read_at IS NOT NULL"),
            ("replied", "replied_at IS NOT NULL"),
            ("failed", "status = 'failed'"),
        )
    ),
)


def upgrade() -> None:
    op.create_table(
        "attempt_count",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("error_class", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "campaign_id", "instance_id", "outcome", "code", "error_class", "number", name=op.f("pk_attempt_count")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attempt_duration",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("instance_id", _ID, nullable=False),
        sa.Column("bucket_ms", sa.Integer(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("total_ms", sa.BigInteger(), nullable=False),
        sa.Column("least_ms", sa.Integer(), nullable=False),
        sa.Column("most_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "instance_id", "bucket_ms", name=op.f("pk_attempt_duration")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "variation_count",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("variation_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "variation_id", "kind", name=op.f("pk_variation_count")),
        sqlite_with_rowid=False,
    )
    for statement in _FILL:
        op.execute(statement)
    if op.get_bind().dialect.name == "sqlite":
        for statement in _TRIGGERS:
            op.execute(statement)
