"""Immutable lines of the timeline. No foreign keys: an event outlives the campaign that it tells of."""

import sqlalchemy as sa

from db.moments import JsonText, Moment
from db.tables.metadata import Id, literals, metadata
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
)

for _column in (event.c.campaign_id, event.c.instance_id, event.c.recipient_id):
    sa.Index(
        f"ix_event_{_column.name}_id",
        _column,
        event.c.id,
        sqlite_where=_column.is_not(None),
        postgresql_where=_column.is_not(None),
    )
sa.Index("ix_event_type_id", event.c.type, event.c.id)
# A rare type within a campaign of millions of lines.
sa.Index(
    "ix_event_campaign_id_type_id",
    event.c.campaign_id,
    event.c.type,
    event.c.id,
    sqlite_where=event.c.campaign_id.is_not(None),
    postgresql_where=event.c.campaign_id.is_not(None),
)

TROUBLE = event.c.severity.in_(literals(Severity.WARNING, Severity.ERROR))
sa.Index("ix_event_trouble", event.c.id, sqlite_where=TROUBLE, postgresql_where=TROUBLE)
