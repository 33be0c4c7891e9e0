"""Circuit breaker of an instance: after more than five systemic errors in a row it rests, then one probe decides.

Theory of the machine: `closed` lets everything through and counts consecutive systemic errors; `open` lets nothing
through until the cool-down ends; `half_open` lets exactly one probe through. A probe that succeeds closes the breaker
and forgets; one that fails opens it for twice as long, up to a cap. What comes back meanwhile of messages that left
before the probe decides nothing. Errors that concern one recipient are never counted: one bad contact must not halt
the others. Source: product.md §5 (system D).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.policy.waiting import Rule, Wait

ERRORS_THAT_OPEN = 6  # "more than 5 consecutive errors"
COOL_DOWN_S = 60.0
COOL_DOWN_MAX_S = 1800.0


class BreakerState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Breaker:
    state: BreakerState = BreakerState.CLOSED
    errors: int = 0  # consecutive, systemic
    open_until: datetime | None = None
    cool_down_s: float = COOL_DOWN_S
    is_probing: bool = False  # half-open, and the probe has left


def breaker_wait(breaker: Breaker, now: datetime) -> Wait | None:
    """Return how long nothing may leave, or None when something may.

    While the probe of a half-open breaker is under way there is no such moment: only its outcome decides.
    """
    if breaker.state is BreakerState.CLOSED:
        return None
    facts = {"errors": breaker.errors}
    if breaker.state is BreakerState.OPEN and breaker.open_until and breaker.open_until > now:
        return Wait(Rule.BREAKER_OPEN, breaker.open_until, facts)
    if breaker.state is BreakerState.HALF_OPEN and breaker.is_probing:
        return Wait(Rule.BREAKER_OPEN, None, facts)
    return None


def departing(breaker: Breaker, now: datetime) -> Breaker:
    """Note that a message leaves: after an open breaker's cool-down it is the probe."""
    if breaker.state is BreakerState.CLOSED or breaker_wait(breaker, now):
        return breaker
    return replace(breaker, state=BreakerState.HALF_OPEN, is_probing=True)


def after(breaker: Breaker, *, systemic: bool | None, now: datetime, is_probe: bool = True) -> Breaker:
    """Return the breaker after an outcome: `systemic` True an error of the instance, False a success, None neither.

    "Neither" ends a probe without a verdict: the next message probes again.

    Args:
        is_probe: whether it is the outcome of the message that probes; asked only of a half-open breaker.
    """
    if breaker.state is BreakerState.HALF_OPEN and not is_probe:
        return breaker
    if systemic is False:
        return Breaker()
    if systemic is None:
        return replace(breaker, is_probing=False)
    errors = breaker.errors + 1
    if breaker.state is BreakerState.HALF_OPEN:
        return _opened(errors, min(breaker.cool_down_s * 2, COOL_DOWN_MAX_S), now)
    if breaker.state is BreakerState.CLOSED and errors >= ERRORS_THAT_OPEN:
        return _opened(errors, COOL_DOWN_S, now)
    # An open breaker hears of messages that left before it opened: they do not lengthen its rest.
    return replace(breaker, errors=errors)


def shifted(breaker: Breaker, by: timedelta) -> Breaker:
    """Follow a wall clock that was set: the rest lasts as long as it did."""
    return replace(breaker, open_until=breaker.open_until + by) if breaker.open_until else breaker


def _opened(errors: int, cool_down_s: float, now: datetime) -> Breaker:
    return Breaker(BreakerState.OPEN, errors, now + timedelta(seconds=cool_down_s), cool_down_s)
