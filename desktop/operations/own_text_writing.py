"""One go of having texts written for the people of a campaign: several at once, within the cap, each kept as it comes.

It reads each person just before it asks, so that who opted out or was erased meanwhile is not asked about. It stops
when it is told to, when all are written, when the cap is reached, and when nobody else would fare better.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol

from desktop.content.facts import ContactFacts
from desktop.content.formatting import measure
from desktop.content.own_text import Letter
from desktop.domain.ai import AiAnswer, AiSettings
from desktop.domain.contact import Contact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId
from desktop.domain.own_text import OwnTextPlan, OwnTextProgress, WritingEnd
from desktop.engine.ports import Clock
from desktop.policy.own_texts import PARALLEL, Again, Prices, Speed, Stop, after_failure, cost_each, estimate, may_ask

_LOOK_S = 1.0  # how long a wait may hold up a pause


class Endpoint(Protocol):
    """Asks an endpoint; whoever makes it closes it."""

    async def ask(self, model: str, system: str, prompt: str) -> AiAnswer:
        """Ask once; refused with KnownError, whose facts may have `http_status` and `retry_after_s`."""
        ...

    async def close(self) -> None: ...


class WritingStore(Protocol):
    """What keeps each text and what it cost; refused with `own_texts_started` once the campaign was started."""

    async def keep(
        self,
        campaign_id: CampaignId,
        contact_id: ContactId,
        text: str,
        problems: Sequence[str],
        units: int,
        now: datetime,
    ) -> bool: ...

    async def fail(self, campaign_id: CampaignId, contact_id: ContactId, reason: str, now: datetime) -> bool: ...

    async def note_request(
        self,
        campaign_id: CampaignId,
        model: str,
        tokens_in: int,
        tokens_out: int,
        cost: float,
        error: str | None,
        now: datetime,
    ) -> None: ...


class WritingFacts(Protocol):
    """Questions."""

    async def own_texts_to_write(
        self, campaign_id: CampaignId, after: int, limit: int
    ) -> Sequence[tuple[int, Contact]]: ...


@dataclass(slots=True)
class Writing:
    """The state of one go. `only`: the id of the one text that is to be written; None for all that wait."""

    campaign_id: CampaignId
    plan: OwnTextPlan
    letter: Letter
    settings: AiSettings
    endpoint: Endpoint
    facts: WritingFacts
    store: WritingStore
    clock: Clock
    rng: Random
    total: int
    only: int | None = None
    done: int = 0
    failed: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    ended: str | None = None
    is_pausing: bool = False
    _cursor: int = 0
    _has_more: bool = True
    _in_a_row: int = 0
    _hold_until_s: float = 0.0  # monotonic
    _began_s: float = 0.0
    _asking: int = 0
    _again: deque[int] = field(default_factory=deque[int])
    _under_way: set[int] = field(default_factory=set[int])
    _next: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Write until there is a reason to stop, which is `ended` then; what has come is kept."""
        self._began_s = self.clock.monotonic()
        if self.only is not None:
            self._again.append(self.only)
        while self._has_more and not self._is_over:
            self._has_more = False
            async with asyncio.TaskGroup() as tasks:
                for number in range(PARALLEL):
                    tasks.create_task(self._work(), name=f"own text {number}")
        self._end(WritingEnd.PAUSED if self.is_pausing else WritingEnd.DONE)

    def pause(self) -> None:
        """Ask for nothing more; what is under way is awaited and kept."""
        self.is_pausing = True

    def take(self, text_id: int) -> None:
        """Write one more, which waits again."""
        self._again.append(text_id)
        self._has_more = True  # also when nobody is at work any more, and the end is only about to be told
        self.total += 1

    def progress(self) -> OwnTextProgress:
        """Return how it goes."""
        now_s = self.clock.monotonic()
        speed = Speed(self.done, now_s - self._began_s)
        return OwnTextProgress(
            self.total,
            self.done,
            self.failed,
            self.tokens_in,
            self.tokens_out,
            self.cost,
            speed.per_minute,
            speed.left_s(max(0, self.total - self.done - self.failed)),
            max(0.0, self._hold_until_s - now_s),
            self.is_pausing,
            self.ended,
        )

    def _end(self, why: str) -> None:
        if self.ended is None:
            self.ended = why

    @property
    def _is_over(self) -> bool:
        return self.is_pausing or self.ended is not None

    async def _work(self) -> None:
        while not self._is_over:
            found = await self._take_next()
            if found is None:
                return
            text_id, person = found
            try:
                is_settled = await self._write(person)
            finally:
                self._under_way.discard(text_id)
            if not is_settled:
                # Another one goes on with it, when what is under way has cost less than feared.
                self._again.append(text_id)
                return

    async def _take_next(self) -> tuple[int, Contact] | None:
        """Return whose text is next: first those that wait once more, then the others in their order."""
        async with self._next:
            while not self._is_over and (self._again or self.only is None):
                wanted = self._again.popleft() if self._again else None
                try:
                    after = self._cursor if wanted is None else wanted - 1
                    page = await self.facts.own_texts_to_write(self.campaign_id, after, 1)
                except KnownError as error:  # the campaign, or the segment that it goes to, is gone
                    self._end(error.code)
                    return None
                if wanted is None:
                    if not page and not self._again:
                        return None
                    self._cursor = page[0][0] if page else self._cursor
                if page and wanted in (None, page[0][0]) and page[0][0] not in self._under_way:
                    self._under_way.add(page[0][0])
                    return page[0]
            return None

    async def _write(self, person: Contact) -> bool:
        """Have one text written and kept; False when it was not asked for, or is to be asked for once more."""
        facts = ContactFacts(person.phone, person.name, person.custom)
        prompt, tries = self.letter.prompt(facts), 0
        while await self._may_ask(prompt):
            tries += 1
            try:
                answer = await self._ask(prompt)
            except KnownError as error:
                if not await self._refused(person, error, tries):
                    return True
                continue
            written = self.letter.read(answer.text, facts)
            units = measure(written.text, self.letter.limit).utf16_units
            keeping = self.store.keep(
                self.campaign_id, person.id, written.text, written.problems, units, self.clock.now()
            )
            if await self._kept(keeping):
                self.done, self._in_a_row = self.done + 1, 0
            return True
        return False

    async def _may_ask(self, prompt: str) -> bool:
        """Wait while the endpoint wants to be left alone; tell whether one more text is within the cap."""
        while not self._is_over and (left_s := self._hold_until_s - self.clock.monotonic()) > 0:
            await self.clock.sleep(min(left_s, _LOOK_S))
        if self._is_over:
            return False
        prices = Prices(self.settings.price_in, self.settings.price_out)
        expected = estimate(1, self.settings.system_prompt + prompt, "", prices).cost_each
        spent, most = self.plan.spent, self.plan.wish.most_cost
        cost = spent.cost + self.cost
        each = cost_each(expected, cost, spent.requests + self.requests)
        if not self._asking and not may_ask(cost, most, each, 0):
            self._end(WritingEnd.BUDGET)
        return may_ask(cost, most, each, self._asking)

    async def _ask(self, prompt: str) -> AiAnswer:
        """Ask once, and count what it cost, whatever came of it."""
        answer, code = AiAnswer(""), None
        self._asking += 1
        try:
            answer = await self.endpoint.ask(self.settings.model, self.settings.system_prompt, prompt)
            if answer.is_cut:
                raise KnownError("ai_cut", "The AI stopped in the middle of the text.", "Ask for a shorter one.")
        except KnownError as error:
            code = error.code
            if not answer.text:
                answer = AiAnswer("", _tokens(error, "tokens_in"), _tokens(error, "tokens_out"))
            raise
        finally:
            self._asking -= 1
            if answer.text or code is not None:
                await self._count(answer, code)
        return answer

    async def _count(self, answer: AiAnswer, code: str | None) -> None:
        cost = self.settings.cost(answer.tokens_in, answer.tokens_out)
        self.requests += 1
        self.tokens_in += answer.tokens_in
        self.tokens_out += answer.tokens_out
        self.cost += cost
        await self.store.note_request(
            self.campaign_id, self.settings.model, answer.tokens_in, answer.tokens_out, cost, code, self.clock.now()
        )

    async def _refused(self, person: Contact, error: KnownError, tries: int) -> bool:
        """Follow a refusal; tell whether the same text is to be asked for again."""
        retry_after, status = error.facts.get("retry_after_s"), error.facts.get("http_status")
        decided = after_failure(
            error.code,
            tries,
            self._in_a_row,
            retry_after if isinstance(retry_after, float) else None,
            status if isinstance(status, int) else None,
            self.rng,
        )
        if isinstance(decided, Again):
            # Asked too much by one is asked too much by all.
            self._hold_until_s = max(self._hold_until_s, self.clock.monotonic() + decided.delay_s)
            return True
        if isinstance(decided, Stop):
            self._end(error.code)
        if await self._kept(self.store.fail(self.campaign_id, person.id, error.code, self.clock.now())):
            self.failed += 1
            self._in_a_row += 1
        return False

    async def _kept(self, keeping: Awaitable[bool]) -> bool:
        """Keep what came; a campaign that was started, or deleted, meanwhile ends the writing."""
        try:
            return await keeping
        except KnownError as error:
            self._end(error.code)
            return False


def _tokens(error: KnownError, name: str) -> int:
    """Return what an answer without a text was counted as."""
    found = error.facts.get(name)
    return found if isinstance(found, int) else 0
