"""The status object of a campaign (the contract's), made from its summary."""

from desktop.composition import Workplace
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignSummary
from desktop.operations.status import is_under_way, settled_eta_s, status_document

SHOWN = ("id", "name", "status", "total", "pending", "sent", "delivered", "read", "failed", "in_doubt", "progress")


async def status_object(workplace: Workplace, campaign_id: CampaignId) -> dict[str, object]:
    """Return the status of one campaign.

    Raises:
        KnownError: `campaign_not_found`.
    """
    return await describe(workplace, await workplace.library.campaign(campaign_id))


async def describe(workplace: Workplace, summary: CampaignSummary) -> dict[str, object]:
    """Return the status of a campaign; what forecasts is loaded only when one is needed."""
    eta_s = await workplace.operations.eta_s(summary) if is_under_way(summary) else settled_eta_s(summary)
    return status_document(summary, eta_s)
