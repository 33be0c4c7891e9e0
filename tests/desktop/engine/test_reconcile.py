"""What is in doubt: asked for, found, absent, hopeless; never sent again silently."""

import pytest

from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.events import EventType
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import NotProvable
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.engine import reconcile
from desktop.engine.reconcile import GIVE_UP_AFTER
from tests.desktop.engine.world import World, phone
from tests.fakes.gateway import HIDE, LOSE_ANSWER, LOSE_REQUEST, Behaviour

MANY = InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=50)


async def test_found_is_sent_with_the_id_and_status_that_the_gateway_shows(world: World):
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), Behaviour(LOSE_ANSWER.outcome, leaves=True))
    world.gateway.receipts_of["M1"] = ReceiptKind.READ
    await world.finish(campaign)
    (row,) = world.rows.recipients.values()
    assert (row.status, row.message_id, row.attempts) == ("read", "M1", 1)


async def test_absent_is_sent_again_without_an_attempt_burnt(world: World):
    campaign = world.campaign(3, [world.instance()])
    world.gateway.expect(phone(1), LOSE_REQUEST, LOSE_REQUEST)
    await world.finish(campaign)
    assert sorted(world.gateway.phones) == [phone(0), phone(1), phone(2)]
    assert {row.attempts for row in world.rows.recipients.values()} == {1}
    assert len(world.events(EventType.RECONCILED)) == 2


async def test_a_gateway_that_hides_a_message_is_the_only_way_to_two(world: World):
    campaign = world.campaign(2, [world.instance()])
    world.gateway.expect(phone(0), HIDE)
    await world.finish(campaign)
    assert world.gateway.twice == {phone(0): 2}


@pytest.mark.parametrize("code", ["too_early", "unreachable"])
async def test_what_time_may_change_is_asked_again_without_end(world: World, code: str):
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), LOSE_ANSWER)
    world.gateway.verdict = NotProvable(code)
    world.start()
    await world.pass_time(120)
    assert world.status(campaign) is CampaignStatus.RUNNING
    assert 20 <= len(world.gateway.searches) <= 30
    assert world.rows.attempts_of[world.rows.by_client_ref[world.gateway.left[0].client_ref].id][0].doubt_tries == 0
    world.gateway.verdict = None
    await world.finish(campaign, within_s=10)


async def test_what_time_does_not_change_is_asked_three_times(world: World):
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), LOSE_ANSWER)
    world.gateway.verdict = NotProvable("not_stored")
    world.start()
    await world.pass_time(60)
    assert len(world.gateway.searches) == GIVE_UP_AFTER
    assert world.status(campaign) is CampaignStatus.PAUSED
    assert len(world.events(EventType.PAUSED)) == 1


async def test_an_instance_that_is_gone_cannot_be_asked(world: World):
    one, two = world.instance(), world.instance()
    campaign = world.campaign(1, [one])
    world.gateway.expect(phone(0), LOSE_ANSWER)
    world.gateway.verdict = NotProvable("unreachable")
    world.start()
    await world.until(lambda: world.counts(campaign).in_doubt == 1)
    world.remove_instance(one)
    world.give_instances(campaign, [two])
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.counts(campaign).in_doubt == 1


async def test_a_crashs_doubts_are_first_asked_when_the_lanes_are_open(world: World):
    """What cannot be asked yet must not count as a try."""
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), Behaviour(takes_s=5))
    world.start()
    await world.until(lambda: len(world.gateway.left) == 1)
    await world.crash()
    await world.finish(campaign)
    assert world.rows.attempts[1].doubt_tries == 0  # type: ignore[index]
    assert world.gateway.searches == [phone(0)]


async def test_more_doubts_than_a_page_are_all_asked(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reconcile, "PAGE", 10)
    campaign = world.campaign(25, [world.instance(MANY)])
    for n in range(25):
        world.gateway.expect(phone(n), Behaviour(LOSE_ANSWER.outcome, leaves=True, takes_s=1))
    world.gateway.verdict = NotProvable("not_stored")
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.counts(campaign).in_doubt == 25
    assert all(world.gateway.searches.count(phone(n)) == 3 for n in range(25))
    world.gateway.verdict = None
    world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign)
    assert world.gateway.twice == {}


async def test_a_doubt_of_a_paused_campaign_is_settled_all_the_same(world: World):
    campaign = world.campaign(5, [world.instance()])
    world.gateway.expect(phone(0), LOSE_REQUEST)
    world.gateway.verdict = NotProvable("too_early")
    world.start()
    await world.until(lambda: world.counts(campaign).in_doubt == 1)
    world.act(campaign, CampaignAction.PAUSE)
    world.gateway.verdict = None
    await world.pass_time(10)
    assert world.counts(campaign).in_doubt == 0
    world.act(campaign, CampaignAction.RESUME)
    await world.finish(campaign)


async def test_a_second_doubt_about_the_same_person_is_a_new_one(world: World):
    """Given up twice, absent, lost again: the new attempt has its own three tries."""
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), LOSE_REQUEST, LOSE_ANSWER)
    world.gateway.verdict = NotProvable("not_stored")
    world.start()
    await world.until(lambda: len(world.gateway.searches) == 2)
    world.gateway.verdict = None

    def hide_again(moment: str) -> None:
        if moment == "left" and len(world.gateway.left) == 1:
            world.gateway.verdict = NotProvable("not_stored")

    world.on_step = hide_again
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert len(world.gateway.searches) == 2 + 1 + GIVE_UP_AFTER


async def test_a_receipt_with_our_reference_ends_doubt_by_itself(world: World):
    one = world.instance()
    campaign = world.campaign(1, [one])
    world.gateway.expect(phone(0), LOSE_ANSWER)
    world.gateway.verdict = NotProvable("unreachable")
    world.start()
    await world.until(lambda: world.counts(campaign).in_doubt == 1)
    ref = world.gateway.left[0].client_ref
    world.gateway.deliver(Receipt(one, ref, ReceiptKind.DELIVERED, world.clock.now()))
    await world.finish(campaign, within_s=10)
    assert world.counts(campaign).delivered == 1


@pytest.mark.parametrize("after_s", [1.0, 1.5])
async def test_what_was_given_up_and_then_settled_does_not_stand_for_what_is_still_asked(world: World, after_s: float):
    """Of two in doubt one was given up; it is settled, and the other one's gateway cannot be reached yet."""
    one, two = world.instance(), world.instance()
    campaign = world.campaign(2, [one, two])
    world.gateway.tells_by_tag = True
    world.gateway.behaviour = LOSE_ANSWER
    world.start()
    await world.until(lambda: world.counts(campaign).in_doubt == 2)
    world.gateway.away.add(two)
    await world.pass_time(20 + after_s)
    world.gateway.receipt(next(left for left in world.gateway.left if left.instance_id == one), ReceiptKind.SENT)
    await world.until(lambda: world.counts(campaign).sent == 1)
    await world.pass_time(10)
    assert world.status(campaign) is CampaignStatus.RUNNING


async def test_a_clock_set_forward_makes_no_attempt_older_than_it_is(world: World):
    """Its absence proves something only when no request can be under way any more."""
    world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), LOSE_REQUEST)
    world.gateway.verdict = NotProvable("too_early")
    world.start()
    await world.until(lambda: len(world.gateway.doubt_ages_s) == 2)
    world.clock.jump(3600)
    await world.pass_time(20)
    assert len(world.gateway.doubt_ages_s) > 4
    assert max(world.gateway.doubt_ages_s) < 40
