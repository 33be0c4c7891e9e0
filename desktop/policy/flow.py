"""What may flow through one instance, or past a campaign's pace, as a fluid: the planner's arithmetic of the limits.

Theory: a limit per message would cost a step per message; a fluid costs a step per change. A flow has a bucket (`head`
messages at once, then `rate` a second: gap, answers awaited, delay, tokens) and sliding windows. What left through a
window comes back one window later at the rate at which it left, so the fresh hour of a number lets its whole limit
leave at full speed, and the next hour does the same. With `head` 1 the n-th message leaves (n - 1) / rate later, as it
does in truth. Moments are seconds on whatever axis the caller keeps.
"""

from collections import deque
from collections.abc import Sequence
from math import inf
from typing import Protocol

# Messages; less than this is nothing.
EPSILON = 1e-6
# Seconds between two departures that are not taken for one stream.
PAUSE_S = 60.0

# (start, end, messages that come back between them)
Release = tuple[float, float, float]
WindowState = tuple[float, *tuple[tuple[Release, ...], ...]]


class Holder(Protocol):
    """What may hold a flow: a sliding window, or the work of the team that answers replies (`plan_replies.py`)."""

    @property
    def left(self) -> float:
        """Messages that may leave at once; infinite while it holds nothing."""
        ...

    def rate_at(self, at: float, /) -> float:
        """Return the messages a second that it lets through from a moment on."""
        ...

    def changes_in(self, at: float, rate: float, /) -> float:
        """Return the seconds until the answer of `rate_at` is another one while `rate` leaves."""
        ...

    def advance(self, since: float, until: float, rate: float, /) -> None:
        """Let `rate` leave from `since` to `until`."""
        ...

    def take(self, since: float, until: float, amount: float, /) -> None:
        """Let `amount` leave between two moments; they may be the same."""
        ...

    def shift(self, by: float) -> None:
        """Move all moments: another day begins."""
        ...

    def state(self) -> WindowState:
        """Return what decides how it goes on, rounded."""
        ...

    def restore(self, state: WindowState) -> None:
        """Go on from a state."""
        ...


class Window:
    """A sliding window: `left` may still leave, and `releases` (ascending) say when what has left comes back."""

    __slots__ = ("left", "length_s", "limit", "releases")

    def __init__(self, length_s: float, limit: float, releases: Sequence[Release] = ()) -> None:
        self.length_s, self.limit = length_s, limit
        self.releases = deque(releases)
        # What was there before a limit was lowered may be more than the limit: then nothing leaves for longer.
        self.left = limit - sum(amount for _start, _end, amount in releases)

    def inflow(self, at: float) -> float:
        """Return the messages a second that come back at a moment; `advance` must have come to it."""
        if self.releases and self.releases[0][0] <= at:
            start, end, amount = self.releases[0]
            return amount / (end - start)
        return 0.0

    def rate_at(self, at: float) -> float:
        """Return the messages a second that it lets through from a moment on."""
        if self.left > EPSILON:
            return inf
        # With more behind it than its limit, what comes back first only makes up for that.
        return self.inflow(at) if self.left >= -EPSILON else 0.0

    def changes_in(self, at: float, rate: float) -> float:
        """Return the seconds until `rate` has to change: the window is empty, or another inflow begins or ends."""
        coming = inf
        if self.releases:
            start, end, _amount = self.releases[0]
            coming = (end if start <= at else start) - at
        inflow = self.inflow(at)
        if self.left > EPSILON:
            empty_in = self.left / (rate - inflow) if rate > inflow else inf
            return min(empty_in, coming) if inflow else empty_in
        if inflow and self.left < -EPSILON:
            return min(-self.left / inflow, coming)
        return coming

    def advance(self, since: float, until: float, rate: float) -> None:
        """Let `rate` leave from `since` to `until`, and take back what comes back by then."""
        while self.releases and self.releases[0][0] < until:
            start, end, amount = self.releases.popleft()
            if end > until:
                part = amount * (until - start) / (end - start)
                self.releases.appendleft((until, end, amount - part))
                self.left += part
                break
            self.left += amount
        if not self.releases:
            self.left = self.limit  # exactly: rounding must not make a rested window another one than yesterday's
        self.take(since, until, rate * (until - since))

    def take(self, since: float, until: float, amount: float) -> None:
        """Let `amount` leave between two moments; they may be the same."""
        if amount <= 0:
            return
        self.left -= amount
        # A moment comes back as a short while, so that everything has a rate.
        start, end = since + self.length_s, max(until, since + 1e-3) + self.length_s
        if self.releases:
            before = self.releases[-1]
            # What leaves at once lies in the while before: one after the other, as it comes back.
            start = max(start, before[1])
            end = max(end, start + 1e-3)
            rate = before[2] / (before[1] - before[0])
            if start == before[1] and abs(rate - amount / (end - start)) < EPSILON * rate:
                self.releases[-1] = (before[0], end, before[2] + amount)
                return
        self.releases.append((start, end, amount))

    def shift(self, by: float) -> None:
        self.releases = deque((start + by, end + by, amount) for start, end, amount in self.releases)

    def state(self) -> WindowState:
        rounded = ((round(start, 3), round(end, 3), round(n, 6)) for start, end, n in self.releases)
        return round(self.left, 6), tuple(rounded)

    def restore(self, state: WindowState) -> None:
        left, releases = state
        self.left, self.releases = left, deque(releases)


class Flow:
    """A bucket and its windows; what else limits it (a day's allowance) is kept by the caller."""

    __slots__ = ("head", "rate", "tokens", "windows")

    def __init__(self, rate: float, head: float, windows: Sequence[Holder] = ()) -> None:
        self.rate, self.head, self.tokens = rate, head, head
        self.windows = list(windows)

    def at_once(self) -> float:
        """Return how much may leave without any time passing."""
        return max(0.0, min([self.tokens, *(window.left for window in self.windows)]))

    def rate_at(self, at: float) -> float:
        """Return the messages a second that may leave from a moment on; infinite while there is something saved up."""
        if self.tokens < -EPSILON:  # more has left than the bucket has given out
            return 0.0
        rate = inf if self.tokens > EPSILON else self.rate
        return min([rate, *(window.rate_at(at) for window in self.windows)])

    def changes_in(self, at: float, rate: float) -> float:
        """Return the seconds until `rate` has to change."""
        at_zero_in = inf
        if self.tokens > EPSILON and rate > self.rate:
            at_zero_in = self.tokens / (rate - self.rate)
        elif self.tokens < -EPSILON:
            at_zero_in = -self.tokens / self.rate
        return min([at_zero_in, *(window.changes_in(at, rate) for window in self.windows)])

    def take(self, at: float, amount: float) -> None:
        self.tokens -= amount
        for window in self.windows:
            window.take(at, at, amount)

    def advance(self, since: float, until: float, rate: float) -> None:
        for window in self.windows:
            window.advance(since, until, rate)
        if self.rate < inf:
            self.tokens = min(self.head, self.tokens + (self.rate - rate) * (until - since))

    def shift(self, by: float) -> None:
        for window in self.windows:
            window.shift(by)


def share(total: float, most: Sequence[float]) -> list[float]:
    """Divide `total` evenly over takers that can take at most so much each; what one cannot take, the others get."""
    shares = [0.0] * len(most)
    left, takers = total, sorted(range(len(most)), key=lambda n: most[n])
    for done, n in enumerate(takers):
        shares[n] = min(most[n], left / (len(takers) - done))
        left -= shares[n]
    return shares


def releases_of(departed_at: Sequence[float], length_s: float, now: float) -> tuple[Release, ...]:
    """Return how a window's past comes back: exactly at first, then in ever larger groups.

    Args:
        departed_at: ascending moments of departures, at or before `now`.
    """
    back_at = [at + length_s for at in departed_at if at + length_s > now]
    found: list[Release] = []
    first, previous = 0, now
    while first < len(back_at):
        last = min(len(back_at), first + max(1, first // 5))
        # A pause stays one: spread over it, what came before would come back too late.
        last = next((n for n in range(first + 1, last) if back_at[n] - back_at[n - 1] > PAUSE_S), last)
        amount, end = last - first, max(back_at[last - 1], previous + 1e-3)
        # As if one more had come back a step before the first: so the n-th comes back at its own moment.
        step = (end - back_at[first]) / (amount - 1) if amount > 1 else 1e-3
        start = min(max(previous, back_at[first] - step), end - 1e-3)
        found.append((start, end, float(amount)))
        first, previous = last, end
    return tuple(found)
