"""Words for a forecast: when a campaign ends, as a range, and what leaves on which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.policy.waiting import Rule
from desktop.viewmodels import formats, wording
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from desktop.policy.forecast import Forecast

translate = QCoreApplication.translate

_WEEK_DAYS = 6  # Further away, the name of the day alone would be that of another week.
_DAYS_SHOWN = 60
_NO_MATTER = datetime(1970, 1, 1, tzinfo=UTC)  # a rule without an end is worded alike at any time

_RULES: Mapping[Rule, str] = {
    Rule.DAILY_LIMIT: QT_TRANSLATE_NOOP("Plan", "daily limit of the numbers"),
    Rule.BUDGET_MESSAGES: QT_TRANSLATE_NOOP("Plan", "messages of the month"),
    Rule.BUDGET_MONEY: QT_TRANSLATE_NOOP("Plan", "money of the month"),
    Rule.HOURLY_LIMIT: QT_TRANSLATE_NOOP("Plan", "hourly limit of the numbers"),
    Rule.MINUTE_LIMIT: QT_TRANSLATE_NOOP("Plan", "limit per minute of the numbers"),
    Rule.MIN_GAP: QT_TRANSLATE_NOOP("Plan", "shortest gap between two messages"),
    Rule.IN_FLIGHT: QT_TRANSLATE_NOOP("Plan", "time that the gateways take to answer"),
    Rule.PACE_DELAY: QT_TRANSLATE_NOOP("Plan", "pause between messages"),
    Rule.PACE_PER_HOUR: QT_TRANSLATE_NOOP("Plan", "hourly pace of the campaign"),
    Rule.PACE_PER_SECOND: QT_TRANSLATE_NOOP("Plan", "pace per second of the campaign"),
    Rule.WINDOW: QT_TRANSLATE_NOOP("Plan", "sending hours"),
    Rule.WARM_UP: QT_TRANSLATE_NOOP("Plan", "warm-up of the numbers"),
    Rule.PORTFOLIO_LIMIT: QT_TRANSLATE_NOOP("Plan", "Meta's limit of people in 24 hours"),
    Rule.REPLIES: QT_TRANSLATE_NOOP("Plan", "replies that wait for the team"),
}

_COUNTED_ON: Mapping[str, str] = {
    "assumed": QT_TRANSLATE_NOOP(
        "Plan",
        "How many will reply nobody knows yet; assumed are {likely} of 100 people, at least {few} and at most {many}.",
    ),
    "past": QT_TRANSLATE_NOOP(
        "Plan", "Counted on, as in earlier campaigns: {likely} of 100 people reply, at least {few} and at most {many}."
    ),
    "seen": QT_TRANSLATE_NOOP(
        "Plan",
        "Counted on, as in this campaign so far: {likely} of 100 people reply, at least {few} and at most {many}.",
    ),
}


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the plan: its short name, how many messages leave, and what holds it, in words."""

    name: str
    messages: int
    tip: str
    is_today: bool


def range_text(forecast: "Forecast", now: datetime) -> str:
    """Say between which moments it ends, and when most likely; one moment where the range is of a minute."""
    likely = _moment(forecast.likely, now)
    earliest, latest = _moment(forecast.earliest, now), _moment(forecast.latest, now)
    if earliest == latest:
        return likely
    pattern = translate("Plan", "between {earliest} and {latest}, probably {likely}")
    return pattern.format(earliest=earliest, latest=latest, likely=likely)


def ends_text(forecast: "Forecast", now: datetime) -> str:
    """Say the same as a sentence."""
    return translate("Plan", "Ends {range}.").format(range=range_text(forecast, now))


def days(forecast: "Forecast", now: datetime) -> tuple[PlanDay, ...]:
    """Word the days of a plan, at most two months of them."""
    return tuple(_day(each.date, each.messages, each.limiting_rule, now) for each in forecast.days[:_DAYS_SHOWN])


def bottleneck(forecast: "Forecast") -> str:
    """Name the rule that holds most of the days, and whatever else decides; empty without days."""
    rules = [day.limiting_rule for day in forecast.days]
    if not rules:
        return ""
    most = max(dict.fromkeys(rules), key=rules.count)
    held = translate("Plan", "What holds it most: {rule}").format(rule=_rule(most))
    told = notes(forecast)
    return f"{held}. {told}" if told else held


def notes(forecast: "Forecast") -> str:
    """Say what else decides when it ends: replies, other campaigns, numbers that cannot send; empty without any."""
    said = [replies(forecast)]
    if forecast.pauses:
        said.append(translate("Plan", "It pauses at a limit of its numbers, and goes on when you resume it."))
    if forecast.is_shared:
        said.append(translate("Plan", "Other campaigns use the same numbers: they take turns."))
    if forecast.without:
        pattern = translate("Plan", "Not counted, because somebody has to bring them back first: {names}.")
        said.append(pattern.format(names=", ".join(forecast.without)))
    return " ".join(text for text in said if text)


def replies(forecast: "Forecast") -> str:
    """Say whether replies decide when it ends, and how many are counted on; empty where it waits for no team."""
    outlook = forecast.replies
    if outlook is None:
        return ""
    if forecast.replies_hold:
        verdict = translate("Plan", "Replies decide when it ends: the team answers {n} an hour.")
    elif forecast.may_replies_hold:
        verdict = translate(
            "Plan", "If more people reply than expected, it takes longer: the team answers {n} an hour."
        )
    else:
        verdict = translate("Plan", "The team keeps up with the replies: it answers {n} an hour.")
    counted = counted_on(outlook.basis, outlook.few, outlook.likely, outlook.many)
    return f"{verdict.format(n=formats.number(outlook.per_hour))} {counted}"


def counted_on(basis: str, few: float, likely: float, many: float) -> str:
    """Say how many people are expected to reply (shares, 0-1), and why (a value of `reply_forecast.Basis`)."""
    worded = {"few": few, "likely": likely, "many": many}
    shown = {name: formats.number(round(share * 100)) for name, share in worded.items()}
    return translate("Plan", _COUNTED_ON[basis]).format_map(shown)


def _day(day: date, messages: int, rule: Rule, now: datetime) -> PlanDay:
    shown = QDate(day.year, day.month, day.day)
    name = QLocale().toString(shown, translate("Plan", "M/d"))
    long_name = QLocale().toString(shown, "ddd ") + name
    held = translate("Plan", "What holds it most: {rule}").format(rule=_rule(rule))
    tip = f"{long_name}: {formats.messages(messages)}\n{held}"
    return PlanDay(name, messages, tip, day == now.astimezone().date())


def _rule(rule: Rule) -> str:
    text = _RULES.get(rule)
    return translate("Plan", text) if text else wording.idle(rule.value, None, _NO_MATTER)


def _moment(moment: datetime, now: datetime) -> str:
    """Write a moment as people say it: the hour today, the day of the week within a week, else the date."""
    local, today = moment.astimezone().date(), now.astimezone().date()
    away = (local - today).days
    clock = formats.time_of_day(moment)
    if away == 0:
        return clock
    shown = QDate(local.year, local.month, local.day)
    day = QLocale().toString(shown, "ddd")
    if away > _WEEK_DAYS:
        day = f"{day} {QLocale().toString(shown, translate('Plan', 'M/d'))}"
    return f"{day} {clock}"
