"""What the clocks showed at moments that matter to the sliding windows (`desktop/policy/clock_jumps.py`)."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, metadata

clock_mark = sa.Table(
    "clock_mark",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("uptime_ms", sa.BigInteger, nullable=False),
    sa.Column("boot", sa.Text, nullable=False),
    # By how much the wall clock was found to have been set; 0 in the last mark alone.
    sa.Column("set_by_ms", sa.BigInteger, nullable=False),
    # Whether it was set for certain; otherwise the machine may as well have been off for so long.
    sa.Column("is_certain", sa.Boolean, nullable=False, server_default="1"),
    sa.Index("ix_clock_mark_workspace_id", "workspace_id"),
)
