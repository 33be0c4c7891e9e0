"""What the editor needs of a text for each person; `desktop/operations/own_texts.py` implements it."""

from collections.abc import Sequence
from typing import Protocol

from desktop.content.own_text import TextProblem
from desktop.domain.ai import AiSettings
from desktop.domain.ids import CampaignId, ContactId
from desktop.domain.own_text import (
    Otherwise,
    OwnText,
    OwnTextCounts,
    OwnTextExample,
    OwnTextFilter,
    OwnTextPlan,
    OwnTextProgress,
    OwnTextWish,
)


class OwnTextDesk(Protocol):
    """Each method may be refused with KnownError; nothing leaves this computer but by `write` and `rewrite`."""

    async def settings(self) -> AiSettings: ...

    async def fields(self) -> Sequence[str]:
        """What of a person may be chosen to be sent."""
        ...

    async def plan(self, campaign_id: CampaignId) -> OwnTextPlan | None: ...

    async def counts(self, campaign_id: CampaignId) -> OwnTextCounts: ...

    async def texts(
        self, campaign_id: CampaignId, where: OwnTextFilter, after: int | None, limit: int
    ) -> Sequence[OwnText]:
        """A page, ascending by id, behind `after`."""
        ...

    async def text_of(self, campaign_id: CampaignId, contact_id: ContactId) -> OwnText | None: ...

    async def example(self, campaign_id: CampaignId, wish: OwnTextWish) -> OwnTextExample:
        """What would leave for the first person, to the letter."""
        ...

    async def agree(self, campaign_id: CampaignId, wish: OwnTextWish) -> OwnTextPlan:
        """Keep the wish, and that the operator agreed to send its fields to the present endpoint."""
        ...

    async def write(self, campaign_id: CampaignId, *, again: bool = False) -> None:
        """Have the texts written that are not there; ends when there is a reason to."""
        ...

    async def rewrite(self, campaign_id: CampaignId, text_id: int) -> None: ...

    def is_writing(self, campaign_id: CampaignId) -> bool: ...

    def progress(self, campaign_id: CampaignId) -> OwnTextProgress | None: ...

    def pause(self, campaign_id: CampaignId) -> None: ...

    async def cancel(self, campaign_id: CampaignId) -> None:
        """Pause, and want no text any more for those who have none."""
        ...

    async def accept(self, campaign_id: CampaignId, ids: Sequence[int]) -> int: ...

    async def accept_shown(self, campaign_id: CampaignId, where: OwnTextFilter) -> int: ...

    async def refuse(self, campaign_id: CampaignId, ids: Sequence[int]) -> int: ...

    async def edit(self, campaign_id: CampaignId, contact_id: ContactId, text: str) -> tuple[TextProblem, ...]: ...

    async def choose(self, campaign_id: CampaignId, otherwise: Otherwise) -> None: ...

    async def discard(self, campaign_id: CampaignId) -> None: ...
