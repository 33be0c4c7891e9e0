"""The steps of a campaign's life, each with its event in the same transaction.

The table of the steps is in `desktop/domain/campaign.py`; here is what each one does to the rows.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.queries.ownership import owns_campaign
from db.rows import load_campaign, load_counts
from db.stores import campaign_start
from db.stores.capsules import refuse_handed_over
from db.tables.campaign import campaign, variation
from db.tables.recipient import recipient
from db.tables.workspace import workspace
from db.writer import WriteContext
from desktop.domain.campaign import Campaign, CampaignAction, CampaignStatus, step
from desktop.domain.errors import BugError, KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, VariationId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus

# Recipients moved in one transaction: about a tenth of a second, so that other campaigns' records do not wait long.
CHUNK = 20_000

_WAITING = [RecipientStatus.PENDING.value, RecipientStatus.RETRYING.value]

# Taken with `act`; the others need more than a reason, or are taken by the ledger itself.
_EVENT_OF: Mapping[CampaignAction, tuple[EventType, Severity]] = {
    CampaignAction.START: (EventType.STARTED, Severity.INFO),
    CampaignAction.PAUSE: (EventType.PAUSED, Severity.INFO),
    CampaignAction.RESUME: (EventType.RESUMED, Severity.INFO),
    CampaignAction.CANCEL: (EventType.CANCELLED, Severity.WARNING),
    CampaignAction.FAIL: (EventType.ERROR, Severity.ERROR),
    CampaignAction.UNSCHEDULE: (EventType.EDITED, Severity.INFO),
}

_FINAL = frozenset({CampaignStatus.COMPLETED, CampaignStatus.CANCELLED, CampaignStatus.FAILED})


def reweigh(
    context: WriteContext,
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    weights: Mapping[VariationId, int],
    details: Mapping[str, object],
    now: datetime,
) -> None:
    """Keep other weights of a campaign's variations (see `Ledger.reweigh`)."""
    if not owns_campaign(context.conn, workspace_id, campaign_id):
        return
    for variation_id, weight in weights.items():
        mine = (variation.c.id == variation_id) & (variation.c.campaign_id == campaign_id)
        context.conn.execute(sa.update(variation).where(mine).values(weight=weight))
    context.emit(workspace_id, NewEvent(EventType.ROTATION_CHANGED, now, details=details, campaign_id=campaign_id))


def act(
    context: WriteContext,
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    action: CampaignAction,
    now: datetime,
    reason: str | None,
    operator: str | None,
    zone_of: campaign_start.ZoneOf | None = None,
) -> None:
    """Take a step (see `Ledger.act`). After cancel and fail, `sweep` has to be repeated until it returns 0."""
    if action not in _EVENT_OF:
        raise BugError(f"{action} is not taken with act")
    current = load_campaign(context.conn, workspace_id, campaign_id)
    target = step(current.status, action)
    if target is CampaignStatus.RUNNING:
        refuse_handed_over(context.conn, campaign_id)
    if action is CampaignAction.START:
        campaign_start.freeze(context.conn, current, now, zone_of)
    if action is CampaignAction.RESUME:
        campaign_start.fill_zones_of_edited(context.conn, current, zone_of)
    _move(context.conn, current, target, reason, now)
    if target in (CampaignStatus.CANCELLED, CampaignStatus.FAILED):
        sweep(context, campaign_id)
    if action is CampaignAction.UNSCHEDULE:
        forget_schedule(context.conn, current)
    event_type, severity = _EVENT_OF[action]
    if action is CampaignAction.PAUSE and operator is None:
        severity = Severity.WARNING
    _emit(context, current, event_type, severity, now, _details(context.conn, current, action, reason), operator)


def sweep(context: WriteContext, campaign_id: CampaignId) -> int:
    """Fail up to `CHUNK` of those who still wait in a campaign that has ended; return how many."""
    waiting = (
        sa.select(recipient.c.id)
        .where(recipient.c.campaign_id == campaign_id, recipient.c.status.in_(_WAITING))
        .limit(CHUNK)
    )
    return context.conn.execute(
        sa.update(recipient)
        .where(recipient.c.id.in_(waiting))
        .values(status=RecipientStatus.FAILED.value, reason=Reason.CANCELLED.value, next_attempt_at=None)
    ).rowcount


def finish_if_done(context: WriteContext, workspace_id: WorkspaceId, campaign_id: CampaignId, now: datetime) -> bool:
    """Complete a running campaign in which nobody waits, is being sent to, or is in doubt (see `Ledger`)."""
    counts = load_counts(context.conn, campaign_id)
    if counts.pending or counts.sending or counts.retrying or counts.in_doubt:
        return False
    try:
        current = load_campaign(context.conn, workspace_id, campaign_id)
    except KnownError:
        return False  # cancelled and deleted since the engine last looked
    if current.status is not CampaignStatus.RUNNING:
        return False
    _move(context.conn, current, step(current.status, CampaignAction.COMPLETE), None, now)
    _emit(context, current, EventType.COMPLETED, Severity.INFO, now, {"counts": asdict(counts)}, None)
    return True


def schedule(
    context: WriteContext,
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    at: datetime,
    now: datetime,
    operator: str | None,
) -> None:
    """Let a draft start by itself at a moment.

    Raises:
        KnownError: `action_not_allowed`, `campaign_not_found`, `schedule_in_past`.
    """
    if at <= now:
        raise KnownError("schedule_in_past", "That moment has passed.", "Choose a later one.", at=at.isoformat())
    current = load_campaign(context.conn, workspace_id, campaign_id)
    target = step(current.status, CampaignAction.SCHEDULE)
    refuse_handed_over(context.conn, campaign_id)
    context.conn.execute(
        sa.update(campaign)
        .where(campaign.c.id == campaign_id)
        .values(status=target.value, schedule_at=at, updated_at=now, reason=None)
    )
    touch(context.conn, workspace_id)
    details: dict[str, object] = {"at": at.isoformat()}
    _emit(context, current, EventType.SCHEDULED, Severity.INFO, now, details, operator)


def touch(conn: sa.Connection, workspace_id: WorkspaceId) -> None:
    """Let engines notice that an instance or a draft has changed."""
    conn.execute(sa.update(workspace).where(workspace.c.id == workspace_id).values(revision=workspace.c.revision + 1))


def forget_schedule(conn: sa.Connection, current: Campaign) -> None:
    conn.execute(sa.update(campaign).where(campaign.c.id == current.id).values(schedule_at=None))
    touch(conn, current.workspace_id)


def _move(conn: sa.Connection, current: Campaign, target: CampaignStatus, reason: str | None, now: datetime) -> None:
    values: dict[str, Any] = {"status": target.value, "reason": reason, "updated_at": now}
    if target is CampaignStatus.RUNNING and current.started_at is None:
        values["started_at"] = now
    if target in _FINAL:
        values["finished_at"] = now
    conn.execute(sa.update(campaign).where(campaign.c.id == current.id).values(values))


def _details(conn: sa.Connection, current: Campaign, action: CampaignAction, reason: str | None) -> dict[str, object]:
    details: dict[str, object] = {"name": current.name}
    if reason is not None:
        details["reason"] = reason
    if action is CampaignAction.START:
        counts = load_counts(conn, current.id)
        details |= {"total": counts.total, "skipped": counts.skipped}
    if action is CampaignAction.UNSCHEDULE:
        details["unscheduled"] = True
    return details


def _emit(
    context: WriteContext,
    current: Campaign,
    event_type: EventType,
    severity: Severity,
    now: datetime,
    details: dict[str, object],
    operator: str | None,
) -> None:
    share = load_counts(context.conn, current.id).progress
    context.emit(
        current.workspace_id,
        NewEvent(event_type, now, severity, details, campaign_id=current.id, progress=share, operator=operator),
    )
