"""Immutable lines of the timeline. No foreign keys: an event outlives the campaign that it tells of."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, id_column, literal, literals, metadata
from desktop.domain.events import Severity

# Types and severities are not constrained here: a new word would mean rebuilding the largest table of all.
event = sa.Table(
    "event",
    metadata,
    # Given by the one writer that holds the lock, so that ids are the order of commits.
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("workspace_id", Id, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("details", JsonText, nullable=False),
    sa.Column("campaign_id", Id),
    sa.Column("instance_id", Id),
    sa.Column("contact_id", Id),
    sa.Column("recipient_id", Id),
    sa.Column("duration_ms", sa.Integer),
    sa.Column("http_status", sa.Integer),
    sa.Column("progress", sa.Float),
    sa.Column("health_score", sa.Float),
    sa.Column("request", JsonText),
    sa.Column("response", JsonText),
    sa.Column("operator", sa.Text),
    # SHA-256 of the event before and of all of the above (`db/chain.py`).
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

FACTS: tuple[str, ...] = tuple(name for name in event.c.keys() if name != "hash")  # noqa: SIM118  columns, not a dict
"""What the hash of an event covers, in this order. A new column would change the hashes of all old events."""

# What retention has removed: everything up to `through_id`. The triggers let nothing be deleted that no anchor covers.
event_anchor = sa.Table(
    "event_anchor",
    metadata,
    id_column(),
    sa.Column("through_id", Id, nullable=False),
    # Of the event `through_id`: what the first event that stays is chained to.
    sa.Column("hash", sa.LargeBinary, nullable=False),
    # The newest moment among what was removed: derived figures are compared with events from here on.
    sa.Column("through_at", Moment, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("operator", sa.Text),
)

# How far the full-text index has come (`db/event_text.py`). One row.
event_text_state = sa.Table(
    "event_text_state",
    metadata,
    id_column(),
    sa.Column("through_id", Id, nullable=False),
)

for _column in (event.c.campaign_id, event.c.instance_id, event.c.recipient_id):
    sa.Index(
        f"ix_event_{_column.name}_id",
        _column,
        event.c.id,
        sqlite_where=_column.is_not(None),
    )
sa.Index("ix_event_type_id", event.c.type, event.c.id)
# A rare type within a campaign of millions of lines.
sa.Index(
    "ix_event_campaign_id_type_id",
    event.c.campaign_id,
    event.c.type,
    event.c.id,
    sqlite_where=event.c.campaign_id.is_not(None),
)

# What concerns a person outside of campaigns; the events of their messages are found by recipient.
_of_person = event.c.contact_id.is_not(None) & event.c.recipient_id.is_(None)
sa.Index("ix_event_contact_id_id", event.c.contact_id, event.c.id, sqlite_where=_of_person)

TROUBLE = event.c.severity.in_(literals(Severity.WARNING, Severity.ERROR))
sa.Index("ix_event_trouble", event.c.id, sqlite_where=TROUBLE)
# A few errors among a million warnings: retries that were scheduled, numbers that rested.
ERRORS = event.c.severity == literal(Severity.ERROR)
sa.Index("ix_event_error", event.c.id, sqlite_where=ERRORS)
