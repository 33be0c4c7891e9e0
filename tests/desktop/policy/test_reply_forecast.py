"""How many will reply: assumed before anything is known, then from earlier campaigns, then from this one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.summaries import ReplyHistory
from desktop.policy.reply_forecast import ASSUMED_LAGS_S, Basis, reply_outlook

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_nobody_knows_before_the_first_campaign_and_the_range_says_so():
    outlook, facts = reply_outlook(ReplyHistory(), 20, 1000, NOON)
    assert (outlook.basis, outlook.likely) == (Basis.ASSUMED, pytest.approx(0.1))
    assert outlook.few == 0.0
    assert 0.25 < outlook.many < 0.3
    assert facts.lags_s == ASSUMED_LAGS_S
    assert (facts.per_hour, facts.waiting, facts.departed) == (20, 0.0, ())
    too_few, _facts = reply_outlook(ReplyHistory(before=(29, 29)), 20, 1000, NOON)
    assert too_few == outlook


def test_earlier_campaigns_stand_in_for_the_first_replies():
    outlook, _facts = reply_outlook(ReplyHistory(before=(10_000, 3_000)), 20, 1000, NOON)
    assert outlook.basis is Basis.PAST
    assert outlook.likely == pytest.approx(0.3, abs=0.001)
    assert 0.1 < outlook.few < 0.2 < 0.4 < outlook.many < 0.5


def test_its_own_replies_count_most_and_the_range_closes():
    yesterday = ((NOON - timedelta(days=1), 1000),)
    seen = ReplyHistory((10_000, 3_000), yesterday, 1000, 50)
    outlook, _facts = reply_outlook(seen, 20, 1000, NOON)
    assert outlook.basis is Basis.SEEN
    assert outlook.likely == pytest.approx(0.057, abs=0.002)
    assert outlook.many - outlook.few < 0.05
    few_left, _facts = reply_outlook(seen, 20, 30, NOON)
    assert few_left.many > outlook.many  # so few people may all be busy, or all curious


def test_messages_that_have_just_left_say_nothing_yet():
    """Of a thousand messages of this minute none has been replied to: that is no share of nought."""
    now = ((NOON - MINUTE, 1000),)
    outlook, facts = reply_outlook(ReplyHistory((0, 0), now, 1000, 0), 20, 1000, NOON)
    assert (outlook.basis, outlook.likely) == (Basis.ASSUMED, pytest.approx(0.1))
    assert facts.departed == ((NOON - MINUTE, NOON, 1000),)


def test_lags_are_those_of_its_replies_and_late_ones_count_for_those_still_to_come():
    lags = (60.0,) * 20 + (6000.0,) * 10
    old = ((NOON - timedelta(days=2), 900),)
    _outlook, facts = reply_outlook(ReplyHistory((0, 0), old, 900, 30, (), lags), 20, 1000, NOON)
    assert facts.lags_s == (60.0, 60.0, 6000.0)
    # Most have left within the last hour: who replies after 100 minutes was seen a tenth as often as there are.
    young = ((NOON - timedelta(days=2), 90), (NOON - timedelta(minutes=50), 810))
    _outlook, facts = reply_outlook(ReplyHistory((0, 0), young, 900, 30, (), lags), 20, 1000, NOON)
    assert facts.lags_s == (60.0, 6000.0, 6000.0)
    few = ReplyHistory((0, 0), old, 900, 19, (), lags[:19])
    assert reply_outlook(few, 20, 1000, NOON)[1].lags_s == ASSUMED_LAGS_S
    before = ReplyHistory((0, 0), old, 900, 19, (), lags[:19], (7.0,) * 10 + (400_000.0,) * 10)
    assert reply_outlook(before, 20, 1000, NOON)[1].lags_s == (7.0, 7.0, 259_200.0)


def test_what_waits_for_the_team_is_told():
    _outlook, facts = reply_outlook(ReplyHistory(replies=(NOON - 3 * MINUTE, NOON)), 10, 100, NOON)
    assert facts.waiting == pytest.approx(1.5)


def test_a_bucket_that_begins_later_than_now_is_none():
    later = ((NOON + MINUTE, 5),)
    assert reply_outlook(ReplyHistory((0, 0), later, 5, 0), 10, 100, NOON)[1].departed == ()


@given(
    before=st.tuples(st.integers(0, 5000), st.integers(0, 5000)),
    sent=st.lists(st.tuples(st.integers(1, 4000), st.integers(0, 300)), max_size=8),
    replied=st.integers(0, 3000),
    lags=st.lists(st.floats(0, 400_000), max_size=60),
    remaining=st.integers(0, 10_000),
)
def test_shares_are_shares_in_order_and_lags_too(
    before: tuple[int, int], sent: list[tuple[int, int]], replied: int, lags: list[float], remaining: int
):
    left = tuple(sorted((NOON - minutes * MINUTE, n) for minutes, n in sent))
    history = ReplyHistory(before, left, sum(n for _at, n in left) + 5, replied, (), tuple(lags))
    outlook, facts = reply_outlook(history, 7, remaining, NOON)
    assert 0.0 <= outlook.few <= outlook.likely <= outlook.many <= 1.0
    assert list(facts.lags_s) == sorted(facts.lags_s)
    assert facts.shares == (outlook.few, outlook.likely, outlook.many)
