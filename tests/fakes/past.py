"""A workspace in which nothing has happened yet, for forecasts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from desktop.domain.campaign import Audience
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.summaries import CampaignSummary, NumberHistory, ReplyHistory


class NoPast:
    """Implements `operations.forecasting.HistoryFacts`."""

    async def histories(self, since: datetime) -> Mapping[InstanceId, NumberHistory]:
        return {}

    async def reply_history(self, campaign_id: CampaignId | None, since: datetime) -> ReplyHistory:
        return ReplyHistory()

    async def departures(self, instance_id: InstanceId, since: datetime) -> Sequence[datetime]:
        return ()

    async def campaign_departures(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        return ()

    async def running_campaigns(self) -> Sequence[CampaignSummary]:
        return ()

    async def last_retry_at(self, campaign_id: CampaignId) -> datetime | None:
        return None

    async def waiting_zones(self, campaign_id: CampaignId) -> Sequence[tuple[str, int]]:
        return ()

    async def audience_areas(self, audience: Audience) -> Mapping[str, int]:
        return {}
