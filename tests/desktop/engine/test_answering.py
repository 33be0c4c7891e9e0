"""A campaign slows down while its team has too many replies to answer, also after a restart."""

from datetime import timedelta

from desktop.domain.campaign import CampaignStatus, Pace
from desktop.policy.waiting import Rule
from tests.desktop.engine.world import World

SLOWLY = Pace((20.0, 20.0), None, None, None)


async def test_more_replies_than_the_team_can_answer_hold_the_campaign_until_it_keeps_up(world: World):
    one = world.instance()
    campaign = world.campaign(12, [one], pace=SLOWLY, replies_per_hour=4)
    engine = world.start()
    await world.until(lambda: world.counts(campaign).sent == 6)
    for left in world.gateway.left:
        world.gateway.reply(left.phone, "Quero!", one)
    await world.pass_time(40)
    sent = len(world.gateway.left)
    assert sent <= 8  # what was known only ten seconds later
    explained = engine.explain_campaign(campaign)
    assert explained is not None
    (held,) = [wait for wait in explained.waits if wait.rule is Rule.REPLIES]
    assert held.facts["per_hour"] == 4
    await world.crash()
    engine = world.start()
    await world.pass_time(60)
    assert len(world.gateway.left) == sent, "a restart has forgotten the replies"
    found = engine.next_departure(campaign)
    assert found is not None
    assert found[0] == Rule.REPLIES
    world.clock.jump(-600)
    await world.pass_time(30)
    assert len(world.gateway.left) == sent
    world.clock.suspend(timedelta(hours=1).total_seconds())
    await world.until(lambda: world.status(campaign) is CampaignStatus.COMPLETED)
    await world.stop()


async def test_a_campaign_that_does_not_ask_for_it_goes_on(world: World):
    one = world.instance()
    campaign = world.campaign(8, [one], pace=SLOWLY)
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 4)
    for left in world.gateway.left:
        world.gateway.reply(left.phone, "Quero!", one)
    await world.finish(campaign)
