"""Messages that operators sent to themselves to try a text: they count against a number, and belong to no campaign."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.attempt import AttemptOutcome
from db.tables.metadata import Id, id_column, is_one_of, literals, metadata

trial_message = sa.Table(
    "trial_message",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("instance_id", Id, sa.ForeignKey("instance.id"), nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("finished_at", Moment),
    sa.Column("outcome", sa.Text),  # NULL while it is under way, and for ever after a crash
    sa.Column("code", sa.Text),
    sa.Column("message_id", sa.Text),
    is_one_of("outcome", AttemptOutcome),
)

# As for attempts: what left, or may have left, counts. Queries repeat this very expression, for the partial index.
TRIAL_COUNTS = sa.or_(
    trial_message.c.outcome.is_(None),
    trial_message.c.outcome.in_(literals(AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN)),
)
sa.Index(
    "ix_trial_message_left",
    trial_message.c.instance_id,
    trial_message.c.started_at,
    sqlite_where=TRIAL_COUNTS,
)
