"""The campaign's own pace: a random gap, a sliding hour, and a token bucket for the second.

The bucket is kept as one moment, the "theoretical arrival time" of the generic cell rate algorithm: every departure
pushes it 1/rate further, and a departure is allowed while it lies no more than a burst ahead.
Source: ITU-T I.371; product.md §4 for the figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from desktop.domain.campaign import Pace
from desktop.policy.limits import HOUR, window_wait
from desktop.policy.waiting import Rule, Wait, longest


@dataclass(frozen=True, slots=True)
class PaceState:
    """What a campaign's pace remembers. It can be rebuilt from the recorded departures (`replay`)."""

    not_before: datetime | None = None  # end of the random gap after the last departure
    bucket_empty_at: datetime | None = None  # theoretical arrival time


def pace_wait(pace: Pace, state: PaceState, recent: Sequence[datetime], now: datetime) -> Wait | None:
    """Return the rule of the pace that holds the next message and until when, or None when it may leave.

    Args:
        recent: the campaign's departures of at least the last hour, ascending.
    """
    waits: list[Wait] = []
    if state.not_before and state.not_before > now:
        waits.append(Wait(Rule.PACE_DELAY, state.not_before, {"delay_s": list(pace.delay_s)}))
    if free_at := window_wait(recent, pace.per_hour, HOUR, now):
        waits.append(Wait(Rule.PACE_PER_HOUR, free_at, {"limit": pace.per_hour}))
    if pace.per_second and state.bucket_empty_at:
        allowed_at = state.bucket_empty_at - timedelta(seconds=((pace.burst or 1) - 1) / pace.per_second)
        if allowed_at > now:
            waits.append(Wait(Rule.PACE_PER_SECOND, allowed_at, {"limit": pace.per_second}))
    return longest(waits) if waits else None


def departed(pace: Pace, state: PaceState, at: datetime, rng: Random) -> PaceState:
    """Return the state after a departure: draws the next gap and takes a token."""
    low, high = pace.delay_s
    not_before = at + timedelta(seconds=rng.uniform(low, high)) if high > 0 else None
    bucket = state.bucket_empty_at
    if pace.per_second:
        bucket = max(bucket or at, at) + timedelta(seconds=1 / pace.per_second)
    return PaceState(not_before, bucket)


def replay(pace: Pace, departures: Sequence[datetime], rng: Random, *, is_complete: bool = True) -> PaceState:
    """Rebuild the state from recorded departures (ascending), so that a restart forgets nothing.

    With `is_complete` False there were earlier ones: then the bucket may have been empty, and is taken to have been.
    """
    state = PaceState()
    if departures and pace.per_second and not is_complete:
        state = PaceState(None, departures[0] + timedelta(seconds=((pace.burst or 1) - 1) / pace.per_second))
    for at in departures:
        state = departed(pace, state, at, rng)
    return state


def shifted(state: PaceState, by: timedelta) -> PaceState:
    """Follow a wall clock that was set: what is waited for is as far away as it was."""
    return PaceState(
        state.not_before + by if state.not_before else None,
        state.bucket_empty_at + by if state.bucket_empty_at else None,
    )


def pace_rate(pace: Pace) -> float | None:
    """Return the messages a second that the campaign's own pace allows in the long run; None without a limit."""
    mean_delay_s = sum(pace.delay_s) / 2
    rates = [1 / mean_delay_s if mean_delay_s > 0 else None, pace.per_hour and pace.per_hour / 3600, pace.per_second]
    limits = [rate for rate in rates if rate]
    return min(limits) if limits else None
