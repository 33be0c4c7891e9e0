"""Who was written to lately, by number and by portfolio: what Meta's limits count. And the past that forecasts need."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from db.hot import Hot, HotRow, given
from db.moments import from_ms, to_ms
from db.queries.instances import sent_by_day
from db.rows import select_instances
from db.tables.attempt import COUNTS, attempt
from db.tables.campaign import campaign
from db.tables.counts import attempt_count
from db.tables.instance import instance
from db.tables.recipient import recipient
from desktop.domain.ids import ContactId, InstanceId, WorkspaceId
from desktop.domain.summaries import NumberHistory
from desktop.engine.ports import WrittenTo

_DAY = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)
_MINUTE_MS = 60_000

_written = (
    sa.select(recipient.c.contact_id, attempt.c.started_at)
    .select_from(attempt)
    .outerjoin(recipient, recipient.c.id == attempt.c.recipient_id)
    .where(attempt.c.started_at >= given("moment", type_=sa.BigInteger), COUNTS)
    .order_by(attempt.c.started_at)
)

WRITTEN_BY = Hot(_written.where(attempt.c.instance_id == given("of_instance")))

# A removed number has used the limit up just as much.
WRITTEN_BY_PORTFOLIO = Hot(
    _written.where(
        attempt.c.instance_id.in_(
            sa.select(instance.c.id).where(
                instance.c.workspace_id == given("of_workspace"), instance.c.portfolio_id == given("of_portfolio")
            )
        )
    )
)


# By the person: few attempts each, while a number may have made thousands within the gap.
WRITTEN_TO_PERSON = Hot(
    sa.select(attempt.c.instance_id, attempt.c.started_at)
    .join(recipient, recipient.c.id == attempt.c.recipient_id)
    .join(campaign, campaign.c.id == recipient.c.campaign_id)
    .where(
        recipient.c.contact_id == given("of_contact"),
        campaign.c.workspace_id == given("of_workspace"),
        attempt.c.started_at >= given("moment", type_=sa.BigInteger),
        COUNTS,
    )
    .order_by(attempt.c.started_at)
)


# Of attempts before the newest campaigns nothing is learned for the next one.
_CAMPAIGNS = 50


def histories(
    conn: sa.Connection, workspace_id: WorkspaceId, since: datetime, now: datetime
) -> dict[InstanceId, NumberHistory]:
    """Return what a forecast needs to know of the past of each number; `since`: how far back its days go."""
    numbers, used = select_instances(conn, workspace_id), dict[str, tuple[tuple[datetime, datetime, int], ...]]()
    outcomes = _outcomes(conn, workspace_id)
    for number in numbers:
        name = number.portfolio_id
        if name is not None and name not in used:
            used[name] = _portfolio_recent(conn, workspace_id, name, now - _DAY, now)
    return {
        number.id: NumberHistory(
            () if number.warmup == "off" else tuple(sent_by_day(conn, number.id, number.timezone, since)),
            tuple(outcomes.get(number.id, ())),
            sum(n for _since, _until, n in used.get(number.portfolio_id or "", ())),
            used.get(number.portfolio_id or "", ()),
        )
        for number in numbers
    }


def _outcomes(conn: sa.Connection, workspace_id: WorkspaceId) -> dict[int, list[tuple[str, str, int]]]:
    newest = (
        sa.select(campaign.c.id)
        .where(campaign.c.workspace_id == workspace_id)
        .order_by(campaign.c.id.desc())
        .limit(_CAMPAIGNS)
    )
    each = (attempt_count.c.instance_id, attempt_count.c.outcome, attempt_count.c.error_class)
    query = (
        sa.select(*each, sa.func.sum(attempt_count.c.n))
        .where(attempt_count.c.campaign_id.in_(newest))
        .group_by(*each)
        .order_by(*each)
    )
    found: dict[int, list[tuple[str, str, int]]] = {}
    for instance_id, outcome, error_class, n in conn.execute(query):
        found.setdefault(instance_id, []).append((outcome, error_class, int(n)))
    return found


def _portfolio_recent(
    conn: sa.Connection, workspace_id: WorkspaceId, portfolio_id: str, since: datetime, now: datetime
) -> tuple[tuple[datetime, datetime, int], ...]:
    """Return how many people were written to last in which minute, ascending."""
    members = sa.select(instance.c.id).where(
        instance.c.workspace_id == workspace_id, instance.c.portfolio_id == portfolio_id
    )
    # Somebody who was erased since counts as one person a message.
    person = sa.func.coalesce(recipient.c.contact_id, -attempt.c.id)
    last = (
        sa.select(sa.type_coerce(sa.func.max(attempt.c.started_at), sa.BigInteger).label("at"))
        .select_from(attempt)
        .outerjoin(recipient, recipient.c.id == attempt.c.recipient_id)
        .where(attempt.c.instance_id.in_(members), attempt.c.started_at > since, COUNTS)
        .group_by(person)
        .subquery()
    )
    # Integer division, spelled out: both databases cut off.
    minute = sa.literal_column(f"at / {_MINUTE_MS} * {_MINUTE_MS}", sa.BigInteger).label("minute")
    query = sa.select(minute, sa.func.count()).select_from(last).group_by(minute).order_by(minute)
    rows = [(from_ms(start_ms), int(n)) for start_ms, n in conn.execute(query)]
    return tuple((start, min(start + _MINUTE, max(start, now)), n) for start, n in rows)


def written_by(conn: sa.Connection, instance_id: InstanceId, since: datetime) -> list[WrittenTo]:
    return _written_to(WRITTEN_BY.all(conn, {"of_instance": instance_id, "moment": to_ms(since)}))


def written_by_portfolio(
    conn: sa.Connection, workspace_id: WorkspaceId, portfolio_id: str, since: datetime
) -> list[WrittenTo]:
    key: dict[str, object] = {"of_workspace": workspace_id, "of_portfolio": portfolio_id, "moment": to_ms(since)}
    return _written_to(WRITTEN_BY_PORTFOLIO.all(conn, key))


def written_to_person(
    conn: sa.Connection, workspace_id: WorkspaceId, contact_id: ContactId, since: datetime
) -> list[tuple[InstanceId, datetime]]:
    key: dict[str, object] = {"of_workspace": workspace_id, "of_contact": contact_id, "moment": to_ms(since)}
    return [(InstanceId(number), from_ms(at)) for number, at in WRITTEN_TO_PERSON.all(conn, key)]


def _written_to(rows: list[HotRow]) -> list[WrittenTo]:
    return [WrittenTo(None if contact is None else ContactId(contact), from_ms(at)) for contact, at in rows]
