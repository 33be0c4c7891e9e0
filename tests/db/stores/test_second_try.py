"""Retry failed: exactly the people who failed for a reason that can pass, in a new draft."""

import pytest

from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.recipient import RecipientStatus
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
