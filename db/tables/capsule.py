"""Capsules that left this workspace, and those that came in: what keeps one campaign from being sent in two places."""

from enum import StrEnum

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, id_column, is_one_of, metadata


class Direction(StrEnum):
    OUT = "out"  # the campaign was handed over: it does not start here until it is taken back
    IN = "in"  # this campaign was made of it


capsule = sa.Table(
    "capsule",
    metadata,
    id_column(),
    sa.Column("workspace_id", Id, sa.ForeignKey("workspace.id"), nullable=False),
    sa.Column("uid", sa.Text, nullable=False),
    # No foreign key: that a capsule came in is remembered after its campaign was deleted.
    sa.Column("campaign_id", Id, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    is_one_of("direction", Direction),
    sa.UniqueConstraint("workspace_id", "uid", "direction"),
)

sa.Index("ix_capsule_campaign_id", capsule.c.campaign_id)
