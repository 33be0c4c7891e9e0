"""Counts over time for charts, from ticks: never from raw events."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from db.hot import Hot, HotRow, given
from db.tables.counts import COARSE_TICK_S, TICK_S, campaign_tick
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.summaries import ChartSeries

KINDS = ("sent", "delivered", "read", "failed")

_DAY_S = 86_400
# Widths that people read easily; beyond them whole days.
_WIDTHS_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, _DAY_S)

# The last five minutes in which anything was accepted.
_RATE_SPAN_S = 300
# Fewer messages than this are no rate yet: one message in the first second is not sixty a minute.
_RATE_SAMPLE = 10
_LEAST_SPAN_S = 60


# The first and the last tick, each by its own search: asked for together they would be a scan.
_of_campaign = (campaign_tick.c.campaign_id == given("of_campaign"), campaign_tick.c.width_s == TICK_S)
_sent = (*_of_campaign, campaign_tick.c.kind == "sent")
_first, _last = sa.func.min(campaign_tick.c.tick_s), sa.func.max(campaign_tick.c.tick_s)
ENDS = Hot(
    sa.select(
        sa.select(_first).where(*_of_campaign).scalar_subquery(),
        sa.select(_last).where(*_of_campaign).scalar_subquery(),
    )
)
ENDS_OF_SENT = Hot(
    sa.select(sa.select(_first).where(*_sent).scalar_subquery(), sa.select(_last).where(*_sent).scalar_subquery())
)
SENT_SINCE = Hot(
    sa.select(sa.func.sum(campaign_tick.c.n)).where(
        *_sent, campaign_tick.c.tick_s >= given("since_s", type_=sa.BigInteger)
    )
)

EMPTY = ChartSeries(TICK_S, (), dict.fromkeys(KINDS, ()))
"""Of what nothing was ever counted for."""


def campaign_series(conn: sa.Connection, campaign_id: CampaignId, max_buckets: int) -> ChartSeries:
    """Return the counts of a campaign's whole life in at most `max_buckets` buckets."""
    ends = _known(ENDS.one(conn, {"of_campaign": campaign_id}))
    return _series(conn, campaign_tick.c.campaign_id == campaign_id, ends, max_buckets)


def instance_series(conn: sa.Connection, instance_id: InstanceId, since_s: int, max_buckets: int) -> ChartSeries:
    """Return the counts of an instance since a moment (epoch seconds), over all campaigns."""
    where = (campaign_tick.c.instance_id == instance_id) & (campaign_tick.c.tick_s >= since_s)
    return _series(conn, where, _ends(conn, where & (campaign_tick.c.width_s == TICK_S)), max_buckets)


def accepted_per_minute(conn: sa.Connection, campaign_id: CampaignId) -> float:
    """Return how many messages a minute were accepted in the last five minutes of activity."""
    ends = _known(ENDS_OF_SENT.one(conn, {"of_campaign": campaign_id}))
    if ends is None:
        return 0.0
    first, last = ends
    begin = max(first, last + TICK_S - _RATE_SPAN_S)
    summed = SENT_SINCE.one(conn, {"of_campaign": campaign_id, "since_s": begin})
    messages = int(summed[0]) if summed else 0
    seconds = last + TICK_S - begin
    if messages < _RATE_SAMPLE:
        seconds = max(seconds, _LEAST_SPAN_S)
    return messages / (seconds / 60)


def bucket_width_s(first_s: int, last_s: int, max_buckets: int) -> int:
    """Return the smallest readable width with which the span from `first_s` to `last_s` fits into the buckets."""
    for width in _WIDTHS_S:
        if last_s // width - first_s // width < max_buckets:
            return width
    days = 1
    while last_s // (days * _DAY_S) - first_s // (days * _DAY_S) >= max_buckets:
        days += 1
    return days * _DAY_S


def _ends(conn: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[int, int] | None:
    first = conn.execute(sa.select(sa.func.min(campaign_tick.c.tick_s)).where(where)).scalar()
    last = conn.execute(sa.select(sa.func.max(campaign_tick.c.tick_s)).where(where)).scalar()
    return _known((first, last))


def _known(ends: HotRow | None) -> tuple[int, int] | None:
    return None if ends is None or ends[0] is None else (ends[0], ends[1])


def _series(
    conn: sa.Connection, where: sa.ColumnElement[bool], ends: tuple[int, int] | None, max_buckets: int
) -> ChartSeries:
    if ends is None:
        return EMPTY
    first, last = ends
    width = bucket_width_s(first, last, max_buckets)
    where &= campaign_tick.c.width_s == (COARSE_TICK_S if width % COARSE_TICK_S == 0 else TICK_S)
    # Integer division, spelled out: both databases cut off.
    bucket = sa.literal_column(f"tick_s / {width} * {width}", sa.BigInteger).label("bucket")
    query = (
        sa.select(bucket, campaign_tick.c.kind, sa.func.sum(campaign_tick.c.n))
        .where(where)
        .group_by(bucket, campaign_tick.c.kind)
    )
    return _filled(conn.execute(query), first // width * width, last // width * width, width)


def _filled(rows: Iterable[Any], first: int, last: int, width: int) -> ChartSeries:
    """Return the series with its empty buckets."""
    starts = tuple(range(first, last + width, width))
    counts = {kind: [0] * len(starts) for kind in KINDS}
    for start, kind, n in rows:
        counts[kind][(start - first) // width] = int(n)
    return ChartSeries(width, starts, {kind: tuple(values) for kind, values in counts.items()})
