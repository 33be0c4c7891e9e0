"""Several campaigns on one number: turns by priority, nobody starves, nobody makes up for what it never wanted."""

import asyncio
from collections import Counter
from datetime import timedelta

from desktop.domain.campaign import CampaignAction, CampaignStatus, Pace
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import InstanceLimits
from desktop.engine.turns import FEW, Turns
from desktop.policy.waiting import Rule
from tests.desktop.engine.world import World
from tests.fakes.clock import START
from tests.fakes.gateway import Behaviour

GAP = InstanceLimits(per_hour=None, min_gap_s=1.0, max_in_flight=4)


def shares(world: World, since: int = 0, until: int | None = None) -> Counter[CampaignId]:
    """Count the messages of each campaign among those that left, in their order."""
    refs = world.rows.by_client_ref
    return Counter(refs[left.client_ref].campaign_id for left in world.gateway.left[since:until])


async def left(world: World, n: int) -> None:
    await world.until(lambda: len(world.gateway.left) >= n)


async def test_a_campaign_of_priority_one_gets_two_messages_for_each_of_an_ordinary_one(world: World):
    one = world.instance(GAP)
    ordinary, urgent = world.campaign(60, [one]), world.campaign(60, [one], priority=1)
    world.start()
    await left(world, 30)
    await world.stop()
    got = shares(world, until=30)
    assert abs(got[urgent] - 20) <= 1
    assert got[ordinary] + got[urgent] == 30


async def test_who_comes_late_gets_its_share_from_then_on_and_no_more(world: World):
    one = world.instance(GAP)
    world.campaign(80, [one])
    world.start()
    await left(world, 20)
    late = world.campaign(40, [one])
    await left(world, 22)
    at = len(world.gateway.left)
    await left(world, at + 20)
    await world.stop()
    assert abs(shares(world, since=at, until=at + 20)[late] - 10) <= 1


async def test_who_was_paused_does_not_make_up_for_it(world: World):
    one = world.instance(GAP)
    first, second = world.campaign(80, [one]), world.campaign(80, [one])
    world.start()
    await left(world, 6)
    world.act(second, CampaignAction.PAUSE)
    await left(world, 26)
    world.act(second, CampaignAction.RESUME)
    await world.until(lambda: shares(world)[second] > 4)
    at = len(world.gateway.left)
    await left(world, at + 20)
    await world.stop()
    assert abs(shares(world, since=at, until=at + 20)[first] - 10) <= 1


async def test_a_campaign_that_sends_through_another_number_holds_nobody_on_the_shared_one(world: World):
    one_at_a_time = InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=1)
    own, shared = world.instance(one_at_a_time), world.instance(one_at_a_time)
    world.gateway.behaviour = Behaviour(takes_s=1.0)
    both, only = world.campaign(90, [own, shared]), world.campaign(30, [shared])
    world.start()
    await world.until(lambda: world.status(only) is CampaignStatus.COMPLETED)
    await world.stop()
    through = Counter(left.instance_id for left in world.gateway.left)
    assert through[InstanceId(shared)] >= 30
    assert shares(world)[both] >= 30


async def test_a_campaign_that_waits_for_its_own_pace_holds_nobody(world: World):
    one = world.instance(GAP)
    slow = world.campaign(20, [one], pace=Pace((10.0, 10.0), None, None, None), priority=4)
    fast = world.campaign(30, [one])
    world.start()
    await world.until(lambda: world.status(fast) is CampaignStatus.COMPLETED, within_s=60)
    assert 3 <= shares(world)[slow] <= 5
    await world.stop()


async def test_why_not_now_says_that_it_is_anothers_turn(world: World):
    one = world.instance(GAP)
    world.campaign(20, [one], priority=4)
    waiting = world.campaign(20, [one])
    engine = world.start()
    await left(world, 4)
    seen: set[str] = set()

    def has_waited() -> bool:
        explained = engine.explain_campaign(waiting)
        assert explained is not None
        seen.update(wait.rule.value for wait in explained.waits)
        return Rule.TURN.value in seen

    await world.until(has_waited)
    await world.stop()


def test_who_is_away_and_not_ahead_is_forgotten():
    turns, wake = Turns(), asyncio.Event()
    for n in range(FEW + 2):
        now = START + timedelta(seconds=n)
        turns.want(CampaignId(n), 0, wake, now)
        turns.served(CampaignId(n), now)
    assert not turns.contends(CampaignId(0))
    turns.want(CampaignId(0), 0, wake, START)
    turns.want(CampaignId(1), 0, wake, START)
    assert turns.contends(CampaignId(0))
    # An edited priority counts from the next question on.
    turns.want(CampaignId(0), 3, wake, START)
    assert turns.wait_of(CampaignId(0)) is None
    assert turns.wait_of(CampaignId(1)) is not None
    turns.withdraw(CampaignId(0), START)
    turns.withdraw(CampaignId(0), START)
    assert turns.wait_of(CampaignId(1)) is None
