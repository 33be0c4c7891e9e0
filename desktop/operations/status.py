"""Campaigns and recipients as other programs read them: for the command line, the API and the heads of reports."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import CampaignId
from desktop.domain.moments import iso_or_none
from desktop.domain.summaries import CampaignSummary, RecipientRow
from desktop.policy.health import SLOW_PER_MINUTE, campaign_health
from desktop.policy.pacing import pace_rate
from desktop.policy.waiting import Rule


def is_under_way(summary: CampaignSummary) -> bool:
    """Tell whether it takes a forecast to say when a campaign will be finished."""
    return summary.status is CampaignStatus.RUNNING and summary.counts.unfinished > 0


def settled_eta_s(summary: CampaignSummary) -> float | None:
    """Return in how many seconds a campaign that is not under way is finished: it is, or nobody can tell."""
    return 0.0 if summary.status is CampaignStatus.COMPLETED else None


class RunningFacts(Protocol):
    """What a place in the queue is found by."""

    async def running_campaigns(self) -> Sequence[CampaignSummary]:
        """The campaigns whose status is running."""
        ...


async def queued(library: RunningFacts, campaigns: Sequence[CampaignSummary]) -> Mapping[CampaignId, int]:
    """Return which campaigns wait for a place among those that send, and their places (from 1); asks if any runs."""
    if not any(each.status is CampaignStatus.RUNNING for each in campaigns):
        return {}
    from desktop.policy.campaign_queue import places  # late: most commands show no campaign that runs

    return places(await library.running_campaigns())


def status_document(summary: CampaignSummary, eta_s: float | None, *, is_queued: bool = False) -> dict[str, object]:
    """Write the status of one campaign, as the contract of the command line has it.

    Args:
        is_queued: it runs, but waits for a place among those that send. The contract has no status of its own for it;
            the reason says so.
    """
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
        "reason": Rule.CAMPAIGN_QUEUE.value if is_queued else summary.reason,
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
