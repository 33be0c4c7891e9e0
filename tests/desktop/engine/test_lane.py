"""A lane's own counting: days, places that are given back, health."""

from datetime import UTC, datetime, timedelta

from desktop.domain.instance import ConnectionState, InstanceLimits
from desktop.engine.lane import Lane
from desktop.policy.waiting import Rule, Wait
from tests.desktop.engine.world import World

# São Paulo is at UTC-3.
BEFORE_MIDNIGHT = datetime(2026, 11, 24, 2, 59, 59, tzinfo=UTC)
AFTER_MIDNIGHT = BEFORE_MIDNIGHT + timedelta(seconds=2)


def lane(today: int = 0, now: datetime = BEFORE_MIDNIGHT, **limits: object) -> Lane:
    world = World()
    one = world.instance(InstanceLimits(**{"per_hour": None, "min_gap_s": 0.0, **limits}))  # type: ignore[arg-type]
    instance = world.rows.instances[one]
    opened = Lane(instance, world.gateway.client(instance), today, [], now)
    opened.state = ConnectionState.CONNECTED
    return opened


def rule(of: Lane, now: datetime) -> Rule | None:
    waiting = of.wait(now)
    return waiting.rule if waiting else None


def test_the_day_ends_at_the_instances_own_midnight():
    one = lane(today=5, per_day=5)
    assert rule(one, BEFORE_MIDNIGHT) is Rule.DAILY_LIMIT
    assert rule(one, AFTER_MIDNIGHT) is None
    # A clock set back does not hand the day out twice.
    one.reserve(AFTER_MIDNIGHT)
    assert one.usage(BEFORE_MIDNIGHT).today == 1


def test_what_did_not_leave_is_taken_from_the_day_in_which_it_was_counted():
    one = lane(per_day=5)
    one.reserve(BEFORE_MIDNIGHT)
    assert one.usage(AFTER_MIDNIGHT).today == 0
    one.release(BEFORE_MIDNIGHT, left=False)
    assert one.usage(AFTER_MIDNIGHT).today == 0
    one.reserve(AFTER_MIDNIGHT)
    one.release(AFTER_MIDNIGHT, left=False)
    assert (one.usage(AFTER_MIDNIGHT).today, one.in_flight) == (0, 0)
    assert list(one.usage(AFTER_MIDNIGHT).recent) == []


def test_a_place_is_taken_until_it_is_given_back():
    one = lane(max_in_flight=2)
    for _ in range(2):
        assert rule(one, BEFORE_MIDNIGHT) is None
        one.reserve(BEFORE_MIDNIGHT)
    assert rule(one, BEFORE_MIDNIGHT) is Rule.IN_FLIGHT
    one.release(BEFORE_MIDNIGHT, left=True)
    assert rule(one, BEFORE_MIDNIGHT) is None
    assert one.usage(BEFORE_MIDNIGHT).today == 2


def test_a_recount_keeps_what_is_under_way():
    one = lane(per_day=5)
    one.reserve(AFTER_MIDNIGHT)
    one.recount(3, one.in_flight, BEFORE_MIDNIGHT)
    assert one.usage(BEFORE_MIDNIGHT).today == 4


def test_health_counts_messages_that_left_and_those_that_failed():
    one = lane()
    assert one.health == 100.0
    for _ in range(30):
        one.settle(BEFORE_MIDNIGHT, systemic=False, failed=False, now=BEFORE_MIDNIGHT)
    one.settle(BEFORE_MIDNIGHT, systemic=None, failed=False, now=BEFORE_MIDNIGHT)
    assert one.health == 100.0
    for _ in range(10):
        one.settle(BEFORE_MIDNIGHT, systemic=None, failed=True, now=BEFORE_MIDNIGHT)
    assert one.health == 75.0
    one.settle(BEFORE_MIDNIGHT, systemic=True, failed=False, now=BEFORE_MIDNIGHT)
    assert one.health == 65.0
    # A new day begins with a clean slate; errors in a row do not.
    one.usage(AFTER_MIDNIGHT)
    assert one.health == 90.0


def test_rotation_sees_the_allowance_that_is_left():
    described = lane(today=2, per_day=5).as_candidate(BEFORE_MIDNIGHT)
    assert (described.sent_today, described.allowance_today, described.daily_limit) == (2, 3, 5)
    assert described.wait is None


def test_what_left_elsewhere_counts_in_its_day_and_hour():
    one = lane(per_day=1)
    one.note_elsewhere(BEFORE_MIDNIGHT)
    assert rule(one, BEFORE_MIDNIGHT) is Rule.DAILY_LIMIT
    assert list(one.usage(BEFORE_MIDNIGHT).recent) == [BEFORE_MIDNIGHT]
    assert rule(one, AFTER_MIDNIGHT) is None


def test_a_rest_lasts_as_long_as_it_did_when_the_clock_is_set():
    one = lane()
    ends = BEFORE_MIDNIGHT + timedelta(seconds=30)
    one.rest = Wait(Rule.THROTTLED, ends)
    one.shift(timedelta(hours=1))
    assert one.rest == Wait(Rule.THROTTLED, ends + timedelta(hours=1))
