"""Replies in a plan: how many are expected and when, and how a team that answers them holds a campaign.

Theory: what leaves comes back after a while as a share of replies, which are work; the team does `per_hour` of it, and
while more waits than an hour's work nothing leaves (`reply_pace.py`). So the gate is open or shut, and because a reply
comes later than its message, more has left by then than the team can answer: over days that evens out, and a bucket
of messages that fills at the pace of the answers says the same with fewer steps.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from desktop.policy.flow import EPSILON, Release, WindowState

# A message comes back no sooner: how a plan goes within minutes does not matter, and each step costs.
SHORTEST_LAG_S = 120.0
# One reply more than may wait shuts the gate, and on the average it has been there for half of its time.
HALF_A_REPLY = 0.5
DAY_S = 86400.0
# So long open and shut gates are followed one by one.
FOLLOWED_S = DAY_S


class Answers:
    """The work of the team: a gate that is open while no more waits than it answers in an hour.

    Args:
        per_hour: how many replies the team answers in an hour.
        share: of the messages that are replied to (0-1).
        lags_s: how long after its message a reply comes; each of them as likely as the others.
        waiting: replies that wait for an answer now.
        departed: what has left so far whose replies may be still to come, ascending.
    """

    __slots__ = ("_each", "_is_open", "_lags_s", "_limit", "_rate", "coming", "share", "waiting")

    def __init__(
        self,
        per_hour: int,
        share: float,
        lags_s: Sequence[float],
        waiting: float,
        departed: Sequence[Release],
        now: float,
    ) -> None:
        self._limit, self._rate = float(per_hour), per_hour / 3600
        self._lags_s = [max(lag_s, SHORTEST_LAG_S) for lag_s in lags_s]
        self.share, self._each = share, share / len(lags_s)
        self.waiting = waiting
        self._is_open = waiting <= self._limit
        self.coming = [
            deque(
                (max(s + lag_s, now), e + lag_s, _rest(s, e, n, now - lag_s)) for s, e, n in departed if e + lag_s > now
            )
            for lag_s in self._lags_s
        ]

    @property
    def left(self) -> float:
        return inf if self._is_open else 0.0

    def rate_at(self, _at: float) -> float:
        return self.left

    def changes_in(self, at: float, rate: float) -> float:
        # What leaves during the step must not come back within it.
        length_s = min(self._lags_s) if rate > 0 else DAY_S
        waiting = self.waiting
        for start, end, inflow in self._pieces(at, at + length_s):
            net = inflow - self._rate
            if self._is_open and net > 0 and waiting + net * (end - start) >= self._limit + HALF_A_REPLY:
                return start - at + max(0.0, self._limit + HALF_A_REPLY - waiting) / net
            if not self._is_open and net < 0 and waiting + net * (end - start) <= self._limit:
                return start - at + (waiting - self._limit) / -net
            waiting = max(0.0, waiting + net * (end - start))
        return length_s

    def advance(self, since: float, until: float, rate: float) -> None:
        """Let time pass (seconds): replies come in, and the team answers its share."""
        for start, end, inflow in self._pieces(since, until):
            self.waiting = max(0.0, self.waiting + (inflow - self._rate) * (end - start))
        for coming in self.coming:
            while coming and coming[0][0] < until:
                start, end, amount = coming.popleft()
                if end > until:
                    coming.appendleft((until, end, _rest(start, end, amount, until)))
                    break
        if self._is_open:
            self._is_open = self.waiting < self._limit + HALF_A_REPLY - EPSILON
        else:
            self._is_open = self.waiting <= self._limit + EPSILON
        self.take(since, until, rate * (until - since))

    def take(self, since: float, until: float, amount: float) -> None:
        """Expect the replies to `amount` messages that leave between the two moments (seconds)."""
        if amount <= 0:
            return
        for lag_s, coming in zip(self._lags_s, self.coming, strict=True):
            start, end = since + lag_s, max(until, since + 1e-3) + lag_s
            if coming:
                before = coming[-1]
                start = max(start, before[1])
                end = max(end, start + 1e-3)
                rate = before[2] / (before[1] - before[0])
                if start == before[1] and abs(rate - amount / (end - start)) < EPSILON * rate:
                    coming[-1] = (before[0], end, before[2] + amount)
                    continue
            coming.append((start, end, amount))

    def lasts(self, _amount: float, _length_s: float) -> float:
        """Return how many times the last hour may be taken again: a reply comes when it comes."""
        return 0.0

    def shift(self, by: float) -> None:
        self.coming = [deque((start + by, end + by, n) for start, end, n in coming) for coming in self.coming]

    def state(self) -> WindowState:
        rounded = [
            tuple((round(start, 3), round(end, 3), round(n, 6)) for start, end, n in coming) for coming in self.coming
        ]
        waiting = round(self.waiting, 3)
        # A shut gate has something that waits, so its sign is free to tell it.
        return (waiting if self._is_open else -waiting, *rounded)

    def restore(self, state: WindowState) -> None:
        waiting, *coming = state
        self.waiting, self._is_open = abs(waiting), waiting >= 0
        self.coming = [deque(each) for each in coming]

    def smoothed(self, fastest: float) -> "Bucket":
        """Return what says the same over days: as many messages as the team can answer the replies to.

        Args:
            fastest: messages a second that leave while the gate is open.
        """
        rate, lag_s = self._rate / self.share, sum(self._lags_s) / len(self._lags_s)
        # What is on its way when the gate shuts comes on top of the hour's work.
        head = self._limit / self.share + min(fastest * lag_s, rate * DAY_S)
        on_their_way = sum(n for coming in self.coming for _s, _e, n in coming) / len(self.coming)
        return Bucket(rate, head, head - self.waiting / self.share - on_their_way)

    def _pieces(self, since: float, until: float) -> Iterator[tuple[float, float, float]]:
        """Yield the time from `since` to `until` in parts (start, end, replies a second)."""
        here = [each for coming in self.coming for each in _until(coming, until)]
        edges = sorted({since, until, *(at for start, end, _n in here for at in (start, end) if since < at < until)})
        for start, end in pairwise(edges):
            inflow = sum(n / (e - s) for s, e, n in here if s <= start and end <= e)
            yield start, end, inflow * self._each


class Bucket:
    """So many messages as the team can answer the replies to: `tokens` now, `rate` a second, at most `head`."""

    __slots__ = ("_head", "_rate", "_tokens")

    def __init__(self, rate: float, head: float, tokens: float) -> None:
        self._rate, self._head, self._tokens = rate, head, tokens

    @property
    def left(self) -> float:
        return self._tokens

    def rate_at(self, _at: float) -> float:
        if self._tokens > EPSILON:
            return inf
        return self._rate if self._tokens >= -EPSILON else 0.0

    def changes_in(self, _at: float, rate: float) -> float:
        if self._tokens > EPSILON and rate > self._rate:
            return self._tokens / (rate - self._rate)
        return -self._tokens / self._rate if self._tokens < -EPSILON else inf

    def advance(self, since: float, until: float, rate: float) -> None:
        self._tokens = min(self._head, self._tokens + (self._rate - rate) * (until - since))

    def take(self, _since: float, _until: float, amount: float) -> None:
        self._tokens -= amount

    def shift(self, by: float) -> None:
        """Do nothing: a bucket has no moments."""

    def lasts(self, amount: float, length_s: float) -> float:
        """Return how many times `amount` may leave in `length_s` seconds before it holds more than it does now."""
        drained = amount - self._rate * length_s
        return self._tokens / drained if self._tokens > EPSILON and drained > 0 else inf

    def state(self) -> WindowState:
        return (round(self._tokens, 3),)

    def restore(self, state: WindowState) -> None:
        (self._tokens,) = state


def _rest(start: float, end: float, amount: float, since: float) -> float:
    """Return what of a stretch lies behind a moment."""
    return amount * (end - max(start, since)) / (end - start)


def _until(coming: deque[Release], until: float) -> Iterator[Release]:
    for each in coming:
        if each[0] >= until:
            return
        yield each
