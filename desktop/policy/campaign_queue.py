"""Who waits for a place among the campaigns that send at once, seen from outside the engine, by the same choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignSummary
from desktop.policy.scheduling import Runnable, Selection, choose_running


@dataclass(frozen=True, slots=True)
class Joining:
    """A campaign that is about to start, or to go on. `campaign_id` None: it is not stored yet."""

    campaign_id: CampaignId | None
    priority: int
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueOutlook:
    """What a start means for the places.

    Attributes:
        place: this one's in the queue, from 1; None when it sends at once.
        limit: how many send at once.
        sending: names of those that send; `ahead` of those that wait before it.
        displaced: name of the one that has to wait for it; empty when none has to.
    """

    place: int | None
    limit: int
    sending: tuple[str, ...]
    ahead: tuple[str, ...] = ()
    displaced: str = ""


# No stored campaign has it.
_UNSTORED = CampaignId(-1)


def places(campaigns: Sequence[CampaignSummary]) -> Mapping[CampaignId, int]:
    """Return the place in the queue (from 1) of each campaign whose status is running and that has to wait."""
    return {campaign_id: place for place, (campaign_id, _wait) in enumerate(select(campaigns).waiting, 1)}


def select(campaigns: Sequence[CampaignSummary], joining: Joining | None = None) -> Selection:
    """Choose who sends of the campaigns whose status is running, and of one that joins them."""
    found = [_runnable(each) for each in campaigns if joining is None or each.id != joining.campaign_id]
    if joining is not None:
        found.append(Runnable(id_of(joining), joining.priority, joining.at))
    return choose_running(found)


def id_of(joining: Joining) -> CampaignId:
    """Return the id by which a selection names the one that joins."""
    return _UNSTORED if joining.campaign_id is None else joining.campaign_id


def queue_outlook(joining: Joining, campaigns: Sequence[CampaignSummary]) -> QueueOutlook:
    """Tell what becomes of a campaign that joins those whose status is running, and of them."""
    others = [each for each in campaigns if each.id != joining.campaign_id]
    names = {each.id: each.name for each in others}
    before, after = select(others), select(others, joining)
    waiting = [campaign_id for campaign_id, _wait in after.waiting]
    limit = len(after.running)
    sending = tuple(names[i] for i in after.running if i in names)
    mine = id_of(joining)
    if mine in waiting:
        place = waiting.index(mine) + 1
        return QueueOutlook(place, limit, sending, tuple(names[i] for i in waiting[: place - 1]))
    displaced = next((names[i] for i in before.running if i in waiting), "")
    return QueueOutlook(None, limit, sending, displaced=displaced)


def _runnable(campaign: CampaignSummary) -> Runnable:
    return Runnable(campaign.id, campaign.draft.priority, campaign.started_at or campaign.created_at)
