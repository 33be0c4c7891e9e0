"""Who is on WhatsApp, as a gateway answered last; old answers are not relied on (`desktop/policy/number_checks.py`)."""

import sqlalchemy as sa

from db.moments import Moment
from db.tables.metadata import Id, metadata

number_check = sa.Table(
    "number_check",
    metadata,
    sa.Column("contact_id", Id, sa.ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("is_there", sa.Boolean, nullable=False),
    sa.Column("checked_at", Moment, nullable=False),
)
