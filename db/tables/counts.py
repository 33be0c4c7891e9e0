"""Figures that triggers derive from the rows, in the transaction of the row: they cannot disagree (`db/checks.py`)."""

import sqlalchemy as sa

from db.tables.metadata import Id, metadata

ALL_INSTANCES = 0
"""The `instance_id` of a row that counts the whole campaign; no instance has this id."""

REPLIED = "replied"
"""Stands in the status column for "has replied": a time beside the status, so it is counted beside the statuses."""

TICK_S = 1
"""Width in seconds of the ticks that charts of short campaigns and rates are drawn from."""

QUARTER_S = 900
"""Width in seconds of the spans that costs are counted in."""

COARSE_TICK_S = 60
"""Width of those for everything longer: charts of weeks must not read a million seconds. Midnights fall on them."""

# Attempts that have ended, by how: first tries, retries and errors are read from here.
attempt_count = sa.Table(
    "attempt_count",
    metadata,
    sa.Column("campaign_id", Id, primary_key=True),
    sa.Column("instance_id", Id, primary_key=True),
    sa.Column("outcome", sa.Text, primary_key=True),
    # Empty for an accepted one.
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("error_class", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# How long the gateways took to accept: each millisecond up to a second, then two digits less, then three.
attempt_duration = sa.Table(
    "attempt_duration",
    metadata,
    sa.Column("campaign_id", Id, primary_key=True),
    sa.Column("instance_id", Id, primary_key=True),
    sa.Column("bucket_ms", sa.Integer, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("total_ms", sa.BigInteger, nullable=False),
    sa.Column("least_ms", sa.Integer, nullable=False),
    sa.Column("most_ms", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What became of each variation: sent, delivered, read, replied (had that moment) and failed (is in that status).
variation_count = sa.Table(
    "variation_count",
    metadata,
    sa.Column("campaign_id", Id, primary_key=True),
    sa.Column("variation_id", Id, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What messages cost, of the attempts that count (`attempt.COUNTS`): by quarters of an hour, on which the midnights of
# all time zones fall. By number, because a campaign may be deleted and its messages are paid for all the same.
spend = sa.Table(
    "spend",
    metadata,
    sa.Column("instance_id", Id, primary_key=True),
    # Epoch seconds, UTC, of the quarter's beginning.
    sa.Column("quarter_s", sa.BigInteger, primary_key=True),
    sa.Column("campaign_id", Id, primary_key=True),
    sa.Column("category", sa.Text, primary_key=True),
    sa.Column("market", sa.Text, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("micros", sa.BigInteger, nullable=False),
    # Those of which the provider has told what they were charged as, what that costs, and what had been estimated.
    sa.Column("told", sa.BigInteger, nullable=False),
    sa.Column("told_micros", sa.BigInteger, nullable=False),
    sa.Column("told_estimate", sa.BigInteger, nullable=False),
    sa.Index("ix_spend_campaign_id", "campaign_id"),
    sqlite_with_rowid=False,
)

campaign_count = sa.Table(
    "campaign_count",
    metadata,
    sa.Column("campaign_id", Id, primary_key=True),
    sa.Column("instance_id", Id, primary_key=True),
    sa.Column("status", sa.Text, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

campaign_tick = sa.Table(
    "campaign_tick",
    metadata,
    sa.Column("campaign_id", Id, primary_key=True),
    # TICK_S or COARSE_TICK_S: each event is counted in both.
    sa.Column("width_s", sa.Integer, primary_key=True),
    # Epoch seconds, UTC, of the tick's beginning.
    sa.Column("tick_s", sa.BigInteger, primary_key=True),
    # sent, delivered, read or failed
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("instance_id", Id, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Index("ix_campaign_tick_instance_id_width_s_tick_s", "instance_id", "width_s", "tick_s"),
    sqlite_with_rowid=False,
)
