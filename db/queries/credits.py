"""Credits: the budget, and what has been spent, by month, by campaign, and by market of an audience.

All sums come from `spend`, which triggers keep; nothing here reads attempts.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from db.hot import Hot, given
from db.moments import document
from db.queries import audience as audiences
from db.tables.contact import contact
from db.tables.counts import spend
from db.tables.instance import instance
from db.tables.setting import setting
from desktop.domain.budget import (
    Budget,
    CategorySpent,
    MonthSpent,
    Spent,
    budget_of,
    month_of,
    months_before,
    next_month,
)
from desktop.domain.campaign import Audience
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.engine.ports import Credits

KEY = "budget"
"""Of the setting that holds the budget."""

PREFIX = 4
"""Signs of a phone that tell its calling code: the plus and at most three digits."""

_BUDGET = Hot(
    sa.select(setting.c.value).where(
        setting.c.workspace_id == given("of_workspace"), setting.c.key == sa.literal_column(f"'{KEY}'")
    )
)
_SUMS = tuple(
    sa.func.coalesce(sa.func.sum(column), 0)
    for column in (spend.c.n, spend.c.micros, spend.c.told, spend.c.told_micros, spend.c.told_estimate)
)


def budget(conn: sa.Connection, workspace_id: WorkspaceId) -> Budget | None:
    """Return the budget; None when none was set."""
    row = _BUDGET.one(conn, {"of_workspace": workspace_id})
    return budget_of(document(row[0])) if row else None


def of_month(conn: sa.Connection, workspace_id: WorkspaceId, now: datetime) -> Credits:
    """Return the budget and what its present month has spent; nothing is added up where nothing is limited."""
    found = budget(conn, workspace_id) or Budget()
    if not found.is_limited:
        return Credits(found, Spent())
    return Credits(found, spent(conn, workspace_id, *month_of(now, found.timezone)))


def spent(conn: sa.Connection, workspace_id: WorkspaceId, begin: datetime, end: datetime) -> Spent:
    """Return what left in `[begin, end)`, both on a quarter of an hour."""
    query = sa.select(*_SUMS).where(
        _of_workspace(workspace_id),
        spend.c.quarter_s >= int(begin.timestamp()),
        spend.c.quarter_s < int(end.timestamp()),
    )
    return _spent(conn.execute(query).one()[:])


def by_month(conn: sa.Connection, workspace_id: WorkspaceId, now: datetime, n: int) -> tuple[MonthSpent, ...]:
    """Return the last `n` calendar months of the budget's zone, ascending, the present one last."""
    zone = ZoneInfo((budget(conn, workspace_id) or Budget()).timezone)
    this = now.astimezone(zone).date().replace(day=1)
    firsts = [months_before(this, back) for back in reversed(range(n))]

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time.min, tzinfo=zone)

    return tuple(
        MonthSpent(first, spent(conn, workspace_id, midnight(first), midnight(next_month(first)))) for first in firsts
    )


def of_campaign(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> tuple[CategorySpent, ...]:
    """Return what a campaign has cost, by category and market, the dearest first."""
    query = (
        sa.select(spend.c.category, spend.c.market, *_SUMS)
        .where(_of_workspace(workspace_id), spend.c.campaign_id == campaign_id)
        .group_by(spend.c.category, spend.c.market)
    )
    found = [tuple[Any, ...](row) for row in conn.execute(query)]
    rows = [CategorySpent(row[0], row[1], _spent(row[2:])) for row in found]
    rows = [row for row in rows if row.spent.messages]
    return tuple(sorted(rows, key=lambda row: (-row.spent.best_micros, -row.spent.messages, row.category, row.market)))


def phone_prefixes(conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, now: datetime) -> dict[str, int]:
    """Return how many people of an audience who may be sent to have phones that begin with the same `PREFIX` signs."""
    found: Counter[str] = Counter()
    prefix = sa.func.substr(contact.c.phone, 1, PREFIX)
    for condition in audiences.conditions(conn, workspace_id, audience, now):
        query = sa.select(prefix, sa.func.count()).where(condition, contact.c.opted_out_at.is_(None)).group_by(prefix)
        for each, n in conn.execute(query):
            found[each] += n
    return dict(found)


def _of_workspace(workspace_id: WorkspaceId) -> sa.ColumnElement[bool]:
    return spend.c.instance_id.in_(sa.select(instance.c.id).where(instance.c.workspace_id == workspace_id))


def _spent(row: Sequence[Any]) -> Spent:
    return Spent(*(int(value) for value in row))
