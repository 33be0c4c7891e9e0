"""The status object of a campaign: what the command line prints and reports begin with."""

from desktop.domain.summaries import CampaignSummary
from desktop.policy.forecast import pace_rate
from desktop.policy.health import SLOW_PER_MINUTE, campaign_health


def status_document(summary: CampaignSummary, eta_s: float | None) -> dict[str, object]:
    """Write the status of one campaign, as the contract of the command line has it."""
    counts = summary.counts
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
