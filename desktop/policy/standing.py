"""What a forecast has to know besides the plan: which numbers can send, who else wants them, and what is under way.

A number that somebody has to bring back (logged out, unplugged, paused by an operator, resting for its errors) has no
moment at which it sends again, so a forecast leaves it out and says so. One whose rest has an end comes back then. At
a daily limit it pauses itself and comes back by itself: the limit is in the plan anyway.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.campaign import Draft
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.summaries import CampaignSummary, InstanceSummary, ReplyHistory
from desktop.policy.campaign_queue import Joining, id_of, select
from desktop.policy.pacing import pace_rate
from desktop.policy.scheduling import weight
from desktop.policy.waiting import Rule

# Never asked, or the gateway cannot be reached for the moment: it is expected to go on.
_MAY_SEND = frozenset({ConnectionState.CONNECTED, ConnectionState.CONNECTING, ConnectionState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Rival:
    """Another running campaign that wants some of the same numbers.

    Attributes:
        messages: what it still sends through the numbers that both use.
        weight: its messages for each one of a campaign of normal priority, while both want a number.
        rate: messages a second that its own pace lets through those numbers; None without a pace.
    """

    messages: float
    weight: float
    rate: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for one campaign; empty for one that nothing is known of.

    Attributes:
        starts_at: a moment in the future at which it will start; None for one that runs, or starts now.
        last_retry_at: when the last of those is due who are tried again.
        zones: time zones of the people still to be written to, and how many live in each.
        recent: departures of the last hour by number, of all campaigns, ascending; `own_recent` are the campaign's.
        others: the other campaigns that run.
        waits_for_place: as many campaigns as may send at once do, and this one is not among them.
    """

    starts_at: datetime | None = None
    last_retry_at: datetime | None = None
    zones: tuple[tuple[str, int], ...] = ()
    recent: Mapping[InstanceId, Sequence[datetime]] = field(default_factory=dict[InstanceId, Sequence[datetime]])
    own_recent: Sequence[datetime] = ()
    replies: ReplyHistory | None = None
    others: Sequence[CampaignSummary] = ()
    waits_for_place: bool = False


def running_with(
    campaign_id: CampaignId | None, campaigns: Sequence[CampaignSummary], joining: Joining | None = None
) -> Standing:
    """Return which of all campaigns whose status is running send beside one, and whether it waits for a place.

    Args:
        joining: the one, when it does not run yet and would start (or go on) now.
    """
    chosen = select(campaigns, joining)
    others = [each for each in campaigns if each.id in chosen.running and each.id != campaign_id]
    mine = campaign_id if joining is None else id_of(joining)
    return Standing(others=others, waits_for_place=mine in {waiting for waiting, _wait in chosen.waiting})


def can_send(number: Instance, now: datetime) -> bool:
    """Tell whether a number sends by itself, now or at a moment that is known."""
    if number.state not in _MAY_SEND:
        return False
    if number.pause_reason in (None, Rule.DAILY_LIMIT.value) or is_rest_over(number, now):
        return True
    return free_at(number, now) is not None


def is_rest_over(number: Instance, now: datetime) -> bool:
    """Tell whether a number is recorded as paused until a moment that has passed: the engine only has to look."""
    return number.pause_reason is not None and number.paused_until is not None and number.paused_until <= now


def free_at(number: Instance, now: datetime) -> datetime | None:
    """Return when a number's rest ends; None without one, or one that no moment ends."""
    ends = number.paused_until if number.pause_reason is not None else None
    return ends if ends is not None and ends > now else None


def rivals(draft: Draft, numbers: Sequence[InstanceSummary], others: Sequence[CampaignSummary]) -> list[Rival]:
    """Return what the other campaigns take of the numbers of a draft."""
    mine = {each.instance.name for each in numbers}
    found: list[Rival] = []
    for other in others:
        common = len(mine & set(other.instance_names))
        if common and other.counts.unfinished:
            share = common / len(other.instance_names)
            rate = pace_rate(other.draft.pace)
            found.append(
                Rival(
                    other.counts.unfinished * share,
                    weight(other.draft.priority) / weight(draft.priority),
                    None if rate is None else rate * share,
                )
            )
    return found


def volume_of(rivals: Sequence[Rival], messages: float, seconds: float) -> float:
    """Return how many messages of others leave before the last of `messages`, which take so many seconds."""
    return sum(
        min(each.messages, messages * each.weight, *([] if each.rate is None else [each.rate * seconds]))
        for each in rivals
    )
