"""Hard limits pause, soft ones are waited for; a portfolio's limit is one, however many numbers share it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.instance import Gateway, InstanceLimits
from desktop.policy.limit_profiles import (
    BUDGET_RULES,
    DAY,
    PROFILES,
    PausesCampaign,
    PortfolioUsage,
    limit_behind,
    on_limit,
    on_limits,
    pair_wait,
    pauses_at,
    portfolio_used,
    portfolio_wait,
    shared_portfolios,
    tier_limit,
)
from desktop.policy.waiting import Rule, Wait

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CLOUD, EVOLUTION = PROFILES[Gateway.CLOUD], PROFILES[Gateway.EVOLUTION]


def wait(rule: Rule, in_s: float | None = 60) -> Wait:
    return Wait(rule, None if in_s is None else NOON + timedelta(seconds=in_s))


def test_profiles_have_the_figures_of_the_systems_they_come_from():
    cloud, evolution = CLOUD.limits, EVOLUTION.limits
    assert (cloud.per_day, cloud.per_hour, cloud.per_minute) == (500, 100, 20)
    assert (evolution.per_hour, evolution.min_gap_s, evolution.max_in_flight) == (1000, 0.5, 1)
    assert InstanceLimits() == evolution
    assert set(PROFILES) == set(Gateway)


@pytest.mark.parametrize("rule", list(Rule))
def test_only_counted_limits_of_a_hard_profile_pause(rule: Rule):
    counted = rule in (Rule.DAILY_LIMIT, Rule.HOURLY_LIMIT, Rule.MINUTE_LIMIT, *BUDGET_RULES)
    decided = on_limit(CLOUD, wait(rule))
    assert isinstance(decided, PausesCampaign) is counted
    assert decided.wait == wait(rule)
    if isinstance(decided, PausesCampaign):
        assert decided.reason == rule.value
    of_evolution = on_limit(EVOLUTION, wait(rule))
    assert isinstance(of_evolution, PausesCampaign) is (rule in BUDGET_RULES), "a budget is hard everywhere"
    assert of_evolution.wait == wait(rule)


@pytest.mark.parametrize(
    ("held", "pauses"),
    [
        ([(CLOUD, wait(Rule.HOURLY_LIMIT))], True),
        ([(CLOUD, wait(Rule.HOURLY_LIMIT)), (CLOUD, wait(Rule.DISCONNECTED, None))], True),
        ([(CLOUD, wait(Rule.HOURLY_LIMIT)), (CLOUD, wait(Rule.IN_FLIGHT, None))], False),
        ([(CLOUD, wait(Rule.HOURLY_LIMIT)), (EVOLUTION, wait(Rule.MIN_GAP, 1))], False),
        ([(CLOUD, wait(Rule.MINUTE_LIMIT, 5)), (EVOLUTION, wait(Rule.HOURLY_LIMIT, 900))], True),
        ([(EVOLUTION, wait(Rule.DISCONNECTED, None))], False),
    ],
)
def test_the_number_that_is_free_first_decides(held, pauses: bool):
    assert isinstance(on_limits(held), PausesCampaign) is pauses


def test_pair_rate_is_one_message_in_six_seconds():
    assert pair_wait([], NOON) is None
    assert pair_wait([NOON - timedelta(seconds=6)], NOON) is None
    held = pair_wait([NOON - timedelta(seconds=60), NOON - timedelta(seconds=2)], NOON)
    assert held == Wait(Rule.PAIR_RATE, NOON + timedelta(seconds=4), {"gap_s": 6.0})


@pytest.mark.parametrize(
    ("tier", "limit"), [("TIER_250", 250), ("TIER_2K", 2000), ("TIER_UNLIMITED", None), ("TIER_NEW", 250)]
)
def test_tiers(tier: str, limit: int | None):
    assert tier_limit(tier) == limit


def test_portfolio_waits_until_the_oldest_of_the_last_n_people_is_a_day_old():
    sent = [NOON - timedelta(hours=h) for h in (30, 20, 10, 1)]
    assert portfolio_wait(PortfolioUsage(4, sent), NOON) is None
    assert portfolio_wait(PortfolioUsage(None, sent), NOON) is None
    held = portfolio_wait(PortfolioUsage(3, sent), NOON)
    assert held == Wait(Rule.PORTFOLIO_LIMIT, NOON + timedelta(hours=4), {"limit": 3, "used": 3})


def test_people_who_are_counted_already_and_people_who_wrote_use_nothing_up():
    full = PortfolioUsage(1, [NOON - timedelta(hours=1)])
    assert portfolio_wait(full, NOON, is_counted=True) is None
    assert portfolio_wait(full, NOON, in_service_window=True) is None
    assert portfolio_wait(full, NOON) is not None


def test_numbers_of_one_portfolio_are_told_to_the_operator():
    assert shared_portfolios({"a": "acme", "b": "acme", "c": "other", "d": None, "e": None}) == {"acme": ("a", "b")}


@given(
    gaps=st.lists(st.floats(0, 6 * 3600), max_size=60),
    people=st.lists(st.integers(0, 9), min_size=60, max_size=60),
    limit=st.integers(1, 5),
)
def test_no_24_hours_have_more_people_than_the_limit(gaps: list[float], people: list[int], limit: int):
    """Whoever asks before each message, for people again and again, never writes to more of them in any 24 hours."""
    now, last, log = NOON, {}, []
    for gap, person in zip(gaps, people, strict=False):
        now += timedelta(seconds=gap)
        usage = PortfolioUsage(limit, sorted(last.values()))
        counted = person in last and last[person] + DAY > now
        if portfolio_wait(usage, now, is_counted=counted) is None:
            last[person] = now
            log.append((now, person))
        else:
            assert portfolio_used(usage, now) == limit
    for start, _person in log:
        assert len({person for at, person in log if start <= at < start + DAY}) <= limit


def test_a_number_that_its_daily_limit_has_paused_is_held_by_that_limit():
    by_limit = Wait(Rule.PAUSED, None, {"reason": "daily_limit"})
    assert limit_behind(by_limit).rule is Rule.DAILY_LIMIT
    by_operator = Wait(Rule.PAUSED, None, {"reason": "operator"})
    assert limit_behind(by_operator) is by_operator


def test_a_counted_limit_pauses_only_where_every_number_is_meta_s() -> None:
    assert pauses_at({Rule.DAILY_LIMIT, Rule.PACE_DELAY}, [Gateway.CLOUD, Gateway.CLOUD])
    assert not pauses_at({Rule.DAILY_LIMIT}, [Gateway.CLOUD, Gateway.WAHA])
    assert not pauses_at({Rule.WARM_UP, Rule.PACE_PER_HOUR}, [Gateway.CLOUD])
