"""Lets an AI endpoint propose variations of a message: asked by the operator, kept, reviewed, never while sending.

The endpoint gets the operator's words with marks in the place of variables. No value of any contact leaves this
computer by this way.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desktop.content.ai_text import MarkedText, marked, proposals
from desktop.content.template import Template, parse
from desktop.domain.ai import (
    AI_SETTING,
    MOST_DRAFTS,
    AiAnswer,
    AiDraft,
    AiSettings,
    AiUsage,
    DraftState,
    read_ai_settings,
)
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.operator import Deed, Permit
from desktop.engine.ports import Clock
from desktop.operations.audit import Note, nowhere
from desktop.operations.ports import Secrets, SettingWrites

USAGE_OF = timedelta(days=30)


class Endpoint(Protocol):
    """Asks an endpoint; whoever makes it closes it."""

    async def ask(self, model: str, system: str, prompt: str) -> AiAnswer:
        """Ask once; refused with `ai_unauthorised`, `ai_unreachable`, `ai_garbage` and their like."""
        ...

    async def close(self) -> None: ...


class AiFacts(Protocol):
    """Questions."""

    async def setting(self, key: str) -> object | None: ...

    async def ai_proposed(self, campaign_id: CampaignId) -> Sequence[AiDraft]: ...

    async def ai_usage(self, since: datetime) -> AiUsage: ...


class AiWrites(Protocol):
    """What keeps requests and proposals."""

    async def note_answer(
        self,
        campaign_id: CampaignId | None,
        model: str,
        tokens_in: int,
        tokens_out: int,
        cost: float,
        texts: Sequence[str],
        now: datetime,
        operator: str | None = None,
        error: str | None = None,
    ) -> Sequence[AiDraft]: ...

    async def decide(self, draft_ids: Sequence[int], state: DraftState) -> None: ...


@dataclass(frozen=True, slots=True)
class AiWriting:
    """What an operator does with an AI endpoint.

    Args:
        secret_name: of the key in the keyring.
        connect: makes a client for an address and a key.
    """

    facts: AiFacts
    store: AiWrites
    settings_store: SettingWrites
    secrets: Secrets
    secret_name: str
    connect: Callable[[str, str], Endpoint]
    clock: Clock
    permit: Permit
    note: Note = nowhere

    async def settings(self) -> AiSettings:
        return read_ai_settings(await self.facts.setting(AI_SETTING))

    async def has_key(self) -> bool:
        return bool(await asyncio.to_thread(self.secrets.get, self.secret_name))

    async def usage(self) -> AiUsage:
        """Return what was asked in the last 30 days."""
        return await self.facts.ai_usage(self.clock.now() - USAGE_OF)

    async def set_up(self, settings: AiSettings, key: str | None = None) -> None:
        """Store how the endpoint is reached; a key goes into the keyring, an empty one takes it away.

        Raises:
            KnownError: `not_allowed`, `ai_bad_url`, `keyring_locked`.
        """
        by = await self.permit(Deed.SETTINGS)
        is_local = settings.url.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
        if settings.url and not (settings.url.startswith("https://") or is_local):
            raise KnownError(
                "ai_bad_url",
                "The address of the AI endpoint begins with https://.",
                "Only an endpoint on this computer may do without.",
            )
        if key is not None:
            await asyncio.to_thread(self._keep_key, key)
            await self.note("secret_set" if key else "secret_removed", by, secret="ai_key")
        await self.settings_store.put(AI_SETTING, settings.stored(), self.clock.now(), by)

    def _keep_key(self, key: str) -> None:
        if key:
            self.secrets.set(self.secret_name, key)
        else:
            self.secrets.delete(self.secret_name)

    async def try_out(self) -> AiAnswer:
        """Ask for one word, to see whether address, key and model are right; it is counted like any request.

        Raises:
            KnownError: `ai_off`, and what the endpoint refuses with.
        """
        by = await self.permit(Deed.SETTINGS)
        answer, _drafts = await self._ask(None, "Answer with the one word OK.", None, 0, by)
        return answer

    async def propose(self, campaign_id: CampaignId | None, text: str, count: int, wish: str = "") -> Sequence[AiDraft]:
        """Have variations of a message proposed, and keep them.

        Args:
            text: the message, in the language of variables.
            count: how many, 1 to `MOST_DRAFTS`.
            wish: what the operator wants of them, in their own words.

        Raises:
            KnownError: `ai_off`, `ai_faulty_text`, and what the endpoint refuses with; a failure is kept, too.
        """
        by = await self.permit(Deed.EDIT)
        template = parse(text)
        if not isinstance(template, Template) or not text.strip():
            raise KnownError("ai_faulty_text", "The message has something to mend.", "Mend it first.")
        original = marked(template)
        wanted = max(1, min(count, MOST_DRAFTS))
        _answer, drafts = await self._ask(campaign_id, _prompt(original, wanted, wish), original, wanted, by)
        return drafts

    async def proposed(self, campaign_id: CampaignId) -> Sequence[AiDraft]:
        """Return the proposals for a campaign that wait for a decision."""
        return await self.facts.ai_proposed(campaign_id)

    async def decide(self, draft_ids: Sequence[int], *, is_accepted: bool) -> None:
        """Note what the operator decided about proposals."""
        await self.permit(Deed.EDIT)
        await self.store.decide(draft_ids, DraftState.ACCEPTED if is_accepted else DraftState.REJECTED)

    async def _ask(
        self, campaign_id: CampaignId | None, prompt: str, original: MarkedText | None, wanted: int, by: str | None
    ) -> tuple[AiAnswer, Sequence[AiDraft]]:
        settings = await self.settings()
        if not settings.is_ready:
            raise KnownError("ai_off", "No AI endpoint is set up.", "Set one up in the settings.")
        key = await asyncio.to_thread(self.secrets.get, self.secret_name) or ""
        endpoint = self.connect(settings.url, key)
        answer = AiAnswer("")
        try:
            answer = await endpoint.ask(settings.model, settings.system_prompt, prompt)
            texts = proposals(answer.text, original, wanted) if original else ()
            if original and not texts:
                raise KnownError("ai_garbage", "The AI answered something else than texts.", "Ask again.")
        except KnownError as error:
            await self._note(campaign_id, settings, answer, (), by, error.code)
            raise
        finally:
            await endpoint.close()
        return answer, await self._note(campaign_id, settings, answer, texts, by, None)

    def _note(
        self,
        campaign_id: CampaignId | None,
        settings: AiSettings,
        answer: AiAnswer,
        texts: Sequence[str],
        by: str | None,
        error: str | None,
    ) -> Awaitable[Sequence[AiDraft]]:
        tokens = answer.tokens_in, answer.tokens_out
        cost = settings.cost(*tokens)
        now = self.clock.now()
        return self.store.note_answer(campaign_id, settings.model, *tokens, cost, texts, now, by, error)


def _prompt(original: MarkedText, wanted: int, wish: str) -> str:
    marks = "Keep each mark such as ⟦1⟧ exactly as it is: a name or another detail of the reader stands there later. "
    asked = f"What I want of them: {wish.strip()}\n" if wish.strip() else ""
    return (
        f"Write {wanted} variations of the message below, in its language, of about its length. "
        f"{marks if original.variables else ''}"
        "Use only *bold*, _italic_ and line breaks. "
        f"Answer with a JSON list of {wanted} texts and nothing else.\n{asked}Message:\n{original.text}"
    )
