"""Answers about campaigns, instances and the workspace, from kept figures and ticks: never from a million rows.

Times of day are in one zone: quarters of an hour are counted by the database and put into hours and days here, because
only Python knows when a zone changes its clocks.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from db.queries.campaigns import by_instance
from db.rows import counts_of, load_campaign, load_counts
from db.tables.campaign import campaign, variation
from db.tables.counts import (
    ALL_INSTANCES,
    COARSE_TICK_S,
    attempt_count,
    attempt_duration,
    campaign_count,
    campaign_tick,
    variation_count,
)
from db.tables.event import event
from db.tables.instance import instance
from desktop.domain.analysis import (
    CampaignAnalysis,
    DashboardFacts,
    ErrorShare,
    Flow,
    HealthDay,
    InstanceRow,
    RecentCampaign,
    SendTimes,
    Tries,
    VariationRow,
    success_rate,
)
from desktop.domain.campaign import CampaignStatus
from desktop.domain.events import EventType
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId

DAYS = 30
ERRORS, RECENT = 10, 5
_MOST_DAYS = 366

_QUARTER_S = 900

Score = Callable[[int, int], float]


def campaign_analysis(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, zone: str
) -> CampaignAnalysis:
    """Return all answers about a campaign.

    Raises:
        KnownError: `campaign_not_found`.
    """
    load_campaign(conn, workspace_id, campaign_id)
    flows = list(_flows(conn, [campaign_tick.c.campaign_id == campaign_id], zone))
    return CampaignAnalysis(
        counts=load_counts(conn, campaign_id),
        times=send_times(conn, campaign_id),
        errors=_errors(conn, campaign_id),
        tries=_tries(conn, campaign_id),
        variations=_variations(conn, campaign_id),
        instances=_instances(conn, campaign_id),
        hours=_summed(((moment.hour, kind, n) for moment, kind, n in flows), 24),
        weekdays=_summed(((moment.weekday(), kind, n) for moment, kind, n in flows), 7),
        days=_by_day(flows),
        zone=zone,
    )


def send_times(conn: sa.Connection, campaign_id: CampaignId, instance_id: InstanceId | None = None) -> SendTimes | None:
    """Return how long the gateways took to accept a campaign's messages, through one instance or all."""
    query = (
        sa.select(
            attempt_duration.c.bucket_ms,
            sa.func.sum(attempt_duration.c.n),
            sa.func.sum(attempt_duration.c.total_ms),
            sa.func.min(attempt_duration.c.least_ms),
            sa.func.max(attempt_duration.c.most_ms),
        )
        .where(attempt_duration.c.campaign_id == campaign_id)
        .group_by(attempt_duration.c.bucket_ms)
        .order_by(attempt_duration.c.bucket_ms)
    )
    if instance_id is not None:
        query = query.where(attempt_duration.c.instance_id == instance_id)
    rows = conn.execute(query).all()
    if not rows:
        return None
    n, total_ms = sum(int(row[1]) for row in rows), sum(int(row[2]) for row in rows)
    return SendTimes(n, rows[0][3], total_ms / n, _nearest_rank(rows, n, 95), rows[-1][4])


def _nearest_rank(rows: Iterable[Any], n: int, percent: int) -> int:
    """Return the smallest duration that at least so many percent do not exceed."""
    rank, passed = -(-n * percent // 100), 0
    for bucket_ms, count, _total, _least, most_ms in rows:
        passed += int(count)
        if passed >= rank:
            return min(bucket_ms, most_ms)
    raise AssertionError("the last bucket reaches every rank")


def _errors(conn: sa.Connection, campaign_id: CampaignId) -> tuple[ErrorShare, ...]:
    n = sa.func.sum(attempt_count.c.n).label("n")
    query = (
        sa.select(attempt_count.c.code, attempt_count.c.error_class, n)
        .where(attempt_count.c.campaign_id == campaign_id, attempt_count.c.outcome != "accepted")
        .group_by(attempt_count.c.code, attempt_count.c.error_class)
        .having(n > 0)
        .order_by(n.desc(), attempt_count.c.code)
    )
    rows = conn.execute(query).all()
    whole = sum(int(row.n) for row in rows)
    return tuple(ErrorShare(row.code, row.error_class, int(row.n), int(row.n) / whole) for row in rows[:ERRORS])


def _tries(conn: sa.Connection, campaign_id: CampaignId) -> Tries:
    query = (
        sa.select(attempt_count.c.outcome, attempt_count.c.number, sa.func.sum(attempt_count.c.n))
        .where(attempt_count.c.campaign_id == campaign_id)
        .group_by(attempt_count.c.outcome, attempt_count.c.number)
        .order_by(attempt_count.c.number)
    )
    accepted: dict[int, int] = {}
    attempts = 0
    for outcome, number, n in conn.execute(query):
        attempts += int(n)
        if outcome == "accepted" and n:
            accepted[number] = int(n)
    return Tries(attempts, accepted, attempts - sum(accepted.values()))


def _variations(conn: sa.Connection, campaign_id: CampaignId) -> tuple[VariationRow, ...]:
    counted: dict[int, Counter[str]] = {}
    figures = sa.select(variation_count.c.variation_id, variation_count.c.kind, variation_count.c.n).where(
        variation_count.c.campaign_id == campaign_id
    )
    for variation_id, kind, n in conn.execute(figures):
        counted.setdefault(variation_id, Counter())[kind] = int(n)
    query = sa.select(variation).where(variation.c.campaign_id == campaign_id).order_by(variation.c.position)
    return tuple(
        VariationRow(
            position=position,
            text=row.text,
            weight=row.weight,
            **{
                kind: counted.get(row.id, Counter())[kind]
                for kind in ("sent", "delivered", "read", "replied", "failed")
            },
        )
        for position, row in enumerate(conn.execute(query), 1)
    )


def _instances(conn: sa.Connection, campaign_id: CampaignId) -> tuple[InstanceRow, ...]:
    query = (
        sa.select(instance.c.id, instance.c.name)
        .join(campaign_count, campaign_count.c.instance_id == instance.c.id)
        .where(campaign_count.c.campaign_id == campaign_id)
        .distinct()
        .order_by(instance.c.id)
    )
    # A removed instance may have had the name of a present one; the present one is the later row.
    ids: Mapping[str, int] = {name: instance_id for instance_id, name in conn.execute(query)}
    return tuple(
        InstanceRow(name, counts, send_times(conn, campaign_id, InstanceId(ids[name])) if name in ids else None)
        for name, counts in by_instance(conn, campaign_id)
    )


def instance_health(
    conn: sa.Connection, instance_id: InstanceId, zone: str, now: datetime, score: Score, days: int = DAYS
) -> tuple[HealthDay, ...]:
    """Return the last local days of an instance, ascending; the last one is today.

    Args:
        score: makes a score of a day's accepted and failed messages.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    first = today - timedelta(days=days - 1)
    where = [campaign_tick.c.instance_id == instance_id, campaign_tick.c.tick_s >= _midnight_s(first, zone)]
    flows = dict(_by_day(list(_flows(conn, where, zone)), first, today))
    # Health issues are rare, and found among the events of their type.
    query = sa.select(event.c.at).where(
        event.c.instance_id == instance_id,
        event.c.type == EventType.HEALTH_ISSUE.value,
        event.c.at >= now - timedelta(days=days + 1),
    )
    issues = Counter(at.astimezone(ZoneInfo(zone)).date() for at in conn.execute(query).scalars())
    return tuple(
        HealthDay(day, flow, score(flow.sent, flow.failed) if flow.sent + flow.failed else None, issues[day])
        for day, flow in flows.items()
    )


def dashboard(conn: sa.Connection, workspace_id: WorkspaceId, zone: str, now: datetime) -> DashboardFacts:
    """Return what the first page shows."""
    mine = (campaign.c.workspace_id == workspace_id, campaign.c.deleted_at.is_(None))
    by_status = dict(
        conn.execute(sa.select(campaign.c.status, sa.func.count()).where(*mine).group_by(campaign.c.status)).all()
    )
    today = now.astimezone(ZoneInfo(zone)).date()
    first = today - timedelta(days=DAYS - 1)
    numbers = sa.select(instance.c.id).where(instance.c.workspace_id == workspace_id)
    where = [campaign_tick.c.instance_id.in_(numbers), campaign_tick.c.tick_s >= _midnight_s(first, zone)]
    return DashboardFacts(
        total=sum(by_status.values()),
        running=by_status.get(CampaignStatus.RUNNING.value, 0),
        completed=by_status.get(CampaignStatus.COMPLETED.value, 0),
        average_success=_average_success(conn, workspace_id),
        days=_by_day(list(_flows(conn, where, zone)), first, today),
        recent=_recent(conn, workspace_id),
    )


def _average_success(conn: sa.Connection, workspace_id: WorkspaceId) -> float | None:
    query = (
        sa.select(campaign_count.c.campaign_id, campaign_count.c.status, campaign_count.c.n)
        .join(campaign, campaign.c.id == campaign_count.c.campaign_id)
        .where(
            campaign.c.workspace_id == workspace_id,
            campaign.c.deleted_at.is_(None),
            campaign_count.c.instance_id == ALL_INSTANCES,
        )
    )
    pairs: dict[int, list[tuple[str, int]]] = {}
    for campaign_id, status, n in conn.execute(query):
        pairs.setdefault(campaign_id, []).append((status, n))
    rates = [rate for each in pairs.values() if (rate := success_rate(counts_of(each))) is not None]
    return sum(rates) / len(rates) if rates else None


def _recent(conn: sa.Connection, workspace_id: WorkspaceId) -> tuple[RecentCampaign, ...]:
    touched = sa.func.coalesce(campaign.c.finished_at, campaign.c.started_at, campaign.c.updated_at)
    query = (
        sa.select(campaign.c.id, campaign.c.name, campaign.c.status, touched.label("touched"))
        .where(campaign.c.workspace_id == workspace_id, campaign.c.deleted_at.is_(None))
        .order_by(touched.desc(), campaign.c.id.desc())
        .limit(RECENT)
    )
    return tuple(
        RecentCampaign(
            CampaignId(row.id), row.name, CampaignStatus(row.status), load_counts(conn, CampaignId(row.id)), row.touched
        )
        for row in conn.execute(query)
    )


# Ticks to local time ---------------------------------------------------------------------------------------------


def _flows(
    conn: sa.Connection, where: Iterable[sa.ColumnElement[bool]], zone: str
) -> Iterator[tuple[datetime, str, int]]:
    """Yield (local beginning, kind, n) of each quarter of an hour in which something happened, ascending."""
    quarter = sa.literal_column(f"tick_s / {_QUARTER_S} * {_QUARTER_S}", sa.BigInteger).label("quarter")
    query = (
        sa.select(quarter, campaign_tick.c.kind, sa.func.sum(campaign_tick.c.n))
        .where(campaign_tick.c.width_s == COARSE_TICK_S, *where)
        .group_by(quarter, campaign_tick.c.kind)
        .order_by(quarter)
    )
    local = ZoneInfo(zone)
    for start_s, kind, n in conn.execute(query):
        yield datetime.fromtimestamp(start_s, UTC).astimezone(local), kind, int(n)


def _summed(parts: Iterable[tuple[int, str, int]], size: int) -> tuple[Flow, ...]:
    counted = [Counter[str]() for _ in range(size)]
    for index, kind, n in parts:
        counted[index][kind] += n
    return tuple(Flow(**each) for each in counted)


def _by_day(
    flows: list[tuple[datetime, str, int]], first: date | None = None, last: date | None = None
) -> tuple[tuple[date, Flow], ...]:
    """Return each day from the first to the last one, also those on which nothing happened."""
    if first is None or last is None:
        if not flows:
            return ()
        first, last = flows[0][0].date(), flows[-1][0].date()
        first = max(first, last - timedelta(days=_MOST_DAYS - 1))
    size = (last - first).days + 1
    known = [(index, kind, n) for moment, kind, n in flows if 0 <= (index := (moment.date() - first).days) < size]
    return tuple((first + timedelta(days=index), flow) for index, flow in enumerate(_summed(known, size)))


def _midnight_s(day: date, zone: str) -> int:
    """Return when a local day begins, in epoch seconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp())
