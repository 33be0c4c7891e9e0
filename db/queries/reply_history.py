"""What was replied to a campaign and to those before it, for forecasts: from counts, ticks, and the newest replies."""

from datetime import datetime

import sqlalchemy as sa

from db.moments import from_ms, to_ms
from db.queries.ownership import owns_campaign
from db.queries.work import replies
from db.tables.campaign import campaign
from db.tables.counts import ALL_INSTANCES, COARSE_TICK_S, REPLIED, campaign_count, campaign_tick
from db.tables.recipient import recipient
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import ReplyHistory

BUCKET_S = 600
# Of campaigns before the newest ones, and of more replies than these, nothing is learned.
_CAMPAIGNS = 50
_LAGS = 500
_CAMPAIGNS_OF_LAGS = 5
_LEFT = (RecipientStatus.SENT.value, RecipientStatus.DELIVERED.value, RecipientStatus.READ.value)


def reply_history(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId | None, since: datetime
) -> ReplyHistory:
    """Return what a forecast needs to know of replies; of a campaign that is not stored (None) only those before it.

    Args:
        since: how far back replies and departures are told one by one.
    """
    others = _others(conn, workspace_id, campaign_id)
    before = _counted(conn, campaign_count.c.campaign_id.in_(others))
    lags_before_s = tuple(lag_s for other in others[:_CAMPAIGNS_OF_LAGS] for lag_s in _lags_s(conn, other))
    if campaign_id is None or not owns_campaign(conn, workspace_id, campaign_id):
        return ReplyHistory(before, lags_before_s=lags_before_s)
    left, replied = _counted(conn, campaign_count.c.campaign_id == campaign_id)
    return ReplyHistory(
        before,
        tuple(_sent(conn, campaign_id, since)),
        left,
        replied,
        tuple(replies(conn, campaign_id, since)),
        tuple(_lags_s(conn, campaign_id)),
        lags_before_s,
        BUCKET_S,
    )


def _others(conn: sa.Connection, workspace_id: WorkspaceId, but: CampaignId | None) -> list[int]:
    """Return the newest campaigns, newest first, without one."""
    query = (
        sa.select(campaign.c.id)
        .where(campaign.c.workspace_id == workspace_id, campaign.c.id != (but or 0))
        .order_by(campaign.c.id.desc())
        .limit(_CAMPAIGNS)
    )
    return list(conn.execute(query).scalars())


def _counted(conn: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[int, int]:
    query = (
        sa.select(campaign_count.c.status, sa.func.sum(campaign_count.c.n))
        .where(where, campaign_count.c.instance_id == ALL_INSTANCES)
        .group_by(campaign_count.c.status)
    )
    found = {status: int(n) for status, n in conn.execute(query)}
    return sum(found.get(status, 0) for status in _LEFT), found.get(REPLIED, 0)


def _sent(conn: sa.Connection, campaign_id: CampaignId, since: datetime) -> list[tuple[datetime, int]]:
    # Integer division, spelled out: both databases cut off.
    bucket = sa.literal_column(f"tick_s / {BUCKET_S} * {BUCKET_S}", sa.BigInteger).label("bucket")
    query = (
        sa.select(bucket, sa.func.sum(campaign_tick.c.n))
        .where(
            campaign_tick.c.campaign_id == campaign_id,
            campaign_tick.c.width_s == COARSE_TICK_S,
            campaign_tick.c.tick_s >= to_ms(since) // 1000,
            campaign_tick.c.kind == "sent",
        )
        .group_by(bucket)
        .order_by(bucket)
    )
    return [(from_ms(start_s * 1000), int(n)) for start_s, n in conn.execute(query)]


def _lags_s(conn: sa.Connection, campaign_id: int) -> list[float]:
    query = (
        sa.select(recipient.c.replied_at, recipient.c.sent_at)
        .where(
            recipient.c.campaign_id == campaign_id,
            recipient.c.replied_at.is_not(None),
            recipient.c.sent_at.is_not(None),
        )
        .order_by(recipient.c.replied_at.desc())
        .limit(_LAGS)
    )
    return [max(0.0, (replied_at - sent_at).total_seconds()) for replied_at, sent_at in conn.execute(query)]
