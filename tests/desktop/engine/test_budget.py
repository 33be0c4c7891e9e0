"""The month's credits are a hard stop: never one message or one cent more, also over restarts and several campaigns."""

from datetime import UTC, datetime

import pytest

from desktop.domain.budget import EVERYWHERE, Budget, Category, Rate, RateCard
from desktop.domain.campaign import CampaignAction, CampaignStatus, Pace
from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.engine.purse import Purse
from desktop.policy.rotation import LaneState
from tests.desktop.engine.world import NO_LIMITS, World, phone
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import Behaviour
from tests.fakes.ledger import MemoryLedger
from tests.fakes.rows import Rows

CARD = RateCard("BRL", (Rate(Gateway.EVOLUTION, Category.ANY, EVERYWHERE, 300),))
SLOW = Pace((5.0, 5.0), None, None, None)


@pytest.mark.parametrize(
    ("budget", "reason"),
    [(Budget(messages=3), "budget_messages"), (Budget(micros=1_000, card=CARD), "budget_money")],
)
@pytest.mark.parametrize("in_flight", [1, 50])
async def test_the_campaign_pauses_when_the_credits_are_spent(
    world: World, budget: Budget, reason: str, in_flight: int
):
    world.rows.budget = budget
    campaign = world.campaign(10, [world.instance(InstanceLimits(None, None, None, 0.0, in_flight))])
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.rows.campaigns[campaign].reason == reason
    assert (world.counts(campaign).sent, world.counts(campaign).pending) == (3, 7)
    world.act(campaign, CampaignAction.RESUME)
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.counts(campaign).sent == 3, "resumed without credits it sends nothing"
    await world.stop()


async def test_a_restart_forgets_nothing_of_what_was_spent(world: World):
    world.rows.budget = Budget(messages=4)
    campaign = world.campaign(10, [world.instance()], pace=SLOW)
    world.start()
    await world.until(lambda: world.counts(campaign).sent == 2)
    await world.stop()
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert world.counts(campaign).sent == 4
    await world.stop()


async def test_all_campaigns_share_the_credits(world: World):
    world.rows.budget = Budget(messages=7)
    one = world.instance(InstanceLimits(None, None, None, 0.0, 20))
    campaigns = [world.campaign(10, [one]) for _ in range(3)]
    world.start()
    await world.until(lambda: all(world.status(each) is CampaignStatus.PAUSED for each in campaigns))
    assert sum(world.counts(each).sent for each in campaigns) == 7
    await world.stop()


async def test_what_the_gateway_refused_has_cost_nothing(world: World):
    world.rows.budget = Budget(messages=3)
    one = world.instance()
    campaign = world.campaign(8, [one])
    for number in range(2):
        refusal = Behaviour(Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp"))
        world.gateway.script[phone(number)].append(refusal)
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    assert (world.counts(campaign).sent, world.counts(campaign).failed) == (3, 2)
    await world.stop()


async def test_a_larger_budget_lets_it_go_on(world: World):
    world.rows.budget = Budget(messages=3)
    campaign = world.campaign(8, [world.instance()])
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    world.rows.budget = Budget(messages=5)
    world.act(campaign, CampaignAction.RESUME)
    await world.until(lambda: world.counts(campaign).sent == 5)
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    await world.stop()


async def test_a_number_that_costs_nothing_goes_on_when_the_money_is_spent(world: World):
    world.rows.budget = Budget(micros=300, card=CARD)
    paid, free = world.instance(NO_LIMITS), world.instance(NO_LIMITS)
    world.change_instance(free, gateway=Gateway.WAHA)
    campaign = world.campaign(8, [paid, free])
    await world.finish(campaign)
    by_number = [left.instance_id for left in world.gateway.left]
    assert (by_number.count(paid), by_number.count(free)) == (1, 7)


async def test_the_months_end_begins_a_new_count(world: World):
    end = datetime(2026, 12, 1, 3, tzinfo=UTC)  # midnight in São Paulo
    world.clock.jump((end - world.clock.now()).total_seconds() - 60)
    world.rows.budget = Budget(messages=3)
    campaign = world.campaign(6, [world.instance()])
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.PAUSED)
    await world.pass_time(61)
    world.act(campaign, CampaignAction.RESUME)
    await world.until(lambda: world.status(campaign) is CampaignStatus.COMPLETED)
    await world.stop()


async def test_the_month_ends_while_it_sends(world: World):
    end = datetime(2026, 12, 1, 3, tzinfo=UTC)
    world.clock.jump((end - world.clock.now()).total_seconds() - 11)
    world.rows.budget = Budget(messages=3)
    campaign = world.campaign(5, [world.instance()], pace=Pace((5.0, 5.0), None, None, None))
    await world.finish(campaign)
    assert world.counts(campaign).sent == 5, "three before midnight, two after it"


async def test_a_new_month_has_its_credits_before_the_next_count():
    clock = FakeClock(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    rows = Rows()
    rows.budget = Budget(messages=1, timezone="UTC")
    purse = Purse(MemoryLedger(rows, lambda _events: None), clock, lambda _phone: "BR")
    await purse.refresh()
    price = purse.price(Gateway.EVOLUTION, None, phone(1))
    free = LaneState(InstanceId(1), "one", None, 0, None, None, 100.0)
    assert purse.hold(free, price, clock.now()) is not None
    purse.reserve(price)
    assert purse.hold(free, price, clock.now()).wait is not None
    clock.suspend(2)
    assert purse.hold(free, price, clock.now()).wait is None
    purse.reserve(price)
    assert purse.hold(free, price, clock.now()).wait is not None
