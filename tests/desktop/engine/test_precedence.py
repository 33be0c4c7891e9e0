"""Five campaigns send at once, the most important ones; and what a limit does to a campaign depends on the gateway."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.campaign import CampaignAction, CampaignStatus, Pace, Rotation
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.policy.explain import Subject
from desktop.policy.resting import would_pause
from desktop.policy.waiting import Rule, Wait
from tests.desktop.engine.world import NO_LIMITS, World

SLOW = Pace((5.0, 5.0), None, None, None)


async def test_a_more_important_campaign_takes_the_place_of_the_least_important(world: World):
    one = world.instance(NO_LIMITS)
    usual = [world.campaign(200, [one], pace=SLOW) for _ in range(5)]
    engine = world.start()
    await world.until(lambda: all(world.counts(each).sent for each in usual))
    urgent = world.campaign(3, [one], pace=SLOW, priority=5)
    await world.until(lambda: world.counts(urgent).sent == 1)
    displaced = usual[-1]
    assert engine.next_departure(displaced) == ("campaign_queue", None)
    explained = engine.explain_campaign(displaced)
    assert explained is not None
    assert (explained.subject, [wait.rule.value for wait in explained.waits]) == (Subject.CAMPAIGN, ["campaign_queue"])
    assert explained.waits[0].facts == {"place": 1, "limit": 5}
    waits_at = world.counts(displaced).sent
    await world.pass_time(7)
    assert world.counts(displaced).sent == waits_at, "it waits, and is still running"
    assert world.status(displaced) is CampaignStatus.RUNNING
    await world.until(lambda: world.status(urgent) is CampaignStatus.COMPLETED)
    await world.until(lambda: world.counts(displaced).sent > waits_at)
    assert engine.next_departure(displaced) != ("campaign_queue", None)
    await world.stop()


async def test_a_sixth_campaign_goes_on_when_one_of_the_five_is_paused(world: World):
    one = world.instance(NO_LIMITS)
    campaigns = [world.campaign(200, [one], pace=SLOW) for _ in range(6)]
    engine = world.start()
    await world.pass_time(10)
    assert world.counts(campaigns[5]).sent == 0
    assert engine.next_departure(campaigns[5]) == ("campaign_queue", None)
    world.act(campaigns[0], CampaignAction.PAUSE)
    await world.until(lambda: world.counts(campaigns[5]).sent > 0)
    await world.stop()


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (InstanceLimits(per_hour=None, per_day=3, min_gap_s=0.0), "daily_limit"),
        (InstanceLimits(per_hour=3, min_gap_s=0.0), "hourly_limit"),
        (InstanceLimits(per_hour=None, per_minute=3, min_gap_s=0.0), "minute_limit"),
    ],
)
async def test_a_hard_limit_pauses_the_campaign_with_the_rule_as_its_reason(
    world: World, limits: InstanceLimits, reason: str
):
    one = world.instance(limits)
    world.change_instance(one, gateway=Gateway.CLOUD)
    campaign = world.campaign(5, [one])
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.rows.campaigns[campaign].reason == reason
    assert (world.counts(campaign).sent, world.counts(campaign).pending) == (3, 2)
    await world.pass_time(5)
    world.act(campaign, CampaignAction.RESUME)
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.rows.campaigns[campaign].reason == reason, "resumed too early, also while the number itself rests"
    assert world.counts(campaign).sent == 3
    await world.stop()


async def test_a_soft_limit_is_waited_for(world: World):
    campaign = world.campaign(5, [world.instance(InstanceLimits(per_hour=None, per_minute=3, min_gap_s=0.0))])
    await world.finish(campaign)
    assert world.counts(campaign).sent == 5


async def test_the_limit_of_one_number_does_not_stop_the_other(world: World):
    small = world.instance(InstanceLimits(per_hour=2, min_gap_s=0.0))
    other = world.instance(InstanceLimits(per_hour=None, min_gap_s=1.0))
    for number in (small, other):
        world.change_instance(number, gateway=Gateway.CLOUD)
    campaign = world.campaign(10, [small, other])
    await world.finish(campaign)
    assert world.counts(campaign).sent == 10


async def test_a_campaign_whose_own_pace_holds_it_is_not_paused_for_a_limit(world: World):
    one = world.instance(InstanceLimits(per_hour=None, per_minute=1, min_gap_s=0.0))
    world.change_instance(one, gateway=Gateway.CLOUD)
    campaign = world.campaign(3, [one], pace=Pace((61.0, 61.0), None, None, None))
    await world.finish(campaign)
    assert world.counts(campaign).sent == 3


async def test_one_that_is_paused_edited_and_resumed_between_two_looks_goes_on_as_it_was_edited(world: World):
    campaign = world.campaign(12, [world.instance(NO_LIMITS)], pace=SLOW)
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 3)
    world.act(campaign, CampaignAction.PAUSE)
    [before] = world.rows.variations[campaign]
    world.rows.variations[campaign] = (replace(before, text="Novo"),)
    world.act(campaign, CampaignAction.RESUME)
    await world.until(lambda: world.counts(campaign).sent == 12)
    assert [message.text.split()[0] for message in world.gateway.sent] == ["Oi"] * 3 + ["Novo"] * 9
    assert not world.gateway.twice


@pytest.mark.parametrize(
    "gateways",
    [
        (Gateway.EVOLUTION,),
        (Gateway.CLOUD,),
        (Gateway.CLOUD, Gateway.CLOUD),
        (Gateway.EVOLUTION, Gateway.CLOUD),
        (Gateway.CLOUD, Gateway.WAHA),
    ],
)
async def test_a_start_while_all_numbers_rest_does_what_the_checklist_told(world: World, gateways: tuple[Gateway, ...]):
    midnight = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # of São Paulo
    world.clock.jump((midnight - timedelta(minutes=2) - world.clock.now()).total_seconds())
    numbers = [world.instance(InstanceLimits(per_hour=None, per_day=1, min_gap_s=0.0)) for _ in gateways]
    for number, gateway in zip(numbers, gateways, strict=True):
        world.change_instance(number, gateway=gateway)
    first = world.campaign(len(numbers), numbers, rotation=Rotation.ROUND_ROBIN)
    world.start()
    await world.until(lambda: world.status(first) is CampaignStatus.COMPLETED)
    await world.until(lambda: all(world.rows.instances[each].pause_reason == "daily_limit" for each in numbers))
    second = world.campaign(1, numbers)
    await world.pass_time(5)
    told = would_pause([(gateway, Wait(Rule.DAILY_LIMIT, midnight)) for gateway in gateways])
    assert world.status(second) is (CampaignStatus.PAUSED if told else CampaignStatus.RUNNING)
    await world.pass_time(120)
    assert world.status(second) is (CampaignStatus.PAUSED if told else CampaignStatus.COMPLETED)
    await world.stop()
