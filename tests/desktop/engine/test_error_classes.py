"""What the engine does with each class of error, to recipient, number and campaign. Source: gateways.md §10.5."""

from datetime import timedelta

import pytest

from desktop.domain.campaign import CampaignStatus
from desktop.domain.outcome import ErrorClass, Rejected
from tests.desktop.engine.world import World, phone
from tests.fakes.gateway import Behaviour


def refused(error_class: ErrorClass, code: str = "refused") -> Behaviour:
    return Behaviour(Rejected(error_class, code, http_status=400))


async def test_an_account_stop_stops_the_number_and_no_recipient_loses_an_attempt(world: World):
    one, two = world.instance(), world.instance()
    campaign = world.campaign(6, [one, two])
    world.gateway.of_instance[one] = refused(ErrorClass.ACCOUNT_STOP, "banned")
    await world.finish(campaign)
    assert world.rows.instances[one].pause_reason == "banned"
    assert world.counts(campaign).sent == 6, (
        "the others went on, and the one who met it was sent to by the other number"
    )
    assert {row.attempts for row in world.rows.recipients.values()} == {1}


async def test_a_recipient_for_later_waits_a_day_and_holds_nobody_else(world: World):
    campaign = world.campaign(4, [world.instance()])
    world.gateway.expect(phone(0), refused(ErrorClass.RECIPIENT_LATER))
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 3)
    (later,) = [row for row in world.rows.recipients.values() if row.next_attempt_at]
    attempt = world.rows.attempts_of[later.id][0]
    assert later.next_attempt_at is not None
    assert later.next_attempt_at - attempt.started_at >= timedelta(hours=24)
    await world.stop()


@pytest.mark.parametrize("error", [ErrorClass.TEMPLATE_FAULT, ErrorClass.MEDIA_FAULT, ErrorClass.NEEDS_TEMPLATE])
async def test_a_fault_of_the_message_itself_does_not_burn_the_list(world: World, error: ErrorClass):
    campaign = world.campaign(50, [world.instance()])
    world.gateway.behaviour = refused(error, error.value)
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.rows.campaigns[campaign].reason == error.value
    assert world.counts(campaign).failed <= 4
    assert world.counts(campaign).pending >= 46
    await world.stop()


async def test_one_bad_contact_fails_alone(world: World):
    one = world.instance()
    campaign = world.campaign(5, [one])
    world.gateway.expect(phone(0), refused(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp"))
    await world.finish(campaign)
    assert (world.counts(campaign).failed, world.counts(campaign).sent) == (1, 4)
    assert world.rows.instances[one].pause_reason is None


async def test_a_stop_that_the_gateway_asks_for_pauses_the_campaign_and_fails_nobody(world: World):
    campaign = world.campaign(5, [world.instance()])
    world.gateway.expect(phone(0), refused(ErrorClass.CAMPAIGN_PAUSE, "campaign_pause"))
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.counts(campaign).failed == 0
    await world.stop()
