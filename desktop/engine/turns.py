"""Whose turn it is on one number that several campaigns want: who contends, and how far each has been served.

A campaign contends while it would send through the number now and only the number, or another's turn, holds it. Between
two of its messages it is away for a moment and keeps its place; after a real absence it starts level with the others.
Whoever is held by another's turn wakes that one: it takes the turn, or withdraws.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ids import CampaignId
from desktop.policy.scheduling import Contender, Turn, choose_turn, returned, served
from desktop.policy.waiting import Wait

FEW = 16  # campaigns that are remembered on a number without looking whether that is needed


@dataclass(slots=True)
class _Place:
    contender: Contender
    wake: asyncio.Event
    away_since: datetime | None  # None while it contends


class Turns:
    """The contenders of one number."""

    def __init__(self) -> None:
        self._places: dict[CampaignId, _Place] = {}
        self._level = 0.0  # the virtual time of the number: where the one stood that was served last

    def want(self, campaign_id: CampaignId, priority: int, wake: asyncio.Event, now: datetime) -> None:
        """Let a campaign contend from now on; one that does already goes on waiting."""
        place = self._places.get(campaign_id)
        if place is not None and place.away_since is None and place.contender.priority == priority:
            return
        if place is None:
            self._places[campaign_id] = _Place(Contender(campaign_id, priority, self._level, now), wake, None)
            return
        # Asked for each message on each number: `dataclasses.replace` would take most of the time.
        back = Contender(campaign_id, priority, place.contender.virtual, now)
        place.contender = returned(back, self._level, now - (place.away_since or now))
        place.wake, place.away_since = wake, None

    def withdraw(self, campaign_id: CampaignId, now: datetime) -> None:
        """Take a campaign out that wants nothing now; whoever it kept waiting looks again."""
        place = self._places.get(campaign_id)
        if place is not None and place.away_since is None:
            place.away_since = now
            self._wake_others(campaign_id)

    def contends(self, campaign_id: CampaignId) -> bool:
        """Tell whether a campaign waits for this number now."""
        place = self._places.get(campaign_id)
        return place is not None and place.away_since is None

    def wait_of(self, campaign_id: CampaignId) -> Wait | None:
        """Return why a contender is not next, and wake the one that is; None when it is next."""
        turn = self._turn()
        held = turn.wait_of(campaign_id) if turn else None
        if turn and held:
            self._places[turn.campaign_id].wake.set()
        return held

    def held(self, campaign_id: CampaignId) -> Wait | None:
        """Return why a contender is not next, for who only wants to know; None when it is, or does not contend."""
        turn = self._turn() if self.contends(campaign_id) else None
        return turn.wait_of(campaign_id) if turn else None

    def _turn(self) -> Turn | None:
        """Return whose turn it is; None where there is nobody to wait for."""
        contenders = [place.contender for place in self._places.values() if place.away_since is None]
        return choose_turn(contenders) if len(contenders) > 1 else None

    def served(self, campaign_id: CampaignId, now: datetime) -> None:
        """Note that a contender's message leaves through the number."""
        place = self._places[campaign_id]
        self._level = max(self._level, place.contender.virtual)
        place.contender = served(place.contender)
        self.withdraw(campaign_id, now)
        self._forget()

    def _present(self, but: CampaignId) -> list[_Place]:
        return [each for name, each in self._places.items() if name != but and each.away_since is None]

    def _wake_others(self, campaign_id: CampaignId) -> None:
        for other in self._present(campaign_id):
            other.wake.set()

    def _forget(self) -> None:
        """Forget who is away and not ahead of the others: it would come back level with them anyway."""
        if len(self._places) > FEW:
            self._places = {
                name: each
                for name, each in self._places.items()
                if each.away_since is None or each.contender.virtual > self._level
            }
