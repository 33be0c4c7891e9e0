"""Prove that what is derived equals the rows, and that no row contradicts itself. Reads everything: for `doctor`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db import chain
from db.tables.attempt import COUNTS, AttemptOutcome, attempt
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.counts import (
    ALL_INSTANCES,
    COARSE_TICK_S,
    QUARTER_S,
    REPLIED,
    TICK_S,
    attempt_count,
    campaign_count,
    campaign_tick,
    spend,
    variation_count,
)
from db.tables.event import event, event_anchor
from db.tables.recipient import recipient
from desktop.domain.events import EventType
from desktop.domain.outcome import ErrorClass
from desktop.domain.recipient import Reason, RecipientStatus

_R = RecipientStatus
_LEFT = [_R.SENT.value, _R.DELIVERED.value, _R.READ.value]
_COUNTED = {
    EventType.MESSAGE_SENT.value: "sent",
    EventType.MESSAGE_DELIVERED.value: "delivered",
    EventType.MESSAGE_READ.value: "read",
    EventType.MESSAGE_FAILED.value: "failed",
}


@dataclass(frozen=True, slots=True)
class CheckProblem:
    """Something that must not be: `code` is stable, `detail` names the rows."""

    code: str
    detail: str

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


def check(conn: sa.Connection) -> list[CheckProblem]:
    """Return all problems; an empty list is the proof."""
    return [
        *_file(conn),
        *_chain(conn),
        *_counts(conn),
        *_ticks(conn),
        *_figures(conn),
        *_moments_against_events(conn),
        *_rows(conn),
    ]


def _file(conn: sa.Connection) -> list[CheckProblem]:
    """What SQLite itself can say about its file."""
    if conn.dialect.name != "sqlite":
        return []
    damage = [row[0] for row in conn.exec_driver_sql("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    broken = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [CheckProblem("file_damaged", text) for text in damage] + [
        CheckProblem("reference_broken", f"{row[0]} row {row[1]} refers to {row[2]}") for row in broken
    ]


def _chain(conn: sa.Connection) -> list[CheckProblem]:
    """The hashes of the events."""
    report = chain.verify(conn)
    if report.broken_id is None:
        return []
    return [CheckProblem("chain_broken", f"event {report.broken_id} is the first that does not fit ({report.why})")]


def _kept_since(conn: sa.Connection) -> datetime | None:
    """Return the moment after which every event is still there; None when none was ever removed."""
    return conn.execute(sa.select(sa.func.max(event_anchor.c.through_at))).scalar()


def _counts(conn: sa.Connection) -> list[CheckProblem]:
    """The kept counts, of campaigns and of their instances, against the recipients."""
    true: dict[tuple[int, int, str], int] = {}
    for column in (sa.literal(ALL_INSTANCES), recipient.c.instance_id):
        for status, where in (
            (recipient.c.status, sa.true()),
            (sa.literal(REPLIED), recipient.c.replied_at.is_not(None)),
        ):
            key = (recipient.c.campaign_id, column.label("instance_id"), status.label("status"))
            query = sa.select(*key, sa.func.count()).where(where, column.is_not(None)).group_by(*key)
            true |= {(row[0], row[1], row[2]): row[3] for row in conn.execute(query)}
    kept_query = sa.select(
        campaign_count.c.campaign_id, campaign_count.c.instance_id, campaign_count.c.status, campaign_count.c.n
    )
    kept = {(row[0], row[1], row[2]): row[3] for row in conn.execute(kept_query)}
    return [
        CheckProblem(
            "count_wrong", f"campaign {key[0]}, instance {key[1]}, {key[2]}: {kept.get(key, 0)} kept, {n} true"
        )
        for key in sorted(true.keys() | kept.keys())
        if kept.get(key, 0) != (n := true.get(key, 0))
    ]


def _ticks(conn: sa.Connection) -> list[CheckProblem]:
    """The ticks of the charts against the events, as far back as events are kept."""
    since = _kept_since(conn)
    kept_from_s = -(10**12) if since is None else int(since.timestamp()) + 1
    true: dict[tuple[int, int, int, str, int], int] = {}
    for width in (TICK_S, COARSE_TICK_S):
        # Integer division, spelled out: both databases cut off.
        tick = sa.literal_column(f"event.at / {width * 1000} * {width}", sa.BigInteger).label("tick")
        key = (event.c.campaign_id, tick, event.c.type, sa.func.coalesce(event.c.instance_id, 0).label("instance"))
        query = (
            sa.select(*key, sa.func.count())
            .where(event.c.campaign_id.is_not(None), event.c.type.in_(list(_COUNTED)), tick >= kept_from_s)
            .group_by(*key)
        )
        true |= {(row[0], width, row[1], _COUNTED[row[2]], row[3]): row[4] for row in conn.execute(query)}
    columns = (campaign_tick.c.campaign_id, campaign_tick.c.width_s, campaign_tick.c.tick_s, campaign_tick.c.kind)
    kept_query = sa.select(*columns, campaign_tick.c.instance_id, campaign_tick.c.n).where(
        campaign_tick.c.tick_s >= kept_from_s
    )
    kept = {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in conn.execute(kept_query)}
    return [
        CheckProblem("tick_wrong", f"campaign {key[0]}, {key[3]} at {key[2]}: {kept.get(key, 0)} kept, {n} true")
        for key in sorted(true.keys() | kept.keys())
        if kept.get(key, 0) != (n := true.get(key, 0))
    ]


def _figures(conn: sa.Connection) -> list[CheckProblem]:
    """The figures of attempts and of variations against their rows."""
    problems: list[CheckProblem] = []
    attempts = (
        attempt.c.campaign_id,
        attempt.c.instance_id,
        attempt.c.outcome,
        sa.func.coalesce(attempt.c.code, ""),
        sa.func.coalesce(attempt.c.error_class, ""),
        attempt.c.number,
    )
    ended = sa.select(*attempts, sa.func.count()).where(attempt.c.outcome.is_not(None)).group_by(*attempts)
    problems += _compared(conn, "attempt_count_wrong", ended, attempt_count)
    problems += _spend(conn)
    lives = sa.exists().where(campaign.c.id == recipient.c.campaign_id, campaign.c.deleted_at.is_(None))
    moments = {
        "sent": recipient.c.sent_at.is_not(None),
        "delivered": recipient.c.delivered_at.is_not(None),
        "read": recipient.c.read_at.is_not(None),
        "replied": recipient.c.replied_at.is_not(None),
        "failed": recipient.c.status == _R.FAILED.value,
    }
    for kind, where in moments.items():
        told = (
            sa.select(recipient.c.campaign_id, recipient.c.variation_id, sa.literal(kind), sa.func.count())
            .where(recipient.c.variation_id.is_not(None), where, lives)
            .group_by(recipient.c.campaign_id, recipient.c.variation_id)
        )
        living = sa.exists().where(campaign.c.id == variation_count.c.campaign_id, campaign.c.deleted_at.is_(None))
        kept = (variation_count.c.kind == kind) & living
        problems += _compared(conn, "variation_count_wrong", told, variation_count, kept)
    return problems


def _spend(conn: sa.Connection) -> list[CheckProblem]:
    """What messages have cost against their attempts; what left before prices were kept stands under no category."""
    quarter = sa.literal_column(f"attempt.started_at / {QUARTER_S * 1000} * {QUARTER_S}", sa.BigInteger)
    key = (attempt.c.instance_id, quarter, attempt.c.campaign_id, attempt.c.category, attempt.c.market)
    told = sa.case((attempt.c.billed_micros.is_(None), 0), else_=1)
    sums = (
        sa.func.count(),
        sa.func.sum(attempt.c.price_micros),
        sa.func.sum(told),
        sa.func.sum(sa.func.coalesce(attempt.c.billed_micros, 0)),
        sa.func.sum(told * attempt.c.price_micros),
    )
    true = {tuple(row[:5]): tuple(row[5:]) for row in conn.execute(sa.select(*key, *sums).where(COUNTS).group_by(*key))}
    kept = {tuple(row[:5]): tuple(row[5:]) for row in conn.execute(sa.select(*spend.c))}
    nothing = (0, 0, 0, 0, 0)
    return [
        CheckProblem("spend_wrong", f"{key}: {kept.get(key, nothing)} kept, {true.get(key, nothing)} true")
        for key in sorted(true.keys() | kept.keys())
        if kept.get(key, nothing) != true.get(key, nothing)
    ]


def _compared(
    conn: sa.Connection,
    code: str,
    told: sa.Select[*tuple[Any, ...]],
    kept: sa.Table,
    where: sa.ColumnElement[bool] | None = None,
) -> list[CheckProblem]:
    """Hold counts that the rows tell against those that are kept: the key's columns first, the count last."""
    true = {tuple(row[:-1]): row[-1] for row in conn.execute(told)}
    kept_query = sa.select(*kept.c) if where is None else sa.select(*kept.c).where(where)
    found = {tuple(row[:-1]): row[-1] for row in conn.execute(kept_query)}
    return [
        CheckProblem(code, f"{key}: {found.get(key, 0)} kept, {n} true")
        for key in sorted(true.keys() | found.keys())
        if found.get(key, 0) != (n := true.get(key, 0))
    ]


def _moments_against_events(conn: sa.Connection) -> list[CheckProblem]:
    """Each recipient with a time of sending, delivery or reading has exactly one event that says so.

    Whose message left and was not delivered has one more for that, and waits without a time of sending.
    """
    problems: list[CheckProblem] = []
    since = _kept_since(conn)
    for event_type, column in (
        (EventType.MESSAGE_SENT, recipient.c.sent_at),
        (EventType.MESSAGE_DELIVERED, recipient.c.delivered_at),
        (EventType.MESSAGE_READ, recipient.c.read_at),
    ):
        # The type is no condition: SQLite would look through all events of a type for each recipient.
        told = (
            sa.select(sa.func.count(sa.case((event.c.type == event_type.value, 1))))
            .where(event.c.recipient_id == recipient.c.id)
            .correlate(recipient)
            .scalar_subquery()
        )
        due = sa.case((column.is_(None), 0), else_=1)
        if event_type is EventType.MESSAGE_SENT:
            due = due + _undelivered()
        query = sa.select(recipient.c.id, told).where(told != due).limit(20)
        if since is not None:
            query = query.where(sa.or_(column.is_(None), column > since))
        problems += [
            CheckProblem("event_missing", f"recipient {found}: {n} events {event_type.value}")
            for found, n in conn.execute(query)
        ]
    return problems


def _undelivered() -> sa.ScalarSelect[int]:
    """Count a recipient's attempts of which the provider said later that they did not arrive (`db/stores/later.py`)."""
    return (
        sa.select(sa.func.count())
        .where(
            attempt.c.recipient_id == recipient.c.id,
            attempt.c.outcome == AttemptOutcome.ACCEPTED.value,
            attempt.c.error_class == ErrorClass.RECIPIENT_LATER.value,
        )
        .correlate(recipient)
        .scalar_subquery()
    )


def _rows(conn: sa.Connection) -> list[CheckProblem]:
    """Statuses against the other columns, and against attempts."""
    problems: list[CheckProblem] = []
    for code, where in _CONTRADICTIONS:
        query = sa.select(recipient.c.id, recipient.c.status).where(where).order_by(recipient.c.id).limit(20)
        problems += [CheckProblem(code, f"recipient {found} is {status}") for found, status in conn.execute(query)]
    return problems + _open_attempts(conn) + _twice_accepted(conn)


def _open_attempts(conn: sa.Connection) -> list[CheckProblem]:
    """An attempt is under way exactly when its recipient is `sending`, and then it is the only one."""
    under_way = (
        sa.select(sa.func.count())
        .where(attempt.c.recipient_id == recipient.c.id, attempt.c.outcome.is_(None))
        .correlate(recipient)
        .scalar_subquery()
    )
    expected = sa.case((recipient.c.status == _R.SENDING.value, 1), else_=0)
    query = sa.select(recipient.c.id, recipient.c.status, under_way).where(under_way != expected).limit(20)
    return [
        CheckProblem("attempt_open", f"recipient {found} is {status} with {n} attempts under way")
        for found, status, n in conn.execute(query)
    ]


def _twice_accepted(conn: sa.Connection) -> list[CheckProblem]:
    """Nobody was sent to twice; what was not delivered, by the provider's word, is no second time."""
    query = (
        sa.select(attempt.c.recipient_id, sa.func.count())
        .where(
            attempt.c.recipient_id.is_not(None),
            attempt.c.outcome == AttemptOutcome.ACCEPTED.value,
            attempt.c.error_class.is_distinct_from(ErrorClass.RECIPIENT_LATER.value),
        )
        .group_by(attempt.c.recipient_id)
        .having(sa.func.count() > 1)
        .limit(20)
    )
    return [CheckProblem("sent_twice", f"recipient {found}: {n} accepted attempts") for found, n in conn.execute(query)]


_ended = sa.exists().where(
    campaign.c.id == recipient.c.campaign_id,
    campaign.c.status.in_(["completed", "cancelled", "failed"]),
    campaign.c.deleted_at.is_(None),
)
_refused = sa.exists().where(contact.c.id == recipient.c.contact_id, contact.c.opted_out_at.is_not(None))

_CONTRADICTIONS: tuple[tuple[str, sa.ColumnElement[bool]], ...] = (
    ("left_without_moment", recipient.c.status.in_(_LEFT) & recipient.c.sent_at.is_(None)),
    (
        "left_without_message_id",
        recipient.c.status.in_(_LEFT)
        & recipient.c.message_id.is_(None)
        & recipient.c.reason.is_distinct_from(Reason.RESOLVED_BY_OPERATOR.value),
    ),
    ("moment_without_sending", recipient.c.sent_at.is_not(None) & recipient.c.status.not_in([*_LEFT, _R.FAILED.value])),
    (
        "delivered_disagrees",
        (recipient.c.delivered_at.is_not(None)) != recipient.c.status.in_([_R.DELIVERED.value, _R.READ.value]),
    ),
    ("read_disagrees", (recipient.c.read_at.is_not(None)) != (recipient.c.status == _R.READ.value)),
    ("retry_disagrees", (recipient.c.next_attempt_at.is_not(None)) != (recipient.c.status == _R.RETRYING.value)),
    (
        "unexplained",
        recipient.c.status.in_([_R.FAILED.value, _R.SKIPPED.value, _R.IN_DOUBT.value]) & recipient.c.reason.is_(None),
    ),
    ("waits_in_ended_campaign", recipient.c.status.in_([_R.PENDING.value, _R.RETRYING.value]) & _ended),
    (
        "waits_after_opt_out",
        recipient.c.status.in_([_R.PENDING.value, _R.RETRYING.value]) & _refused,
    ),
)
