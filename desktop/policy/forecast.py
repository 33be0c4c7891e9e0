"""How long a campaign will take, in short: the planner asked with what every caller knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.campaign import Draft, Pace, RetryPlan, SendWindow
from desktop.domain.ids import InstanceId
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import ErrorClass
from desktop.domain.summaries import InstanceSummary, NumberHistory, ReplyHistory
from desktop.policy.limit_profiles import pauses_at, tier_limit
from desktop.policy.pacing import pace_rate
from desktop.policy.plan_facts import DayPlan, InstancePlan, PlanFacts, PortfolioRoom, ReplyPlan, no_holidays
from desktop.policy.planner import plan
from desktop.policy.reply_forecast import ReplyOutlook, reply_outlook
from desktop.policy.send_window import IsHoliday
from desktop.policy.standing import Rival, Standing, can_send, free_at, rivals, volume_of
from desktop.policy.waiting import Rule
from desktop.policy.warmup import OFF, allowance, careful_curve

ENOUGH_TO_JUDGE = 30
"""Messages of a number's past before its errors are taken for its habit."""
UNKNOWN_STANDING = Standing()
_NO_PACE = Pace((0.0, 0.0), None, None, None)
# What others take while it lasts makes it last longer; the second look changes little, the fourth nothing.
_ROUNDS = 3
_AGAIN = frozenset({ErrorClass.TRANSIENT, ErrorClass.THROTTLE, ErrorClass.INSTANCE_DOWN, ErrorClass.RECIPIENT_LATER})


@dataclass(frozen=True, slots=True)
class Capacity:
    """One instance of the campaign: its limits, its time zone, and what has left today.

    `warmup` is the curve and `warmup_day` where the number is on it today; `portfolio` names what shares `room`, the
    messaging limit of 24 hours. `recent` and `free_at` are those of `InstancePlan`.
    """

    limits: InstanceLimits
    timezone: str
    sent_today: int
    warmup: str = OFF
    warmup_day: int = 1
    portfolio: str | None = None
    room: PortfolioRoom | None = None
    recent: Sequence[datetime] = ()
    free_at: datetime | None = None


def capacity_of(
    summary: InstanceSummary, history: NumberHistory, now: datetime, begins: datetime, recent: Sequence[datetime] = ()
) -> Capacity:
    """Return what a number can take of a campaign that begins now or later, by its limits and its past."""
    number, day = summary.instance, 1
    curve, zone = careful_curve(number.warmup), ZoneInfo(number.timezone)
    today, first_day = now.astimezone(zone).date(), begins.astimezone(zone).date()
    if curve is not None:
        day = allowance(curve, history.days, first_day).day
    used = history.portfolio_used if begins - now < timedelta(days=1) else 0
    return Capacity(
        number.limits,
        number.timezone,
        summary.sent_today if today == first_day else 0,
        number.warmup,
        day,
        number.portfolio_id,
        PortfolioRoom(tier_limit(number.messaging_limit), used, history.portfolio_recent),
        recent,
        free_at(number, begins),
    )


def retry_share(histories: Sequence[NumberHistory]) -> float:
    """Return the share (0-1) of the messages that needed another attempt; 0 while too few are known."""
    counted = [each for history in histories for each in history.outcomes]
    again = sum(n for _outcome, error_class, n in counted if error_class in _AGAIN)
    # What never reached a gateway was no attempt at all.
    messages = sum(n for outcome, _class, n in counted if outcome != "not_sent") - again
    return min(1.0, again / messages) if messages >= ENOUGH_TO_JUDGE else 0.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the last message will have left: the likely moment, and the range that it will hardly fall out of.

    `days` are those of the likely course, with what leaves on each and the rule that holds it. `replies` is None where
    the campaign does not wait for a team; `replies_hold` and `may_replies_hold` tell whether they hold the likely
    course, and the one without luck. `without` are the numbers of the campaign that cannot send by themselves, and
    `is_shared` tells that other campaigns, which take turns on its numbers, decide when it ends. `holds` are the rules
    that hold the likely course at any time; `pauses` tells that one of them pauses the campaign, which then waits for
    somebody to resume it: what is foreseen counts on that being done at once.
    """

    earliest: datetime
    likely: datetime
    latest: datetime
    days: tuple[DayPlan, ...] = ()
    replies: ReplyOutlook | None = None
    replies_hold: bool = False
    may_replies_hold: bool = False
    without: tuple[str, ...] = ()
    is_shared: bool = False
    holds: frozenset[Rule] = frozenset()
    pauses: bool = False


def forecast_of(
    draft: Draft,
    remaining: int,
    numbers: Sequence[InstanceSummary],
    histories: Mapping[InstanceId, NumberHistory],
    now: datetime,
    is_holiday: IsHoliday = no_holidays,
    standing: Standing = UNKNOWN_STANDING,
) -> Forecast | None:
    """Return when `remaining` messages of a draft will have left through `numbers`.

    None when they never will, or nobody knows: each number waits for somebody, or the campaign for another's end.
    """
    if standing.waits_for_place:
        return None
    begins = max(now, standing.starts_at or now)
    usable = [each for each in numbers if can_send(each.instance, now)]
    past = [histories.get(each.instance.id, NumberHistory()) for each in usable]
    outlook, reply_plan = None, None
    if draft.replies_per_hour is not None:
        history = standing.replies or ReplyHistory()
        outlook, reply_plan = reply_outlook(history, draft.replies_per_hour, remaining, begins)
    facts = _Facts(
        [
            capacity_of(each, history, now, begins, standing.recent.get(each.instance.id, ()))
            for each, history in zip(usable, past, strict=True)
        ],
        begins,
        draft.window,
        is_holiday,
        draft.retry,
        retry_share(past),
        standing.zones,
    )
    found = facts.forecast(remaining, draft.pace, standing.own_recent, reply_plan)
    if found is None:
        return None
    found = _among(rivals(draft, usable, standing.others), found, remaining, facts, draft.pace)
    left_out = tuple(each.instance.name for each in numbers if each not in usable)
    pauses = pauses_at(found.holds, [each.instance.gateway for each in usable])
    return _with_retries(replace(found, replies=outlook, without=left_out, pauses=pauses), standing.last_retry_at)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What stays the same while a forecast is made for more or for fewer messages."""

    capacities: Sequence[Capacity]
    begins: datetime
    window: SendWindow | None
    is_holiday: IsHoliday
    retry: RetryPlan
    again: float
    zones: tuple[tuple[str, int], ...]

    def forecast(
        self, messages: int, pace: Pace, recent: Sequence[datetime] = (), replies: ReplyPlan | None = None
    ) -> Forecast | None:
        return forecast(
            messages, pace, self.capacities, self.begins, window=self.window, is_holiday=self.is_holiday,
            retry=self.retry, again=self.again, replies=replies, zones=self.zones, recent=recent,
        )  # fmt: skip


def _among(others: Sequence[Rival], alone: Forecast, remaining: int, facts: _Facts, pace: Pace) -> Forecast:
    """Count what other campaigns take of the numbers meanwhile: it ends no sooner than all of that has left."""
    found, volume = alone, 0.0
    for _ in range(_ROUNDS if others else 0):
        volume = volume_of(others, remaining, (found.likely - facts.begins).total_seconds())
        crowded = facts.forecast(remaining + round(volume), _together([pace_rate(pace), *(n.rate for n in others)]))
        if crowded is None or crowded.likely <= found.likely:
            break
        found = crowded
    if found is alone:
        return alone
    share = remaining / (remaining + round(volume))
    # The others may be paused or cancelled: then it ends as if it were alone.
    return replace(
        alone,
        likely=found.likely,
        latest=max(alone.latest, found.latest),
        days=_shared_days(found.days, share),
        is_shared=True,
    )


def _together(rates: Sequence[float | None]) -> Pace:
    """Return the pace of several campaigns at once: the sum of their rates, none where one of them has none."""
    known = [rate for rate in rates if rate is not None]
    gap_s = 1 / sum(known) if len(known) == len(rates) else 0.0
    return replace(_NO_PACE, delay_s=(gap_s, gap_s))


def _shared_days(days: Sequence[DayPlan], share: float) -> tuple[DayPlan, ...]:
    """Return the days with this campaign's share (0-1) of the messages, in whole messages that add up."""
    found: list[DayPlan] = []
    total = told = 0
    for day in days:
        total += day.messages
        found.append(replace(day, messages=round(total * share) - told))
        told = round(total * share)
    return tuple(found)


def _with_retries(found: Forecast, last_retry_at: datetime | None) -> Forecast:
    """End no sooner than the last of those is due who are tried again."""
    if last_retry_at is None:
        return found
    earliest, likely, latest = (max(at, last_retry_at) for at in (found.earliest, found.likely, found.latest))
    return replace(found, earliest=earliest, likely=likely, latest=latest)


def forecast(
    remaining: int,
    pace: Pace,
    capacities: Sequence[Capacity],
    now: datetime,
    answer_s: float = 0.3,
    window: SendWindow | None = None,
    is_holiday: IsHoliday = no_holidays,
    retry: RetryPlan | None = None,
    again: float = 0.0,
    replies: ReplyPlan | None = None,
    zones: tuple[tuple[str, int], ...] = (),
    recent: Sequence[datetime] = (),
) -> Forecast | None:
    """Return when `remaining` messages will have left; None when they never will.

    Args:
        answer_s: how long the gateways take to answer one request.
        window: by the clocks of `zones`; of everybody in the time zone of the first number where there are none, as
            most people live where the company does.
        recent: the campaign's departures of the last hour, ascending.
        again: share (0-1) of the messages that need another attempt, as `retry` plans it.
    """
    if not capacities:
        return Forecast(now, now, now) if remaining <= 0 else None
    instances = tuple(
        InstancePlan(
            c.limits,
            c.timezone,
            c.sent_today,
            answer_s=answer_s,
            curve=careful_curve(c.warmup),
            warmup_day=c.warmup_day,
            portfolio=c.portfolio,
            recent=c.recent,
            free_at=c.free_at,
        )
        for c in capacities
    )
    facts = PlanFacts(
        remaining,
        pace,
        instances,
        window=window,
        recent=recent,
        zones=zones or ((capacities[0].timezone, 1),),
        is_holiday=is_holiday,
        retry=retry or RetryPlan(),
        retry_share=again,
        portfolios={c.portfolio: c.room for c in capacities if c.portfolio and c.room},
        replies=replies,
    )
    found = plan(facts, now)
    if found.finish_earliest is None or found.finish_likely is None or found.finish_latest is None:
        return None
    return Forecast(
        found.finish_earliest,
        found.finish_likely,
        found.finish_latest,
        found.days,
        replies_hold=Rule.REPLIES in found.holds,
        may_replies_hold=Rule.REPLIES in found.may_hold,
        holds=found.holds,
    )
