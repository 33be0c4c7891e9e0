"""How long a campaign will take, in short: the planner asked with what every caller knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.campaign import Draft, Pace, RetryPlan, SendWindow
from desktop.domain.ids import InstanceId
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import ErrorClass
from desktop.domain.summaries import InstanceSummary, NumberHistory, ReplyHistory
from desktop.policy.limit_profiles import tier_limit
from desktop.policy.plan_facts import DayPlan, InstancePlan, PlanFacts, PortfolioRoom, ReplyPlan, no_holidays
from desktop.policy.planner import plan
from desktop.policy.reply_forecast import ReplyOutlook, reply_outlook
from desktop.policy.send_window import IsHoliday
from desktop.policy.waiting import Rule
from desktop.policy.warmup import OFF, allowance, careful_curve

ENOUGH_TO_JUDGE = 30
"""Messages of a number's past before its errors are taken for its habit."""
_AGAIN = frozenset({ErrorClass.TRANSIENT, ErrorClass.THROTTLE, ErrorClass.INSTANCE_DOWN, ErrorClass.RECIPIENT_LATER})


@dataclass(frozen=True, slots=True)
class Capacity:
    """One instance of the campaign: its limits, its time zone, and what has left today.

    `warmup` is the curve and `warmup_day` where the number is on it today; `portfolio` names what shares `room`, the
    messaging limit of 24 hours.
    """

    limits: InstanceLimits
    timezone: str
    sent_today: int
    warmup: str = OFF
    warmup_day: int = 1
    portfolio: str | None = None
    room: PortfolioRoom | None = None


def capacity_of(summary: InstanceSummary, history: NumberHistory, now: datetime) -> Capacity:
    """Return what a number can take of a campaign, by its limits and its past."""
    number, day = summary.instance, 1
    curve = careful_curve(number.warmup)
    if curve is not None:
        day = allowance(curve, history.days, now.astimezone(ZoneInfo(number.timezone)).date()).day
    room = PortfolioRoom(tier_limit(number.messaging_limit), history.portfolio_used)
    return Capacity(number.limits, number.timezone, summary.sent_today, number.warmup, day, number.portfolio_id, room)


def retry_share(histories: Sequence[NumberHistory]) -> float:
    """Return the share (0-1) of the messages that needed another attempt; 0 while too few are known."""
    counted = [each for history in histories for each in history.outcomes]
    again = sum(n for _outcome, error_class, n in counted if error_class in _AGAIN)
    # What never reached a gateway was no attempt at all.
    messages = sum(n for outcome, _class, n in counted if outcome != "not_sent") - again
    return min(1.0, again / messages) if messages >= ENOUGH_TO_JUDGE else 0.0


def pace_rate(pace: Pace) -> float | None:
    """Return the messages a second that the campaign's own pace allows in the long run; None without a limit."""
    mean_delay_s = sum(pace.delay_s) / 2
    rates = [1 / mean_delay_s if mean_delay_s > 0 else None, pace.per_hour and pace.per_hour / 3600, pace.per_second]
    limits = [rate for rate in rates if rate]
    return min(limits) if limits else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the last message will have left: the likely moment, and the range that it will hardly fall out of.

    `days` are those of the likely course, with what leaves on each and the rule that holds it. `replies` is None where
    the campaign does not wait for a team; `replies_hold` and `may_replies_hold` tell whether they hold the likely
    course, and the one without luck.
    """

    earliest: datetime
    likely: datetime
    latest: datetime
    days: tuple[DayPlan, ...] = ()
    replies: ReplyOutlook | None = None
    replies_hold: bool = False
    may_replies_hold: bool = False


def forecast_of(
    draft: Draft,
    remaining: int,
    numbers: Sequence[InstanceSummary],
    histories: Mapping[InstanceId, NumberHistory],
    now: datetime,
    is_holiday: IsHoliday = no_holidays,
    replies: ReplyHistory | None = None,
) -> Forecast | None:
    """Return when `remaining` messages of a draft will have left through `numbers`; None when they never will."""
    outlook, reply_plan = None, None
    if draft.replies_per_hour is not None:
        outlook, reply_plan = reply_outlook(replies or ReplyHistory(), draft.replies_per_hour, remaining, now)
    past = [histories.get(each.instance.id, NumberHistory()) for each in numbers]
    found = forecast(
        remaining,
        draft.pace,
        [capacity_of(each, history, now) for each, history in zip(numbers, past, strict=True)],
        now,
        window=draft.window,
        is_holiday=is_holiday,
        retry=draft.retry,
        again=retry_share(past),
        replies=reply_plan,
    )
    return found and replace(found, replies=outlook)


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
) -> Forecast | None:
    """Return when `remaining` messages will have left; None when they never will.

    Args:
        answer_s: how long the gateways take to answer one request.
        window: of everybody in the time zone of the first number: most people live where the company does.
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
        )
        for c in capacities
    )
    facts = PlanFacts(
        remaining,
        pace,
        instances,
        window=window,
        zones=((capacities[0].timezone, 1),),
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
    )
