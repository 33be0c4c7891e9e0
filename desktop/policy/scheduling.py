"""Which campaigns run, when a late one may start, and whose turn it is on a number that several want.

Turns follow weighted fair queueing: each campaign on a number has a virtual time that grows by 1 / weight with every
message, and the one that is furthest behind is next. So a campaign of priority 1 gets two messages for each one of a
campaign of priority 0, nobody ever starves, and one that joins or was idle starts level with the others instead of
making up for messages that it never wanted to send. Level is where the one stood that was served last, so that it is
known at every moment. Source: Goyal, Vin, Cheng 1996 (start-time fair queueing); product.md §2 for the five.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.ids import CampaignId
from desktop.policy.waiting import Rule, Wait

LATE = timedelta(minutes=30)
MOST_RUNNING = 5
MOMENT = timedelta(seconds=1)  # between two messages of one campaign; longer is a real absence


@dataclass(frozen=True, slots=True)
class StartNow:
    late_by: timedelta


@dataclass(frozen=True, slots=True)
class AskFirst:
    """The machine was asleep or closed at the time: what was meant for the morning may not be meant for the night."""

    late_by: timedelta


def late_schedule(schedule_at: datetime, now: datetime) -> StartNow | AskFirst:
    """Decide about a schedule that is due: over half an hour late, the operator is asked."""
    late_by = max(timedelta(), now - schedule_at)
    return AskFirst(late_by) if late_by > LATE else StartNow(late_by)


@dataclass(frozen=True, slots=True)
class Runnable:
    """A campaign whose status is running. A larger `priority` goes first."""

    id: CampaignId
    priority: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """Who sends, in order, and who waits for a place, in the order in which they will get one."""

    running: tuple[CampaignId, ...]
    waiting: tuple[tuple[CampaignId, Wait], ...]


def choose_running(campaigns: Sequence[Runnable], limit: int = MOST_RUNNING) -> Selection:
    """Choose those that send, by priority, then by who started first.

    A more important campaign takes the place of the least important: that one goes on when a place is free again.
    """
    ordered = [c.id for c in sorted(campaigns, key=lambda c: (-c.priority, c.started_at, c.id))]
    waiting = tuple(
        (campaign_id, Wait(Rule.CAMPAIGN_QUEUE, None, {"place": place, "limit": limit}))
        for place, campaign_id in enumerate(ordered[limit:], 1)
    )
    return Selection(tuple(ordered[:limit]), waiting)


@dataclass(frozen=True, slots=True)
class Contender:
    """A campaign that would send through a number now.

    `virtual` is its virtual time on this number, from `returned` and `served`; `since` is when it began to wait.
    """

    campaign_id: CampaignId
    priority: int
    virtual: float
    since: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is next on the number, and how far behind the next each contender is: the reason for the choice."""

    campaign_id: CampaignId
    behind: tuple[tuple[CampaignId, float], ...]

    def wait_of(self, campaign_id: CampaignId) -> Wait | None:
        """Return why a contender is not next, or None when it is."""
        if campaign_id == self.campaign_id:
            return None
        return Wait(Rule.TURN, None, {"next": self.campaign_id, "behind": dict(self.behind)[campaign_id]})


def choose_turn(contenders: Sequence[Contender]) -> Turn:
    """Choose who sends next through a number: furthest behind, then who waited longest. At least one must be there."""
    first = min(contenders, key=lambda c: (c.virtual, c.since, c.campaign_id))
    return Turn(first.campaign_id, tuple((c.campaign_id, round(c.virtual - first.virtual, 6)) for c in contenders))


def served(contender: Contender) -> Contender:
    """Return a contender after one of its messages has left through the number."""
    virtual = contender.virtual + 1 / weight(contender.priority)
    return Contender(contender.campaign_id, contender.priority, virtual, contender.since)


def returned(contender: Contender, level: float, away: timedelta) -> Contender:
    """Return a contender that comes back to a number.

    Args:
        level: the virtual time of the number, where the one stood that was served last.
        away: how long it has wanted nothing; no more than a moment passes between two of its messages.
    """
    return contender if away <= MOMENT else replace(contender, virtual=max(contender.virtual, level))


def weight(priority: int) -> float:
    """Return how many messages a campaign gets for each one of a campaign of priority 0."""
    return 1.0 + priority if priority >= 0 else 1 / (1.0 - priority)
