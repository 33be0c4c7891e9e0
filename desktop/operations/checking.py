"""Finds out what preflight needs to know, and asks the gateways on the way, so that "connected" means now."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.content.cloud_template import parameter_texts
from desktop.content.formatting import measure
from desktop.content.template import Template, longest_text, parse
from desktop.domain.campaign import Audience, AudienceKind, Campaign, Draft, MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import Gateway, Instance
from desktop.domain.media import MediaFacts, MediaKind
from desktop.domain.numbers import FRESH_FOR
from desktop.domain.own_text import OwnTextStanding
from desktop.domain.segment import Segment
from desktop.domain.summaries import CampaignSummary, CheckLine, InstanceSummary, NumberHistory
from desktop.engine.ports import Clock
from desktop.operations.budget import CreditLibrary, budget_facts
from desktop.operations.forecasting import HistoryFacts, foresee, joining_of, standing_of
from desktop.operations.leaving_out import LeavingFacts, left_out_of
from desktop.operations.template_checking import TemplateLibrary, template_facts
from desktop.policy.campaign_queue import queue_outlook
from desktop.policy.media_limits import MediaFault, find_faults
from desktop.policy.number_checks import check_pace
from desktop.policy.preflight import ContentFacts, PreflightFacts, check, content_line
from desktop.policy.preflight_numbers import InstanceFacts
from desktop.policy.preflight_own_texts import OwnTextFacts
from desktop.policy.preflight_portfolios import portfolio_facts
from desktop.policy.resting import has_no_allowance, rest_of
from desktop.policy.standing import is_rest_over
from desktop.policy.text_limits import text_limit
from desktop.policy.warmup import PAST


class AudienceFacts(TemplateLibrary, HistoryFacts, CreditLibrary, LeavingFacts, Protocol):
    """Questions about an audience and the numbers."""

    async def draft(self, campaign_id: CampaignId) -> Campaign: ...

    async def campaign(self, campaign_id: CampaignId) -> CampaignSummary: ...

    async def instances(self) -> Sequence[InstanceSummary]: ...

    async def audience_size(self, audience: Audience, respect_opt_out: bool) -> tuple[int, int]: ...

    async def segments(self) -> Sequence[Segment]: ...

    async def audience_without_consent(self, audience: Audience) -> int | None:
        """How many of the audience are left out for want of a recorded consent; None when none is needed."""
        ...

    async def audience_lacking(self, audience: Audience, fields: Sequence[str]) -> Mapping[str, int]:
        """How many people of the audience have no value in each of the fields (`name`, `custom.KEY`)."""
        ...

    async def setting(self, key: str) -> object | None: ...

    async def audience_checks(self, audience: Audience, since: datetime) -> tuple[int, int]:
        """How many of the audience who may be sent to were found on WhatsApp at or after `since`, and how many not."""
        ...

    async def own_text_standing(self, campaign_id: CampaignId) -> OwnTextStanding | None:
        """How the texts of people's own stand towards the audience; None where the campaign has only its message."""
        ...


@dataclass(frozen=True, slots=True)
class Preflight:
    """Runs the checklist.

    Args:
        refresh: asks the gateway for the state of an instance and stores it; never raises for an unreachable one.
        has_token: whether the token of an instance is at hand.
        look: reads what a file is; raises `media_unreadable`.
        local_timezone: IANA name, for people whose phone tells none.
        is_writing: whether texts of a campaign are being written in this process.
    """

    library: AudienceFacts
    clock: Clock
    refresh: Callable[[Instance], Awaitable[object]]
    has_token: Callable[[Instance], bool]
    look: Callable[[Path], Awaitable[MediaFacts]]
    is_writing: Callable[[CampaignId], bool] = lambda _campaign_id: False
    local_timezone: str = "UTC"

    async def run(self, campaign_id: CampaignId) -> list[CheckLine]:
        """Return the lines for a campaign.

        Raises:
            KnownError: `campaign_not_found`.
        """
        campaign = await self.library.draft(campaign_id)
        gone = await self._gone_segment(campaign.draft.audience)
        draft = replace(campaign.draft, audience=None) if gone else campaign.draft
        begun = campaign.started_at
        if begun is not None:  # by hand, before its time
            draft = replace(draft, schedule_at=None)
        await self._refresh(draft)
        summaries = {summary.instance.name: summary for summary in await self.library.instances()}
        size, opted_out = (0, 0)
        without_consent: int | None = None
        if draft.audience is not None:
            without_consent = await self.library.audience_without_consent(draft.audience)
            size, opted_out = await self.library.audience_size(draft.audience, True)
        named = [summaries[name] for name in draft.instances if name in summaries]
        absent, unchecked = await self._checked(draft, size, named)
        left_out = await left_out_of(self.library, campaign_id, draft, self.clock.now())
        reachable = max(0, size - left_out.people)
        if begun is not None:  # its people stand in its list, whatever becomes of the audience
            reachable = size = (await self.library.campaign(campaign_id)).counts.unfinished
            gone, without_consent = "", None
        now = self.clock.now()
        histories = await self.library.histories(now - PAST)
        standing = await standing_of(
            self.library, campaign_id, draft, named, now, self.local_timezone, started_at=begun
        )
        running = await self.library.running_campaigns()
        joining = joining_of(campaign_id, draft, running, now, begun)
        gateways = [summary.instance.gateway for summary in named]
        facts = PreflightFacts(
            draft=draft,
            status=campaign.status,
            reachable=reachable,
            opted_out=opted_out,
            instances=tuple(self._instance(name, summaries.get(name), histories, now) for name in draft.instances),
            contents=tuple([await self._content(message, draft.audience, gateways) for message in draft.messages]),
            finish=await foresee(histories, draft, reachable, named, now, standing),
            now=now,
            segment_gone=gone,
            has_begun=begun is not None,
            queue=queue_outlook(joining, running) if joining else None,
            without_consent=without_consent,
            absent=absent,
            unchecked=unchecked,
            talking=left_out.talking,
            reached=left_out.reached,
            left_out=left_out.people,
            budget=await budget_facts(self.library, draft, [each.instance for each in named], reachable),
            templates=await template_facts(self.library, draft, [each.instance for each in named], size),
            portfolios=portfolio_facts(named, histories),
            own_texts=await self._own_texts(campaign_id, draft, gateways),
        )
        return check(facts)

    async def content(self, campaign: Campaign) -> CheckLine:
        """Return the line about what a campaign says, of which nobody is asked; people and files are not looked at."""
        draft, summaries = campaign.draft, await self.library.instances()
        gateways = [each.instance.gateway for each in summaries if each.instance.name in draft.instances]
        return content_line([await self._content(message, None, gateways) for message in draft.messages], draft)

    async def _own_texts(self, campaign_id: CampaignId, draft: Draft, gateways: Sequence[Gateway]) -> OwnTextFacts:
        standing = await self.library.own_text_standing(campaign_id) if draft.audience is not None else None
        return OwnTextFacts(
            standing,
            is_writing=self.is_writing(campaign_id),
            has_template=any(message.template is not None for message in draft.messages),
            limit=text_limit(gateways, is_caption=any(message.media for message in draft.messages)),
        )

    async def _gone_segment(self, audience: Audience | None) -> str:
        """Return the name of the segment that the audience is, when there is none of that name (any more)."""
        if audience is None or audience.kind is not AudienceKind.SEGMENT or not audience.values:
            return ""
        known = {segment.name for segment in await self.library.segments()}
        return "" if audience.values[0] in known else audience.values[0]

    async def _refresh(self, draft: Draft) -> None:
        summaries = await self.library.instances()
        asked = [s.instance for s in summaries if s.instance.name in draft.instances and self.has_token(s.instance)]
        await asyncio.gather(*(self.refresh(instance) for instance in asked))

    def _instance(
        self,
        name: str,
        summary: InstanceSummary | None,
        histories: Mapping[InstanceId, NumberHistory],
        now: datetime,
    ) -> InstanceFacts:
        if summary is None:
            return InstanceFacts(name, None)
        instance = summary.instance
        return InstanceFacts(
            name,
            instance.state,
            None if is_rest_over(instance, now) else instance.pause_reason,
            self.has_token(instance),
            instance.gateway,
            rest_of(summary, histories.get(instance.id, NumberHistory()), now),
            has_no_allowance=has_no_allowance(instance),
        )

    async def _checked(self, draft: Draft, reachable: int, named: Sequence[InstanceSummary]) -> tuple[int, int | None]:
        """Return how many are known not to be on WhatsApp, and of how many it is not known."""
        if draft.audience is None or not any(check_pace(each.instance.gateway) for each in named):
            return 0, None
        there, absent = await self.library.audience_checks(draft.audience, self.clock.now() - FRESH_FOR)
        return absent, max(0, reachable - there - absent)

    async def _content(
        self, message: MessageDraft, audience: Audience | None, gateways: Sequence[Gateway]
    ) -> ContentFacts:
        unreadable, faults = await self._media(message, gateways)
        name = Path(message.media.path).name if message.media else ""
        about = partial(ContentFacts, unreadable_media=unreadable, media_name=name, media_faults=faults)
        use = message.template
        if use is None and not message.text.strip():
            return about(is_empty=message.media is None)
        texts = (message.text,) if use is None else parameter_texts(use)
        parsed = [parse(text) for text in texts]
        templates = [each for each in parsed if isinstance(each, Template)]
        syntax = sum(len(each) for each in parsed if not isinstance(each, Template))
        if syntax:
            return about(is_empty=False, syntax=syntax)
        missing: Mapping[str, int] = {}
        required = frozenset[str]().union(*(each.required_fields for each in templates))
        if audience is not None and required:
            lacking = await self.library.audience_lacking(audience, sorted(required))
            missing = {name: n for name, n in lacking.items() if n}
        limit = text_limit(gateways, is_caption=message.media is not None)
        longest = longest_text(templates[0]) if use is None else ""
        too_long = max(0, -measure(longest, limit).remaining)
        return about(is_empty=False, missing=tuple(missing.items()), too_long=too_long)

    async def _media(
        self, message: MessageDraft, gateways: Sequence[Gateway]
    ) -> tuple[str | None, tuple[MediaFault, ...]]:
        """Return the path of a file that cannot be read, and what the gateways refuse of one that can."""
        if message.media is None:
            return None, ()
        try:
            facts = await self.look(Path(message.media.path))
        except KnownError:
            return message.media.path, ()
        return None, find_faults(MediaKind(message.media.kind), facts, gateways, has_text=bool(message.text.strip()))
