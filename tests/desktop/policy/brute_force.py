"""The same plan as the planner's, message by message, with the decisions that the engine asks. Slow and certain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from desktop.domain.campaign import Rotation
from desktop.domain.ids import InstanceId
from desktop.policy.limits import InstanceUsage, instance_wait, local_midnight
from desktop.policy.pacing import departed, pace_wait, replay
from desktop.policy.plan_facts import InstancePlan, PlanFacts
from desktop.policy.rotation import Choice, LaneState, choose_instance
from desktop.policy.send_window import window_wait
from desktop.policy.waiting import Wait
from desktop.policy.warmup import WarmupDay, curve_at, limits_today

HEALTH = 100.0


@dataclass
class FakeLane:
    """One instance as the engine's lane keeps it."""

    place: int
    plan: InstancePlan
    day: datetime
    today: int
    warmup_day: int
    recent: list[datetime]
    answers: list[datetime] = field(default_factory=list)  # when what is in flight will be answered

    def settle(self, now: datetime) -> None:
        self.answers = [at for at in self.answers if at > now]
        day = local_midnight(now, self.plan.timezone)
        if day > self.day:
            self.warmup_day += self.today > 0
            self.day, self.today = day, 0

    def wait(self, now: datetime) -> Wait | None:
        curve = self.plan.curve
        warm = WarmupDay(self.warmup_day, curve_at(curve, self.warmup_day)) if curve else None
        usage = InstanceUsage(self.recent, self.today, len(self.answers))
        return instance_wait(limits_today(self.plan.limits, warm), usage, self.plan.timezone, now)

    def send(self, now: datetime) -> datetime:
        self.recent.append(now)
        self.today += 1
        self.answers.append(now + timedelta(seconds=self.plan.answer_s))
        return self.answers[-1]


def simulate(facts: PlanFacts, now: datetime, rng: Random, most_days: int = 40) -> datetime | None:
    """Return when the last message is answered; None when that takes more than `most_days`."""
    lanes = [
        FakeLane(n, plan, local_midnight(now, plan.timezone), plan.sent_today, plan.warmup_day, list(plan.recent))
        for n, plan in enumerate(facts.instances)
    ]
    left = _people(facts)
    recent = list(facts.recent)
    pace = replay(facts.pace, recent, rng, is_complete=False)
    at, finished, last = now, now, None
    while left and at < now + timedelta(days=most_days):
        for lane in lanes:
            lane.settle(at)
        closed = {
            zone: w for zone in left if (w := facts.window and window_wait(facts.window, zone, at, facts.is_holiday))
        }
        held = pace_wait(facts.pace, pace, recent, at)
        states = [
            LaneState(InstanceId(n), "", lane.wait(at), lane.today, None, None, HEALTH) for n, lane in enumerate(lanes)
        ]
        choice = choose_instance(Rotation.ROUND_ROBIN, states, last)
        if len(closed) < len(left) and held is None and isinstance(choice, Choice):
            last = choice.instance_id
            finished = max(finished, lanes[last].send(at))
            recent.append(at)
            pace = departed(facts.pace, pace, at, rng)
            _take(left, [zone for zone in left if zone not in closed], rng)
            continue
        ends = [w.until for w in (held, *closed.values(), *(s.wait for s in states)) if w and w.until and w.until > at]
        ends += [answered for lane in lanes for answered in lane.answers]
        if not ends:
            return None
        at = min(ends)
    return None if left else finished


def _people(facts: PlanFacts) -> dict[str, int]:
    zones = facts.zones or ((facts.instances[0].timezone, facts.remaining),)
    assert sum(people for _zone, people in zones) == facts.remaining
    return {zone: people for zone, people in zones if people}


def _take(left: dict[str, int], is_open: Sequence[str], rng: Random) -> None:
    """Take one of those who are open, as likely as their number: recipients stand in no order of zones."""
    zone = rng.choices(is_open, [left[zone] for zone in is_open])[0]
    left[zone] -= 1
    if not left[zone]:
        del left[zone]
