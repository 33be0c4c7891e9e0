"""Progress of a campaign from its counters, within a transaction."""

import sqlalchemy as sa

from db.hot import Hot
from db.tables.counts import ALL_INSTANCES, REPLIED, campaign_count
from desktop.domain.ids import CampaignId
from desktop.domain.recipient import FINAL_FOR_SENDING

_COUNTS = Hot(
    sa.select(campaign_count.c.status, campaign_count.c.n).where(
        campaign_count.c.campaign_id == sa.bindparam("of_campaign"),
        campaign_count.c.instance_id == sa.literal_column(str(ALL_INSTANCES)),
    )
)


def of(conn: sa.Connection, campaign_id: CampaignId) -> float:
    """Return the share 0-1 of the campaign's recipients whose sending has ended."""
    total = done = 0
    for status, n in _COUNTS.all(conn, {"of_campaign": campaign_id}):
        if status != REPLIED:
            total += n
            if status in FINAL_FOR_SENDING:
                done += n
    return round(done / total, 6) if total else 0.0
