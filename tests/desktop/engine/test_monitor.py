"""The network: noticed when it is gone, and when it is back; no attempt is burnt meanwhile."""

from datetime import timedelta

from desktop.domain.events import EventType
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.outcome import NotSent
from tests.desktop.engine.world import World, gaps, phone
from tests.fakes.gateway import Behaviour

REFUSED = Behaviour(NotSent("unreachable"))


async def test_offline_begins_and_ends_with_an_event_and_burns_no_attempt(world: World):
    campaign = world.campaign(20, [world.instance(), world.instance()])
    world.gateway.behaviour = Behaviour(takes_s=1)
    engine = world.start()
    await world.until(lambda: len(world.gateway.left) >= 6)
    world.gateway.is_reachable = False
    await world.pass_time(300)
    assert not engine.online
    assert len(world.events(EventType.WENT_OFFLINE)) == 1
    attempts = len(world.rows.attempts)
    await world.pass_time(300)
    assert len(world.rows.attempts) == attempts
    world.gateway.is_reachable = True
    await world.finish(campaign)
    assert len(world.events(EventType.CAME_ONLINE)) == 1
    assert {row.attempts for row in world.rows.recipients.values()} == {1}
    assert sorted(world.gateway.phones) == [phone(n) for n in range(20)]


async def test_offline_is_noticed_within_seconds_where_nothing_is_sent(world: World):
    world.instance()
    engine = world.start()
    await world.pass_time(60)
    world.gateway.is_reachable = False
    await world.until(lambda: not engine.online, within_s=12)
    await world.stop()


async def test_meta_is_asked_less_often(world: World):
    world.change_instance(world.instance(), gateway=Gateway.CLOUD)
    world.start()
    await world.pass_time(300)
    assert world.gateway.statuses_asked <= 12
    await world.stop()


async def test_it_goes_on_within_seconds_after_the_network_is_back(world: World):
    campaign = world.campaign(3, [world.instance()])
    world.gateway.is_reachable = False
    world.start()
    await world.pass_time(120)
    world.gateway.is_reachable = True
    await world.finish(campaign, within_s=20)


async def test_one_gateway_away_is_not_offline(world: World):
    one, two = world.instance(), world.instance()
    world.gateway.away.add(one)
    campaign = world.campaign(10, [one, two])
    engine = world.start()
    await world.until(lambda: world.counts(campaign).sent == 10)
    assert engine.online
    assert world.events(EventType.WENT_OFFLINE) == []
    assert engine.why_idle(one) == ("unreachable", None)
    await world.stop()


async def test_a_gateway_that_answers_but_refuses_every_send_is_tried_seldom(world: World):
    one = world.instance()
    campaign = world.campaign(3, [one])
    world.gateway.of_instance[one] = REFUSED
    engine = world.start()
    await world.until(lambda: world.gateway.requests[one] == 1)
    await world.pass_time(0.5)
    assert (engine.why_idle(one) or ("", None))[0] == "unreachable", "it did not ask to slow down"
    await world.pass_time(60)
    assert 8 <= world.gateway.requests[one] <= 13
    assert world.counts(campaign).pending == 3
    del world.gateway.of_instance[one]
    await world.finish(campaign)
    assert {row.attempts for row in world.rows.recipients.values()} == {1}


async def test_a_quiet_connection_is_asked_seldom_and_a_broken_one_often_but_less_and_less(world: World):
    one = world.instance()
    world.start()
    await world.pass_time(300)
    assert world.gateway.statuses_asked <= 32
    asked_at: list[timedelta] = []
    world.gateway.states[one] = ConnectionState.DISCONNECTED
    before = world.gateway.statuses_asked
    for _ in range(480):
        await world.pass_time(0.25)
        if world.gateway.statuses_asked > before:
            before = world.gateway.statuses_asked
            asked_at.append(timedelta(seconds=world.clock.monotonic()))
    pauses = [gap.total_seconds() for gap in gaps(asked_at)]  # type: ignore[arg-type]
    assert 1.5 <= pauses[0] <= 3
    assert 14 <= pauses[-1] <= 17


async def test_a_state_is_kept_only_when_it_changed(world: World):
    world.instance()
    kept = 0

    def count(moment: str) -> None:
        nonlocal kept
        kept += moment == "set_instance_state:before"

    world.on_step = count
    world.start()
    await world.pass_time(200)
    assert kept == 1


async def test_the_first_look_of_an_empty_home_is_online(world: World):
    engine = world.start()
    await world.pass_time(2)
    assert engine.online
    one = world.instance()
    world.gateway.away.add(one)
    await world.pass_time(2)
    assert not engine.online
    world.remove_instance(one)
    await world.pass_time(2)
    assert engine.online
