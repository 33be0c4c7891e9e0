"""What an operator does with a text for each person of a campaign: agree, have them written, read, accept, send.

Nothing of a contact leaves before somebody agreed to exactly these fields and this endpoint. Nothing is written once
the campaign was started, and nothing that nobody has read is sent.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Protocol

from desktop.content.facts import ContactFacts
from desktop.content.formatting import measure
from desktop.content.own_text import UNACCEPTABLE, Letter, TextProblem, letter, may_be_shown
from desktop.domain.ai import AI_SETTING, AiSettings, read_ai_settings
from desktop.domain.campaign import Audience, Campaign
from desktop.domain.contact import Contact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId
from desktop.domain.operator import Deed, Permit
from desktop.domain.own_text import (
    CUSTOM,
    FIRST_NAME,
    LONGEST_BASE,
    LONGEST_WISH,
    MOST_PEOPLE,
    NAME,
    AiConsent,
    Otherwise,
    OwnText,
    OwnTextCounts,
    OwnTextExample,
    OwnTextFilter,
    OwnTextPlan,
    OwnTextProgress,
    OwnTextState,
    OwnTextWish,
    WritingEnd,
)
from desktop.domain.summaries import InstanceSummary
from desktop.engine.ports import Clock
from desktop.operations.own_text_writing import Endpoint, Writing, WritingFacts, WritingStore
from desktop.operations.ports import Secrets
from desktop.policy.own_texts import Prices, cost_each, estimate, may_ask
from desktop.policy.text_limits import text_limit


class OwnTextFacts(WritingFacts, Protocol):
    """Questions."""

    async def setting(self, key: str) -> object | None: ...

    async def draft(self, campaign_id: CampaignId) -> Campaign: ...

    async def instances(self) -> Sequence[InstanceSummary]: ...

    async def custom_fields(self) -> Sequence[str]: ...

    async def audience_size(self, audience: Audience, respect_opt_out: bool) -> tuple[int, int]: ...

    async def audience_sample(self, audience: Audience, limit: int) -> Sequence[Contact]: ...

    async def contacts_of(self, ids: Sequence[int]) -> Sequence[Contact]: ...

    async def own_text_plan(self, campaign_id: CampaignId) -> OwnTextPlan | None: ...

    async def own_texts(
        self, campaign_id: CampaignId, where: OwnTextFilter, after: int | None, limit: int
    ) -> Sequence[OwnText]: ...

    async def own_text_counts(self, campaign_id: CampaignId) -> OwnTextCounts: ...

    async def own_text_of(self, campaign_id: CampaignId, contact_id: ContactId) -> OwnText | None: ...


class OwnTextWrites(WritingStore, Protocol):
    """What keeps wishes, consent and decisions; all of it refused with `own_texts_started` after the start."""

    async def agree(
        self, campaign_id: CampaignId, wish: OwnTextWish, consent: AiConsent, people: int, now: datetime
    ) -> None: ...

    async def prepare(self, campaign_id: CampaignId, now: datetime, *, again: bool) -> int: ...

    async def renew(self, campaign_id: CampaignId, text_id: int, now: datetime) -> bool: ...

    async def drop_waiting(self, campaign_id: CampaignId) -> int: ...

    async def note_end(
        self, campaign_id: CampaignId, facts: dict[str, object], now: datetime, operator: str | None
    ) -> None: ...

    async def decide(
        self, campaign_id: CampaignId, ids: Sequence[int] | OwnTextFilter, state: OwnTextState, now: datetime
    ) -> int: ...

    async def edit(
        self,
        campaign_id: CampaignId,
        contact_id: ContactId,
        text: str,
        problems: Sequence[str],
        units: int,
        now: datetime,
    ) -> bool: ...

    async def choose(self, campaign_id: CampaignId, otherwise: Otherwise, now: datetime) -> None: ...

    async def discard(self, campaign_id: CampaignId, now: datetime, operator: str | None = None) -> None: ...


@dataclass(slots=True)
class OwnTexts:
    """Works on one workspace; it knows which campaigns' texts are being written in this process.

    Args:
        secret_name: of the endpoint's key in the keyring.
        connect: makes a client for an address and a key.
    """

    facts: OwnTextFacts
    store: OwnTextWrites
    secrets: Secrets
    secret_name: str
    connect: Callable[[str, str], Endpoint]
    clock: Clock
    permit: Permit
    rng: Random = field(default_factory=Random)
    _writing: dict[CampaignId, Writing] = field(default_factory=dict[CampaignId, Writing])
    _ended: dict[CampaignId, OwnTextProgress] = field(default_factory=dict[CampaignId, OwnTextProgress])

    # What is there

    async def settings(self) -> AiSettings:
        """Return how the endpoint is reached."""
        return read_ai_settings(await self.facts.setting(AI_SETTING))

    async def plan(self, campaign_id: CampaignId) -> OwnTextPlan | None:
        """Return what is to be written, and what was agreed; None where nothing is."""
        return await self.facts.own_text_plan(campaign_id)

    async def counts(self, campaign_id: CampaignId) -> OwnTextCounts:
        return await self.facts.own_text_counts(campaign_id)

    async def texts(
        self, campaign_id: CampaignId, where: OwnTextFilter, after: int | None, limit: int
    ) -> Sequence[OwnText]:
        """Return a page of texts, ascending by id, behind `after`."""
        return await self.facts.own_texts(campaign_id, where, after, limit)

    async def text_of(self, campaign_id: CampaignId, contact_id: ContactId) -> OwnText | None:
        """Return the text of one person, in whatever state it is."""
        return await self.facts.own_text_of(campaign_id, contact_id)

    async def fields(self) -> Sequence[str]:
        """Return what of a person may be chosen to be sent: never a phone, whatever the field is called."""
        custom = [f"{CUSTOM}{key}" for key in await self.facts.custom_fields()]
        return [FIRST_NAME, NAME, *(each for each in custom if may_be_shown(each))]

    def is_writing(self, campaign_id: CampaignId) -> bool:
        """Tell whether texts of a campaign are being written in this process."""
        return campaign_id in self._writing

    def progress(self, campaign_id: CampaignId) -> OwnTextProgress | None:
        """Return how the writing goes, or how the last go of this process ended."""
        running = self._writing.get(campaign_id)
        return running.progress() if running else self._ended.get(campaign_id)

    async def example(self, campaign_id: CampaignId, wish: OwnTextWish) -> OwnTextExample:
        """Return what would leave for the first person; nothing leaves by asking this.

        Raises:
            KnownError: `campaign_not_found`, `own_text_faulty`, `own_text_nobody`, `segment_not_found`.
        """
        campaign, settings = await self.facts.draft(campaign_id), await self.settings()
        made = await self._letter(campaign, wish)
        audience = campaign.draft.audience
        people = await self.facts.audience_sample(audience, 1) if audience is not None else ()
        if audience is None or not people:
            raise KnownError("own_text_nobody", "Nobody is in the audience yet.", "Choose in Audience who gets it.")
        size, _opted_out = await self.facts.audience_size(audience, True)
        present = (await self.counts(campaign_id)).written
        wanted = max(0, min(size, wish.most_people) - present)
        prompt = made.prompt(_facts_of(people[0]))
        prices = Prices(settings.price_in, settings.price_out)
        takes = estimate(wanted, settings.system_prompt + prompt, wish.base, prices)
        return OwnTextExample(
            people[0].name,
            settings.url,
            settings.model,
            settings.system_prompt,
            prompt,
            wanted,
            takes.tokens_in + takes.tokens_out,
            takes.cost,
            settings.currency,
        )

    # Deeds

    async def agree(self, campaign_id: CampaignId, wish: OwnTextWish) -> OwnTextPlan:
        """Keep what is to be written, and that whoever acts agreed to send its fields to the present endpoint.

        Raises:
            KnownError: `ai_off`, `own_text_faulty`, `own_texts_started`, `campaign_not_found`, `own_texts_writing`.
        """
        by = await self.permit(Deed.EDIT)
        await self.permit(Deed.PEOPLE)
        settings = await self._ready()
        self._refuse_writing(campaign_id)
        campaign = await self.facts.draft(campaign_id)
        allowed = tuple(each for each in await self.fields() if each in wish.fields)
        has_price = Prices(settings.price_in, settings.price_out).are_known
        kept = replace(
            wish,
            base=wish.base[:LONGEST_BASE],
            wish=wish.wish[:LONGEST_WISH],
            fields=allowed,
            most_people=max(1, min(wish.most_people, MOST_PEOPLE)),
            most_cost=wish.most_cost if has_price else None,
        )
        await self._letter(campaign, kept)
        audience, now = campaign.draft.audience, self.clock.now()
        people = (await self.facts.audience_size(audience, True))[0] if audience is not None else 0
        consent = AiConsent(now, by, settings.url, settings.model)
        await self.store.agree(campaign_id, kept, consent, min(people, kept.most_people), now)
        plan = await self.plan(campaign_id)
        assert plan is not None
        return plan

    async def write(self, campaign_id: CampaignId, *, again: bool = False) -> None:
        """Have the texts written that are not there yet; ends when they are, or when there is a reason to stop.

        Args:
            again: ask once more for those that failed.

        Raises:
            KnownError: `ai_off`, `ai_not_agreed`, `own_text_faulty`, `own_texts_started`, `own_texts_writing`,
                `campaign_not_found`.
        """
        by = await self.permit(Deed.EDIT)
        self._refuse_writing(campaign_id)
        plan, settings, made = await self._agreed(campaign_id)
        total = await self.store.prepare(campaign_id, self.clock.now(), again=again)
        await self._run(campaign_id, plan, settings, made, total, None, by)

    async def rewrite(self, campaign_id: CampaignId, text_id: int) -> None:
        """Have one text written anew in place of the one that is there; refused like `write`, and with `ai_budget`."""
        by = await self.permit(Deed.EDIT)
        plan, settings, made = await self._agreed(campaign_id)
        spent = plan.spent
        if not may_ask(spent.cost, plan.wish.most_cost, cost_each(0.0, spent.cost, spent.requests), 0):
            raise KnownError("ai_budget", "The cap of what the texts may cost is reached.", "Agree to a higher one.")
        if not await self.store.renew(campaign_id, text_id, self.clock.now()):
            return
        running = self._writing.get(campaign_id)
        if running is not None and not running.is_pausing and running.only is None:
            running.take(text_id)
            return
        self._refuse_writing(campaign_id)
        await self._run(campaign_id, plan, settings, made, 1, text_id, by)

    def pause(self, campaign_id: CampaignId) -> None:
        """Ask for nothing more; what is under way is awaited and kept."""
        if (running := self._writing.get(campaign_id)) is not None:
            running.pause()

    def pause_all(self) -> None:
        """Pause in every campaign: the program is about to end."""
        for running in self._writing.values():
            running.pause()

    async def cancel(self, campaign_id: CampaignId) -> None:
        """Ask for nothing more, and want nothing more: who has no text yet is not waited for."""
        await self.permit(Deed.EDIT)
        self.pause(campaign_id)
        await self.store.drop_waiting(campaign_id)

    async def accept(self, campaign_id: CampaignId, ids: Sequence[int]) -> int:
        """Accept texts; return how many. One that is empty or too long cannot be."""
        return await self._decide(campaign_id, ids, OwnTextState.ACCEPTED)

    async def accept_shown(self, campaign_id: CampaignId, where: OwnTextFilter) -> int:
        """Accept all that a filter finds, that nobody has decided about and that has no problem; return how many."""
        return await self._decide(campaign_id, where, OwnTextState.ACCEPTED)

    async def refuse(self, campaign_id: CampaignId, ids: Sequence[int]) -> int:
        """Refuse texts: their people have none."""
        return await self._decide(campaign_id, ids, OwnTextState.REFUSED)

    async def edit(self, campaign_id: CampaignId, contact_id: ContactId, text: str) -> tuple[TextProblem, ...]:
        """Keep a text as the operator has written it, and return what is wrong with it all the same.

        Raises:
            KnownError: `own_text_unacceptable`, for one that is empty or too long; `own_texts_started`.
        """
        await self.permit(Deed.EDIT)
        plan = await self.plan(campaign_id)
        people = await self.facts.contacts_of([contact_id])
        if plan is None or not people:
            return ()
        made = await self._letter(await self.facts.draft(campaign_id), plan.wish)
        judged = made.judge(text, _facts_of(people[0]))
        if not UNACCEPTABLE.isdisjoint(judged.problems):
            raise KnownError("own_text_unacceptable", "A text that is empty or too long cannot be sent.", "Mend it.")
        units = measure(judged.text).utf16_units
        await self.store.edit(campaign_id, contact_id, judged.text, judged.problems, units, self.clock.now())
        return judged.problems

    async def choose(self, campaign_id: CampaignId, otherwise: Otherwise) -> None:
        """Say what becomes of people without an accepted text."""
        await self.permit(Deed.EDIT)
        await self.store.choose(campaign_id, otherwise, self.clock.now())

    async def discard(self, campaign_id: CampaignId) -> None:
        """Throw all texts away: the campaign has only its ordinary message again."""
        by = await self.permit(Deed.EDIT)
        self._refuse_writing(campaign_id)
        self._ended.pop(campaign_id, None)
        await self.store.discard(campaign_id, self.clock.now(), by)

    # Inside

    async def _decide(self, campaign_id: CampaignId, ids: Sequence[int] | OwnTextFilter, state: OwnTextState) -> int:
        await self.permit(Deed.EDIT)
        return await self.store.decide(campaign_id, ids, state, self.clock.now())

    async def _ready(self) -> AiSettings:
        settings = await self.settings()
        if not settings.is_ready:
            raise KnownError("ai_off", "No AI endpoint is set up.", "Set one up in the settings.")
        return settings

    async def _agreed(self, campaign_id: CampaignId) -> tuple[OwnTextPlan, AiSettings, Letter]:
        settings, plan = await self._ready(), await self.plan(campaign_id)
        if plan is None or not plan.is_agreed(settings.url):
            raise KnownError(
                "ai_not_agreed",
                "Nobody has agreed to send these fields of contacts to this AI.",
                "Look at what would leave, and agree, first.",
            )
        return plan, settings, await self._letter(await self.facts.draft(campaign_id), plan.wish)

    def _refuse_writing(self, campaign_id: CampaignId) -> None:
        if self.is_writing(campaign_id):
            raise KnownError("own_texts_writing", "The texts are being written.", "Pause it first.")

    async def _letter(self, campaign: Campaign, wish: OwnTextWish) -> Letter:
        draft = campaign.draft
        numbers = await self.facts.instances()
        gateways = [each.instance.gateway for each in numbers if each.instance.name in draft.instances]
        has_file = any(message.media is not None for message in draft.messages)
        made = letter(wish.base, wish.wish, wish.fields, text_limit(gateways, is_caption=has_file))
        if made is None:
            raise KnownError(
                "own_text_faulty", "There is no message without mistakes to make texts of.", "Write one, or say a wish."
            )
        return made

    async def _run(
        self,
        campaign_id: CampaignId,
        plan: OwnTextPlan,
        settings: AiSettings,
        made: Letter,
        total: int,
        only: int | None,
        by: str | None,
    ) -> None:
        key = await asyncio.to_thread(self.secrets.get, self.secret_name) or ""
        self._refuse_writing(campaign_id)  # nobody else has begun meanwhile
        endpoint = self.connect(settings.url, key)
        writing = Writing(
            campaign_id,
            plan,
            made,
            settings,
            endpoint,
            self.facts,
            self.store,
            self.clock,
            self.rng,
            total,
            only,
        )
        self._writing[campaign_id] = writing
        try:
            await writing.run()
        finally:
            del self._writing[campaign_id]
            self._ended[campaign_id] = writing.progress()
            await endpoint.close()
        facts: dict[str, object] = {
            "model": settings.model,
            "tokens_in": writing.tokens_in,
            "tokens_out": writing.tokens_out,
            "cost": writing.cost,
            "texts": writing.done,
            "failed": writing.failed,
        }
        if writing.ended not in (WritingEnd.DONE, WritingEnd.PAUSED):
            facts["code"] = writing.ended
        await self.store.note_end(campaign_id, facts, self.clock.now(), by)


def _facts_of(person: Contact) -> ContactFacts:
    return ContactFacts(person.phone, person.name, person.custom)
