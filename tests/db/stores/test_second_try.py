"""Retry failed: exactly the people who failed for a reason that can pass, in a new draft."""

import pytest
import sqlalchemy as sa

from db.queries.library import SqlLibrary
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import Candidate, RecipientStatus
from tests.db.world import World, phone

CAN_PASS = frozenset({"retries_exhausted", "cancelled"})


async def test_the_new_draft_has_exactly_those_whose_reason_can_pass(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    await world.started(name="another")
    fail = RecipientStatus.FAILED
    reached, exhausted, absent, erased, opted_out = (await world.waiting(campaign_id))[:5]
    refused = Rejected(ErrorClass.TRANSIENT, "server_error")
    await world.send(reached, "M1")
    for candidate in (exhausted, erased, opted_out):
        await world.settle(candidate, refused, fail, "retries_exhausted")
    await world.settle(absent, refused, fail, "not_on_whatsapp")
    await world.contacts.erase(erased.phone, world.now)
    await world.contacts.opt_out(opted_out.phone, world.now)
    assert await world.ledger.finish_if_done(campaign_id, world.now)

    copy_id = await world.campaigns.retry_failed(campaign_id, CAN_PASS, world.later())

    plan, original = await world.ledger.plan(copy_id), await world.ledger.plan(campaign_id)
    draft = plan.campaign.draft
    assert plan.campaign.status is CampaignStatus.DRAFT
    assert draft.audience == Audience(AudienceKind.PHONES, (exhausted.phone,))
    assert draft.name == "Black Friday (2)"
    same = ("messages", "instances", "pace", "retry", "rotation", "window")
    assert all(getattr(draft, name) == getattr(original.campaign.draft, name) for name in same)
    created = [event.fact for event in published if event.fact.type is EventType.CREATED]
    assert created[-1].details["retry_of"] == campaign_id

    await world.ledger.act(copy_id, CampaignAction.START, world.now, None, None)
    assert [waiting.phone for waiting in await world.waiting(copy_id)] == [exhausted.phone]


@pytest.mark.parametrize("action", [None, CampaignAction.PAUSE, CampaignAction.CANCEL])
async def test_a_running_campaign_and_one_without_such_failures_are_refused(
    world: World, action: CampaignAction | None
) -> None:
    campaign_id = await world.started()
    if action is not None:
        await world.ledger.act(campaign_id, action, world.now, None, None)
    if action is CampaignAction.CANCEL:
        copy_id = await world.campaigns.retry_failed(campaign_id, CAN_PASS, world.now)
        audience = (await world.ledger.plan(copy_id)).campaign.draft.audience
        assert audience is not None
        assert set(audience.values) == {phone(n) for n in range(5)}
        return
    with pytest.raises(KnownError) as refused:
        await world.campaigns.retry_failed(campaign_id, CAN_PASS, world.now)
    assert refused.value.code == ("action_not_allowed" if action is None else "nothing_to_retry")


async def failed_once(world: World) -> tuple[CampaignId, list[Candidate]]:
    """Return a campaign that is complete: M1 and M2 failed at WhatsApp, and the first had been accepted before."""
    campaign_id = await world.started()
    one, two, *others = await world.waiting(campaign_id)
    for number, candidate in enumerate((one, two), 1):
        await world.send(candidate, f"M{number}")
        await world.receipt(f"M{number}", ReceiptKind.FAILED, code="delivery_failed")
    for number, candidate in enumerate(others, 3):
        await world.send(candidate, f"M{number}")
    assert await world.ledger.finish_if_done(campaign_id, world.now)
    return campaign_id, [one, two]


async def start(world: World, campaign_id: CampaignId) -> None:
    await world.ledger.act(campaign_id, CampaignAction.START, world.now, None, None)


async def again(world: World, campaign_id: CampaignId) -> CampaignId:
    return await world.campaigns.retry_failed(campaign_id, frozenset({"delivery_failed"}), world.later())


def standing(world: World, campaign_id: CampaignId) -> list[tuple[str, str | None]]:
    query = sa.select(recipient.c.status, recipient.c.reason).where(recipient.c.campaign_id == campaign_id)
    rows = world.database.read_sync(lambda conn: conn.execute(query.order_by(recipient.c.id)).all())
    return [(status, reason) for status, reason in rows]


async def test_who_was_reached_by_another_run_is_not_tried_again(world: World) -> None:
    campaign_id, _ = await failed_once(world)
    second = await again(world, campaign_id)
    await start(world, second)
    one, two = await world.waiting(second)
    with pytest.raises(KnownError, match="Nobody failed"):
        await again(world, campaign_id)  # both may still be reached
    await world.send(one, "M8")
    await world.send(two, "M9")
    await world.receipt("M9", ReceiptKind.FAILED, code="delivery_failed")
    assert await world.ledger.finish_if_done(second, world.now)

    # Pressed on either of the two runs it is the same one person.
    for run in (campaign_id, second):
        third = await again(world, run)
        draft = (await world.ledger.plan(third)).campaign.draft
        assert draft.audience == Audience(AudienceKind.PHONES, (two.phone,))


async def test_of_two_drafts_of_the_same_failures_the_second_sends_to_nobody(world: World) -> None:
    campaign_id, _ = await failed_once(world)
    first, second = await again(world, campaign_id), await again(world, campaign_id)
    await start(world, first)
    with pytest.raises(KnownError) as refused:
        await start(world, second)
    assert refused.value.code == "nothing_to_retry"


async def test_what_arrived_after_the_draft_was_made_is_not_sent_again(world: World) -> None:
    campaign_id, _ = await failed_once(world)
    second = await again(world, campaign_id)
    await world.receipt("M1", ReceiptKind.DELIVERED)
    await start(world, second)
    assert standing(world, second) == [("skipped", "already_reached"), ("pending", None)]


async def test_what_arrived_after_the_start_is_not_sent_again(world: World, published: list[Event]) -> None:
    campaign_id, _ = await failed_once(world)
    second = await again(world, campaign_id)
    await start(world, second)
    one, _ = await world.waiting(second)
    await world.receipt("M1", ReceiptKind.READ)
    await world.receipt("M2", ReceiptKind.SENT)  # says nothing: it failed after that
    assert standing(world, second) == [("skipped", "already_reached"), ("pending", None)]
    assert (await world.claim(one))[0] is None
    told = [event.fact for event in published if event.fact.type is EventType.SKIPPED]
    assert [(fact.campaign_id, fact.recipient_id, fact.details) for fact in told] == [
        (second, one.id, {"reason": "already_reached"})
    ]


async def test_other_campaigns_to_the_same_people_are_their_own_affair(world: World) -> None:
    campaign_id, _ = await failed_once(world)
    await start(world, await again(world, campaign_id))
    another = await world.started(name="another")
    await world.receipt("M1", ReceiptKind.DELIVERED)
    assert [status for status, _ in standing(world, another)] == ["pending"] * 5


@pytest.mark.parametrize("is_first", [True, False])
async def test_either_of_two_runs_can_be_deleted_and_the_other_still_belongs(world: World, is_first: bool) -> None:
    campaign_id, _ = await failed_once(world)
    second = await again(world, campaign_id)
    third = await again(world, campaign_id)
    await start(world, third)
    await world.campaigns.delete(campaign_id if is_first else second, world.now)
    if is_first:
        with pytest.raises(KnownError, match="Nobody is left"):
            await start(world, second)
    else:
        await world.receipt("M1", ReceiptKind.DELIVERED)
        assert standing(world, third) == [("skipped", "already_reached"), ("pending", None)]


async def test_the_checklist_counts_whom_another_run_has_reached(world: World) -> None:
    campaign_id, _ = await failed_once(world)
    first, second = await again(world, campaign_id), await again(world, campaign_id)
    library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)
    audience = (await world.ledger.plan(second)).campaign.draft.audience
    assert audience is not None
    assert await library.audience_reached(second, audience) == 0
    await start(world, first)
    assert await library.audience_reached(second, audience) == 2
    everybody = Audience(AudienceKind.ALL)
    assert await library.audience_reached(second, everybody) == 5
    assert await library.audience_reached(await world.started(name="another"), everybody) == 0
