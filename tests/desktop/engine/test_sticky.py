"""Sticky campaigns at work: people hear from the number that they know, and rotation says why when they do not."""

from desktop.domain.events import EventType
from desktop.domain.ids import CampaignId
from tests.desktop.engine.world import World, phone


async def senders(world: World, campaign: CampaignId) -> dict[str, int]:
    await world.finish(campaign)
    return {
        row.contact.phone: row.instance_id or 0 for row in world.rows.recipients.values() if row.campaign_id == campaign
    }


async def test_everybody_hears_from_the_number_of_the_campaign_before(world: World):
    one, two = world.instance(), world.instance()
    people = [phone(n) for n in range(20)]
    before = await senders(world, world.campaign(people, [one, two]))
    assert set(before.values()) == {one, two}
    again = await senders(world, world.campaign(list(reversed(people)), [two, one], sticky=True))
    assert again == before


async def test_who_knows_a_number_that_is_away_hears_from_another_and_the_event_says_why(world: World):
    one, two = world.instance(), world.instance()
    people = [phone(n) for n in range(6)]
    before = await senders(world, world.campaign(people, [one, two]))
    world.change_instance(one, pause_reason="operator")
    campaign = world.campaign(people, [one, two], sticky=True)
    assert set((await senders(world, campaign)).values()) == {two}
    chosen = [e for e in world.events(EventType.INSTANCE_SELECTED) if e.fact.campaign_id == campaign]
    assert len(chosen) == 6
    told = {
        world.rows.recipients[e.fact.recipient_id].contact.phone: e.fact.details["sticky"]
        for e in chosen
        if e.fact.recipient_id
    }
    assert told == {
        person: {"kept": True, "instance": "number-2", "waits_for": None}
        if number == two
        else {"kept": False, "instance": "number-1", "waits_for": "paused"}
        for person, number in before.items()
    }


async def test_a_campaign_that_is_not_sticky_rotates_as_ever(world: World):
    one, two = world.instance(), world.instance()
    people = [phone(n) for n in range(6)]
    await senders(world, world.campaign(people, [one]))
    campaign = world.campaign(people, [two])
    assert set((await senders(world, campaign)).values()) == {two}
    assert all("sticky" not in event.fact.details for event in world.events(EventType.INSTANCE_SELECTED))
