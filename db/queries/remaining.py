"""Who is still to be written to: in which time zones they live, and when the last retry is due. For forecasts."""

from collections import Counter
from datetime import datetime

import sqlalchemy as sa

from db.moments import moment_or_none
from db.queries import audience as audiences
from db.tables.contact import contact
from db.tables.metadata import literal
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.place import zone_in
from desktop.domain.recipient import RecipientStatus

# Enough for Brazil's area codes (+5511) and those of North America (+1212).
AREA = 5


def last_retry_at(conn: sa.Connection, campaign_id: CampaignId) -> datetime | None:
    """Return when the last of those is due who are tried again; None when nobody is."""
    query = sa.select(sa.func.max(recipient.c.next_attempt_at)).where(
        recipient.c.campaign_id == campaign_id, recipient.c.status == literal(RecipientStatus.RETRYING)
    )
    found = conn.execute(query).scalar()
    return moment_or_none(found) if isinstance(found, int) else found


def zones(conn: sa.Connection, campaign_id: CampaignId) -> list[tuple[str, int]]:
    """Return the time zones of those who wait to be written to, and how many live in each; "" where none is known."""
    query = (
        sa.select(recipient.c.zone, sa.func.count())
        .where(recipient.c.campaign_id == campaign_id, recipient.c.status == literal(RecipientStatus.PENDING))
        .group_by(recipient.c.zone)
    )
    found: Counter[str] = Counter()
    for place, n in conn.execute(query):
        found[zone_in(place)] += int(n)
    return sorted(found.items())


def areas(conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, now: datetime) -> dict[str, int]:
    """Return how many people of an audience who may be sent to have phones that begin with the same `AREA` signs."""
    found: Counter[str] = Counter()
    area = sa.func.substr(contact.c.phone, 1, AREA)
    for condition in audiences.conditions(conn, workspace_id, audience, now):
        query = sa.select(area, sa.func.count()).where(condition, contact.c.opted_out_at.is_(None)).group_by(area)
        for each, n in conn.execute(query):
            found[each] += n
    return dict(found)
