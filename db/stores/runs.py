"""The lives of the engine, and what is put right when a new one begins."""

from datetime import datetime

import sqlalchemy as sa

from db.hot import Hot, given
from db.stores import receipts
from db.tables.attempt import AttemptOutcome, attempt
from db.tables.campaign import campaign
from db.tables.metadata import literal
from db.tables.recipient import UNSETTLED, recipient
from db.tables.run import run
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId, RunId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus, step

_UNDER_WAY = Hot(
    sa.select(run.c.id).where(
        run.c.id == given("of_run"), run.c.workspace_id == given("of_workspace"), run.c.ended_at.is_(None)
    )
)


def begin_run(context: WriteContext, workspace_id: WorkspaceId, now: datetime, host: str, pid: int) -> RunId:
    """Begin a life of the engine (see `Ledger.begin_run`). The caller holds the home's lock: no other engine runs."""
    context.conn.execute(
        sa.update(run)
        .where(run.c.workspace_id == workspace_id, run.c.ended_at.is_(None))
        .values(ended_at=now, has_crashed=True)
    )
    _doubt_what_was_sending(context, workspace_id, now)
    begin = sa.insert(run).values(workspace_id=workspace_id, host=host, pid=pid, started_at=now, has_crashed=False)
    return RunId(context.conn.execute(begin.returning(run.c.id)).scalar_one())


def end_run(context: WriteContext, workspace_id: WorkspaceId, run_id: RunId, now: datetime) -> None:
    own = (run.c.id == run_id) & (run.c.workspace_id == workspace_id)
    context.conn.execute(sa.update(run).where(own, run.c.ended_at.is_(None)).values(ended_at=now))


def is_under_way(conn: sa.Connection, workspace_id: WorkspaceId, run_id: RunId) -> bool:
    """Tell whether a life of the engine has neither ended nor been followed by another one."""
    return _UNDER_WAY.one(conn, {"of_run": run_id, "of_workspace": workspace_id}) is not None


def unfinished(conn: sa.Connection, workspace_id: WorkspaceId) -> list[CampaignId]:
    """Return the campaigns whose ending was cut short: cancelled or failed, and still somebody waits in them."""
    has_waiting = sa.exists().where(
        recipient.c.campaign_id == campaign.c.id,
        recipient.c.status.in_([RecipientStatus.PENDING.value, RecipientStatus.RETRYING.value]),
    )
    query = sa.select(campaign.c.id).where(
        campaign.c.workspace_id == workspace_id,
        campaign.c.status.in_([CampaignStatus.CANCELLED.value, CampaignStatus.FAILED.value]),
        campaign.c.deleted_at.is_(None),
        has_waiting,
    )
    return [CampaignId(found) for found in conn.execute(query).scalars()]


def _doubt_what_was_sending(context: WriteContext, workspace_id: WorkspaceId, now: datetime) -> None:
    """Put in doubt whom a dead run was sending to: the request may have left, or not.

    Only as many as were in flight, so one by one is fast enough; the partial index finds them among any number.
    """
    query = (
        sa.select(
            recipient.c.id,
            recipient.c.campaign_id,
            recipient.c.contact_id,
            recipient.c.instance_id,
            attempt.c.id.label("attempt_id"),
            attempt.c.client_ref,
        )
        .join(campaign, campaign.c.id == recipient.c.campaign_id)
        .join(attempt, (attempt.c.recipient_id == recipient.c.id) & attempt.c.outcome.is_(None))
        .where(
            UNSETTLED, recipient.c.status == literal(RecipientStatus.SENDING), campaign.c.workspace_id == workspace_id
        )
        .order_by(recipient.c.id)
    )
    for row in context.conn.execute(query).all():
        recipient_id = RecipientId(row.id)
        context.conn.execute(
            sa.update(attempt)
            .where(attempt.c.id == row.attempt_id)
            .values(outcome=AttemptOutcome.UNKNOWN.value, code=Reason.CRASHED.value, doubt_since=now, finished_at=now)
        )
        context.conn.execute(
            sa.update(recipient)
            .where(recipient.c.id == recipient_id)
            .values(
                status=step(RecipientStatus.SENDING, RecipientStatus.IN_DOUBT).value,
                reason=Reason.CRASHED.value,
                attempts=recipient.c.attempts + 1,
            )
        )
        context.emit(
            workspace_id,
            NewEvent(
                EventType.IN_DOUBT,
                now,
                Severity.WARNING,
                {"reason": Reason.CRASHED.value},
                campaign_id=CampaignId(row.campaign_id),
                instance_id=InstanceId(row.instance_id),
                contact_id=None if row.contact_id is None else ContactId(row.contact_id),
                recipient_id=recipient_id,
            ),
        )
        receipts.apply_early(context, workspace_id, {row.client_ref: recipient_id})
