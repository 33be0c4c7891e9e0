"""The status object of a campaign (the contract's), made from its summary."""

from desktop.composition import Workplace
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignSummary
from desktop.operations.status import is_under_way, queued, settled_eta_s, status_document
from desktop.policy.waiting import Rule

SHOWN = ("id", "name", "status", "total", "pending", "sent", "delivered", "read", "failed", "in_doubt", "progress")


async def status_object(workplace: Workplace, campaign_id: CampaignId) -> dict[str, object]:
    """Return the status of one campaign.

    Raises:
        KnownError: `campaign_not_found`.
    """
    summary = await workplace.library.campaign(campaign_id)
    return await describe(workplace, summary, summary.id in await queued(workplace.library, (summary,)))


async def describe(workplace: Workplace, summary: CampaignSummary, is_queued: bool) -> dict[str, object]:
    """Return the status of a campaign; what forecasts is loaded only when one is needed."""
    eta_s = await workplace.operations.eta_s(summary) if is_under_way(summary) else settled_eta_s(summary)
    return status_document(summary, eta_s, is_queued=is_queued)


def for_people(status: dict[str, object], place: int | None) -> dict[str, object]:
    """Return a status to be read by people: one that waits for its turn is not said to be running."""
    return status if place is None else status | {"status": f"{status['status']} ({Rule.CAMPAIGN_QUEUE.value} {place})"}
