"""Answers "why not now?" for a recipient, an instance and a campaign, from the waits of all rules.

An explanation lists what holds its own subject, and points at what else has to be free: a campaign at its instances
(one of them is enough), a recipient at its campaign. Rules come in the order in which they matter: first those that
end by no time alone, because somebody has to act, then those that last longest. The words are made where they are
shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from operator import itemgetter

from desktop.domain.campaign import CampaignStatus, Pace, SendWindow
from desktop.domain.instance import ConnectionState, InstanceLimits
from desktop.domain.recipient import FINAL_FOR_SENDING, RecipientStatus
from desktop.policy.breaker import Breaker, breaker_wait
from desktop.policy.instance_watch import Watch, watch_wait
from desktop.policy.limits import InstanceUsage, instance_wait
from desktop.policy.pacing import PaceState, pace_wait
from desktop.policy.send_window import IsHoliday, window_wait
from desktop.policy.waiting import Rule, Wait
from desktop.policy.warmup import WarmupDay, warmup_wait

# Without a moment, and without anybody who has to do something.
_ENDS_BY_ITSELF = frozenset({Rule.UNREACHABLE, Rule.OFFLINE, Rule.IN_FLIGHT, Rule.TURN, Rule.CAMPAIGN_QUEUE})


class Subject(StrEnum):
    RECIPIENT = "recipient"
    INSTANCE = "instance"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What keeps a subject from sending now.

    Attributes:
        waits: its own rules; empty when none holds it.
        campaign: of a recipient, unless its own rules end the matter.
        instances: of a campaign, by name and in its order.
    """

    subject: Subject
    waits: tuple[Wait, ...]
    campaign: "Explanation | None" = None
    instances: tuple[tuple[str, "Explanation"], ...] = ()

    @property
    def is_free(self) -> bool:
        """Tell whether a message may leave now."""
        return not self.waits and self._outer_is_free

    @property
    def until(self) -> datetime | None:
        """Return when everything that holds it will have ended: None when that is now, or not by time alone."""
        ends = [wait.until for wait in self.waits]
        if self.campaign and not self.campaign.is_free:
            ends.append(self.campaign.until)
        if self.instances and not any(found.is_free for _name, found in self.instances):
            ends.append(min((f.until for _name, f in self.instances if f.until), default=None))
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None

    def details(self) -> Mapping[str, object]:
        """Return the explanation as JSON-ready values, moments as ISO text."""
        found: dict[str, object] = {
            "subject": self.subject.value,
            "free": self.is_free,
            "until": self.until and self.until.isoformat(),
            "waits": [
                {"rule": w.rule.value, "until": w.until and w.until.isoformat(), "facts": dict(w.facts)}
                for w in self.waits
            ],
        }
        if self.campaign:
            found["campaign"] = self.campaign.details()
        if self.instances:
            found["instances"] = {name: explanation.details() for name, explanation in self.instances}
        return found

    @property
    def needs_nobody(self) -> bool:
        """Tell whether all that holds it ends by itself: with time, or once there is a connection again."""
        if not all(wait.until is not None or wait.rule in _ENDS_BY_ITSELF for wait in self.waits):
            return False
        if self.subject is Subject.CAMPAIGN:
            return not self.instances or any(found.needs_nobody for _name, found in self.instances)
        return self.campaign is None or self.campaign.needs_nobody

    @property
    def _outer_is_free(self) -> bool:
        if self.subject is Subject.CAMPAIGN:
            return any(found.is_free for _name, found in self.instances)
        return self.campaign is None or self.campaign.is_free


@dataclass(frozen=True, slots=True)
class InstanceNow:
    """An instance as its lane knows it. `others` are waits that somebody else has found: portfolio, another's turn."""

    pause_reason: str | None
    is_reachable: bool
    state: ConnectionState
    limits: InstanceLimits
    timezone: str
    usage: InstanceUsage
    breaker: Breaker
    rest: Wait | None = None
    watch: Watch | None = None
    warmup: WarmupDay | None = None
    paused_until: datetime | None = None
    others: Sequence[Wait] = ()


@dataclass(frozen=True, slots=True)
class CampaignNow:
    """A campaign as its runner knows it. `others`: a place in the queue, offline, the grace time, reconciling."""

    status: CampaignStatus
    reason: str | None
    schedule_at: datetime | None
    pace: Pace
    pace_state: PaceState
    recent: Sequence[datetime]
    others: Sequence[Wait] = ()


@dataclass(frozen=True, slots=True)
class RecipientNow:
    """A recipient as the ledger knows it. `others`: pair rate, portfolio, an active conversation."""

    status: RecipientStatus
    reason: str | None
    opted_out: bool
    not_before: datetime | None
    window: SendWindow | None
    timezone: str
    is_holiday: IsHoliday
    others: Sequence[Wait] = ()


def engine_stopped(subject: Subject, again_at: datetime) -> Explanation:
    """Explain why nothing leaves while the engine has stopped by itself: it starts again at that moment."""
    return Explanation(subject, (Wait(Rule.ENGINE_STOPPED, again_at),))


def explain_instance(facts: InstanceNow, now: datetime) -> Explanation:
    """Explain why nothing leaves through an instance now."""
    waits: list[Wait | None] = list(facts.others)
    if not facts.is_reachable:
        waits.append(Wait(Rule.UNREACHABLE))
    elif facts.state is not ConnectionState.CONNECTED:
        waits.append(Wait(Rule.DISCONNECTED, None, {"state": facts.state.value}))
    rest = facts.rest
    is_told = rest is not None and rest.rule is Rule.UNREACHABLE and not facts.is_reachable
    if rest is not None and rest.until is not None and rest.until > now and not is_told:
        waits.append(rest)
    waits += [watch_wait(facts.watch) if facts.watch else None, breaker_wait(facts.breaker, now)]
    waits.append(warmup_wait(facts.limits.per_day, facts.warmup, facts.usage.today, facts.timezone, now))
    free = InstanceLimits(None, None, None, 0.0, facts.limits.max_in_flight)
    # Each limit by itself: together they would only tell the longest.
    for alone in (
        replace(free, per_day=facts.limits.per_day),
        replace(free, per_hour=facts.limits.per_hour),
        replace(free, per_minute=facts.limits.per_minute),
        replace(free, min_gap_s=facts.limits.min_gap_s, per_second=facts.limits.per_second),
    ):
        waits.append(instance_wait(alone, facts.usage, facts.timezone, now))
    # An instance that a rule has paused goes on by itself when the rule ends; an operator's pause does not.
    if facts.pause_reason is not None and facts.pause_reason not in {wait.rule.value for wait in waits if wait}:
        waits.append(Wait(Rule.PAUSED, facts.paused_until, {"reason": facts.pause_reason}))
    return Explanation(Subject.INSTANCE, _in_order(waits))


def explain_campaign(facts: CampaignNow, instances: Sequence[tuple[str, Explanation]], now: datetime) -> Explanation:
    """Explain why nothing of a campaign leaves now, given the explanations of its instances."""
    if not instances:
        instances = [("", Explanation(Subject.INSTANCE, (Wait(Rule.NO_INSTANCE),)))]
    waits: list[Wait | None] = list(facts.others)
    match facts.status:
        case CampaignStatus.RUNNING:
            alone = Pace((0.0, 0.0), None, None, None)
            for pace in (
                replace(alone, delay_s=facts.pace.delay_s),
                replace(alone, per_hour=facts.pace.per_hour),
                replace(alone, per_second=facts.pace.per_second, burst=facts.pace.burst),
            ):
                waits.append(pace_wait(pace, _state_of(pace, facts.pace_state), facts.recent, now))
        case CampaignStatus.SCHEDULED:
            waits.append(Wait(Rule.SCHEDULED, facts.schedule_at))
        case CampaignStatus.PAUSED:
            waits.append(Wait(Rule.PAUSED, None, {"reason": facts.reason}))
        case _:
            waits.append(Wait(Rule.NOT_RUNNING, None, {"status": facts.status.value, "reason": facts.reason}))
    return Explanation(Subject.CAMPAIGN, _in_order(waits), instances=tuple(instances))


def explain_recipient(facts: RecipientNow, campaign: Explanation, now: datetime) -> Explanation:
    """Explain why a recipient's message does not leave now, given the explanation of its campaign."""
    if facts.status in FINAL_FOR_SENDING:
        settled = Wait(Rule.SETTLED, None, {"status": facts.status.value, "reason": facts.reason})
        return Explanation(Subject.RECIPIENT, (settled,))
    # Whoever opts out now has a message under way all the same, or one that may have left.
    if facts.status is RecipientStatus.SENDING:
        return Explanation(Subject.RECIPIENT, (Wait(Rule.IN_FLIGHT),))
    if facts.status is RecipientStatus.IN_DOUBT:
        return Explanation(Subject.RECIPIENT, (Wait(Rule.RECONCILING, None, {"reason": facts.reason}),))
    if facts.opted_out:
        return Explanation(Subject.RECIPIENT, (Wait(Rule.OPTED_OUT),))
    waits: list[Wait | None] = list(facts.others)
    if facts.status is RecipientStatus.RETRYING and facts.not_before and facts.not_before > now:
        waits.append(Wait(Rule.RETRY, facts.not_before, {"reason": facts.reason}))
    if facts.window is None:
        return Explanation(Subject.RECIPIENT, _in_order(waits), campaign=campaign)
    closed = window_wait(facts.window, facts.timezone, now, facts.is_holiday)
    waits.append(closed)
    found = Explanation(Subject.RECIPIENT, _in_order(waits), campaign=campaign)
    # What else holds it may end at night: then it waits for the morning, although its hours are open now.
    ends = found.until
    later = window_wait(facts.window, facts.timezone, ends, facts.is_holiday) if ends else None
    if later is None:
        return found
    told = closed.facts if closed else {**later.facts, "holiday": False, "later": True}
    return replace(found, waits=_in_order([replace(later, facts=told), *waits]))


def _state_of(pace: Pace, state: PaceState) -> PaceState:
    """Leave of a pace's memory what belongs to the one rule that is asked."""
    return state if pace.delay_s[1] > 0 else replace(state, not_before=None)


def _in_order(waits: Sequence[Wait | None]) -> tuple[Wait, ...]:
    """Drop what does not hold and what is told twice; endless ones first, then the longest."""
    held: dict[Rule, Wait] = {}
    for wait in waits:
        if wait is not None:
            held.setdefault(wait.rule, wait)
    endless = [wait for wait in held.values() if wait.until is None]
    ending = [(wait.until, wait) for wait in held.values() if wait.until is not None]
    return (*endless, *(wait for _until, wait in sorted(ending, key=itemgetter(0), reverse=True)))
