"""The live explanations: the engine tells of its lanes and runners what really holds them."""

from datetime import timedelta

from desktop.domain.campaign import CampaignAction, Pace
from desktop.domain.instance import InstanceLimits
from desktop.policy.explain import Explanation
from tests.desktop.engine.world import World


def rules(explanation: Explanation | None) -> list[str]:
    assert explanation is not None
    return [wait.rule.value for wait in explanation.waits]


async def test_a_number_at_its_limit_says_so_and_until_when(world: World):
    one = world.instance(InstanceLimits(per_hour=2, min_gap_s=0.0))
    campaign = world.campaign(5, [one])
    engine = world.start()
    await world.until(lambda: world.counts(campaign).sent == 2)
    await world.pass_time(1)
    explained = engine.explain_instance(one)
    assert rules(explained) == ["hourly_limit"]
    assert explained
    assert explained.until == world.gateway.left[0].at + timedelta(hours=1)
    of_campaign = engine.explain_campaign(campaign)
    assert of_campaign
    assert not of_campaign.is_free
    assert of_campaign.until == explained.until
    assert of_campaign.instances == (("number-1", explained),)


async def test_a_campaigns_own_pace_is_told_beside_its_free_numbers(world: World):
    one = world.instance()
    campaign = world.campaign(3, [one], pace=Pace((30.0, 30.0), None, None, None))
    engine = world.start()
    await world.until(lambda: len(world.gateway.left) == 1)
    await world.pass_time(1)
    explained = engine.explain_campaign(campaign)
    assert rules(explained) == ["pace_delay"]
    assert explained
    assert explained.instances[0][1].is_free


async def test_without_a_network_every_number_is_unreachable_and_the_campaign_offline(world: World):
    one = world.instance()
    campaign = world.campaign(3, [one])
    world.gateway.is_reachable = False
    engine = world.start()
    await world.pass_time(5)
    assert rules(engine.explain_instance(one)) == ["unreachable"]
    assert rules(engine.explain_campaign(campaign)) == ["offline"]


async def test_the_grace_time_of_a_start_is_told(world: World):
    world.start_grace_s = 10.0
    campaign = world.campaign(3, [world.instance()])
    engine = world.start()
    await world.pass_time(1)
    explained = engine.explain_campaign(campaign)
    assert rules(explained) == ["grace"]
    assert explained
    assert explained.until == world.rows.campaigns[campaign].started_at + timedelta(seconds=10)  # type: ignore[operator]


async def test_what_the_engine_does_not_work_it_does_not_explain(world: World):
    one = world.instance()
    campaign = world.campaign(3, [one])
    world.act(campaign, CampaignAction.PAUSE)
    engine = world.start()
    await world.pass_time(1)
    assert engine.explain_campaign(campaign) is None
    world.remove_instance(one)
    await world.pass_time(1)
    assert engine.explain_instance(one) is None
