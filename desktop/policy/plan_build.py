"""Makes the flows of a campaign from its facts: buckets, windows and allowances, alike instances as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from desktop.policy.flow import Flow, Release, Window, releases_of
from desktop.policy.limits import local_midnight
from desktop.policy.plan_calendar import DAY, DAY_S
from desktop.policy.plan_facts import InstancePlan, PlanFacts, PortfolioRoom, ReplyPlan
from desktop.policy.plan_flow import HOUR_S, MINUTE_S, Pool, Source, Works
from desktop.policy.plan_replies import Answers
from desktop.policy.waiting import Rule


@dataclass(frozen=True, slots=True)
class _Bucket:
    """One of the rules of single messages: `head` at once, `rate` a second, `tokens` of the head there now."""

    head: float
    rate: float
    tokens: float
    rule: Rule


@dataclass(frozen=True, slots=True)
class _Frame:
    """The axis of time: seconds since the midnight before `now` of the first instance."""

    midnight: datetime
    now_s: float

    @property
    def moment(self) -> datetime:
        return self.midnight + timedelta(seconds=self.now_s)

    def seconds(self, moments: Sequence[datetime]) -> list[float]:
        return [(at - self.midnight).total_seconds() for at in moments]


def build(
    facts: PlanFacts, mean_delay_s: float, answer_factor: float, now: datetime, reply_share: float = 0.0
) -> Works:
    """Make the flows of a campaign; seconds count from the midnight before `now` of the first instance.

    Args:
        answer_factor: how much longer than usual gateways take to answer.
        reply_share: share (0-1) of the messages that are replied to.
    """
    midnight = local_midnight(now, facts.instances[0].timezone)
    frame = _Frame(midnight, (now - midnight).total_seconds())
    pools = {name: _pool(room.limit, room, frame) for name, room in facts.portfolios.items() if room.limit is not None}
    gate, hours, gate_rule = _gate(facts, mean_delay_s, frame)
    sources = [
        _source(instance, count, pools.get(instance.portfolio or ""), answer_factor, frame, gate)
        for instance, count in _alike(facts.instances)
    ]
    past_gate = _most_in_a_day(gate, hours)
    for pool in pools.values():
        members = [source for source in sources if source.pool is pool]
        through = min(past_gate, sum(_most_in_a_day(source.flow, source.hours) for source in members))
        if through + sum(people for _start, _end, people in pool.window.releases) <= pool.window.limit:
            for source in members:  # what cannot be reached need not be followed
                source.pool = None
    most = sum(source.flow.rate * HOUR_S + source.flow.head for source in sources)
    gate.windows += [hour for hour in hours if _binds(hour, most, gate)]
    answers = _answers(facts.replies, reply_share, frame)
    if answers is not None:
        gate.windows.append(answers)
    return Works(
        gate,
        gate_rule,
        sources,
        [pool for pool in pools.values() if any(source.pool is pool for source in sources)],
        answers,
    )


def _most_in_a_day(flow: Flow, windows: Sequence[Window]) -> float:
    """Return what a flow lets through in any 24 hours at the very most."""
    return min([flow.rate * DAY_S + flow.head, *(each.limit * (DAY_S / each.length_s + 1) for each in windows)])


def _pool(limit: int, room: PortfolioRoom, frame: _Frame) -> Pool:
    now_s = frame.now_s
    releases: list[Release] = []
    for since, until, people in room.recent or ((frame.moment, frame.moment, room.used),):
        start, end = (at + DAY_S for at in frame.seconds((since, until)))
        start = max(start, now_s, releases[-1][1] if releases else now_s)
        if people and end > now_s:
            releases.append((start, max(end, start + 1e-3), float(people)))
    return Pool(Window(DAY_S, float(limit), releases))


def _answers(replies: ReplyPlan | None, share: float, frame: _Frame) -> Answers | None:
    if replies is None:
        return None
    begun = frame.seconds([since for since, _until, _n in replies.departed])
    ended = frame.seconds([until for _since, until, _n in replies.departed])
    messages = [float(n) for _since, _until, n in replies.departed]
    departed = list(zip(begun, ended, messages, strict=True))
    return Answers(replies.per_hour, share, replies.lags_s, replies.waiting, departed, frame.now_s)


def _alike(instances: Sequence[InstancePlan]) -> list[tuple[InstancePlan, int]]:
    """Count instances that nothing tells apart: they work as one that is so many times as fast."""
    alike: dict[object, tuple[InstancePlan, int]] = {}
    for i in instances:
        key = (
            i.limits, i.timezone, i.sent_today, tuple(i.recent), i.in_flight, i.answer_s, i.curve, i.warmup_day,
            i.portfolio, i.free_at,
        )  # fmt: skip
        alike[key] = (i, alike[key][1] + 1 if key in alike else 1)
    return list(alike.values())


def _source(
    instance: InstancePlan, count: int, pool: Pool | None, answer_factor: float, frame: _Frame, gate: Flow
) -> Source:
    limits, departed = instance.limits, frame.seconds(instance.recent)
    answer_s = max(instance.answer_s * answer_factor, 0.001)
    most = float(limits.max_in_flight)
    buckets = [_Bucket(most, most / answer_s, max(0.0, most - instance.in_flight), Rule.IN_FLIGHT)]
    if limits.min_gap_s > 0:
        buckets.append(_gap(limits.min_gap_s, departed, frame.now_s, Rule.MIN_GAP))
    if limits.per_second is not None:
        buckets.append(_burst(limits.per_second, float(limits.per_second), departed, frame.now_s, Rule.THROUGHPUT))
    flow = _flow(buckets, count)
    minute, hour = (
        None if limit is None else _window(length_s, limit, count, departed, frame.now_s)
        for length_s, limit in ((MINUTE_S, limits.per_minute), (HOUR_S, limits.per_hour))
    )
    past_gate = gate.rate * HOUR_S + gate.head
    flow.windows += [window for window in (minute, hour) if window and _binds(window, past_gate, flow)]
    smooth = flow.rate if limits.per_minute is None else min(flow.rate, limits.per_minute / MINUTE_S * count)
    midnight = local_midnight(frame.midnight + DAY - timedelta(seconds=1), instance.timezone)
    source = Source(
        flow=flow,
        hours=[window for window in (minute, hour) if window],
        count=count,
        per_day=limits.per_day,
        curve=instance.curve,
        warmup_day=instance.warmup_day,
        resets_at=frame.seconds([midnight])[0],
        rate_rule=min(buckets, key=lambda bucket: bucket.rate).rule,
        pool=pool,
        minute=minute if minute in flow.windows else None,
        smooth_rate=smooth,
        opens_at=0.0 if instance.free_at is None else max(0.0, frame.seconds([instance.free_at])[0]),
    )
    source.allow(float(instance.sent_today * count))
    return source


def _gate(facts: PlanFacts, mean_delay_s: float, frame: _Frame) -> tuple[Flow, list[Window], Rule]:
    """Make the campaign's own pace: its bucket, its window of an hour, and the rule of the bucket."""
    pace, departed = facts.pace, frame.seconds(facts.recent)
    buckets: list[_Bucket] = []
    if mean_delay_s > 0:
        buckets.append(_gap(mean_delay_s, departed, frame.now_s, Rule.PACE_DELAY))
    if pace.per_second:
        buckets.append(_burst(pace.per_second, float(pace.burst or 1), departed, frame.now_s))
    if not buckets:
        buckets.append(_Bucket(inf, inf, inf, Rule.PACE_PER_HOUR))
    gate = _flow(buckets, 1)
    hours = [] if pace.per_hour is None else [_window(HOUR_S, pace.per_hour, 1, departed, frame.now_s)]
    return gate, hours, min(buckets, key=lambda bucket: bucket.rate).rule


def _gap(gap_s: float, departed: Sequence[float], now_s: float, rule: Rule) -> _Bucket:
    """Return the bucket of a gap between two messages; the one after the last departure may still run."""
    rested_s = now_s - departed[-1] if departed else inf
    return _Bucket(1.0, 1 / gap_s, min(1.0, rested_s / gap_s), rule)


def _burst(
    rate: float, burst: float, departed: Sequence[float], now_s: float, rule: Rule = Rule.PACE_PER_SECOND
) -> _Bucket:
    """Return the bucket of a rate a second, as the last departures have left it; earlier ones had emptied it."""
    tokens, last = 1.0, None
    for at in departed:
        tokens = min(burst, tokens + (at - last) * rate if last is not None else 1.0) - 1
        last = at
    rested = burst if last is None else min(burst, tokens + (now_s - last) * rate)
    return _Bucket(burst, rate, rested, rule)


def _flow(buckets: Sequence[_Bucket], count: int) -> Flow:
    flow = Flow(min(b.rate for b in buckets) * count, min(b.head for b in buckets) * count)
    first_in = max((1 - b.tokens) / b.rate if b.tokens < 1 else 0.0 for b in buckets)
    tokens = 1 - first_in * flow.rate / count if first_in else min(b.tokens for b in buckets)
    flow.tokens = tokens * count
    return flow


def _window(length_s: float, limit: int, count: int, departed: Sequence[float], now_s: float) -> Window:
    releases: list[Release] = [(s, e, n * count) for s, e, n in releases_of(departed, length_s, now_s)]
    return Window(length_s, float(limit * count), releases)


def _binds(window: Window, most: float, flow: Flow) -> bool:
    """Tell whether a window can ever hold anything: what cannot be reached need not be followed.

    Args:
        most: what others let through in an hour at the very most.
    """
    most = min(most, flow.rate * window.length_s + flow.head)
    return most + sum(amount for _start, _end, amount in window.releases) > window.limit
