"""Every recipient, instance and campaign can say why not now, in the order in which the reasons matter."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.campaign import CampaignStatus, Pace, SendWindow
from desktop.domain.instance import ConnectionState, InstanceLimits
from desktop.domain.recipient import RecipientStatus
from desktop.policy.breaker import Breaker, BreakerState
from desktop.policy.explain import (
    CampaignNow,
    Explanation,
    InstanceNow,
    RecipientNow,
    Subject,
    engine_stopped,
    explain_campaign,
    explain_instance,
    explain_recipient,
)
from desktop.policy.instance_watch import restored
from desktop.policy.limits import InstanceUsage, instance_wait
from desktop.policy.pacing import PaceState
from desktop.policy.waiting import Rule, Wait
from desktop.policy.warmup import WarmupDay

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LIMITS = InstanceLimits(per_day=100, per_hour=10, per_minute=3, min_gap_s=5.0)
LANE = InstanceNow(None, True, ConnectionState.CONNECTED, LIMITS, "UTC", InstanceUsage((), 0, 0), Breaker())
RUN = CampaignNow(CampaignStatus.RUNNING, None, None, Pace(), PaceState(), ())
FREE_LANE = Explanation(Subject.INSTANCE, ())
FREE_RUN = Explanation(Subject.CAMPAIGN, (), instances=(("a", FREE_LANE),))
PERSON = RecipientNow(RecipientStatus.PENDING, None, False, None, None, "UTC", lambda _day: False)


def ago(*seconds: float) -> tuple[datetime, ...]:
    return tuple(NOON - timedelta(seconds=s) for s in seconds)


def rules(explanation: Explanation) -> list[Rule]:
    return [wait.rule for wait in explanation.waits]


def held_until(minutes: float | None, rule: Rule = Rule.HOURLY_LIMIT) -> Explanation:
    until = None if minutes is None else NOON + minutes * MINUTE
    return Explanation(Subject.INSTANCE, (Wait(rule, until),))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"pause_reason": "operator"}, [Rule.PAUSED]),
        ({"is_reachable": False}, [Rule.UNREACHABLE]),
        ({"state": ConnectionState.NEEDS_QR}, [Rule.DISCONNECTED]),
        ({"rest": Wait(Rule.THROTTLED, NOON + MINUTE)}, [Rule.THROTTLED]),
        ({"rest": Wait(Rule.THROTTLED, NOON)}, []),
        # Told once: that it did not answer a moment ago is the same as that it does not answer.
        ({"is_reachable": False, "rest": Wait(Rule.UNREACHABLE, NOON + MINUTE)}, [Rule.UNREACHABLE]),
        ({"rest": Wait(Rule.UNREACHABLE, NOON + MINUTE)}, [Rule.UNREACHABLE]),
        ({"breaker": Breaker(BreakerState.OPEN, 6, NOON + MINUTE)}, [Rule.BREAKER_OPEN]),
        ({"watch": restored(NOON - MINUTE, 20.0), "pause_reason": "health_issue"}, [Rule.HEALTH_ISSUE]),
        ({"warmup": WarmupDay(1, 20), "usage": InstanceUsage((), 20, 0)}, [Rule.WARM_UP]),
        ({"usage": InstanceUsage((), 100, 0), "pause_reason": "daily_limit"}, [Rule.DAILY_LIMIT]),
        ({"usage": InstanceUsage((), 0, 1)}, [Rule.IN_FLIGHT]),
        ({"others": [Wait(Rule.TURN)]}, [Rule.TURN]),
    ],
)
def test_each_rule_of_an_instance_is_told(changes: dict[str, object], expected: list[Rule]):
    explanation = explain_instance(replace(LANE, **changes), NOON)
    assert rules(explanation) == expected
    assert explanation.is_free is (not expected)


def test_all_rules_that_hold_are_told_endless_ones_first_then_the_longest():
    recent = ago(3000, 2900, 2800, 2700, 2600, 2500, 2400, 50, 40, 2)
    facts = replace(
        LANE, usage=InstanceUsage(recent, 100, 1), state=ConnectionState.DISCONNECTED, pause_reason="operator"
    )
    explanation = explain_instance(facts, NOON)
    assert rules(explanation) == [
        Rule.DISCONNECTED,
        Rule.PAUSED,
        Rule.DAILY_LIMIT,
        Rule.HOURLY_LIMIT,
        Rule.MINUTE_LIMIT,
        Rule.MIN_GAP,
    ]
    assert explanation.until is None
    connected = explain_instance(replace(facts, state=ConnectionState.CONNECTED, pause_reason=None), NOON)
    assert connected.until == NOON + 12 * HOUR


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"status": CampaignStatus.SCHEDULED, "schedule_at": NOON + HOUR}, [Rule.SCHEDULED]),
        ({"status": CampaignStatus.PAUSED, "reason": "operator"}, [Rule.PAUSED]),
        ({"status": CampaignStatus.DRAFT}, [Rule.NOT_RUNNING]),
        ({"pace_state": PaceState(NOON + MINUTE)}, [Rule.PACE_DELAY]),
        ({"pace_state": PaceState(None, NOON + HOUR)}, [Rule.PACE_PER_SECOND]),
        ({"recent": ago(*range(3000, 2900, -1))}, [Rule.PACE_PER_HOUR]),
        ({"others": [Wait(Rule.OFFLINE), Wait(Rule.OFFLINE)]}, [Rule.OFFLINE]),
        (
            {"pace_state": PaceState(NOON + MINUTE, NOON + HOUR), "others": [Wait(Rule.CAMPAIGN_QUEUE)]},
            [Rule.CAMPAIGN_QUEUE, Rule.PACE_PER_SECOND, Rule.PACE_DELAY],
        ),
    ],
)
def test_each_rule_of_a_campaign_is_told(changes: dict[str, object], expected: list[Rule]):
    explanation = explain_campaign(replace(RUN, **changes), [("a", FREE_LANE)], NOON)
    assert rules(explanation) == expected
    assert explanation.is_free is (not expected)


@pytest.mark.parametrize(
    ("instances", "is_free", "until"),
    [
        ([FREE_LANE, held_until(None)], True, None),
        ([held_until(30), held_until(10), held_until(None)], False, 10),
        ([held_until(None)], False, None),
        ([], False, None),
    ],
)
def test_one_free_instance_is_enough_for_a_campaign(instances: list[Explanation], is_free: bool, until: float | None):
    explanation = explain_campaign(RUN, [(str(n), found) for n, found in enumerate(instances)], NOON)
    assert explanation.is_free is is_free
    assert explanation.until == (None if until is None else NOON + until * MINUTE)


NO_ANSWER = Explanation(Subject.INSTANCE, (Wait(Rule.UNREACHABLE),))
NO_QR = Explanation(Subject.INSTANCE, (Wait(Rule.DISCONNECTED),))
OFFLINE = Explanation(Subject.CAMPAIGN, (Wait(Rule.OFFLINE),), instances=(("a", NO_ANSWER), ("b", NO_QR)))


@pytest.mark.parametrize(
    ("explanation", "expected"),
    [
        (NO_ANSWER, True),
        (NO_QR, False),
        (held_until(10), True),
        (replace(NO_ANSWER, waits=(*NO_ANSWER.waits, *NO_QR.waits)), False),
        (OFFLINE, True),
        (replace(OFFLINE, instances=(("b", NO_QR),)), False),
        (Explanation(Subject.RECIPIENT, (), campaign=OFFLINE), True),
        (Explanation(Subject.RECIPIENT, (), campaign=replace(OFFLINE, instances=())), True),
        (Explanation(Subject.RECIPIENT, (), campaign=replace(OFFLINE, instances=(("b", NO_QR),))), False),
        (engine_stopped(Subject.CAMPAIGN, NOON), True),
        (Explanation(Subject.CAMPAIGN, (Wait(Rule.CAMPAIGN_QUEUE),)), True),
        (Explanation(Subject.RECIPIENT, (Wait(Rule.RETRY, NOON + HOUR),)), True),
    ],
)
def test_what_ends_with_the_connection_needs_nobody(explanation: Explanation, expected: bool):
    assert explanation.needs_nobody is expected


def test_an_engine_that_stopped_by_itself_says_when_it_starts_again_to_everybody():
    campaign = engine_stopped(Subject.CAMPAIGN, NOON + MINUTE)
    assert (campaign.until, campaign.is_free) == (NOON + MINUTE, False)
    assert engine_stopped(Subject.INSTANCE, NOON + MINUTE).until == NOON + MINUTE
    assert explain_recipient(PERSON, campaign, NOON).until == NOON + MINUTE


def test_own_rule_and_instances_must_both_end():
    facts = replace(RUN, pace_state=PaceState(NOON + 20 * MINUTE))
    assert explain_campaign(facts, [("a", held_until(10))], NOON).until == NOON + 20 * MINUTE
    assert explain_campaign(facts, [("a", held_until(30))], NOON).until == NOON + 30 * MINUTE
    assert explain_campaign(facts, [("a", held_until(None))], NOON).until is None


@pytest.mark.parametrize(
    ("changes", "expected", "asks_campaign"),
    [
        ({}, [], True),
        ({"status": RecipientStatus.READ}, [Rule.SETTLED], False),
        ({"status": RecipientStatus.FAILED, "reason": "not_on_whatsapp"}, [Rule.SETTLED], False),
        ({"opted_out": True}, [Rule.OPTED_OUT], False),
        ({"status": RecipientStatus.SENDING}, [Rule.IN_FLIGHT], False),
        ({"status": RecipientStatus.IN_DOUBT, "reason": "crashed"}, [Rule.RECONCILING], False),
        # Whoever opts out now has a message under way all the same, or one that may have left.
        ({"opted_out": True, "status": RecipientStatus.SENDING}, [Rule.IN_FLIGHT], False),
        ({"opted_out": True, "status": RecipientStatus.IN_DOUBT}, [Rule.RECONCILING], False),
        ({"status": RecipientStatus.RETRYING, "not_before": NOON + MINUTE}, [Rule.RETRY], True),
        ({"status": RecipientStatus.RETRYING, "not_before": NOON}, [], True),
        ({"window": SendWindow((1,), time(9), time(18))}, [Rule.WINDOW], True),
        ({"window": SendWindow((6,), time(9), time(18))}, [], True),
        ({"others": [Wait(Rule.PAIR_RATE, NOON + MINUTE)]}, [Rule.PAIR_RATE], True),
    ],
)
def test_each_rule_of_a_recipient_is_told(changes: dict[str, object], expected: list[Rule], asks_campaign: bool):
    explanation = explain_recipient(replace(PERSON, **changes), FREE_RUN, NOON)
    assert rules(explanation) == expected
    assert (explanation.campaign is FREE_RUN) is asks_campaign
    assert explanation.is_free is (not expected)


def test_recipient_waits_for_its_own_hours_and_for_its_campaign():
    monday = replace(PERSON, window=SendWindow((1,), time(9), time(18)))
    resting = explain_campaign(RUN, [("a", held_until(10))], NOON)
    assert explain_recipient(PERSON, resting, NOON).until == NOON + 10 * MINUTE
    assert not explain_recipient(PERSON, resting, NOON).is_free
    assert explain_recipient(monday, resting, NOON).until == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert explain_recipient(monday, explain_campaign(RUN, [], NOON), NOON).until is None


def test_what_ends_outside_of_the_hours_goes_on_when_they_open_again():
    saturdays = replace(PERSON, window=SendWindow((6,), time(9), time(18)))
    tonight = datetime(2026, 11, 22, 0, tzinfo=UTC)
    next_saturday = datetime(2026, 11, 28, 9, tzinfo=UTC)
    resting = explain_campaign(RUN, [("a", Explanation(Subject.INSTANCE, (Wait(Rule.DAILY_LIMIT, tonight),)))], NOON)
    found = explain_recipient(saturdays, resting, NOON)
    assert (rules(found), found.until) == ([Rule.WINDOW], next_saturday)
    assert found.waits[0].facts["later"]
    retried = replace(saturdays, status=RecipientStatus.RETRYING, not_before=tonight)
    found = explain_recipient(retried, FREE_RUN, NOON)
    assert (rules(found), found.until) == ([Rule.WINDOW, Rule.RETRY], next_saturday)
    closed = replace(saturdays, window=SendWindow((6,), time(13), time(18)))
    found = explain_recipient(closed, resting, NOON)
    assert found.until == datetime(2026, 11, 28, 13, tzinfo=UTC)
    assert "later" not in found.waits[0].facts, "they are closed now as well"
    holidays = replace(retried, is_holiday=lambda day: day > NOON.date())
    assert explain_recipient(holidays, FREE_RUN, NOON).until is None, "it never opens again"
    assert explain_recipient(saturdays, explain_campaign(RUN, [("a", held_until(10))], NOON), NOON).waits == ()


def test_explanation_can_be_written_down():
    campaign = explain_campaign(replace(RUN, pace_state=PaceState(NOON + MINUTE)), [("north", held_until(None))], NOON)
    details = explain_recipient(PERSON, campaign, NOON).details()
    assert json.loads(json.dumps(details)) == {
        "subject": "recipient",
        "free": False,
        "until": None,
        "waits": [],
        "campaign": {
            "subject": "campaign",
            "free": False,
            "until": None,
            "waits": [
                {"rule": "pace_delay", "until": "2026-11-21T12:01:00+00:00", "facts": {"delay_s": [140.0, 380.0]}}
            ],
            "instances": {
                "north": {
                    "subject": "instance",
                    "free": False,
                    "until": None,
                    "waits": [{"rule": "hourly_limit", "until": None, "facts": {}}],
                }
            },
        },
    }


@given(
    ago_s=st.lists(st.floats(0, 4000), max_size=20),
    today=st.integers(0, 120),
    in_flight=st.integers(0, 2),
)
def test_explanation_of_an_instance_agrees_with_the_decision(ago_s: list[float], today: int, in_flight: int):
    usage = InstanceUsage(sorted(ago(*ago_s)), today, in_flight)
    decided = instance_wait(LIMITS, usage, "UTC", NOON)
    explanation = explain_instance(replace(LANE, usage=usage), NOON)
    assert explanation.is_free is (decided is None)
    if decided is not None:
        assert decided.rule in rules(explanation)
        if not in_flight:
            assert (explanation.until, explanation.waits[0].rule) == (decided.until, decided.rule)
