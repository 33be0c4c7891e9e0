"""One life of the engine, from its start to its end or its crash."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, metadata

run = sa.Table(
    "run",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    # True when the next run had to close it.
    sa.Column("has_crashed", sa.Boolean, nullable=False, server_default=sa.false()),
)
