"""The status object of a campaign (the contract's), made from its summary."""

from datetime import datetime

from desktop.composition import Workplace
from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignSummary
from desktop.policy.forecast import pace_rate
from desktop.policy.health import SLOW_PER_MINUTE, campaign_health

SHOWN = ("id", "name", "status", "total", "pending", "sent", "delivered", "read", "failed", "in_doubt", "progress")


async def status_object(workplace: Workplace, campaign_id: CampaignId) -> dict[str, object]:
    """Return the status of one campaign.

    Raises:
        KnownError: `campaign_not_found`.
    """
    return await describe(workplace, await workplace.library.campaign(campaign_id))


async def describe(workplace: Workplace, summary: CampaignSummary) -> dict[str, object]:
    counts, now = summary.counts, workplace.clock.now()
    eta_s = await _eta_s(workplace, summary, now)
    rate = pace_rate(summary.draft.pace)
    slow_on_purpose = summary.draft.window is not None or (rate is not None and rate * 60 < 2 * SLOW_PER_MINUTE)
    health = campaign_health(counts, summary.status, summary.per_minute, slow_on_purpose=slow_on_purpose)
    return {
        "id": summary.id,
        "name": summary.name,
        "status": summary.status.value,
        "reason": summary.reason,
        "total": counts.total,
        "pending": counts.pending,
        "sending": counts.sending,
        "retrying": counts.retrying,
        "sent": counts.sent,
        "delivered": counts.delivered,
        "read": counts.read,
        "failed": counts.failed,
        "skipped": counts.skipped,
        "in_doubt": counts.in_doubt,
        "replied": counts.replied,
        "progress": round(counts.progress, 4),
        "per_minute": round(summary.per_minute, 2),
        "eta_s": eta_s,
        "health_score": health,
    }


async def _eta_s(workplace: Workplace, summary: CampaignSummary, now: datetime) -> float | None:
    counts = summary.counts
    if summary.status is not CampaignStatus.RUNNING or not counts.unfinished:
        return 0.0 if summary.status is CampaignStatus.COMPLETED else None
    found = await workplace.operations.forecast(summary.id)
    return round((found.likely - now).total_seconds(), 1) if found else None
