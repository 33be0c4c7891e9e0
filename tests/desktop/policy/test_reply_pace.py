"""A campaign waits while its team has more to answer than an hour's work, and no longer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.reply_pace import reply_wait, unanswered
from desktop.policy.waiting import Rule

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def ago(*minutes: float) -> list[datetime]:
    return [NOON - timedelta(minutes=m) for m in minutes]


@pytest.mark.parametrize(
    ("replies", "waiting"),
    [
        ((), 0.0),
        ((0,), 1.0),
        ((3,), 0.5),  # the team answers one in six minutes
        ((6,), 0.0),
        ((600,), 0.0),
        ((3, 0), 1.5),
        ((600, 0, 0), 2.0),
        ((-5,), 1.0),  # noted before the clock was set back
    ],
)
def test_replies_wait_until_the_team_has_come_to_them(replies: tuple[float, ...], waiting: float):
    assert unanswered(ago(*replies), 10, NOON) == pytest.approx(waiting)


def test_the_campaign_waits_until_an_hours_work_is_left():
    fifteen = ago(*[0] * 15)
    held = reply_wait(fifteen, 10, NOON)
    assert held is not None
    assert (held.rule, held.until) == (Rule.REPLIES, NOON + timedelta(minutes=30))
    assert held.facts == {"unanswered": 15, "per_hour": 10}
    assert reply_wait(fifteen, 15, NOON) is None
    assert reply_wait(fifteen, None, NOON) is None


def test_a_wait_of_less_than_any_clock_can_tell_is_none():
    """A wait that ends now would be asked for again and again, and no time would pass meanwhile."""
    replies, now = ago(50, 40, 30, 20, 10, 5, 4, 3, 2, 1), NOON
    for _ in range(20):
        replies.append(now)
        while held := reply_wait(replies, 7, now):
            assert held.until is not None
            assert held.until > now
            now = held.until


@given(
    gaps=st.lists(st.floats(0, 900), max_size=80),
    share=st.integers(1, 4),
    per_hour=st.integers(1, 30),
)
def test_who_waits_for_the_team_leaves_no_more_to_answer_than_an_hours_work(
    gaps: list[float], share: int, per_hour: int
):
    """Every n-th message is answered at once; a message leaves only while the team keeps up."""
    now, replies = NOON, list[datetime]()
    for n, gap in enumerate(gaps):
        now += timedelta(seconds=gap)
        held = reply_wait(replies, per_hour, now)
        if held is not None:
            assert held.until is not None
            assert held.until > now
            assert reply_wait(replies, per_hour, held.until + timedelta(milliseconds=1)) is None
        elif n % share == 0:
            replies.append(now)
        assert unanswered(replies, per_hour, now) <= per_hour + 1
