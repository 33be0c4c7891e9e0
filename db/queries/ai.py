"""What an AI endpoint proposed, and what was spent on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.tables.ai import ai_draft, ai_request
from desktop.domain.ai import AiDraft, AiUsage, DraftState
from desktop.domain.ids import CampaignId, WorkspaceId


def proposed(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> Sequence[AiDraft]:
    """Return the proposals for a campaign that nobody has accepted or rejected yet, newest first."""
    query = (
        sa.select(ai_draft)
        .where(
            ai_draft.c.workspace_id == workspace_id,
            ai_draft.c.campaign_id == campaign_id,
            ai_draft.c.state == DraftState.PROPOSED.value,
        )
        .order_by(ai_draft.c.id.desc())
    )
    return [draft_of(row) for row in conn.execute(query)]


def draft_of(row: sa.Row[Any]) -> AiDraft:
    """Return the domain's value of a row of `ai_draft`."""
    campaign_id = None if row.campaign_id is None else CampaignId(row.campaign_id)
    return AiDraft(row.id, campaign_id, row.text, DraftState(row.state), row.created_at)


def usage(conn: sa.Connection, workspace_id: WorkspaceId, since: datetime) -> AiUsage:
    """Return what was asked since a moment, with the newest failure of that time."""
    own = (ai_request.c.workspace_id == workspace_id) & (ai_request.c.at >= since)
    query = sa.select(
        sa.func.count().label("requests"),
        sa.func.count(ai_request.c.error).label("failures"),
        sa.func.coalesce(sa.func.sum(ai_request.c.tokens_in), 0).label("tokens_in"),
        sa.func.coalesce(sa.func.sum(ai_request.c.tokens_out), 0).label("tokens_out"),
        sa.func.coalesce(sa.func.sum(ai_request.c.cost), 0.0).label("cost"),
    ).where(own)
    sums = conn.execute(query).one()
    failed = sa.select(ai_request.c.error, ai_request.c.at).where(own, ai_request.c.error.is_not(None))
    last = conn.execute(failed.order_by(ai_request.c.id.desc()).limit(1)).first()
    return AiUsage(
        requests=sums.requests,
        failures=sums.failures,
        tokens_in=int(sums.tokens_in),
        tokens_out=int(sums.tokens_out),
        cost=float(sums.cost),
        last_failure=last.error if last else None,
        last_failure_at=last.at if last else None,
    )
