"""Which number sends next, and that it is never an unavailable one."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.campaign import Rotation
from desktop.domain.ids import InstanceId
from desktop.policy.rotation import Choice, LaneState, NoneAvailable, availability, choose_instance
from desktop.policy.waiting import Rule, Wait

BUSY = Wait(Rule.DISCONNECTED)


def lane(number: int, *, wait: Wait | None = None, sent: int = 0, limit: int | None = None, health: float = 100.0):
    left = None if limit is None else max(0, limit - sent)
    return LaneState(InstanceId(number), f"n{number}", wait, sent, left, limit, health)


def names(mode: Rotation, lanes: list[LaneState], times: int) -> list[str]:
    chosen, last = [], None
    for _ in range(times):
        choice = choose_instance(mode, lanes, last)
        assert isinstance(choice, Choice)
        chosen.append(choice.name)
        last = choice.instance_id
    return chosen


def test_round_robin_goes_round_in_order():
    assert names(Rotation.ROUND_ROBIN, [lane(1), lane(2), lane(3)], 5) == ["n1", "n2", "n3", "n1", "n2"]


def test_round_robin_passes_over_who_is_unavailable():
    assert names(Rotation.ROUND_ROBIN, [lane(1), lane(2, wait=BUSY), lane(3)], 4) == ["n1", "n3", "n1", "n3"]


def test_round_robin_goes_on_behind_an_instance_that_left_the_campaign():
    choice = choose_instance(Rotation.ROUND_ROBIN, [lane(1), lane(2)], InstanceId(99))
    assert isinstance(choice, Choice)
    assert choice.name == "n1"


def test_balanced_takes_who_sent_least_today():
    assert names(Rotation.BALANCED, [lane(1, sent=9), lane(2, sent=3), lane(3, sent=7)], 1) == ["n2"]


def test_intelligent_weighs_health_and_what_is_left_of_the_day():
    # 0.7 x 100 + 0.3 x 10 = 73 against 0.7 x 80 + 0.3 x 100 = 86
    choice = choose_instance(Rotation.INTELLIGENT, [lane(1, sent=90, limit=100), lane(2, limit=100, health=80)], None)
    assert isinstance(choice, Choice)
    assert choice.name == "n2"
    assert [scored.weight for scored in choice.considered] == [73.0, 86.0]


def test_equals_share_the_work():
    assert sorted(names(Rotation.INTELLIGENT, [lane(1), lane(2), lane(3)], 3)) == ["n1", "n2", "n3"]


def test_details_say_what_each_one_weighed_or_waits_for():
    choice = choose_instance(Rotation.INTELLIGENT, [lane(1), lane(2, wait=BUSY)], None)
    assert isinstance(choice, Choice)
    assert choice.details() == {
        "mode": "intelligent",
        "instance": "n1",
        "considered": [{"instance": "n1", "weight": 100.0}, {"instance": "n2", "waits_for": "disconnected"}],
    }


def test_a_person_hears_from_the_number_they_know_while_it_is_available():
    lanes = [lane(1), lane(2, health=10), lane(3, wait=BUSY)]
    kept = choose_instance(Rotation.INTELLIGENT, lanes, None, InstanceId(2))
    assert isinstance(kept, Choice)
    assert (kept.name, kept.details()["sticky"]) == ("n2", {"kept": True, "instance": "n2", "waits_for": None})
    given_up = choose_instance(Rotation.INTELLIGENT, lanes, None, InstanceId(3))
    assert isinstance(given_up, Choice)
    expected = {"kept": False, "instance": "n3", "waits_for": "disconnected"}
    assert (given_up.name, given_up.details()["sticky"]) == ("n1", expected)
    gone = choose_instance(Rotation.INTELLIGENT, lanes, None, InstanceId(9))
    assert isinstance(gone, Choice)
    assert gone.details()["sticky"] == {"kept": False, "instance": None, "waits_for": None}


def test_the_number_that_a_person_knows_is_waited_for_between_two_messages():
    gap = Wait(Rule.MIN_GAP, datetime(2026, 11, 27, tzinfo=UTC))
    assert choose_instance(Rotation.BALANCED, [lane(1), lane(2, wait=gap)], None, InstanceId(2)) == NoneAvailable(gap)


def test_nobody_available_says_who_is_free_first():
    assert choose_instance(Rotation.BALANCED, [], None) == NoneAvailable(Wait(Rule.NO_INSTANCE))


def test_availability_of_an_instance_without_a_limit_is_whole():
    assert availability(lane(1)) == 100.0
    assert availability(lane(1, sent=25, limit=100)) == 75.0
    assert availability(lane(1, sent=1, limit=0)) == 0.0


@given(
    mode=st.sampled_from(list(Rotation)),
    lanes=st.lists(st.tuples(st.booleans(), st.integers(0, 50), st.floats(0, 100)), min_size=1, max_size=8),
    last=st.integers(0, 8),
    known=st.none() | st.integers(0, 8).map(InstanceId),
)
def test_never_an_unavailable_instance(
    mode: Rotation, lanes: list[tuple[bool, int, float]], last: int, known: InstanceId | None
):
    states = [
        lane(n, wait=None if free else BUSY, sent=sent, limit=60, health=health)
        for n, (free, sent, health) in enumerate(lanes)
    ]
    choice = choose_instance(mode, states, InstanceId(last), known)
    if isinstance(choice, NoneAvailable):
        assert all(state.wait for state in states)
    else:
        assert next(state for state in states if state.instance_id == choice.instance_id).wait is None
