"""Replies in a plan: the gate opens and shuts as the engine's does, and over days a bucket says the same."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.campaign import Pace, SendWindow
from desktop.domain.instance import InstanceLimits
from desktop.policy.plan_facts import InstancePlan, PlanFacts, ReplyPlan
from desktop.policy.plan_replies import Answers, Bucket
from desktop.policy.planner import plan
from desktop.policy.reply_pace import reply_wait
from desktop.policy.waiting import Rule

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday
HOUR_S = 3600.0
LAGS_S = (300.0, 1800.0, 10800.0)
OFFICE = SendWindow((1, 2, 3, 4, 5), time(9), time(18))
LANE = InstancePlan(InstanceLimits(per_hour=None, min_gap_s=0.0), "UTC", answer_s=0.1)


def facts(people: int, per_hour: int, share: float, gap_s: float = 30.0, **others: object) -> PlanFacts:
    replies = ReplyPlan(per_hour, (share / 2, share, min(1.0, share * 2)), LAGS_S)
    pace = Pace((gap_s, gap_s), None, None, None)
    return PlanFacts(people, pace, (LANE,), replies=replies, **others)  # type: ignore[arg-type]


def hours(given: PlanFacts, now: datetime = NOON) -> float:
    finish = plan(given, now).finish_likely
    assert finish is not None
    return (finish - now) / timedelta(hours=1)


def simulate(people: int, per_hour: int, every: int, gap_s: float) -> float:
    """Send message by message with the engine's own rule; every n-th is replied to, in turn after each of the lags."""
    now, due, seen = NOON, list[datetime](), 0
    for n in range(people):
        while True:
            due.sort()
            held = reply_wait([at for at in due if at <= now], per_hour, now)
            if held is None:
                break
            assert held.until is not None
            coming = next((at for at in due if at > now), held.until)
            now = min(held.until, coming)
        if n % every == every - 1:
            due.append(now + timedelta(seconds=LAGS_S[seen % 3]))
            seen += 1
        left_at, now = now, now + timedelta(seconds=gap_s)
    return (left_at - NOON) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("people", "per_hour", "every", "gap_s"),
    [(400, 10, 5, 20.0), (600, 5, 10, 30.0), (300, 20, 10, 30.0), (500, 12, 4, 10.0), (900, 8, 8, 25.0)],
)
def test_the_plan_ends_when_the_rule_of_the_engine_lets_the_last_message_leave(
    people: int, per_hour: int, every: int, gap_s: float
):
    assert hours(facts(people, per_hour, 1 / every, gap_s)) == pytest.approx(
        simulate(people, per_hour, every, gap_s), rel=0.1
    )


def test_who_is_gone_before_the_first_replies_is_not_held():
    found = plan(facts(200, 5, 0.2, 1.0), NOON)
    assert hours(facts(200, 5, 0.2, 1.0)) < 0.1
    assert Rule.REPLIES not in found.may_hold


def test_the_days_name_the_replies_and_the_range_follows_how_many_reply():
    found = plan(facts(1500, 10, 0.2), NOON)
    assert found.days[0].limiting_rule is Rule.REPLIES
    assert Rule.REPLIES in found.holds
    assert found.finish_earliest is not None
    assert found.finish_likely is not None
    assert found.finish_latest is not None
    assert found.finish_likely - found.finish_earliest > timedelta(hours=8)
    assert found.finish_latest - found.finish_likely > timedelta(hours=16)


def test_it_may_hold_where_only_many_replies_would():
    found = plan(facts(600, 10, 0.1), NOON)
    assert Rule.REPLIES not in found.holds
    assert Rule.REPLIES in found.may_hold


def test_replies_that_wait_and_those_on_their_way_hold_at_once():
    waiting = facts(10, 5, 0.0)
    assert waiting.replies is not None
    behind = replace(waiting, replies=replace(waiting.replies, waiting=20.0))
    assert hours(behind) == pytest.approx(3 + 9 * 30 / HOUR_S, abs=0.05)
    # Since an hour 100 an hour have left, and half of them reply: a third each after 5 minutes, 30 minutes, 3 hours.
    departed = ((NOON - timedelta(hours=1), NOON, 100),)
    coming = replace(waiting.replies, shares=(0.5, 0.5, 0.5), departed=departed, waiting=4.0)
    assert hours(replace(behind, replies=coming)) > 1.0


def test_replies_that_hold_for_days_are_no_end():
    many = facts(10, 1, 0.0)
    assert many.replies is not None
    assert hours(replace(many, replies=replace(many.replies, waiting=150.0))) == pytest.approx(149.1, abs=0.1)


def test_a_team_that_answers_through_the_night_lets_more_leave_in_the_morning():
    found = plan(facts(2000, 5, 0.1, 25.0, window=OFFICE), NOON)
    wednesday = next(day for day in found.days if day.date.day == 25)
    # In nine hours the team answers 45 replies, those to 450 messages; what waits at night comes on top.
    assert 450 < wednesday.messages < 900
    assert wednesday.limiting_rule is Rule.REPLIES


@pytest.mark.parametrize("window", [None, OFFICE])
def test_months_of_replies_follow_the_answers_of_the_team(window: SendWindow | None):
    found = plan(facts(100_000, 20, 0.1, 3.6, window=window), NOON)
    assert found.finish_likely is not None
    days = (found.finish_likely - NOON) / timedelta(days=1)
    if window is None:
        assert days == pytest.approx(10_000 / 20 / 24, rel=0.05)
    else:
        assert 10_000 / 20 / 24 * 7 / 5 < days < 10_000 / 20 / 9 * 7 / 5


def test_a_million_people_are_planned_at_once_whether_anybody_replies_or_not():
    for share in (0.0, 0.1):
        found = plan(facts(1_000_000, 500, share, 1.0), NOON)
        assert found.finish_likely is not None
    slow = plan(facts(1_000_000, 20, 0.01, 1.0), NOON)
    assert slow.finish_likely is not None
    assert (slow.finish_likely - NOON) / timedelta(hours=1) == pytest.approx(500, rel=0.05)


@settings(max_examples=40, deadline=None)
@given(
    per_hour=st.integers(1, 30),
    share=st.floats(0.01, 1.0),
    steps=st.lists(st.tuples(st.floats(10, 4000), st.floats(0, 0.2)), max_size=30),
)
def test_work_comes_in_as_replies_and_goes_down_at_the_pace_of_the_team(
    per_hour: int, share: float, steps: list[tuple[float, float]]
):
    """Whatever flows, an open gate has no more than an hour's work and half a reply, and replies are not lost."""
    answers = Answers(per_hour, share, LAGS_S, 0.0, (), 0.0)
    at = sent = 0.0
    for length_s, rate in steps:
        took = min(length_s, answers.changes_in(at, rate))
        rate = rate if answers.left else 0.0
        answers.advance(at, at + took, rate)
        at, sent = at + took, sent + rate * took
        assert answers.waiting >= 0
        assert not answers.left or answers.waiting <= per_hour + 0.5
        kept = answers.state()
        other = Answers(per_hour, share, LAGS_S, 99.0, (), 0.0)
        other.restore(kept)
        assert other.state() == kept
        assert other.left == answers.left
    arriving = sum(n for coming in answers.coming for _s, _e, n in coming) * share / 3
    assert arriving <= sent * share + 1e-6


def test_a_bucket_lets_leave_what_the_team_can_answer():
    bucket = Bucket(0.5, 10.0, 2.0)
    assert bucket.rate_at(0) == inf
    assert bucket.changes_in(0, 1.5) == pytest.approx(2.0)
    bucket.take(0, 0, 2.0)
    assert bucket.rate_at(0) == 0.5
    assert bucket.changes_in(0, 0.5) == inf
    assert bucket.lasts(5.0, 1.0) == inf
    bucket.take(0, 0, 1.0)
    assert bucket.rate_at(0) == 0.0
    assert bucket.changes_in(0, 0.0) == pytest.approx(2.0)
    bucket.advance(0, 100, 0.0)
    assert bucket.state() == (10.0,)
    assert bucket.lasts(3.0, 2.0) == pytest.approx(5.0)
    assert bucket.lasts(1.0, 2.0) == inf
