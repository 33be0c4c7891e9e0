"""Which instance sends next, and the numbers that led to it. Never an unavailable one. Source: product.md §3."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.domain.campaign import Rotation
from desktop.domain.ids import InstanceId
from desktop.policy.waiting import Rule, Wait, soonest

HEALTH_WEIGHT = 0.7
AVAILABILITY_WEIGHT = 0.3
# What an available number waits for between two messages. Source: product.md §3 for what available means.
MOMENTARY = frozenset({Rule.MIN_GAP, Rule.IN_FLIGHT, Rule.TURN, Rule.THROUGHPUT, Rule.PAIR_RATE})
# What holds one person's message and not the number.
OF_A_PERSON = frozenset({Rule.PAIR_RATE, Rule.PORTFOLIO_LIMIT})


class LaneState(NamedTuple):  # made for each number and message: a tuple is made in a third of the time
    """An instance as rotation sees it. `wait` is None when it may send now."""

    instance_id: InstanceId
    name: str
    wait: Wait | None
    sent_today: int
    allowance_today: int | None  # left today; None without a limit
    daily_limit: int | None
    health: float  # 0-100


class Scored(NamedTuple):
    name: str
    available: bool
    weight: float | None  # what the mode compares; None when unavailable
    rule: str | None  # what an unavailable one waits for


@dataclass(frozen=True, slots=True)
class Sticky:
    """What became of the wish that a person hears from the number that they know.

    Attributes:
        name: of the number they know; None when it is none of the campaign's (any more).
        rule: what that number waits for, where it was not taken.
    """

    kept: bool
    name: str | None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    instance_id: InstanceId
    name: str
    mode: Rotation
    considered: tuple[Scored, ...]
    sticky: "Sticky | None" = None

    def details(self) -> dict[str, object]:
        """Details of the `instance_selected` event: which numbers led to this choice."""
        considered = [
            {"instance": s.name, "weight": s.weight} if s.available else {"instance": s.name, "waits_for": s.rule}
            for s in self.considered
        ]
        details: dict[str, object] = {"mode": self.mode.value, "instance": self.name, "considered": considered}
        if self.sticky:
            details["sticky"] = {"kept": self.sticky.kept, "instance": self.sticky.name, "waits_for": self.sticky.rule}
        return details


@dataclass(frozen=True, slots=True)
class NoneAvailable:
    """No instance may send; `wait` is the one that ends first."""

    wait: Wait


def availability(lane: LaneState) -> float:
    """Return the share of today's allowance that is still free, times 100; 100 without a limit."""
    if lane.daily_limit is None:
        return 100.0
    if lane.daily_limit <= 0 or lane.allowance_today is None:
        return 0.0
    return 100.0 * lane.allowance_today / lane.daily_limit


def choose_instance(
    mode: Rotation, lanes: Sequence[LaneState], last: InstanceId | None, known: InstanceId | None = None
) -> Choice | NoneAvailable:
    """Choose among `lanes` (in the campaign's order).

    Args:
        last: the instance that sent the message before.
        known: the instance that this person knows and shall hear from while it is available. What it only needs a
            moment for (its gap, an answer, its turn) is waited for; otherwise rotation decides.
    """
    theirs = next((lane for lane in lanes if lane.instance_id == known), None)
    if theirs and theirs.wait and theirs.wait.rule in MOMENTARY:
        return NoneAvailable(theirs.wait)
    free = [lane for lane in lanes if lane.wait is None]
    if not free:
        waits = [lane.wait for lane in lanes if lane.wait is not None]
        return NoneAvailable(soonest(waits) if waits else Wait(Rule.NO_INSTANCE))
    weights = {lane.instance_id: _weight(mode, lane) for lane in free}
    if theirs and theirs.wait is None:
        chosen = theirs
    elif mode is Rotation.ROUND_ROBIN:
        chosen = _after(lanes, free, last)
    else:
        # Equal weights go round as well: otherwise the first of equals would take everything until it differs.
        best = max(weights.values())
        chosen = _after(lanes, [lane for lane in free if weights[lane.instance_id] == best], last)
    considered = tuple(
        Scored(lane.name, lane.wait is None, weights.get(lane.instance_id), lane.wait.rule.value if lane.wait else None)
        for lane in lanes
    )
    return Choice(chosen.instance_id, chosen.name, mode, considered, _sticky(known, theirs))


def _sticky(known: InstanceId | None, theirs: LaneState | None) -> Sticky | None:
    if known is None:
        return None
    if theirs is None:
        return Sticky(kept=False, name=None)
    return Sticky(theirs.wait is None, theirs.name, theirs.wait.rule.value if theirs.wait else None)


def _weight(mode: Rotation, lane: LaneState) -> float:
    match mode:
        case Rotation.ROUND_ROBIN:
            return 0.0
        case Rotation.BALANCED:
            return -float(lane.sent_today)
        case Rotation.INTELLIGENT:  # pragma: no branch  There are no more.
            return round(HEALTH_WEIGHT * lane.health + AVAILABILITY_WEIGHT * availability(lane), 3)


def _after(lanes: Sequence[LaneState], free: Sequence[LaneState], last: InstanceId | None) -> LaneState:
    """Return the first of `free` that comes after `last` in the order of `lanes`, going round."""
    start = next((n for n, lane in enumerate(lanes, 1) if lane.instance_id == last), 0)
    eligible = {lane.instance_id for lane in free}
    return next(lane for lane in (*lanes[start:], *lanes[:start]) if lane.instance_id in eligible)
