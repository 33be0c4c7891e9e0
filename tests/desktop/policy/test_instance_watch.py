"""An instance whose messages fail rests, comes back by itself, and does not flutter."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.instance_watch import (
    PAUSE_UNDER,
    RESUME_AT,
    SAMPLE,
    SAMPLE_FLOOR,
    SHORTEST_REST,
    PauseInstance,
    ResumeInstance,
    Steady,
    Watch,
    decide,
    new_day,
    noted,
    restored,
    resume_at,
    score,
    shifted,
    watch_wait,
)
from desktop.policy.waiting import Rule

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def after(left: int, failed: int, watch: Watch | None = None) -> Watch:
    watch = watch or Watch()
    for outcome in [True] * left + [False] * failed:
        watch = noted(watch, left=outcome)
    return watch


@pytest.mark.parametrize(
    ("left", "failed", "pauses"),
    [
        (0, 19, False),  # under the floor nothing is known
        (0, 20, True),
        (8, 12, False),  # 40 is not under 40
        (7, 13, True),
        (30, 20, False),
        (50, 0, False),
        (100, 31, True),  # only the last fifty count
    ],
)
def test_instance_is_paused_under_forty_with_twenty_outcomes(left: int, failed: int, pauses: bool):
    assert isinstance(decide(after(left, failed), NOON), PauseInstance) is pauses


def test_pause_says_why_and_when_it_ends():
    decided = decide(after(7, 13), NOON)
    assert isinstance(decided, PauseInstance)
    assert decided.reason == "health_issue"
    assert decided.facts == {
        "score": 35.0,
        "threshold": 40.0,
        "outcomes": 20,
        "failed": 13,
        "resume_at": resume_at(decided.watch).isoformat(),
    }
    wait = watch_wait(decided.watch)
    assert wait is not None
    assert (wait.rule, wait.until) == (Rule.HEALTH_ISSUE, resume_at(decided.watch))
    assert watch_wait(Watch()) is None


def test_rest_heals_the_score_until_it_is_sixty():
    resting = restored(NOON, 20.0)
    assert score(resting, NOON) == pytest.approx(20)
    assert score(resting, NOON + timedelta(minutes=30)) == pytest.approx(RESUME_AT)
    assert resume_at(resting) == NOON + timedelta(minutes=30)
    assert decide(resting, NOON + timedelta(minutes=29, seconds=59)) == Steady()
    resumed = decide(resting, NOON + timedelta(minutes=30))
    assert isinstance(resumed, ResumeInstance)
    assert resumed.facts == {"score": 60.0, "rested_s": 1800}
    assert resumed.watch == Watch(pauses=1)


def test_rest_is_never_shorter_than_a_quarter_of_an_hour():
    assert resume_at(restored(NOON, 40.0)) - NOON == pytest.approx(timedelta(minutes=17.5), abs=timedelta(minutes=1))
    assert resume_at(Watch((), NOON, 59.0, 1)) == NOON + SHORTEST_REST


def test_each_further_pause_of_the_day_rests_twice_as_long_up_to_a_cap():
    rests = [resume_at(restored(NOON, 20.0, pauses)) - NOON for pauses in range(1, 7)]
    assert [rest / timedelta(minutes=30) for rest in rests] == [1, 2, 4, 8, 8, 8]
    assert resume_at(new_day(restored(NOON, 20.0, 3))) - NOON == timedelta(minutes=30)
    assert new_day(Watch(pauses=3)).pauses == 0


def test_after_a_rest_it_has_to_fail_twenty_times_before_it_rests_again():
    resumed = decide(restored(NOON, 0.0), NOON + timedelta(hours=1))
    assert isinstance(resumed, ResumeInstance)
    assert decide(after(0, SAMPLE_FLOOR - 1, resumed.watch), NOON) == Steady()
    again = decide(after(0, SAMPLE_FLOOR, resumed.watch), NOON)
    assert isinstance(again, PauseInstance)
    assert again.watch.pauses == 2


def test_answers_that_come_while_it_rests_change_nothing():
    resting = restored(NOON, 20.0)
    assert after(5, 5, resting) == resting


def test_clock_set_back_does_not_make_it_worse():
    assert score(restored(NOON, 20.0), NOON - timedelta(hours=3)) == 20.0


@given(outcomes=st.lists(st.booleans(), max_size=400), step_s=st.floats(1, 600))
def test_states_follow_their_thresholds_and_never_flutter(outcomes: list[bool], step_s: float):
    """Between a pause and going on lies a rest; between going on and the next pause lie twenty outcomes."""
    watch, now, changes, seen = Watch(), NOON, [], 0
    for left in outcomes:
        now += timedelta(seconds=step_s)
        if watch.paused_at is None:
            watch, seen = noted(watch, left=left), seen + 1
            assert len(watch.outcomes) <= SAMPLE
        decided = decide(watch, now)
        if isinstance(decided, PauseInstance):
            assert seen >= SAMPLE_FLOOR
            assert score(watch, now) < PAUSE_UNDER
            watch, seen = decided.watch, 0
            changes.append(("pause", now))
        elif isinstance(decided, ResumeInstance):
            assert score(watch, now) >= RESUME_AT - 0.001
            watch = decided.watch
            changes.append(("resume", now))
    assert [kind for kind, _at in changes] == (["pause", "resume"] * len(changes))[: len(changes)]
    assert all(later - at >= SHORTEST_REST for (kind, at), (_next, later) in pairwise(changes) if kind == "pause")


def test_a_clock_that_is_set_neither_shortens_nor_lengthens_the_rest():
    jump, resting = timedelta(hours=5), restored(NOON, 20.0)
    assert resume_at(shifted(resting, jump)) == resume_at(resting) + jump
    assert score(shifted(resting, jump), NOON + jump) == score(resting, NOON)
    assert shifted(Watch((True, False)), jump) == Watch((True, False))
