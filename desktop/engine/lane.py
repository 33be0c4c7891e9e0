"""The engine's queue for one instance: what has left through it, and whether something may leave now.

The departures are a copy of what the ledger has recorded, loaded when the lane opens, so that a restart forgets
nothing. `reserve` and the question before it run without an await between them: two campaigns cannot take one place.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.ids import ContactId
from desktop.domain.instance import ConnectionState, Gateway, Instance
from desktop.domain.recipient import Candidate
from desktop.engine.departures import Departures
from desktop.engine.ports import GatewayClient
from desktop.engine.turns import Turns
from desktop.engine.written import Written
from desktop.policy import breaker as breaker_policy
from desktop.policy.breaker import Breaker
from desktop.policy.health import InstanceSample, instance_health
from desktop.policy.limit_profiles import DAY, PAIR_GAP, PortfolioUsage, pair_wait, portfolio_wait, tier_limit
from desktop.policy.limits import MINUTE, InstanceUsage, allowance_left, instance_wait, local_midnight
from desktop.policy.rotation import LaneState
from desktop.policy.waiting import Rule, Wait, longest
from desktop.policy.warmup import WarmupDay, limits_today, warmup_wait


class Lane:
    """One instance at work.

    Args:
        today: number of departures since the local midnight that count against the daily limit.
        recent: departures of the last hour, ascending.
    """

    def __init__(
        self, instance: Instance, client: GatewayClient, today: int, recent: Sequence[datetime], now: datetime
    ):
        self.instance = instance
        self.client = client
        self.state = ConnectionState.UNKNOWN
        self.reachable = True
        self.breaker = Breaker()
        self._probe: datetime | None = None  # when the breaker's last probe departed, by the clock of that moment
        self.rest: Wait | None = None  # after "slow down", or after the gateway did not answer
        self.in_flight = 0
        self.sent = 0
        self.failed = 0
        self.limits = instance.limits  # with what warm-up makes of them today
        self.warmup: WarmupDay | None = None
        self.departed = 0  # since the lane opened, what did not leave after all included
        self._health_of, self._health = (-1, -1, -1), 0.0
        self._recent = Departures(recent, _largest(instance))
        self._today = today
        self._day = local_midnight(now, instance.timezone)
        self._minute = _minute_of(now)
        # Of the provider's own limits, which count people: its portfolio's, shared with other lanes, and the pair rate.
        self.turns = Turns()
        self.portfolio: Written | None = Written(DAY) if instance.gateway is Gateway.CLOUD else None
        self.pairs: Written | None = Written(PAIR_GAP) if instance.gateway is Gateway.CLOUD else None

    def adopt(self, instance: Instance) -> None:
        """Take over what was changed about the instance: limits, time zone, pause."""
        self.instance = instance
        self.limits = limits_today(instance.limits, self.warmup)
        self._recent.keep(_largest(instance))

    @property
    def paused_until(self) -> datetime | None:
        """When a pause ends by itself, by the clock of the world."""
        return self.instance.paused_until

    @property
    def day(self) -> datetime:
        """Midnight of the instance's present day."""
        return self._day

    def warm(self, warmup: WarmupDay | None) -> None:
        """Take over where the number is on its warm-up curve today."""
        self.warmup = warmup
        self.limits = limits_today(self.instance.limits, warmup)

    def recount(self, today: int, since: int, now: datetime) -> None:
        """Begin the day anew, with what the ledger has counted in it: the clock or the time zone has changed.

        Args:
            since: what was under way when the ledger was asked, and has departed since then.
        """
        # Some of it may be in the ledger already: counted twice it keeps the limit all the same.
        self._day, self._minute = local_midnight(now, self.instance.timezone), _minute_of(now)
        self._today = today + since

    def shift(self, by: timedelta) -> None:
        """Follow a wall clock that was set: windows and rests last as long as they did."""
        self._recent.shift(by)
        if self.pairs:
            self.pairs.shift(by)
        self.breaker = breaker_policy.shifted(self.breaker, by)
        if self.rest and self.rest.until:
            self.rest = replace(self.rest, until=self.rest.until + by)

    def note_stored_state(self, state: ConnectionState) -> None:
        """Remember which state the ledger has."""
        self.instance = replace(self.instance, state=state)

    def wait(self, now: datetime) -> Wait | None:
        """Return why nothing may leave through this instance now, or None; whom it would go to is somebody new."""
        return self._wait(self.usage(now), now, None)

    def portfolio_wait(self, now: datetime, candidate: Candidate | None = None) -> Wait | None:
        """Return until when the portfolio may not write to a person (None: to anybody new), or None."""
        if self.portfolio is None:
            return None
        usage = PortfolioUsage(tier_limit(self.instance.messaging_limit), self.portfolio.last(now))
        if candidate is None:
            return portfolio_wait(usage, now)
        wrote_at = candidate.wrote_at
        return portfolio_wait(
            usage,
            now,
            is_counted=bool(self.portfolio.to(candidate.contact_id)),
            in_service_window=wrote_at is not None and wrote_at + DAY > now,
        )

    def _wait(self, usage: InstanceUsage, now: datetime, candidate: Candidate | None) -> Wait | None:
        if self.instance.pause_reason is not None:
            # Once it is over, somebody wakes who waits: whoever asked the clock would ask for ever.
            until = self.paused_until if self.paused_until and self.paused_until > now else None
            return Wait(Rule.PAUSED, until, {"reason": self.instance.pause_reason})
        if not self.reachable:
            return Wait(Rule.UNREACHABLE)
        if self.state is not ConnectionState.CONNECTED:
            return Wait(Rule.DISCONNECTED, None, {"state": self.state.value})
        if resting := breaker_policy.breaker_wait(self.breaker, now):
            return resting
        if self.rest and self.rest.until and self.rest.until > now:
            return self.rest
        limit, timezone = self.instance.limits.per_day, self.instance.timezone
        if warming := warmup_wait(limit, self.warmup, usage.today, timezone, now):
            return warming
        return instance_wait(self.limits, usage, timezone, now) or self._person_wait(now, candidate)

    def _person_wait(self, now: datetime, candidate: Candidate | None) -> Wait | None:
        """Return what the provider's limits on people hold."""
        if self.pairs is None:
            return None
        if candidate and (pause := pair_wait(self.pairs.to(candidate.contact_id), now)):
            return pause
        return self.portfolio_wait(now, candidate)

    def usage(self, now: datetime) -> InstanceUsage:
        self._roll_day(now)
        return InstanceUsage(self._recent.ascending, self._today, self.in_flight)

    def as_candidate(self, now: datetime, candidate: Candidate | None = None) -> LaneState:
        """Describe the lane for rotation of a message to a person."""
        limits, usage = self.limits, self.usage(now)
        return LaneState(
            self.instance.id,
            self.instance.name,
            self._wait(usage, now, candidate),
            usage.today,
            allowance_left(limits, usage),
            limits.per_day,
            self.health,
        )

    @property
    def health(self) -> float:
        # Asked several times for each message, by every campaign; it changes with an outcome.
        sample = (self.sent, self.failed, self.breaker.errors)
        if sample != self._health_of:
            self._health_of, self._health = sample, instance_health(InstanceSample(*sample))
        return self._health

    def reserve(self, now: datetime, person: ContactId | None = None) -> None:
        """Take a place for a message to a person that is about to be recorded."""
        self._roll_day(now)
        self.in_flight += 1
        self.departed += 1
        self._today += 1
        before, self.breaker = self.breaker, breaker_policy.departing(self.breaker, now)
        if self.breaker is not before:
            self._probe = now
        self._recent.add(now)
        for written in (self.portfolio, self.pairs):
            if written is not None and person is not None:
                written.last(now)  # forgets who does not count any more
                written.add(person, now)

    def note_elsewhere(self, at: datetime) -> None:
        """Count a message that left through this instance without the lane: a test of an operator."""
        self._roll_day(at)
        self._today += 1
        self._recent.add(at)

    def release(self, departed_at: datetime, person: ContactId | None = None, *, left: bool) -> None:
        """Give the place back; with `left` False it is certain that nothing reached WhatsApp, and it counts nowhere."""
        self.in_flight -= 1
        if left:
            return
        self._recent.remove(departed_at)
        for written in (self.portfolio, self.pairs):
            if written is not None and person is not None:
                written.remove(person, departed_at)
        if departed_at >= self._day:
            self._today -= 1

    def settle(self, departed_at: datetime, *, systemic: bool | None, failed: bool, now: datetime) -> Breaker:
        """Count an outcome and return the breaker as it was before.

        Args:
            departed_at: as `reserve` was told; names the message.
            failed: the recipient's sending ended in vain.
        """
        before, is_probe = self.breaker, departed_at == self._probe
        self.breaker = breaker_policy.after(self.breaker, systemic=systemic, now=now, is_probe=is_probe)
        if systemic is False:
            self.sent += 1
        elif failed:
            self.failed += 1
        return before

    def rest_at_least(self, rest: Wait) -> None:
        """Rest until a moment, and longer where a longer rest was asked for already."""
        self.rest = longest([self.rest, rest]) if self.rest else rest

    def _roll_day(self, now: datetime) -> None:
        # Zone arithmetic is worth avoiding a thousand times a second: the day cannot change within a minute's check
        # unless the minute crosses midnight, and midnights fall on whole minutes.
        begin, end = self._minute
        if begin <= now < end:
            return
        self._minute = _minute_of(now)
        day = local_midnight(now, self.instance.timezone)
        if day > self._day:
            # Only forwards: a clock set back must not hand out a day's allowance twice.
            self._day, self._today = day, 0
            self.sent = self.failed = 0


def _minute_of(now: datetime) -> tuple[datetime, datetime]:
    begin = now.replace(second=0, microsecond=0)
    return begin, begin + MINUTE


def _largest(instance: Instance) -> int:
    limits = instance.limits
    return max(limits.per_hour or 0, limits.per_minute or 0, limits.per_second or 0)
