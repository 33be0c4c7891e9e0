"""Who has a record of their consent, and whether the workspace sends to nobody else."""

from datetime import datetime

import sqlalchemy as sa

from db.queries.audience import conditions
from db.queries.sendable import is_consented, needs_consent
from db.tables.contact import contact
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.ids import WorkspaceId


def without_consent(conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, now: datetime) -> int | None:
    """Return how many of the audience are left out for want of a recorded consent; None when none is needed.

    Who opted out does not count: that is why they are left out.
    """
    if not needs_consent(conn, workspace_id):
        return None
    lacking = known = 0
    for condition in conditions(conn, workspace_id, audience, now):
        people = sa.select(sa.func.count()).select_from(contact).where(condition)
        known += conn.execute(people).scalar_one() if audience.kind is AudienceKind.PHONES else 0
        lacking += conn.execute(people.where(contact.c.opted_out_at.is_(None), sa.not_(is_consented()))).scalar_one()
    if audience.kind is AudienceKind.PHONES:
        # Phones of a pasted list that are no contact yet become one at the start, and say nothing of consent.
        lacking += len(set(audience.values)) - known
    return lacking
