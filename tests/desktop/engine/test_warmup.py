"""A new number sends what its curve allows, and more the day after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.events import EventType
from desktop.domain.instance import InstanceLimits
from desktop.policy.waiting import Rule
from tests.conftest import LogWatch
from tests.desktop.engine.world import World

FREE = InstanceLimits(per_day=None, per_hour=None, per_minute=None, min_gap_s=0.0, max_in_flight=4)


@pytest.mark.usefixtures("patient")
async def test_a_warming_number_stops_at_the_day_s_allowance_and_goes_on_after_midnight(world: World):
    number = world.instance(FREE, timezone="UTC")
    world.change_instance(number, warmup="1:3 2:5 3:-")
    campaign = world.campaign(20, [number])
    engine = world.start()
    await world.until(lambda: world.counts(campaign).sent == 3)
    await world.pass_time(30)
    assert world.counts(campaign).sent == 3
    waiting = engine.why_idle(number)
    assert waiting is not None
    assert waiting[0] == Rule.WARM_UP
    midnight = waiting[1]
    assert midnight is not None
    await world.pass_time((midnight - world.clock.now()).total_seconds() + 60)
    assert world.counts(campaign).sent == 8
    assert [event.fact.details["day"] for event in world.events(EventType.WARMUP_ADVANCED)] == [2]
    await world.stop()


async def test_a_restart_forgets_no_day_of_the_curve(world: World):
    number = world.instance(FREE, timezone="UTC")
    world.change_instance(number, warmup="1:3 2:5 3:-")
    campaign = world.campaign(20, [number])
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 3)
    await world.stop()
    world.start()
    await world.pass_time(60)
    assert world.counts(campaign).sent == 3
    await world.stop()


async def test_the_daily_limit_wins_where_it_is_the_smaller(world: World):
    number = world.instance(replace(FREE, per_day=2), timezone="UTC")
    world.change_instance(number, warmup="1:3 2:-")
    campaign = world.campaign(5, [number])
    engine = world.start()
    await world.until(lambda: world.counts(campaign).sent == 2)
    await world.pass_time(5)
    waiting = engine.why_idle(number)
    assert waiting is not None
    assert waiting[0] in (Rule.DAILY_LIMIT, Rule.PAUSED)
    assert [event.fact.details for event in world.events(EventType.LIMIT_REACHED)] == [{"used": 2, "limit": 2}]
    assert waiting[1] is None or waiting[1] - world.clock.now() <= timedelta(days=1)
    await world.stop()


async def test_a_curve_that_nobody_understands_warms_up_carefully(world: World, log_watch: LogWatch):
    log_watch.expect("warm-up of instance .* is not understood")
    number = world.instance(FREE, timezone="UTC")
    world.change_instance(number, warmup="fast")
    campaign = world.campaign(40, [number])
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 20)
    await world.pass_time(30)
    assert world.counts(campaign).sent == 20
    await world.stop()
