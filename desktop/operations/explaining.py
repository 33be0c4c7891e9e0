"""Finds out why a recipient's message does not leave now: from the engine of this process, and from the database.

Without an engine here the waits are those that the rows show: limits, windows, pace, pauses, connection. What only an
engine knows (a breaker, a rest after "slow down") is then left out, and when nothing sends at all that is told first.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random
from typing import Protocol
from zoneinfo import ZoneInfo

from desktop.audience.holiday_calendar import known_holidays
from desktop.audience.regions import place_of
from desktop.domain.campaign import Campaign, CampaignStatus
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId
from desktop.domain.instance import Gateway, Instance
from desktop.domain.place import calendar_of, zone_in
from desktop.domain.recipient import FINAL_FOR_SENDING
from desktop.domain.summaries import CampaignSummary, InstanceSummary, RecipientSituation
from desktop.engine.ports import WrittenTo
from desktop.policy.breaker import Breaker
from desktop.policy.explain import (
    CampaignNow,
    Explanation,
    InstanceNow,
    RecipientNow,
    Subject,
    explain_campaign,
    explain_instance,
    explain_recipient,
)
from desktop.policy.instance_watch import REASON as HEALTH
from desktop.policy.instance_watch import UNKNOWN_SCORE, restored
from desktop.policy.limit_profiles import DAY, PAIR_GAP, PortfolioUsage, pair_wait, portfolio_wait, tier_limit
from desktop.policy.limits import HOUR, InstanceUsage, local_midnight
from desktop.policy.pacing import replay
from desktop.policy.reply_pace import LOOK_BACK, reply_wait
from desktop.policy.waiting import Rule, Wait, soonest
from desktop.policy.warmup import OFF, PAST, WarmupDay, allowance, careful_curve

_WANTS_AN_ENGINE = frozenset({CampaignStatus.RUNNING, CampaignStatus.SCHEDULED})


class SituationFacts(Protocol):
    """Questions about what is recorded."""

    async def draft(self, campaign_id: CampaignId) -> Campaign: ...

    async def campaign(self, campaign_id: CampaignId) -> CampaignSummary: ...

    async def instances(self) -> Sequence[InstanceSummary]: ...

    async def recipient_situation(self, recipient_id: RecipientId) -> RecipientSituation: ...

    async def departures(self, instance_id: InstanceId, since: datetime) -> Sequence[datetime]: ...

    async def written_by_portfolio(self, portfolio_id: str, since: datetime) -> Sequence[WrittenTo]: ...

    async def written_to_person(
        self, contact_id: ContactId, since: datetime
    ) -> Sequence[tuple[InstanceId, datetime]]: ...

    async def replies(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]: ...

    async def campaign_departures(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]: ...


class Live(Protocol):
    """What the engine of this process knows, where there is one."""

    def explain_instance(self, instance_id: InstanceId) -> Explanation | None: ...

    def explain_campaign(self, campaign_id: CampaignId) -> Explanation | None: ...

    async def is_sending(self) -> bool:
        """Tell whether an engine runs on this home, here or in another process."""
        ...


@dataclass(frozen=True, slots=True)
class WhyNotNow:
    """Answers for one recipient.

    Args:
        local_timezone: IANA name, for people whose phone tells none.
    """

    facts: SituationFacts
    live: Live
    local_timezone: str

    async def explain(self, recipient_id: RecipientId, now: datetime) -> Explanation:
        """Return the explanation of a recipient, with those of its campaign and instances.

        Raises:
            KnownError: `recipient_not_found`.
        """
        found = await self.facts.recipient_situation(recipient_id)
        campaign = await self.facts.draft(found.campaign_id)
        window = campaign.draft.window
        place = found.zone or place_of(found.phone, self.local_timezone)
        calendar = calendar_of(place, window.holidays) if window and window.holidays else None
        # The package takes half a second to load: the window goes on meanwhile.
        is_holiday = await asyncio.to_thread(known_holidays, calendar)
        recipient = RecipientNow(
            status=found.status,
            reason=found.reason,
            opted_out=found.opted_out,
            not_before=found.next_attempt_at,
            window=window,
            timezone=zone_in(place),
            is_holiday=is_holiday,
        )
        if found.status in FINAL_FOR_SENDING:
            return explain_recipient(recipient, Explanation(Subject.CAMPAIGN, ()), now)
        recipient = replace(recipient, others=await self._of_person(campaign, found.contact_id, now))
        return explain_recipient(recipient, await self._campaign(campaign, now), now)

    async def explain_number(self, instance: Instance, now: datetime) -> Explanation:
        """Return what keeps a number from sending, whoever sends."""
        return await self._instance(instance, now)

    async def _of_person(self, campaign: Campaign, person: ContactId | None, now: datetime) -> list[Wait]:
        """Return what Meta's pair rate makes this person wait for: if each of the campaign's numbers wrote lately."""
        numbers = await self._numbers(campaign)
        if person is None or not numbers or any(number.gateway is not Gateway.CLOUD for number in numbers):
            return []
        written = await self.facts.written_to_person(person, now - PAIR_GAP)
        held = [pair_wait([at for name, at in written if name == number.id], now) for number in numbers]
        waits = [wait for wait in held if wait]
        return [soonest(waits)] if len(waits) == len(numbers) else []

    async def _campaign(self, campaign: Campaign, now: datetime) -> Explanation:
        if live := self.live.explain_campaign(campaign.id):
            return live
        nobody = campaign.status in _WANTS_AN_ENGINE and not await self.live.is_sending()
        pace = campaign.draft.pace
        middle_s = sum(pace.delay_s) / 2
        recent = await self.facts.campaign_departures(campaign.id, now - HOUR)
        others = [Wait(Rule.NO_ENGINE)] if nobody else []
        per_hour = campaign.draft.replies_per_hour
        if per_hour is not None and campaign.status is CampaignStatus.RUNNING:
            replies = await self.facts.replies(campaign.id, now - LOOK_BACK)
            others += [held for held in (reply_wait(replies, per_hour, now),) if held]
        facts = CampaignNow(
            status=campaign.status,
            reason=campaign.reason,
            schedule_at=campaign.draft.schedule_at,
            pace=pace,
            # The gap was drawn at random by whoever sends: its middle is the best guess from outside.
            pace_state=replay(replace(pace, delay_s=(middle_s, middle_s)), recent, Random(0)),
            recent=recent,
            others=others,
        )
        return explain_campaign(facts, await self._instances(campaign, now), now)

    async def _instances(self, campaign: Campaign, now: datetime) -> list[tuple[str, Explanation]]:
        return [(number.name, await self._instance(number, now)) for number in await self._numbers(campaign)]

    async def _numbers(self, campaign: Campaign) -> list[Instance]:
        by_name = {found.instance.name: found.instance for found in await self.facts.instances()}
        by_id = {instance.id: instance for instance in by_name.values()}
        named = [by_name[name] for name in campaign.draft.instances if name in by_name]
        return [by_id[number] for number in campaign.instance_ids if number in by_id] or named

    async def _portfolio(self, instance: Instance, now: datetime) -> list[Wait]:
        limit = tier_limit(instance.messaging_limit)
        if instance.portfolio_id is None or limit is None:
            return []
        written = await self.facts.written_by_portfolio(instance.portfolio_id, now - DAY)
        held = portfolio_wait(PortfolioUsage(limit, _last_of_each(written)), now)
        return [held] if held else []

    async def _instance(self, instance: Instance, now: datetime) -> Explanation:
        if live := self.live.explain_instance(instance.id):
            return live
        past = await self.facts.departures(instance.id, now - (HOUR if instance.warmup == OFF else PAST))
        midnight = local_midnight(now, instance.timezone)
        today = past if past and past[0] < midnight else await self.facts.departures(instance.id, midnight)
        is_resting = instance.pause_reason == HEALTH
        facts = InstanceNow(
            pause_reason=instance.pause_reason,
            is_reachable=True,  # nobody here has asked
            state=instance.state,
            limits=instance.limits,
            timezone=instance.timezone,
            usage=InstanceUsage(past, sum(at >= midnight for at in today), 0),
            breaker=Breaker(),
            watch=restored(instance.paused_at or now, UNKNOWN_SCORE) if is_resting else None,
            paused_until=instance.paused_until,
            others=await self._portfolio(instance, now),
            warmup=_warmup_day(instance, past, now),
        )
        return explain_instance(facts, now)


def _last_of_each(written: Sequence[WrittenTo]) -> list[datetime]:
    """Return the last moment of each person, ascending; somebody who was erased since is one a message."""
    last = {each.contact_id or -place: each.at for place, each in enumerate(written, 1)}
    return sorted(last.values())


def _warmup_day(instance: Instance, past: Sequence[datetime], now: datetime) -> WarmupDay | None:
    curve = careful_curve(instance.warmup)
    if curve is None:
        return None
    zone = ZoneInfo(instance.timezone)
    history: Counter[date] = Counter(at.astimezone(zone).date() for at in past)
    return allowance(curve, list(history.items()), now.astimezone(zone).date())
