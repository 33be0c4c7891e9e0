"""What a limit means by gateway: a hard one pauses the campaign, a soft one is waited for. And Meta's shared limits.

The Cloud API's limits of a day, an hour and a minute are Meta's patience with a number: somebody should look before
more leaves. Evolution's and WAHA's are our own caution: waiting is all they ask for. Gaps, messages under way and
warm-up are waited for everywhere. Source of the figures: product.md §4 (systems B and A); gateways.md §8.C for Meta's
pair rate and messaging limit, read 2026-09-11.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.instance import Gateway, InstanceLimits
from desktop.policy.limits import window_wait
from desktop.policy.waiting import Rule, Wait, soonest

PAIR_GAP = timedelta(seconds=6)  # one message in 6 s from one number to one person
DAY = timedelta(hours=24)  # of the messaging limit: it slides, it is no calendar day
_MOMENTARY = frozenset({Rule.IN_FLIGHT, Rule.TURN})  # they end by no known time, and yet at once
_COUNTED = frozenset({Rule.DAILY_LIMIT, Rule.HOURLY_LIMIT, Rule.MINUTE_LIMIT})
BUDGET_RULES = frozenset({Rule.BUDGET_MESSAGES, Rule.BUDGET_MONEY})  # hard at every gateway


class Strictness(StrEnum):
    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class LimitProfile:
    """The limits that a new instance of a gateway starts with, and what reaching them means."""

    limits: InstanceLimits
    strictness: Strictness


PROFILES: Mapping[Gateway, LimitProfile] = {
    Gateway.CLOUD: LimitProfile(
        InstanceLimits(per_day=500, per_hour=100, per_minute=20, min_gap_s=0.0, max_in_flight=20), Strictness.HARD
    ),
    Gateway.EVOLUTION: LimitProfile(InstanceLimits(per_hour=1000, min_gap_s=0.5, max_in_flight=1), Strictness.SOFT),
    # Nobody names figures for WAHA; its numbers are as easily banned as Evolution's.
    Gateway.WAHA: LimitProfile(InstanceLimits(per_hour=1000, min_gap_s=0.5, max_in_flight=1), Strictness.SOFT),
}


@dataclass(frozen=True, slots=True)
class Waits:
    wait: Wait


@dataclass(frozen=True, slots=True)
class PausesCampaign:
    """`reason` is the rule's code: why the campaign is paused; `wait` tells when sending would be possible again."""

    reason: str
    wait: Wait


def on_limit(profile: LimitProfile, wait: Wait) -> Waits | PausesCampaign:
    """Decide what an instance's wait means for the campaign that would send through it."""
    if wait.rule in BUDGET_RULES or (profile.strictness is Strictness.HARD and wait.rule in _COUNTED):
        return PausesCampaign(wait.rule.value, wait)
    return Waits(wait)


def pauses_at(rules: Collection[Rule], gateways: Sequence[Gateway]) -> bool:
    """Tell whether one of the rules pauses a campaign whose numbers are at these gateways, once it holds them all."""
    are_hard = all(PROFILES[gateway].strictness is Strictness.HARD for gateway in gateways)
    return are_hard and not _COUNTED.isdisjoint(rules)


def on_limits(held: Sequence[tuple[LimitProfile, Wait]]) -> Waits | PausesCampaign:
    """Decide for a campaign none of whose instances (at least one) may send: the one that is free first decides.

    A hard limit pauses only when there is nothing sooner to wait for: one number's limit must not stop the others.
    """
    waits = [wait for _profile, wait in held]
    first = next((wait for wait in waits if wait.rule in _MOMENTARY), None) or soonest(waits)
    return next(on_limit(profile, wait) for profile, wait in held if wait is first)


def limit_behind(wait: Wait) -> Wait:
    """Return the daily limit in place of the pause that it has put an instance into; other waits as they are."""
    if wait.rule is Rule.PAUSED and wait.facts.get("reason") == Rule.DAILY_LIMIT:
        return Wait(Rule.DAILY_LIMIT, wait.until, wait.facts)
    return wait


def pair_wait(sent_to_person: Sequence[datetime], now: datetime) -> Wait | None:
    """Return the wait of Meta's pair rate, or None.

    Meta lends bursts and wants them back; none is borrowed here.

    Args:
        sent_to_person: ascending departures from one number to one person, at least the last.
    """
    free_at = window_wait(sent_to_person, 1, PAIR_GAP, now)
    return Wait(Rule.PAIR_RATE, free_at, {"gap_s": PAIR_GAP.total_seconds()}) if free_at else None


# People in 24 hours, by the portfolio's `whatsapp_business_manager_messaging_limit`; the last two are older names.
_TIERS: Mapping[str, int | None] = {
    "TIER_250": 250,
    "TIER_2K": 2_000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
    "TIER_UNLIMITED": None,
    "TIER_50": 50,
    "TIER_1K": 1_000,
}
SMALLEST_TIER = 250


def tier_limit(tier: str | None) -> int | None:
    """Return how many people a portfolio may write to in 24 hours; None is no limit, an unknown tier the smallest.

    Where nobody was told a tier there is nothing to go by: Meta then refuses by itself what is too much.
    """
    return None if tier is None else _TIERS.get(tier, SMALLEST_TIER)


@dataclass(frozen=True, slots=True)
class PortfolioUsage:
    """What all numbers of one business portfolio have used of its messaging limit.

    `last_sent` has one moment for each person: the last message to them, ascending. Meta counts fewer: not those whom
    a message reaches within a service window (24 hours after the person wrote).
    """

    limit: int | None
    last_sent: Sequence[datetime]


def portfolio_wait(
    usage: PortfolioUsage, now: datetime, *, is_counted: bool = False, in_service_window: bool = False
) -> Wait | None:
    """Return until when the portfolio may write to nobody new, or None when this person may be written to.

    Args:
        is_counted: this person was written to in the last 24 hours, so another message uses nothing up.
        in_service_window: this person wrote in the last 24 hours.
    """
    if is_counted or in_service_window:
        return None
    free_at = window_wait(usage.last_sent, usage.limit, DAY, now)
    if free_at is None:
        return None
    return Wait(Rule.PORTFOLIO_LIMIT, free_at, {"limit": usage.limit, "used": portfolio_used(usage, now)})


def portfolio_used(usage: PortfolioUsage, now: datetime) -> int:
    """Return how many people count against the limit now."""
    return len(usage.last_sent) - bisect_right(usage.last_sent, now - DAY)


def shared_portfolios(portfolio_of: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """Return the portfolios that several of a campaign's instances (by name) share.

    Rotation among them adds no reach: their limit is one. The operator is told before the start.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name, portfolio in portfolio_of.items():
        if portfolio is not None:
            names[portfolio].append(name)
    return {portfolio: tuple(shared) for portfolio, shared in names.items() if len(shared) > 1}
