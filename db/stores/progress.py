"""Progress of a campaign from its counters, within a transaction."""

import sqlalchemy as sa

from db.hot import Hot, given
from db.tables.counts import ALL_INSTANCES, REPLIED, campaign_count
from db.tables.metadata import literals
from desktop.domain.ids import CampaignId
from desktop.domain.recipient import FINAL_FOR_SENDING

_ENDED = sa.case(
    (campaign_count.c.status.in_(literals(*sorted(FINAL_FOR_SENDING))), campaign_count.c.n),
    else_=sa.literal_column("0", sa.Integer),
)

# One row, added up by the database.
_COUNTS = Hot(
    sa.select(sa.func.sum(campaign_count.c.n), sa.func.sum(_ENDED)).where(
        campaign_count.c.campaign_id == given("of_campaign"),
        campaign_count.c.instance_id == sa.literal_column(str(ALL_INSTANCES)),
        campaign_count.c.status != sa.literal_column(f"'{REPLIED}'"),
    )
)


def of(conn: sa.Connection, campaign_id: CampaignId) -> float:
    """Return the share 0-1 of the campaign's recipients whose sending has ended."""
    row = _COUNTS.one(conn, {"of_campaign": campaign_id})
    total, ended = row if row else (0, 0)
    return round(ended / total, 6) if total else 0.0
