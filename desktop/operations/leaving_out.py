"""Whom a start leaves out of an audience, besides those who refused: so that what is foreseen is what will be sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.campaign import Audience, Draft
from desktop.domain.ids import CampaignId
from desktop.domain.numbers import FRESH_FOR, SKIP_ABSENT


class LeavingFacts(Protocol):
    """Questions about an audience."""

    async def audience_talking(self, audience: Audience) -> int:
        """How many of the audience who may be sent to wrote to us in the last day."""
        ...

    async def audience_reached(self, campaign_id: CampaignId, audience: Audience) -> int:
        """How many of the audience who may be sent to another run of the campaign has reached, or still may."""
        ...

    async def audience_checks(self, audience: Audience, since: datetime) -> tuple[int, int]:
        """How many of the audience who may be sent to were found on WhatsApp at or after `since`, and how many not."""
        ...

    async def setting(self, key: str) -> object | None: ...


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many are left out.

    Attributes:
        talking: in a conversation, by the draft's wish.
        reached: by another run of the campaign.
        absent: known not to be on WhatsApp.
    """

    talking: int = 0
    reached: int = 0
    absent: int = 0

    @property
    def people(self) -> int:
        return self.talking + self.reached + self.absent


async def left_out_of(library: LeavingFacts, campaign_id: CampaignId, draft: Draft, now: datetime) -> LeftOut:
    """Return whom a start of the draft would leave out now; nobody without an audience."""
    if draft.audience is None:
        return LeftOut()
    talking = await library.audience_talking(draft.audience) if draft.skip_active_conversations else 0
    reached = await library.audience_reached(campaign_id, draft.audience)
    if await library.setting(SKIP_ABSENT) is False:
        return LeftOut(talking, reached)
    return LeftOut(talking, reached, (await library.audience_checks(draft.audience, now - FRESH_FOR))[1])
