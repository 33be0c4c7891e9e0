"""Rows as domain values, for reads and writes alike."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from db.draft_document import from_document, frozen_of, media_of
from db.tables.campaign import campaign, campaign_instance, variation
from db.tables.counts import ALL_INSTANCES, campaign_count
from db.tables.instance import instance
from desktop.domain.campaign import Campaign, CampaignStatus, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId, VariationId, WorkspaceId
from desktop.domain.instance import CLOUD_PER_SECOND, ConnectionState, Gateway, Instance, InstanceLimits, read_options
from desktop.domain.summaries import CampaignCounts

if TYPE_CHECKING:
    from desktop.engine.ports import Variation

AnyRow = sa.Row[Any]


def campaign_not_found(campaign_id: CampaignId) -> KnownError:
    return KnownError("campaign_not_found", f"There is no campaign {campaign_id}.", id=campaign_id)


def load_campaign(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> Campaign:
    """Return one campaign that is not deleted.

    Raises:
        KnownError: `campaign_not_found`.
    """
    found = select_campaigns(conn, workspace_id, campaign.c.id == campaign_id)
    if not found:
        raise campaign_not_found(campaign_id)
    return found[0]


def select_campaigns(conn: sa.Connection, workspace_id: WorkspaceId, *where: sa.ColumnElement[bool]) -> list[Campaign]:
    """Return the campaigns that are not deleted and meet `where`, ascending by id."""
    query = (
        sa.select(campaign)
        .where(campaign.c.workspace_id == workspace_id, campaign.c.deleted_at.is_(None), *where)
        .order_by(campaign.c.id)
    )
    rows = conn.execute(query).all()
    instances = _instance_ids(conn, [row.id for row in rows])
    return [_campaign(row, instances.get(row.id, ())) for row in rows]


def _instance_ids(conn: sa.Connection, campaign_ids: list[int]) -> dict[int, tuple[InstanceId, ...]]:
    query = (
        sa.select(campaign_instance.c.campaign_id, campaign_instance.c.instance_id)
        .where(campaign_instance.c.campaign_id.in_(campaign_ids))
        .order_by(campaign_instance.c.campaign_id, campaign_instance.c.position)
    )
    found: dict[int, tuple[InstanceId, ...]] = {}
    for campaign_id, instance_id in conn.execute(query):
        found[campaign_id] = (*found.get(campaign_id, ()), InstanceId(instance_id))
    return found


def _campaign(row: AnyRow, instance_ids: tuple[InstanceId, ...]) -> Campaign:
    return Campaign(
        id=CampaignId(row.id),
        workspace_id=WorkspaceId(row.workspace_id),
        status=CampaignStatus(row.status),
        reason=row.reason,
        draft=draft_of(row),
        created_at=row.created_at,
        updated_at=row.updated_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        instance_ids=instance_ids,
    )


def draft_of(row: AnyRow) -> Draft:
    """Return the draft of a campaign's row; it starts when the row says, the document keeps what it began with."""
    return replace(from_document(row.draft), schedule_at=row.schedule_at)


def load_variations(conn: sa.Connection, campaign_id: CampaignId) -> tuple["Variation", ...]:
    """Return what a started campaign says, in the order of its draft."""
    from desktop.engine.ports import Variation  # late: the engine's words are many, and no list needs them

    query = sa.select(variation).where(variation.c.campaign_id == campaign_id).order_by(variation.c.position)
    return tuple(
        Variation(VariationId(row.id), row.text, row.weight, media_of(row.media), frozen_of(row.template))
        for row in conn.execute(query)
    )


def load_counts(conn: sa.Connection, campaign_id: CampaignId) -> CampaignCounts:
    query = sa.select(campaign_count.c.status, campaign_count.c.n).where(
        campaign_count.c.campaign_id == campaign_id, campaign_count.c.instance_id == ALL_INSTANCES
    )
    return counts_of((status, n) for status, n in conn.execute(query))


def counts_of(pairs: Iterable[tuple[str, int]]) -> CampaignCounts:
    """Return the counts of (status, n) pairs, `replied` among them."""
    return CampaignCounts(**dict(pairs))


def select_instances(conn: sa.Connection, workspace_id: WorkspaceId, *where: sa.ColumnElement[bool]) -> list[Instance]:
    """Return the instances that are not removed and meet `where`, in the order they were added."""
    query = (
        sa.select(instance)
        .where(instance.c.workspace_id == workspace_id, instance.c.removed_at.is_(None), *where)
        .order_by(instance.c.id)
    )
    return [_instance(row) for row in conn.execute(query)]


def load_instance(conn: sa.Connection, workspace_id: WorkspaceId, instance_id: InstanceId) -> Instance:
    """Return one instance that is not removed.

    Raises:
        KnownError: `instance_not_found`.
    """
    found = select_instances(conn, workspace_id, instance.c.id == instance_id)
    if not found:
        raise KnownError("instance_not_found", f"There is no instance {instance_id}.", id=instance_id)
    return found[0]


def _instance(row: AnyRow) -> Instance:
    return Instance(
        id=InstanceId(row.id),
        workspace_id=WorkspaceId(row.workspace_id),
        name=row.name,
        gateway=Gateway(row.gateway),
        base_url=row.base_url,
        remote_name=row.remote_name,
        timezone=row.timezone,
        limits=InstanceLimits(
            row.per_day, row.per_hour, row.per_minute, row.min_gap_s, row.max_in_flight, _per_second(row)
        ),
        state=ConnectionState(row.state),
        created_at=row.created_at,
        paused_at=row.paused_at,
        pause_reason=row.pause_reason,
        phone=row.phone,
        warmup=row.warmup,
        phone_id=row.phone_id,
        waba_id=row.waba_id,
        checked_at=row.checked_at,
        portfolio_id=row.portfolio_id,
        messaging_limit=row.messaging_limit,
        paused_until=row.paused_until,
        options=read_options(row.options),
    )


def _per_second(row: AnyRow) -> int | None:
    if row.gateway != Gateway.CLOUD:
        return None
    return row.per_second or CLOUD_PER_SECOND
