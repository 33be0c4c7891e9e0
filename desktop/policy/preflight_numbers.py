"""The checklist's lines about the numbers of a draft: who can send, who comes back by itself, who needs somebody.

Red is what does not pass by itself. A number that rests (its limit of the day, its warm-up, a restriction that ends,
its errors) comes back, so a campaign whose numbers all rest may start: the line says when the first may send, and
whether the campaign waits until then or pauses at once, as it does at a hard limit (product.md §4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.campaign import Draft
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.summaries import CheckLine
from desktop.policy.resting import BY_ITSELF, would_pause
from desktop.policy.waiting import Rule, Wait

GREEN, AMBER, RED = "green", "amber", "red"
_OF_THE_DAY = frozenset({Rule.DAILY_LIMIT, Rule.WARM_UP})


@dataclass(frozen=True, slots=True)
class InstanceFacts:
    """An instance that the draft names. `state` None: there is no such instance (any more).

    `rest` is why it sends nothing now although nobody has to act; `has_no_allowance`: its limit of a day is nought.
    """

    name: str
    state: ConnectionState | None
    pause_reason: str | None = None
    has_token: bool = True
    gateway: Gateway = Gateway.EVOLUTION
    rest: Wait | None = None
    has_no_allowance: bool = False


@dataclass(frozen=True, slots=True)
class NumbersStand:
    """How the numbers of a draft stand when it begins.

    `first_at` is when the first of them may send, where none may at the beginning and that moment is known; `pauses`
    tells that the campaign would then be paused by its start.
    """

    ready: tuple[InstanceFacts, ...]
    resting: tuple[InstanceFacts, ...]
    out: tuple[InstanceFacts, ...]  # they need somebody
    pauses: bool

    @property
    def first_at(self) -> datetime | None:
        ends = [each.rest.until for each in self.resting if each.rest and each.rest.until]
        return min(ends) if ends and not self.ready else None

    @property
    def can_send(self) -> bool:
        """Whether any of them sends by itself at a moment that is known."""
        return bool(self.ready) or self.first_at is not None


def stand(instances: Sequence[InstanceFacts], draft: Draft, now: datetime) -> NumbersStand:
    """Sort the numbers of a draft by what they need before they can send."""
    begins = max(now, draft.schedule_at or now)
    ready: list[InstanceFacts] = []
    resting: list[InstanceFacts] = []
    out: list[InstanceFacts] = []
    for each in instances:
        needs_somebody = each.pause_reason is not None and each.pause_reason not in BY_ITSELF and each.rest is None
        if each.state is not ConnectionState.CONNECTED or needs_somebody or each.has_no_allowance:
            out.append(each)
        elif each.rest is None or (each.rest.until is not None and each.rest.until <= begins):
            ready.append(each)
        else:
            resting.append(each)
    held = [(each.gateway, _held(each)) for each in instances]
    pauses = bool(resting) and not ready and would_pause(held)
    return NumbersStand(tuple(ready), tuple(resting), tuple(out), pauses)


def _held(number: InstanceFacts) -> Wait:
    """Return the wait that the engine sees at a number that cannot send."""
    if number.state is not ConnectionState.CONNECTED:
        return Wait(Rule.DISCONNECTED)
    if number.has_no_allowance:
        return Wait(Rule.DAILY_LIMIT)
    return number.rest or Wait(Rule.PAUSED)


def instance_lines(instances: Sequence[InstanceFacts], draft: Draft, now: datetime) -> list[CheckLine]:
    """Return what is to be said of the numbers: one line, or two where some rest and others need somebody."""
    if not instances:
        return [CheckLine("instances_missing", RED, {})]
    unknown = [each.name for each in instances if each.state is None]
    if unknown:
        return [CheckLine("instances_unknown", RED, {"names": unknown})]
    keyless = [each.name for each in instances if not each.has_token]
    if keyless:
        return [CheckLine("instances_without_token", RED, {"names": keyless})]
    found = stand(instances, draft, now)
    out = [each.name for each in found.out]
    if not found.ready and not found.resting:
        is_nought = all(each.has_no_allowance and each.state is ConnectionState.CONNECTED for each in found.out)
        return [CheckLine("instances_limit_nought" if is_nought else "instances_none_connected", RED, {"names": out})]
    lines = [_resting(found)] if found.resting else []
    if out:
        lines.append(CheckLine("instances_some_connected", AMBER, {"usable": len(found.ready), "names": out}))
    return lines or [CheckLine("instances", GREEN, {"n": len(found.ready)})]


def _resting(found: NumbersStand) -> CheckLine:
    rests = [each.rest for each in found.resting if each.rest]
    told: dict[str, object] = {"names": [each.name for each in found.resting], "n": len(found.ready)}
    ends = [rest.until for rest in rests if rest.until]
    if not ends:
        return CheckLine("instances_some_failing" if found.ready else "instances_failing", AMBER, told)
    told["at"] = min(ends)
    if found.ready:
        return CheckLine("instances_some_resting", AMBER, told)
    if found.pauses:
        return CheckLine("instances_at_limit_pauses", AMBER, told)
    is_limit = all(rest.rule in _OF_THE_DAY for rest in rests)
    return CheckLine("instances_at_limit" if is_limit else "instances_resting", AMBER, told)
