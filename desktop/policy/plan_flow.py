"""All flows of a campaign together, as a fluid: how much leaves until when, and which rule holds it.

The pace is a gate that all instances share; an instance has its bucket, its windows and an allowance of the day, and
may share a portfolio's allowance with others. Seconds are counted from the start of the day that is being worked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from desktop.policy.flow import EPSILON, Flow, Window, WindowState, share
from desktop.policy.plan_replies import FOLLOWED_S, Answers, Bucket
from desktop.policy.waiting import Rule
from desktop.policy.warmup import Curve, curve_at

HOUR_S, MINUTE_S = 3600.0, 60.0
# No step is shorter: a moment that rounding has left over must not stop time.
STEP_S = 1e-6
# Of a message; rounding leaves less, and the next hour must not be waited for because of it.
DONE = 0.02
# So long a limit per minute is followed minute by minute; its average is exact enough afterwards.
MINUTES_S = 600.0


@dataclass(slots=True)
class Pool:
    """A portfolio's people in any 24 hours."""

    window: Window

    @property
    def is_empty(self) -> bool:
        return self.window.left <= EPSILON


@dataclass(slots=True)
class Source:
    """One instance, or several alike that take turns (`count`)."""

    flow: Flow
    hours: Sequence[Window]  # its limits per minute and hour, whether or not they ever hold anything
    count: int
    per_day: int | None
    curve: Curve | None
    warmup_day: int
    resets_at: float  # local midnight, seconds of the campaign's day
    rate_rule: Rule
    pool: Pool | None
    minute: Window | None  # one of the flow's windows, for as long as minutes are followed
    smooth_rate: float  # long-run rate, the limit per minute included
    opens_at: float = 0.0  # from when on anything may leave through it; nought is long ago
    is_closed: bool = False
    sent_today: float = 0.0
    day_left: float = field(default=inf)

    @property
    def day_rule(self) -> Rule:
        warm = curve_at(self.curve, self.warmup_day) if self.curve else None
        return Rule.WARM_UP if warm is not None and (self.per_day is None or warm < self.per_day) else Rule.DAILY_LIMIT

    def begin_day(self) -> None:
        """At local midnight: a new allowance, and the next day of the curve when something was sent on this one."""
        if self.curve and self.sent_today > 0:
            self.warmup_day = min(self.warmup_day + 1, self.curve[-1][0])
        self.allow(0.0)

    def allow(self, sent_today: float) -> None:
        """Set what is left of the day's allowance."""
        self.sent_today = sent_today
        warm = curve_at(self.curve, self.warmup_day) if self.curve else None
        known = [float(n) for n in (self.per_day, warm) if n is not None]
        self.day_left = max(0.0, min(known) * self.count - sent_today) if known else inf

    def left(self) -> float:
        return 0.0 if self.is_closed else self.day_left

    def take(self, amount: float) -> None:
        self.sent_today += amount
        self.day_left -= amount

    def smooth(self) -> None:
        """Follow the minutes no longer: from now on their average is what flows."""
        if self.minute is None:
            return
        self.flow.windows.remove(self.minute)
        self.flow.rate, self.flow.head = self.smooth_rate, min(self.flow.head, self.minute.limit)
        self.flow.tokens = min(self.flow.tokens, self.flow.head)
        self.rate_rule, self.minute = Rule.MINUTE_LIMIT, None


SourceState = tuple[float, float, int, bool, float, tuple[WindowState, ...]]
State = tuple[tuple[SourceState, ...], float, tuple[WindowState, ...], tuple[WindowState, ...]]


@dataclass(slots=True)
class Works:
    """Everything that flows, and for how long each rule has held it since `held` was last emptied.

    `replies` is one of the gate's windows; `worked_s` is for how long messages have been there that could leave.
    """

    gate: Flow
    gate_rule: Rule
    sources: list[Source]
    pools: list[Pool]
    replies: Answers | Bucket | None = None
    held: dict[Rule, float] = field(default_factory=dict[Rule, float])
    worked_s: float = 0.0

    def state(self) -> State:
        """Return what decides how everything goes on; equal states go on equally."""
        return (
            tuple(
                (
                    round(s.flow.tokens, 3),
                    round(s.day_left, 3),
                    s.warmup_day,
                    bool(s.curve) and s.sent_today > 0,
                    round(s.opens_at, 3),
                    tuple(window.state() for window in s.flow.windows),
                )
                for s in self.sources
            ),
            round(self.gate.tokens, 3) if self.gate.rate < inf else inf,
            tuple(window.state() for window in self.gate.windows),
            tuple(pool.window.state() for pool in self.pools),
        )

    def restore(self, state: State) -> None:
        """Go back to what `state` was taken of."""
        sources, self.gate.tokens, gate_windows, pools = state
        for source, (tokens, day_left, warmup_day, has_sent, opens_at, windows) in zip(
            self.sources, sources, strict=True
        ):
            source.flow.tokens, source.day_left, source.warmup_day = tokens, day_left, warmup_day
            source.sent_today, source.opens_at = float(has_sent), opens_at
            for window, stored in zip(source.flow.windows, windows, strict=True):
                window.restore(stored)
        for window, stored in zip(self.gate.windows, gate_windows, strict=True):
            window.restore(stored)
        for pool, stored in zip(self.pools, pools, strict=True):
            pool.window.restore(stored)

    def shift(self, by: float) -> None:
        for flow in (self.gate, *(source.flow for source in self.sources)):
            flow.shift(by)

    def next_day(self, length_s: float) -> None:
        """Count seconds from the end of a day that is over."""
        self.shift(-length_s)
        for pool in self.pools:
            pool.window.shift(-length_s)
        for source in self.sources:
            source.opens_at = max(0.0, source.opens_at - length_s)

    def smooth(self) -> None:
        """Follow the replies one by one no longer: from now on it counts what the team can answer."""
        if not isinstance(self.replies, Answers) or self.worked_s < FOLLOWED_S or not self.replies.share:
            return  # where nobody replies there is nothing to follow
        place = self.gate.windows.index(self.replies)
        del self.gate.windows[place]
        flows = [source.flow for source in self.sources]
        fastest = min(_long_run(self.gate), sum(map(_long_run, flows)))
        self.replies = self.replies.smoothed(fastest)
        self.gate.windows.append(self.replies)

    def idle(self, since: float, until: float) -> None:
        """Let time pass without a message."""
        for flow in (self.gate, *(source.flow for source in self.sources)):
            flow.advance(since, until, 0.0)
        for pool in self.pools:
            pool.window.advance(since, until, 0.0)

    def _pooled(self, amounts: Sequence[float]) -> list[tuple[Pool, float]]:
        """Return what of the sources' amounts each portfolio gives."""
        return [
            (pool, sum(n for source, n in zip(self.sources, amounts, strict=True) if source.pool is pool))
            for pool in self.pools
        ]

    def run(self, since: float, until: float, demand: float) -> tuple[float, float]:
        """Let up to `demand` leave; return the moment at which this ended and how much has left."""
        at, left = since, demand
        hour_ends, before, hour = since + HOUR_S, None, [0.0] * len(self.sources)
        hour_held: dict[Rule, float] = {}
        # Without windows nothing repeats by the hour: a step lasts until something runs out.
        has_hours = bool(self.gate.windows) or any(source.flow.windows for source in self.sources)
        while at < until and left > DONE:
            left -= self._at_once(at, left, hour)
            if left <= DONE:
                break
            rates, rule = self._rates(at)
            total = sum(rates)
            took = min(self._changes_in(at, rates), until - at, left / total if total else inf)
            took = max(min(took, hour_ends - at) if has_hours and total else took, STEP_S)
            self._advance(at, at + took, rates, hour)
            at, left = at + took, left - total * took
            hour_held[rule] = hour_held.get(rule, 0.0) + took
            if has_hours and at >= hour_ends - STEP_S:
                hours = self._alike_hours(before, hour, until - at, left)
                self._repeat(at, hour, hours)
                self._hold(hour_held, 1 + hours)
                at, left = at + hours * HOUR_S, left - hours * sum(hour)
                before = None if hours else hour
                hour_ends, hour, hour_held = at + HOUR_S, [0.0] * len(self.sources), {}
        self._hold(hour_held, 1)
        self.worked_s += at - since
        return min(at, until), demand - max(left, 0.0)

    def _at_once(self, at: float, demand: float, hour: list[float]) -> float:
        """Let leave what needs no time: the heads of all buckets."""
        allowed = min(self.gate.at_once(), demand)
        taken = 0.0
        for n, source in enumerate(self.sources):
            pooled = max(0.0, source.pool.window.left) if source.pool else inf
            amount = min(source.flow.at_once(), source.left(), pooled, allowed - taken)
            if amount > EPSILON:
                source.flow.take(at, amount)
                source.take(amount)
                if source.pool:
                    source.pool.window.take(at, at, amount)
                hour[n] += amount
                taken += amount
        if taken:
            self.gate.take(at, taken)
        return taken

    def _rates(self, at: float) -> tuple[list[float], Rule]:
        """Return the rate of each source from now on, and the rule that keeps their sum from being more."""
        most = [s.flow.rate_at(at) if s.left() > EPSILON else 0.0 for s in self.sources]
        for pool, rate in self._pooled(most) if self.pools else ():
            allowed = pool.window.rate_at(at)
            if allowed < rate:
                members = [n for n, source in enumerate(self.sources) if source.pool is pool]
                for n, part in zip(members, share(allowed, [most[n] for n in members]), strict=True):
                    most[n] = part
        gate = self.gate.rate_at(at)
        if gate < sum(most):
            return share(gate, most), self._gate_rule(at, gate)
        return most, self._sources_rule()

    def _gate_rule(self, at: float, rate: float) -> Rule:
        """Name what lets only `rate` past the gate."""
        if self.replies is not None and self.replies.rate_at(at) <= rate:
            return Rule.REPLIES
        is_windowed = any(window.left <= EPSILON for window in self.gate.windows)
        return Rule.PACE_PER_HOUR if is_windowed else self.gate_rule

    def _sources_rule(self) -> Rule:
        """Name what holds the instances: the bucket of those that flow, else what those wait for that do not."""
        rules: list[Rule] = []
        for source in self.sources:
            if source.is_closed:
                rules.append(Rule.PAUSED)
            elif source.left() <= EPSILON:
                rules.append(source.day_rule)
            elif source.pool is not None and source.pool.is_empty:
                rules.append(Rule.PORTFOLIO_LIMIT)
            elif empty := [window for window in source.flow.windows if window.left <= EPSILON]:
                rules.append(Rule.MINUTE_LIMIT if empty[0] is source.minute else Rule.HOURLY_LIMIT)
            else:
                return source.rate_rule
        return next((rule for rule in rules if rule in (Rule.HOURLY_LIMIT, Rule.MINUTE_LIMIT)), rules[0])

    def _changes_in(self, at: float, rates: Sequence[float]) -> float:
        """Return the seconds until some rate has to be another one."""
        flows = [source.flow.changes_in(at, rate) for source, rate in zip(self.sources, rates, strict=True)]
        pools = [pool.window.changes_in(at, rate) for pool, rate in self._pooled(rates)]
        return min(self.gate.changes_in(at, sum(rates)), self._lasts(rates), *flows, *pools)

    def _lasts(self, amounts: Sequence[float]) -> float:
        """Return how many times the sources may give `amounts` until an allowance of the day is used up."""
        pairs = zip(self.sources, amounts, strict=True)
        return min((source.day_left / amount for source, amount in pairs if amount > 0), default=inf)

    def _advance(self, since: float, until: float, rates: Sequence[float], hour: list[float]) -> None:
        self.gate.advance(since, until, sum(rates))
        for pool, pooled in self._pooled(rates):
            pool.window.advance(since, until, pooled)
        for n, (source, rate) in enumerate(zip(self.sources, rates, strict=True)):
            source.flow.advance(since, until, rate)
            source.take(rate * (until - since))
            hour[n] += rate * (until - since)

    def _pools_last(self, hour: Sequence[float]) -> float:
        """Return how many hours like the last one the portfolios last, whatever comes back to them meanwhile."""
        return min((max(0.0, pool.window.left) / n for pool, n in self._pooled(hour) if n > 0), default=inf)

    def _alike_hours(self, before: list[float] | None, hour: list[float], left_s: float, demand: float) -> int:
        """Return how many hours like the last one follow: the last two were alike, and nothing runs out in them."""
        total = sum(hour)
        if before is None or any(abs(a - b) > EPSILON * (1 + a) for a, b in zip(before, hour, strict=True)):
            return 0
        # The last hour is worked in full: it ends when the last message leaves.
        wanted = (demand - 2 * DONE) / total if total else inf
        replies = inf if self.replies is None else self.replies.lasts(total, HOUR_S)
        return max(0, int(min(left_s / HOUR_S, wanted, self._lasts(hour), self._pools_last(hour), replies)))

    def _repeat(self, at: float, hour: Sequence[float], hours: int) -> None:
        """Let so many hours pass like the one that has just been worked."""
        if hours == 0:
            return
        for source, amount in zip(self.sources, hour, strict=True):
            source.take(amount * hours)
        for pool, amount in self._pooled(hour):
            pool.window.advance(at, at + hours * HOUR_S, amount / HOUR_S)
        if isinstance(self.replies, Bucket):
            self.replies.advance(0.0, hours * HOUR_S, sum(hour) / HOUR_S)
        self.shift(hours * HOUR_S)

    def _hold(self, seconds: Mapping[Rule, float], times: int) -> None:
        for rule, held_s in seconds.items():
            self.held[rule] = self.held.get(rule, 0.0) + held_s * times


def _long_run(flow: Flow) -> float:
    """Return the messages a second that a flow lets through in the long run."""
    return min([flow.rate, *(window.limit / window.length_s for window in flow.windows if isinstance(window, Window))])
