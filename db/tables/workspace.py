"""The tenant: everything else belongs to exactly one."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import id_column, metadata

workspace = sa.Table(
    "workspace",
    metadata,
    id_column(),
    sa.Column("name", sa.Text, nullable=False),
    # Grows with every change of an instance or a draft, so that engines notice what another process changed.
    sa.Column("revision", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("created_at", Moment, nullable=False),
)
