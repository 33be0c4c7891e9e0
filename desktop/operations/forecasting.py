"""When a campaign will be finished, from its draft, the limits of its numbers, and what is recorded of their past."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from desktop.audience.holiday_calendar import known_holidays
from desktop.audience.timezones import timezone_of
from desktop.domain.campaign import Audience, Draft
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.summaries import CampaignSummary, InstanceSummary, NumberHistory, ReplyHistory
from desktop.policy.campaign_queue import Joining
from desktop.policy.forecast import Forecast, forecast_of
from desktop.policy.limits import HOUR
from desktop.policy.reply_pace import LOOK_BACK
from desktop.policy.standing import Standing, running_with


class HistoryFacts(Protocol):
    """What is asked of the past, and of what is under way."""

    async def histories(self, since: datetime) -> Mapping[InstanceId, NumberHistory]:
        """What a forecast needs to know of the past of each number, its days from `since` on."""
        ...

    async def reply_history(self, campaign_id: CampaignId | None, since: datetime) -> ReplyHistory:
        """What a forecast needs to know of replies to a campaign, from `since` on one by one, and to others."""
        ...

    async def departures(self, instance_id: InstanceId, since: datetime) -> Sequence[datetime]:
        """Starts of the attempts through an instance that count against its limits, ascending."""
        ...

    async def campaign_departures(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        """Starts of a campaign's attempts that count against its pace, ascending."""
        ...

    async def running_campaigns(self) -> Sequence[CampaignSummary]:
        """The campaigns that run, newest first."""
        ...

    async def last_retry_at(self, campaign_id: CampaignId) -> datetime | None:
        """When the last of a campaign's people is due who are tried again; None when nobody is."""
        ...

    async def waiting_zones(self, campaign_id: CampaignId) -> Sequence[tuple[str, int]]:
        """In which time zones those live who wait to be written to, and how many; "" where none is known."""
        ...

    async def audience_areas(self, audience: Audience) -> Mapping[str, int]:
        """How many of the audience who may be sent to live where, by the first five signs of their phones."""
        ...


async def standing_of(
    library: HistoryFacts,
    campaign_id: CampaignId | None,
    draft: Draft,
    numbers: Sequence[InstanceSummary],
    now: datetime,
    local_timezone: str,
    *,
    started_at: datetime | None,
) -> Standing:
    """Return how things stand for a campaign.

    Args:
        campaign_id: None for a draft that is not stored.
        local_timezone: IANA name, for people whose phone tells none.
        started_at: since when its people are recorded; None for one that never ran: they are counted by their phones.
    """
    since = now - HOUR
    running = await library.running_campaigns()
    limited = [each.instance for each in numbers if each.instance.limits.per_hour or each.instance.limits.per_minute]
    standing = replace(
        running_with(campaign_id, running, joining_of(campaign_id, draft, running, now, started_at)),
        starts_at=draft.schedule_at,
        recent={each.id: await library.departures(each.id, since) for each in limited},
    )
    if draft.replies_per_hour is not None:
        standing = replace(standing, replies=await library.reply_history(campaign_id, now - LOOK_BACK))
    if campaign_id is not None and started_at is not None:
        return replace(
            standing,
            starts_at=None,
            last_retry_at=await library.last_retry_at(campaign_id),
            zones=_named(dict(await library.waiting_zones(campaign_id)), local_timezone) if draft.window else (),
            own_recent=await library.campaign_departures(campaign_id, since) if draft.pace.per_hour else (),
        )
    if draft.window is None or draft.audience is None:
        return standing
    return replace(standing, zones=_named(await library.audience_areas(draft.audience), local_timezone))


def joining_of(
    campaign_id: CampaignId | None,
    draft: Draft,
    running: Sequence[CampaignSummary],
    now: datetime,
    started_at: datetime | None,
) -> Joining | None:
    """Return as what a campaign would join those that run, if it began now; None for one that runs, or begins later."""
    if any(each.id == campaign_id for each in running):
        return None
    if started_at is None and draft.schedule_at is not None and draft.schedule_at > now:
        return None  # nobody knows who runs by then
    return Joining(campaign_id, draft.priority, started_at or now)


def _named(places: Mapping[str, int], local_timezone: str) -> tuple[tuple[str, int], ...]:
    """Name the time zones of places: a beginning of phones, a zone, or nothing."""
    found: Counter[str] = Counter()
    for place, n in places.items():
        found[timezone_of(place, local_timezone) if place.startswith("+") else place or local_timezone] += n
    return tuple(sorted(found.items()))


async def foresee(
    histories: Mapping[InstanceId, NumberHistory],
    draft: Draft,
    remaining: int,
    numbers: Sequence[InstanceSummary],
    now: datetime,
    standing: Standing,
) -> Forecast | None:
    """Return when `remaining` messages will have left through `numbers`; None when they never will."""

    def work() -> Forecast | None:
        is_holiday = known_holidays(draft.window.holidays if draft.window else None)
        return forecast_of(draft, remaining, numbers, histories, now, is_holiday, standing)

    # Months of a plan, and the first calendar, take longer than the window may stand still.
    return await asyncio.to_thread(work)
