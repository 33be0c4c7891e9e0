"""Words for "why not now?": each rule that holds something, its numbers, and the moment when it changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from PySide6.QtCore import QCoreApplication

from desktop.policy.explain import Explanation, Subject
from desktop.policy.waiting import Rule, Wait
from desktop.viewmodels import formats, wording

translate = QCoreApplication.translate

_INSTANCES_SHOWN = 12  # Of more, those that are free first are what matters; nobody reads thirty reasons.


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One rule: its sentence, its numbers, and how long it still lasts (empty: not by time alone)."""

    text: str
    numbers: str
    left: str


@dataclass(frozen=True, slots=True)
class WhySection:
    """What belongs together: the subject's own rules, its campaign's, an instance's. No heading for the own ones."""

    heading: str
    lines: tuple[WhyLine, ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """An explanation in words; `summary` says in one sentence when it will go on."""

    is_free: bool
    summary: str
    sections: tuple[WhySection, ...]


def view(explanation: Explanation, now: datetime) -> WhyView:
    """Word an explanation as of `now`."""
    sections = [_section("", explanation.waits, now)]
    campaign = explanation.campaign
    if campaign is not None:
        sections.append(_section(translate("Why", "The campaign"), campaign.waits, now))
    outer = campaign or explanation
    if outer.subject is Subject.CAMPAIGN:
        sections += _of_instances(outer, now)
    return WhyView(explanation.is_free, _summary(explanation, now), tuple(part for part in sections if part.lines))


def line(wait: Wait, now: datetime) -> WhyLine:
    """Word one rule."""
    text = wording.idle(wait.rule.value, None, now)
    if wait.facts.get("later"):
        text = translate("Why", "The sending hours are over by the time that the rest is free.")
    left = ""
    if wait.until is not None and wait.until > now:
        pattern = translate("Why", "{span} left, until {moment}")
        span = formats.duration(max(1.0, (wait.until - now).total_seconds()))
        left = pattern.format(span=span, moment=formats.near_moment(wait.until, now))
    return WhyLine(text, numbers(wait), left)


def numbers(wait: Wait) -> str:
    """Say the numbers that led to a wait; empty when there are none."""
    word = _NUMBERS.get(wait.rule)
    return word(wait.facts) if word else ""


def _summary(explanation: Explanation, now: datetime) -> str:
    if explanation.is_free:
        return translate("Why", "Nothing holds it: it may leave now.")
    if any(wait.rule is Rule.SETTLED for wait in explanation.waits):
        return translate("Why", "This is finished.")
    if any(wait.rule is Rule.RECONCILING for wait in explanation.waits):
        return translate("Why", "The gateway is asked as long as that can help. You can also decide, under In doubt.")
    until = explanation.until
    if until is None and explanation.needs_nobody:
        return translate("Why", "It goes on by itself; nobody has to do anything.")
    if until is None:
        return translate("Why", "It does not go on by time alone: somebody or something has to act.")
    if until <= now:
        return translate("Why", "It goes on at any moment.")
    pattern = translate("Why", "It can go on {when}.")
    return pattern.format(when=formats.when(until, now))


def _of_instances(campaign: Explanation, now: datetime) -> list[WhySection]:
    """Name what holds each instance, but only where none is free: one is enough."""
    held = [(name, found) for name, found in campaign.instances if not found.is_free]
    if len(held) < len(campaign.instances):
        return []
    shown = [_section(name or "", found.waits, now) for name, found in held[:_INSTANCES_SHOWN]]
    more = len(held) - len(shown)
    if more > 0:
        shown.append(
            WhySection("", (WhyLine(translate("Why", "… and {n} more").format(n=formats.numbers(more)), "", ""),))
        )
    return shown


def _section(heading: str, waits: Sequence[Wait], now: datetime) -> WhySection:
    return WhySection(heading, tuple(line(wait, now) for wait in waits))


def _figure(facts: Mapping[str, object], key: str) -> str:
    value = facts.get(key)
    if not isinstance(value, int | float):
        return "–"
    return formats.number(value) if float(value).is_integer() else formats.decimal(value)


def _used(facts: Mapping[str, object]) -> str:
    pattern = translate("Why", "{used} of {limit} used")
    return pattern.format(used=_figure(facts, "used"), limit=_figure(facts, "limit"))


def _used_money(facts: Mapping[str, object]) -> str:
    used, limit, currency = facts.get("used_micros"), facts.get("limit_micros"), str(facts.get("currency", ""))
    if not isinstance(used, int) or not isinstance(limit, int):
        return ""
    pattern = translate("Why", "{used} of {limit} used")
    return pattern.format(used=formats.money(used, currency), limit=formats.money(limit, currency))


def _warm_up(facts: Mapping[str, object]) -> str:
    return translate("Why", "Day {day} of the curve").format(day=_figure(facts, "day")) + " · " + _used(facts)


def _limit(facts: Mapping[str, object]) -> str:
    return translate("Why", "At most {limit}").format(limit=_figure(facts, "limit"))


def _gap(facts: Mapping[str, object]) -> str:
    return translate("Why", "{s} s between two messages").format(s=_figure(facts, "gap_s"))


def _delay(facts: Mapping[str, object]) -> str:
    delay = facts.get("delay_s")
    if not isinstance(delay, list | tuple):
        return ""
    low, high = (float(part) for part in cast("Sequence[float]", delay))
    pattern = translate("Why", "Drawn by lot between {low} and {high} s")
    return pattern.format(low=formats.number(low), high=formats.number(high))


def _window(facts: Mapping[str, object]) -> str:
    pattern = translate("Why", "{start} to {end}, in the time zone {zone}")
    text = pattern.format(start=facts.get("start"), end=facts.get("end"), zone=facts.get("timezone"))
    return f"{text} · {translate('Why', 'today is a holiday')}" if facts.get("holiday") else text


def _errors(facts: Mapping[str, object]) -> str:
    return translate("Why", "{n} errors in a row").format(n=_figure(facts, "errors"))


def _score(facts: Mapping[str, object]) -> str:
    return translate("Why", "Health fell to {score}").format(score=_figure(facts, "score"))


def _place(facts: Mapping[str, object]) -> str:
    pattern = translate("Why", "Place {place} in the queue; {limit} send at once")
    return pattern.format(place=_figure(facts, "place"), limit=_figure(facts, "limit"))


def _in_flight(facts: Mapping[str, object]) -> str:
    return translate("Why", "{n} on the way").format(n=_figure(facts, "in_flight")) if "in_flight" in facts else ""


def _reason(facts: Mapping[str, object]) -> str:
    code = facts.get("reason")
    return wording.reason(str(code)) if code else ""


def _campaign_status(facts: Mapping[str, object]) -> str:
    return wording.campaign_status(str(facts.get("status", "")))


def _recipient_status(facts: Mapping[str, object]) -> str:
    parts = (wording.recipient_status(str(facts.get("status", ""))), _reason(facts))
    return " · ".join(part for part in parts if part)


def _connection(facts: Mapping[str, object]) -> str:
    state = str(facts.get("state", ""))
    advice = wording.connection_advice(state)
    return f"{wording.connection(state)}. {advice}" if advice else wording.connection(state)


def _replies(facts: Mapping[str, object]) -> str:
    pattern = translate("Why", "{n} replies wait; the team answers {per_hour} an hour")
    return pattern.format(n=_figure(facts, "unanswered"), per_hour=_figure(facts, "per_hour"))


_NUMBERS: Mapping[Rule, Callable[[Mapping[str, object]], str]] = {
    Rule.DAILY_LIMIT: _used,
    Rule.PORTFOLIO_LIMIT: _used,
    Rule.BUDGET_MESSAGES: _used,
    Rule.BUDGET_MONEY: _used_money,
    Rule.WARM_UP: _warm_up,
    Rule.HOURLY_LIMIT: _limit,
    Rule.MINUTE_LIMIT: _limit,
    Rule.THROUGHPUT: _limit,
    Rule.PACE_PER_HOUR: _limit,
    Rule.PACE_PER_SECOND: _limit,
    Rule.MIN_GAP: _gap,
    Rule.PAIR_RATE: _gap,
    Rule.PACE_DELAY: _delay,
    Rule.REPLIES: _replies,
    Rule.WINDOW: _window,
    Rule.BREAKER_OPEN: _errors,
    Rule.HEALTH_ISSUE: _score,
    Rule.CAMPAIGN_QUEUE: _place,
    Rule.IN_FLIGHT: _in_flight,
    Rule.PAUSED: _reason,
    Rule.RETRY: _reason,
    Rule.RECONCILING: _reason,
    Rule.NOT_RUNNING: _campaign_status,
    Rule.SETTLED: _recipient_status,
    Rule.DISCONNECTED: _connection,
}
