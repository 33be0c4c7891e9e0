"""A text for each person, without an AI, a database or time: what the view-models and screens are shown with."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.content.own_text import TextProblem
from desktop.domain.ai import AiSettings
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId
from desktop.domain.own_text import (
    FIRST_NAME,
    NAME,
    AiConsent,
    Otherwise,
    OwnText,
    OwnTextCounts,
    OwnTextExample,
    OwnTextFilter,
    OwnTextPlan,
    OwnTextProgress,
    OwnTextSpent,
    OwnTextState,
    OwnTextWish,
)
from tests.fakes.messages import FakeAi
from tests.fakes.samples import NOW

_S = OwnTextState


class FakeOwnTexts:
    """Implements `viewmodels.own_text_ports.OwnTextDesk`. `write` writes for everybody at once."""

    def __init__(self, ai: FakeAi, people: int = 3) -> None:
        self.ai, self.people = ai, people
        self.kept: OwnTextPlan | None = None
        self.rows: list[OwnText] = []
        self.refuse_with: KnownError | None = None
        self.writing = False
        self.last: OwnTextProgress | None = None
        self.deeds: list[object] = []

    async def settings(self) -> AiSettings:
        return self.ai.kept

    async def fields(self) -> Sequence[str]:
        return [FIRST_NAME, NAME, "custom.cidade"]

    async def plan(self, campaign_id: CampaignId) -> OwnTextPlan | None:
        return self.kept

    async def counts(self, campaign_id: CampaignId) -> OwnTextCounts:
        found = {state.value: sum(row.state is state for row in self.rows) for state in _S}
        return OwnTextCounts(**found, with_problems=sum(bool(row.problems) for row in self.rows))

    async def texts(
        self, campaign_id: CampaignId, where: OwnTextFilter, after: int | None, limit: int
    ) -> Sequence[OwnText]:
        found = [
            row
            for row in self.rows
            if row.id > (after or 0)
            and where.state in (None, row.state)
            and (not where.has_problems or row.problems)
            and where.text in row.name + row.text
        ]
        return found[:limit]

    async def text_of(self, campaign_id: CampaignId, contact_id: ContactId) -> OwnText | None:
        return next((row for row in self.rows if row.contact_id == contact_id), None)

    async def example(self, campaign_id: CampaignId, wish: OwnTextWish) -> OwnTextExample:
        if self.refuse_with is not None:
            raise self.refuse_with
        prompt = f"{wish.wish} {wish.fields}"
        return OwnTextExample("Ana", self.ai.kept.url, "small-1", "Be brief.", prompt, self.people, 900, 0.5, "BRL")

    async def agree(self, campaign_id: CampaignId, wish: OwnTextWish) -> OwnTextPlan:
        self.deeds.append(("agree", wish))
        consent = AiConsent(NOW, "Ana", self.ai.kept.url, "small-1")
        self.kept = OwnTextPlan(campaign_id, wish, consent=consent, spent=OwnTextSpent(3, 0, 400, 90, 0.02))
        return self.kept

    async def write(self, campaign_id: CampaignId, *, again: bool = False) -> None:
        self.deeds.append(("write", again))
        if self.refuse_with is not None:
            raise self.refuse_with
        if not self.rows:
            self.rows = [
                OwnText(n, ContactId(n), f"Pessoa {n}", f"+551198000{n:04d}", f"Oi {n}", _S.NEW)
                for n in range(1, self.people + 1)
            ]
        self.last = OwnTextProgress(len(self.rows), len(self.rows), ended="done")

    async def rewrite(self, campaign_id: CampaignId, text_id: int) -> None:
        self.deeds.append(("rewrite", text_id))

    def is_writing(self, campaign_id: CampaignId) -> bool:
        return self.writing

    def progress(self, campaign_id: CampaignId) -> OwnTextProgress | None:
        return self.last

    def pause(self, campaign_id: CampaignId) -> None:
        self.deeds.append("pause")
        self.writing = False

    async def cancel(self, campaign_id: CampaignId) -> None:
        self.deeds.append("cancel")

    async def accept(self, campaign_id: CampaignId, ids: Sequence[int]) -> int:
        return self._change(ids, _S.ACCEPTED)

    async def accept_shown(self, campaign_id: CampaignId, where: OwnTextFilter) -> int:
        self.deeds.append(("accept shown", where))
        return self._change([row.id for row in self.rows if row.state is _S.NEW and not row.problems], _S.ACCEPTED)

    async def refuse(self, campaign_id: CampaignId, ids: Sequence[int]) -> int:
        return self._change(ids, _S.REFUSED)

    def _change(self, ids: Sequence[int], state: OwnTextState) -> int:
        self.rows = [replace(row, state=state) if row.id in ids else row for row in self.rows]
        return len(ids)

    async def edit(self, campaign_id: CampaignId, contact_id: ContactId, text: str) -> tuple[TextProblem, ...]:
        if not text.strip():
            raise KnownError("own_text_unacceptable", "Empty.")
        self.rows = [
            replace(row, text=text, state=_S.EDITED) if row.contact_id == contact_id else row for row in self.rows
        ]
        return ()

    async def choose(self, campaign_id: CampaignId, otherwise: Otherwise) -> None:
        assert self.kept is not None
        self.kept = replace(self.kept, otherwise=otherwise)

    async def discard(self, campaign_id: CampaignId) -> None:
        self.kept, self.rows, self.last = None, [], None
