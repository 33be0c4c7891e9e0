"""The campaign list and the head of the campaign page."""

from collections.abc import Iterable
from typing import Any, cast

import sqlalchemy as sa

from db.hot import Hot, given
from db.queries.series import accepted_per_minute
from db.rows import campaign_not_found, counts_of, draft_of
from db.tables.campaign import campaign, campaign_instance
from db.tables.counts import ALL_INSTANCES, campaign_count
from db.tables.instance import instance
from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.summaries import CampaignCounts, CampaignSummary

# A page that is looked at asks for its campaign four times a second, beside the sending: these are made once.
_ONE = sa.select(campaign).where(
    campaign.c.workspace_id == sa.bindparam("of_workspace"),
    campaign.c.deleted_at.is_(None),
    campaign.c.id == sa.bindparam("of_campaign"),
)
COUNTS = Hot(
    sa.select(campaign_count.c.status, campaign_count.c.n).where(
        campaign_count.c.campaign_id == given("of_campaign"), campaign_count.c.instance_id == ALL_INSTANCES
    )
)
INSTANCES = Hot(
    sa.select(instance.c.id, instance.c.name)
    .join(campaign_instance, campaign_instance.c.instance_id == instance.c.id)
    .where(campaign_instance.c.campaign_id == given("of_campaign"))
    .order_by(campaign_instance.c.position)
)
COUNTS_OF_INSTANCES = Hot(
    sa.select(campaign_count.c.instance_id, instance.c.name, campaign_count.c.status, campaign_count.c.n)
    .join(instance, instance.c.id == campaign_count.c.instance_id)
    .where(campaign_count.c.campaign_id == given("of_campaign"))
    .order_by(campaign_count.c.instance_id)
)


def summaries(conn: sa.Connection, workspace_id: WorkspaceId) -> list[CampaignSummary]:
    """Return all campaigns, newest first."""
    return _summaries(conn, workspace_id, sa.true())


def running(conn: sa.Connection, workspace_id: WorkspaceId) -> list[CampaignSummary]:
    """Return the campaigns that run, newest first."""
    return _summaries(conn, workspace_id, campaign.c.status == CampaignStatus.RUNNING.value)


def summary(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> CampaignSummary:
    """Return one campaign.

    Raises:
        KnownError: `campaign_not_found`.
    """
    row = conn.execute(_ONE, {"of_workspace": workspace_id, "of_campaign": campaign_id}).one_or_none()
    if row is None:
        raise campaign_not_found(campaign_id)
    of_campaign = {"of_campaign": campaign_id}
    names = tuple(name for _id, name in INSTANCES.all(conn, of_campaign))
    pairs = cast("Iterable[tuple[str, int]]", COUNTS.all(conn, of_campaign))
    return _summary(conn, row, pairs, names)


def by_instance(conn: sa.Connection, campaign_id: CampaignId) -> list[tuple[str, CampaignCounts]]:
    """Return the counts of each instance of a campaign, in rotation order, then of those it no longer uses."""
    of_campaign = {"of_campaign": campaign_id}
    names = dict(cast("Iterable[tuple[int, str]]", INSTANCES.all(conn, of_campaign)))
    pairs: dict[int, list[tuple[str, int]]] = {}
    for instance_id, name, status, n in COUNTS_OF_INSTANCES.all(conn, of_campaign):
        names.setdefault(instance_id, name)
        pairs.setdefault(instance_id, []).append((status, n))
    return [(name, counts_of(pairs.get(instance_id, []))) for instance_id, name in names.items()]


def _summaries(conn: sa.Connection, workspace_id: WorkspaceId, where: sa.ColumnElement[bool]) -> list[CampaignSummary]:
    query = (
        sa.select(campaign)
        .where(campaign.c.workspace_id == workspace_id, campaign.c.deleted_at.is_(None), where)
        .order_by(campaign.c.id.desc())
    )
    rows = conn.execute(query).all()
    campaign_ids = [row.id for row in rows]
    counts = _counts(conn, campaign_ids)
    names = _instance_names(conn, campaign_ids)
    return [_summary(conn, row, counts.get(row.id, []), names.get(row.id)) for row in rows]


def _counts(conn: sa.Connection, campaign_ids: list[int]) -> dict[int, list[tuple[str, int]]]:
    query = sa.select(campaign_count.c.campaign_id, campaign_count.c.status, campaign_count.c.n).where(
        campaign_count.c.campaign_id.in_(campaign_ids), campaign_count.c.instance_id == ALL_INSTANCES
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for campaign_id, status, n in conn.execute(query):
        found.setdefault(campaign_id, []).append((status, n))
    return found


def _instance_names(conn: sa.Connection, campaign_ids: list[int]) -> dict[int, tuple[str, ...]]:
    query = (
        sa.select(campaign_instance.c.campaign_id, instance.c.name)
        .join(instance, instance.c.id == campaign_instance.c.instance_id)
        .where(campaign_instance.c.campaign_id.in_(campaign_ids))
        .order_by(campaign_instance.c.campaign_id, campaign_instance.c.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for campaign_id, name in conn.execute(query):
        found[campaign_id] = (*found.get(campaign_id, ()), name)
    return found


def _summary(
    conn: sa.Connection, row: Any, pairs: Iterable[tuple[str, int]], names: tuple[str, ...] | None
) -> CampaignSummary:
    draft = draft_of(row)
    return CampaignSummary(
        id=CampaignId(row.id),
        name=row.name,
        status=CampaignStatus(row.status),
        reason=row.reason,
        counts=counts_of(pairs),
        created_at=row.created_at,
        updated_at=row.updated_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        schedule_at=row.schedule_at,
        per_minute=accepted_per_minute(conn, CampaignId(row.id)) if row.started_at else 0.0,
        draft=draft,
        # A draft names its instances; a started campaign has them.
        instance_names=names or draft.instances,
    )
