"""Progress of a campaign from its counters, within a transaction."""

from collections.abc import Iterable

import sqlalchemy as sa

from db.hot import Hot, given
from db.tables.counts import ALL_INSTANCES, REPLIED, campaign_count
from db.tables.metadata import literals
from desktop.domain.ids import CampaignId
from desktop.domain.recipient import FINAL_FOR_SENDING, RecipientStatus

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
    return _share(*_counts(conn, campaign_id))


class Shares:
    """Progress of campaigns while many of their recipients are moved by one statement: as after each of them."""

    def __init__(self, conn: sa.Connection, campaign_ids: Iterable[CampaignId]) -> None:
        """Read the counters; to be called before the recipients are moved."""
        self._counts = {each: list(_counts(conn, each)) for each in campaign_ids}

    def after(self, campaign_id: CampaignId, current: RecipientStatus, target: RecipientStatus) -> float:
        """Return the share 0-1 whose sending has ended, once one more recipient went from `current` to `target`."""
        counts = self._counts[campaign_id]
        counts[1] += (target in FINAL_FOR_SENDING) - (current in FINAL_FOR_SENDING)
        return _share(*counts)


def _counts(conn: sa.Connection, campaign_id: CampaignId) -> tuple[int, int]:
    row = _COUNTS.one(conn, {"of_campaign": campaign_id})
    return (row[0] or 0, row[1] or 0) if row else (0, 0)


def _share(total: int, ended: int) -> float:
    return round(ended / total, 6) if total else 0.0
