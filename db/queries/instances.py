"""The instance health panel: what each number did today, in its own time zone."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from db.moments import from_ms, to_ms
from db.rows import select_instances
from db.tables.attempt import COUNTS, AttemptOutcome, attempt
from db.tables.campaign import campaign, campaign_instance
from db.tables.counts import COARSE_TICK_S, campaign_tick
from db.tables.metadata import literal
from db.tables.trial_message import TRIAL_COUNTS, trial_message
from desktop.domain.campaign import CampaignStatus
from desktop.domain.error_class import ErrorClass
from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.instance import Instance
from desktop.domain.summaries import InstanceSummary

# Rejections that say nothing about the instance: one bad contact or template is not an error of the number.
_NOT_THE_INSTANCE = [
    ErrorClass.RECIPIENT_PERMANENT.value,
    ErrorClass.RECIPIENT_LATER.value,
    ErrorClass.TEMPLATE_FAULT.value,
    ErrorClass.MEDIA_FAULT.value,
    ErrorClass.NEEDS_TEMPLATE.value,
]
_ERRORS = [AttemptOutcome.REJECTED, AttemptOutcome.NOT_SENT, AttemptOutcome.UNKNOWN]
# Nobody reads a longer streak, and counting stays bounded.
_LONGEST_STREAK = 1_000
# All time zones are whole quarters of an hour from UTC, so that these can be put together to local days.
_QUARTER_MS = 15 * 60 * 1000


def summaries(conn: sa.Connection, workspace_id: WorkspaceId, now: datetime) -> list[InstanceSummary]:
    """Return all instances in the order they were added."""
    running = _running_campaigns(conn)
    return [
        _summary(conn, instance, now, running.get(instance.id, 0)) for instance in select_instances(conn, workspace_id)
    ]


def midnight(now: datetime, timezone: str) -> datetime:
    """Return when the present day began in a time zone."""
    local = now.astimezone(ZoneInfo(timezone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def sent_by_day(conn: sa.Connection, instance_id: InstanceId, timezone: str, since: datetime) -> list[tuple[date, int]]:
    """Return how many messages left, or may have left, on each local day that had any, ascending."""
    zone, days = ZoneInfo(timezone), Counter[date]()
    for quarter, n in conn.execute(_quarters(instance_id, since)):
        days[from_ms(quarter * _QUARTER_MS).astimezone(zone).date()] += n
    return sorted(days.items())


def _quarters(instance_id: InstanceId, since: datetime) -> sa.Select[int, int]:
    quarter = (sa.type_coerce(attempt.c.started_at, sa.BigInteger) // _QUARTER_MS).label("quarter")
    return (
        sa.select(quarter, sa.func.count())
        .where(attempt.c.instance_id == instance_id, attempt.c.started_at >= since, COUNTS)
        .group_by("quarter")  # by its name: PostgreSQL would not know the expression again
    )


def _summary(conn: sa.Connection, instance: Instance, now: datetime, running: int) -> InstanceSummary:
    today = _today(conn, instance.id, int(midnight(now, instance.timezone).timestamp()))
    last_success = _last(conn, instance.id, AttemptOutcome.ACCEPTED)
    streak, last_error_at, last_error = _errors(conn, instance.id, last_success)
    return InstanceSummary(
        instance=instance,
        # A test of an operator is no result of a campaign, but it counts against the limits that are shown with these.
        sent_today=today.get("sent", 0) + _trials_since(conn, instance.id, midnight(now, instance.timezone)),
        delivered_today=today.get("delivered", 0),
        read_today=today.get("read", 0),
        failed_today=today.get("failed", 0),
        sent_last_hour=_lately(conn, instance.id, now - timedelta(hours=1)),
        sent_last_minute=_lately(conn, instance.id, now - timedelta(minutes=1)),
        consecutive_errors=streak,
        last_success_at=last_success,
        last_error_at=last_error_at,
        last_error=last_error,
        last_sent_at=last_success,
        running_campaigns=running,
    )


def _running_campaigns(conn: sa.Connection) -> dict[int, int]:
    query = (
        sa.select(campaign_instance.c.instance_id, sa.func.count())
        .join(campaign, campaign.c.id == campaign_instance.c.campaign_id)
        .where(campaign.c.status == CampaignStatus.RUNNING.value, campaign.c.deleted_at.is_(None))
        .group_by(campaign_instance.c.instance_id)
    )
    return dict(conn.execute(query).all())


def _today(conn: sa.Connection, instance_id: InstanceId, since_s: int) -> dict[str, int]:
    query = (
        sa.select(campaign_tick.c.kind, sa.func.sum(campaign_tick.c.n))
        .where(
            campaign_tick.c.instance_id == instance_id,
            campaign_tick.c.width_s == COARSE_TICK_S,
            campaign_tick.c.tick_s >= since_s,
        )
        .group_by(campaign_tick.c.kind)
    )
    return {kind: int(n) for kind, n in conn.execute(query)}


def _lately(conn: sa.Connection, instance_id: InstanceId, since: datetime) -> int:
    return _accepted_since(conn, instance_id, since) + _trials_since(conn, instance_id, since)


def _accepted_since(conn: sa.Connection, instance_id: InstanceId, since: datetime) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(attempt)
        .where(
            attempt.c.instance_id == instance_id,
            attempt.c.outcome == literal(AttemptOutcome.ACCEPTED),
            attempt.c.started_at >= since,
        )
    )
    return conn.execute(query).scalar_one()


def _trials_since(conn: sa.Connection, instance_id: InstanceId, since: datetime) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(trial_message)
        .where(trial_message.c.instance_id == instance_id, trial_message.c.started_at >= since, TRIAL_COUNTS)
    )
    return conn.execute(query).scalar_one()


def _last(conn: sa.Connection, instance_id: InstanceId, outcome: AttemptOutcome) -> datetime | None:
    query = sa.select(sa.func.max(attempt.c.started_at, type_=attempt.c.started_at.type)).where(
        attempt.c.instance_id == instance_id, attempt.c.outcome == literal(outcome)
    )
    return conn.execute(query).scalar()


def _errors(
    conn: sa.Connection, instance_id: InstanceId, last_success: datetime | None
) -> tuple[int, datetime | None, str | None]:
    """Return how many errors of the instance followed its last success, and when and what the last error was."""
    streak = 0
    newest: Any = None
    for outcome in _ERRORS:
        query = (
            sa.select(attempt.c.started_at, attempt.c.code)
            .where(
                attempt.c.instance_id == instance_id,
                attempt.c.outcome == literal(outcome),
                sa.or_(attempt.c.error_class.is_(None), attempt.c.error_class.not_in(_NOT_THE_INSTANCE)),
            )
            .order_by(attempt.c.started_at.desc())
        )
        last = conn.execute(query.limit(1)).first()
        if last is not None and (newest is None or last.started_at > newest.started_at):
            newest = last
        since = 0 if last_success is None else to_ms(last_success)
        later = query.where(sa.type_coerce(attempt.c.started_at, sa.BigInteger) > since).limit(_LONGEST_STREAK)
        streak += conn.execute(sa.select(sa.func.count()).select_from(later.subquery())).scalar_one()
    if newest is None:
        return 0, None, None
    return streak, newest.started_at, newest.code
