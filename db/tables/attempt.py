"""One try to send to one recipient. The row is durable before the request leaves."""

from enum import StrEnum

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, is_one_of, literals, metadata


class AttemptOutcome(StrEnum):
    """What became of an attempt; NULL while it is under way."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


attempt = sa.Table(
    "attempt",
    metadata,
    id_column(),
    # NULL once the campaign was deleted: the attempt still counts against the instance's limits.
    sa.Column("recipient_id", Id, sa.ForeignKey("recipient.id", ondelete="SET NULL")),
    sa.Column("campaign_id", Id, nullable=False),
    sa.Column("instance_id", Id, sa.ForeignKey("instance.id"), nullable=False),
    sa.Column("variation_id", Id),
    sa.Column("run_id", Id, sa.ForeignKey("run.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("finished_at", Moment),
    sa.Column("duration_ms", sa.Integer),
    sa.Column("client_ref", sa.Text, nullable=False, unique=True),
    sa.Column("text_digest", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    # ErrorClass of a rejection: says whether the instance, the recipient or the content was at fault.
    sa.Column("error_class", sa.Text),
    sa.Column("code", sa.Text),
    sa.Column("text", sa.Text),
    sa.Column("http_status", sa.Integer),
    sa.Column("message_id", sa.Text),
    sa.Column("doubt_since", Moment),
    sa.Column("doubt_tries", sa.Integer, nullable=False, server_default="0"),
    # What it was estimated to cost: millionths of the unit of the budget's currency, by the rate card of its moment.
    sa.Column("category", sa.Text, nullable=False, server_default=""),
    sa.Column("market", sa.Text, nullable=False, server_default=""),
    sa.Column("price_micros", sa.BigInteger, nullable=False, server_default="0"),
    # What the provider said it was charged as, and what that costs by the rate card; NULL while it has said nothing.
    sa.Column("billed_as", sa.Text),
    sa.Column("billed_micros", sa.BigInteger),
    is_one_of("outcome", AttemptOutcome),
    sa.UniqueConstraint("recipient_id", "number"),
)

# What left, or may have left, counts against limits: under way, accepted and unknown. Queries repeat this very
# expression, which is how the planner recognises the partial indexes.
COUNTS = sa.or_(
    attempt.c.outcome.is_(None),
    attempt.c.outcome.in_(literals(AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN)),
)

for _name, _columns, _where in (
    ("ix_attempt_instance_departures", (attempt.c.instance_id, attempt.c.started_at), COUNTS),
    ("ix_attempt_campaign_departures", (attempt.c.campaign_id, attempt.c.started_at), COUNTS),
):
    sa.Index(_name, *_columns, sqlite_where=_where)

# Errors of an instance since its last success.
sa.Index("ix_attempt_instance_id_outcome_started_at", attempt.c.instance_id, attempt.c.outcome, attempt.c.started_at)
