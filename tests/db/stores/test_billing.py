"""What messages cost is counted where they are, follows what the provider says, and survives a deleted campaign."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db import checks
from db.queries.library import SqlLibrary
from db.stores.deletion import finish_deletions
from db.stores.settings import SettingStore
from desktop.domain.budget import (
    EVERYWHERE,
    Budget,
    Category,
    CategorySpent,
    Rate,
    RateCard,
    Spent,
    budget_document,
)
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction
from desktop.domain.ids import CampaignId, VariationId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.outcome import Accepted, ErrorClass, Rejected, Unknown
from desktop.domain.receipt import Pricing, Receipt, ReceiptKind
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.engine.ports import Intent, Price
from tests.db.world import NOW, World

CARD = RateCard(
    "BRL",
    (
        Rate(Gateway.CLOUD, Category.MARKETING, "BR", 300),
        Rate(Gateway.CLOUD, Category.UTILITY, EVERYWHERE, 40),
    ),
)
MARKETING = Price(Category.MARKETING, "BR", 300)


@pytest.fixture
async def priced(world: World) -> World:
    """A world with a budget and a number of the Cloud API in the place of `one`."""
    limits = InstanceLimits()
    world.numbers["one"] = await world.instances.add(
        "cloud", Gateway.CLOUD, "https://graph", "cloud", "America/Sao_Paulo", limits, NOW, phone_id="1", waba_id="2"
    )
    store = SettingStore(world.database, world.workspace_id)
    await store.put("budget", budget_document(Budget(10, 1_000, CARD)), NOW)
    return world


async def send(
    world: World, candidate: Candidate, message_id: str, price: Price = MARKETING, *, is_settled: bool = True
) -> None:
    intent = replace(_intent(world, candidate), price=price)
    attempt_id = await world.ledger.record_intent(intent)
    assert attempt_id is not None
    if is_settled:
        accepted = Accepted(message_id, None, 200)
        await world.ledger.settle(world.settlement(attempt_id, candidate, accepted, RecipientStatus.SENT))


def _intent(world: World, candidate: Candidate) -> Intent:
    """Return what a claim would record, without the claim."""
    return Intent(
        candidate.id,
        candidate.campaign_id,
        world.numbers["one"].id,
        VariationId(1),
        world.run_id,
        candidate.attempts + 1,
        world.now,
        f"REF{next(world.refs)}",
        "digest",
        {},
    )


async def tell(
    world: World, message_id: str, pricing: Pricing | None, kind: ReceiptKind = ReceiptKind.DELIVERED
) -> None:
    await world.ledger.apply_receipts([Receipt(world.numbers["one"].id, message_id, kind, world.now, pricing=pricing)])


async def spent(world: World) -> Spent:
    return (await world.ledger.credits(world.now)).spent


def library(world: World) -> SqlLibrary:
    return SqlLibrary(world.database, world.workspace_id, lambda: world.now)


async def test_what_is_under_way_counts_and_what_was_refused_does_not(priced: World):
    campaign_id = await priced.started()
    one, two, three, four, *_ = await priced.waiting(campaign_id)
    await send(priced, one, "m1")
    await send(priced, two, "", is_settled=False)
    assert await spent(priced) == Spent(2, 600)
    intent = replace(_intent(priced, three), price=MARKETING)
    attempt_id = await priced.ledger.record_intent(intent)
    assert attempt_id is not None
    assert await spent(priced) == Spent(3, 900)
    refused = Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")
    await priced.ledger.settle(priced.settlement(attempt_id, three, refused, RecipientStatus.FAILED, "not_on_whatsapp"))
    assert await spent(priced) == Spent(2, 600)
    await priced.settle(four, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    assert (await spent(priced)).messages == 3, "it may have left"
    assert priced.database.read_sync(checks.check) == []


async def test_the_provider_tells_what_was_charged(priced: World):
    campaign_id = await priced.started()
    waiting = await priced.waiting(campaign_id)
    for n, candidate in enumerate(waiting):
        await send(priced, candidate, f"m{n}")
    await tell(priced, "m0", Pricing(True, "marketing"), ReceiptKind.SENT)
    await tell(priced, "m1", Pricing(True, "utility"))
    await tell(priced, "m2", Pricing(False, "service", "free_customer_service"))
    await tell(priced, "m3", None, ReceiptKind.FAILED)
    await tell(priced, "m4", None)  # nothing is told
    for _twice in range(2):
        await tell(priced, "m0", Pricing(True, "marketing"))
    found = await spent(priced)
    assert found == Spent(5, 1_500, told=4, told_micros=340, told_estimate=1_200)
    assert found.best_micros == 640
    await tell(priced, "m1", Pricing(True, "marketing"), ReceiptKind.READ)
    assert (await spent(priced)).told_micros == 600, "told anew, it is what was told last"
    assert priced.database.read_sync(checks.check) == []


async def test_a_price_that_comes_before_the_answer_is_kept_for_it(priced: World):
    campaign_id = await priced.started()
    candidate = (await priced.waiting(campaign_id))[0]
    await tell(priced, "early", Pricing(True, "marketing"))
    await send(priced, candidate, "early")
    assert await spent(priced) == Spent(1, 300, 1, 300, 300)


async def test_a_failure_of_what_cost_nothing_tells_nothing_of_prices(world: World):
    campaign_id = await world.started()
    await world.send((await world.waiting(campaign_id))[0], "m0")
    await world.receipt("m0", ReceiptKind.FAILED)
    (month,) = await library(world).months_spent(1)
    assert month.spent == Spent(1)


async def test_what_a_deleted_campaign_has_cost_stays_spent(priced: World):
    campaign_id = await priced.started()
    await send(priced, (await priced.waiting(campaign_id))[0], "m0")
    await priced.ledger.act(campaign_id, CampaignAction.CANCEL, priced.now, None, None)
    await priced.campaigns.delete(campaign_id, priced.now)
    await finish_deletions(priced.database, priced.workspace_id)
    assert await spent(priced) == Spent(1, 300)
    assert priced.database.read_sync(checks.check) == []


async def test_months_are_those_of_the_budget_and_campaigns_are_told_apart(priced: World):
    # One second before the month ends in São Paulo, and the midnight itself.
    for moment, message_id in (
        (datetime(2026, 12, 1, 2, 59, 59, tzinfo=UTC), "november"),
        (datetime(2026, 12, 1, 3, 0, tzinfo=UTC), "december"),
    ):
        priced.now = moment
        campaign_id = await priced.started()
        await send(priced, (await priced.waiting(campaign_id))[0], message_id)
    months = await library(priced).months_spent(3)
    assert [(each.month, each.spent.messages) for each in months] == [
        (date(2026, 10, 1), 0),
        (date(2026, 11, 1), 1),
        (date(2026, 12, 1), 1),
    ]
    assert await spent(priced) == Spent(1, 300)
    first, second = [await library(priced).campaign_spent(CampaignId(n)) for n in (1, 2)]
    assert first == second == (CategorySpent("marketing", "BR", Spent(1, 300)),)
    assert await library(priced).campaign_spent(CampaignId(3)) == ()


async def test_nothing_is_added_up_without_a_limit(world: World):
    campaign_id = await world.started()
    await world.send((await world.waiting(campaign_id))[0], "m0")
    found = await world.ledger.credits(world.now)
    assert (found.budget, found.spent) == (Budget(), Spent())


async def test_an_audience_is_told_by_how_its_phones_begin(world: World):
    everybody, few = Audience(AudienceKind.ALL), Audience(AudienceKind.TAGS, ("vip",))
    assert await library(world).phone_prefixes(everybody) == {"+551": 5}
    await world.contacts.opt_out("+5511900000001", world.now, "operator")
    assert await library(world).phone_prefixes(few) == {"+551": 1}, "who opted out costs nothing"


def test_a_false_sum_is_found(priced: World):
    priced.database.write_sync(
        lambda context: context.conn.exec_driver_sql("INSERT INTO spend VALUES (1, 900, 7, '', '', 1, 0, 0, 0, 0)")
    )
    assert [problem.code for problem in priced.database.read_sync(checks.check)] == ["spend_wrong"]
