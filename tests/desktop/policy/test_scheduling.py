"""Five campaigns at once, late schedules ask, and a number is shared fairly."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ids import CampaignId
from desktop.policy.scheduling import (
    MOMENT,
    AskFirst,
    Contender,
    Runnable,
    StartNow,
    choose_running,
    choose_turn,
    late_schedule,
    returned,
    served,
    weight,
)
from desktop.policy.waiting import Rule

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("late", "asks"),
    [
        (timedelta(0), False),
        (timedelta(minutes=30), False),
        (timedelta(minutes=30, microseconds=1), True),
        (timedelta(days=3), True),
        (timedelta(seconds=-1), False),  # the clock was set back between looking and deciding
    ],
)
def test_over_thirty_minutes_late_asks(late: timedelta, asks: bool):
    expected = AskFirst(late) if asks else StartNow(max(late, timedelta()))
    assert late_schedule(NOON, NOON + late) == expected


def campaign(number: int, priority: int = 0, minute: int = 0) -> Runnable:
    return Runnable(CampaignId(number), priority, NOON + timedelta(minutes=minute))


def test_five_run_by_priority_then_by_who_started_first():
    running = [campaign(n, minute=n) for n in (3, 1, 2, 7, 6, 5)]
    chosen = choose_running([*running, campaign(9, priority=2, minute=50)])
    assert chosen.running == (9, 1, 2, 3, 5)
    assert [(number, wait.rule, wait.until, wait.facts) for number, wait in chosen.waiting] == [
        (6, Rule.CAMPAIGN_QUEUE, None, {"place": 1, "limit": 5}),
        (7, Rule.CAMPAIGN_QUEUE, None, {"place": 2, "limit": 5}),
    ]


def test_same_priority_and_start_is_decided_by_number_so_that_nobody_takes_turns():
    assert choose_running([campaign(2), campaign(1)], limit=1).running == (1,)
    assert choose_running([]).running == ()


def contender(number: int, priority: int = 0, virtual: float = 0.0, waited_s: float = 0) -> Contender:
    return Contender(CampaignId(number), priority, virtual, NOON - timedelta(seconds=waited_s))


def test_turn_goes_to_who_is_furthest_behind_then_to_who_waited_longest():
    turn = choose_turn([contender(1, virtual=2.0), contender(2, virtual=1.5), contender(3, virtual=1.5, waited_s=9)])
    assert turn.campaign_id == 3
    assert turn.wait_of(CampaignId(3)) is None
    wait = turn.wait_of(CampaignId(1))
    assert wait is not None
    assert (wait.rule, wait.until, wait.facts) == (Rule.TURN, None, {"next": 3, "behind": 0.5})


def test_who_joins_starts_level_and_does_not_make_up_for_the_past():
    assert returned(contender(3), 100.0, timedelta(minutes=1)).virtual == 100.0
    assert returned(contender(3, virtual=102.0), 100.0, timedelta(minutes=1)).virtual == 102.0
    # Between two of its messages it is away for a moment, and keeps what it is behind.
    assert returned(contender(3, virtual=5.0), 100.0, MOMENT).virtual == 5.0


@pytest.mark.parametrize(("priority", "expected"), [(0, 1), (1, 2), (4, 5), (-1, 0.5), (-3, 0.25)])
def test_weight_follows_priority(priority: int, expected: float):
    assert weight(priority) == expected


@given(priorities=st.lists(st.integers(-2, 4), min_size=1, max_size=5), turns=st.integers(1, 300))
def test_everybody_gets_a_share_by_weight_at_every_moment(priorities: list[int], turns: int):
    lane = {n: contender(n, priority) for n, priority in enumerate(priorities)}
    got: Counter[int] = Counter()
    total = sum(weight(priority) for priority in priorities)
    for turn in range(1, turns + 1):
        number = choose_turn(list(lane.values())).campaign_id
        lane[number] = served(lane[number])
        got[number] += 1
        for n, priority in enumerate(priorities):
            assert abs(got[n] - turn * weight(priority) / total) <= len(priorities)


@given(late=st.integers(0, 200))
def test_a_campaign_that_joins_late_never_takes_more_than_its_share(late: int):
    lane = {1: contender(1)}
    for _ in range(late):
        lane[1] = served(lane[1])
    level = max(0.0, lane[1].virtual - 1)  # where the one stood that was served last
    lane[2] = returned(contender(2), level, timedelta(minutes=1))
    got: Counter[int] = Counter()
    for _ in range(20):
        number = choose_turn(list(lane.values())).campaign_id
        lane[number] = served(lane[number])
        got[number] += 1
    assert abs(got[1] - got[2]) <= 1
