"""A number whose messages fail rests by itself, says so, and goes on by itself."""

import pytest

from desktop.domain.campaign import RetryPlan
from desktop.domain.events import EventType
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.policy.instance_watch import SAMPLE_FLOOR
from tests.desktop.engine.world import World
from tests.fakes.gateway import Behaviour

FREE = InstanceLimits(per_day=None, per_hour=None, per_minute=None, min_gap_s=1.0, max_in_flight=1)
BUSY = Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", http_status=500))
GONE = Behaviour(Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp", http_status=400))


async def test_a_number_whose_messages_fail_rests_and_goes_on_by_itself(world: World):
    number = world.instance(FREE)
    campaign = world.campaign(300, [number], retry=RetryPlan(1))
    world.start()
    # Never six errors in a row, which the breaker would act on: two of three fail.
    for n, row in enumerate(world.rows.recipients.values()):
        if n % 3:
            world.gateway.expect(row.contact.phone, BUSY)
    await world.until(lambda: bool(world.events(EventType.INSTANCE_PAUSED)), within_s=3600)
    assert [event.fact.details["reason"] for event in world.events(EventType.INSTANCE_PAUSED)] == ["health_issue"]
    issue = world.events(EventType.HEALTH_ISSUE)[-1].fact
    assert issue.health_score is not None
    assert issue.health_score < 40
    assert world.gateway.requests[number] >= SAMPLE_FLOOR
    # A restart does not end the rest.
    await world.stop()
    world.gateway.script.clear()
    asked = world.gateway.requests[number]
    world.start()
    await world.pass_time(600)
    assert world.gateway.requests[number] == asked
    await world.until(lambda: bool(world.events(EventType.INSTANCE_RESUMED)), within_s=86_400)
    await world.finish(campaign, within_s=86_400)
    assert world.counts(campaign).pending == 0


async def test_the_pauses_of_a_day_are_forgotten_on_the_next(world: World):
    number = world.instance(FREE)
    world.campaign(300, [number], retry=RetryPlan(1))
    for n, row in enumerate(world.rows.recipients.values()):
        if n % 3:
            world.gateway.expect(row.contact.phone, BUSY)
    engine = world.start()
    await world.until(lambda: bool(world.events(EventType.INSTANCE_PAUSED)), within_s=3600)
    world.gateway.script.clear()
    world.clock.suspend(2 * 3600)
    await world.until(lambda: bool(world.events(EventType.INSTANCE_RESUMED)))
    watch = engine._stations.watch_of(number)
    assert watch is not None
    assert watch.pauses == 1
    world.clock.suspend(24 * 3600)
    await world.pass_time(1)
    watch = engine._stations.watch_of(number)
    assert watch is not None
    assert watch.pauses == 0
    await world.stop()


async def test_bad_contacts_never_rest_a_number(world: World):
    number = world.instance(FREE)
    campaign = world.campaign(60, [number])
    world.gateway.behaviour = GONE
    await world.finish(campaign)
    assert world.counts(campaign).failed == 60
    assert world.events(EventType.INSTANCE_PAUSED) == []


async def test_a_number_that_the_operator_resumes_is_watched_anew(world: World):
    number = world.instance(FREE)
    campaign = world.campaign(200, [number], retry=RetryPlan(1))
    for n, row in enumerate(world.rows.recipients.values()):
        if n % 3:
            world.gateway.expect(row.contact.phone, BUSY)
    world.start()
    await world.until(lambda: bool(world.events(EventType.INSTANCE_PAUSED)), within_s=3600)
    world.gateway.script.clear()
    world.ledger.set_pause_now(number, None, world.clock.now(), {})
    asked = world.gateway.requests[number]
    await world.pass_time(5)
    assert world.gateway.requests[number] > asked
    assert world.counts(campaign).pending > 0
    await world.stop()


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_rest_is_no_longer_when_the_clock_is_set_back(world: World, is_restarted: bool):
    number = world.instance(FREE)
    campaign = world.campaign(60, [number], retry=RetryPlan(1))
    for n, row in enumerate(world.rows.recipients.values()):
        if n % 3:
            world.gateway.expect(row.contact.phone, BUSY)
    world.start()
    await world.until(lambda: bool(world.events(EventType.INSTANCE_PAUSED)), within_s=3600)
    world.gateway.script.clear()
    world.clock.jump(-365 * 86_400)
    await world.pass_time(2)
    if is_restarted:
        await world.stop()
        world.start()
    await world.pass_time(100)
    assert world.rows.instances[number].pause_reason == "health_issue"
    world.clock.suspend(4 * 3600)
    await world.finish(campaign, within_s=300)
