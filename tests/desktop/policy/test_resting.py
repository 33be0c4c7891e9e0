"""Which numbers come back by themselves, when, and what a start does that finds them all at rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.summaries import InstanceSummary, NumberHistory
from desktop.policy.resting import has_no_allowance, rest_of, would_pause
from desktop.policy.waiting import Rule, Wait

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)  # of São Paulo
LATER = NOON + timedelta(hours=5)
ONE = Instance(
    InstanceId(1), WorkspaceId(1), "one", Gateway.EVOLUTION, "", "", "America/Sao_Paulo",
    InstanceLimits(per_day=100), ConnectionState.CONNECTED, NOON,
)  # fmt: skip


def rest(sent_today: int, history: NumberHistory | None = None, **changes: object) -> Wait | None:
    number = replace(ONE, **changes)  # type: ignore[arg-type]
    summary = InstanceSummary(number, sent_today, 0, 0, 0, 0, 0, 0, None, None, None, None, 0)
    return rest_of(summary, history or NumberHistory(), NOON)


def test_at_its_limit_a_number_rests_until_the_midnight_of_its_own_time_zone() -> None:
    at_limit = Wait(Rule.DAILY_LIMIT, MIDNIGHT, {"used": 100, "limit": 100})
    assert rest(100, pause_reason="daily_limit") == at_limit
    assert rest(100) == at_limit  # no engine has looked yet
    assert rest(99) is None
    # Of yesterday, or the limit was raised: the engine only has to look.
    assert rest(3, pause_reason="daily_limit") is None


def test_a_warming_number_rests_when_its_curve_is_used_up() -> None:
    found = rest(20, warmup="1:20 2:-")
    assert found is not None
    assert (found.rule, found.until) == (Rule.WARM_UP, MIDNIGHT)
    yesterday = ((NOON.date() - timedelta(days=1), 20),)
    assert rest(20, NumberHistory(days=yesterday), warmup="1:20 2:-") is None


def test_a_restriction_that_ends_and_a_rest_for_errors_pass_by_themselves() -> None:
    assert rest(0, pause_reason="restricted", paused_until=LATER) == Wait(Rule.PAUSED, LATER, {"reason": "restricted"})
    assert rest(0, pause_reason="restricted", paused_until=NOON) is None
    assert rest(0, pause_reason="health_issue") == Wait(Rule.HEALTH_ISSUE)


def test_what_waits_for_somebody_is_no_rest() -> None:
    assert rest(0, pause_reason="operator") is None
    assert rest(0, limits=InstanceLimits(per_day=0), pause_reason="daily_limit") is None
    assert has_no_allowance(replace(ONE, limits=InstanceLimits(per_day=0)))
    assert not has_no_allowance(replace(ONE, limits=InstanceLimits(per_day=None)))
    assert not has_no_allowance(ONE)


@pytest.mark.parametrize(
    ("held", "pauses"),
    [
        ([(Gateway.CLOUD, Wait(Rule.DAILY_LIMIT, MIDNIGHT))], True),
        ([(Gateway.EVOLUTION, Wait(Rule.DAILY_LIMIT, MIDNIGHT))], False),
        ([(Gateway.WAHA, Wait(Rule.DAILY_LIMIT, MIDNIGHT))], False),
        # Warm-up is waited for at every gateway, and a moment that is known comes first.
        ([(Gateway.CLOUD, Wait(Rule.WARM_UP, MIDNIGHT))], False),
        ([(Gateway.CLOUD, Wait(Rule.DAILY_LIMIT, MIDNIGHT)), (Gateway.CLOUD, Wait(Rule.PAUSED, LATER))], False),
    ],
)
def test_only_a_hard_limit_pauses_the_campaign_that_is_started(
    held: list[tuple[Gateway, Wait]], *, pauses: bool
) -> None:
    assert would_pause(held) is pauses
