"""Campaigns and recipients as other programs read them: for the command line, the API and the heads of reports."""

from desktop.domain.campaign import CampaignStatus
from desktop.domain.moments import iso_or_none
from desktop.domain.summaries import CampaignSummary, RecipientRow
from desktop.policy.health import SLOW_PER_MINUTE, campaign_health
from desktop.policy.pacing import pace_rate


def is_under_way(summary: CampaignSummary) -> bool:
    """Tell whether it takes a forecast to say when a campaign will be finished."""
    return summary.status is CampaignStatus.RUNNING and summary.counts.unfinished > 0


def settled_eta_s(summary: CampaignSummary) -> float | None:
    """Return in how many seconds a campaign that is not under way is finished: it is, or nobody can tell."""
    return 0.0 if summary.status is CampaignStatus.COMPLETED else None


def status_document(summary: CampaignSummary, eta_s: float | None) -> dict[str, object]:
    """Write the status of one campaign, as the contract of the command line has it."""
    counts = summary.counts
    rate = pace_rate(summary.draft.pace)
    draft = summary.draft
    waits_by_wish = draft.window is not None or draft.replies_per_hour is not None
    slow_on_purpose = waits_by_wish or (rate is not None and rate * 60 < 2 * SLOW_PER_MINUTE)
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


def recipient_object(row: RecipientRow) -> dict[str, object]:
    """Write one recipient, as the contract of the command line has it."""
    return {
        "id": row.id,
        "phone": row.phone,
        "name": row.name,
        "status": row.status.value,
        "reason": row.reason,
        "instance": row.instance,
        "message_id": row.message_id,
        "attempts": row.attempts,
        "sent_at": iso_or_none(row.sent_at),
        "delivered_at": iso_or_none(row.delivered_at),
        "read_at": iso_or_none(row.read_at),
        "replied_at": iso_or_none(row.replied_at),
    }
