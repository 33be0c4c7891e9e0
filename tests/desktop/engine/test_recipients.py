"""Who is next: in order, read ahead, each handed out once, and nobody forgotten."""

from datetime import UTC, date, time, timedelta

import pytest

from desktop.domain.campaign import SendWindow
from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.recipient import RecipientStatus
from desktop.engine.hours import Hours
from desktop.engine.recipients import FRESH_S, PAGE, RecipientQueue
from tests.desktop.engine.world import World

ALWAYS = Hours(None, (), "UTC", lambda _calendar: lambda _day: False)


def open_until(world: World, seconds: int) -> Hours:
    """Return the hours of a window that closes in so many seconds, for all."""
    end = (world.clock.now() + timedelta(seconds=seconds)).astimezone(UTC).time()

    def no_holiday(_day: date) -> bool:
        return False

    return Hours(SendWindow((1, 2, 3, 4, 5, 6, 7), time(0), end), ("UTC",), "UTC", lambda _calendar: no_holiday)


@pytest.fixture
async def campaign(world: World) -> CampaignId:
    campaign_id = world.campaign(PAGE + 20, [world.instance()])
    for row in world.rows.recipients.values():
        row.zone = "UTC"
    return campaign_id


async def handed_out(queue: RecipientQueue) -> list[RecipientId]:
    found: list[RecipientId] = []
    while candidate := await queue.next():
        found.append(candidate.id)
    return found


async def test_each_is_handed_out_once_in_order(world: World, campaign: CampaignId):
    queue = RecipientQueue(campaign, world.ledger, world.clock, ALWAYS)
    assert await handed_out(queue) == list(world.rows.recipients)
    queue.rewind()
    assert await handed_out(queue) == []


async def test_who_is_pending_again_behind_the_cursor_is_found_after_a_rewind(world: World, campaign: CampaignId):
    queue = RecipientQueue(campaign, world.ledger, world.clock, ALWAYS)
    await handed_out(queue)
    queue.done(RecipientId(3))
    assert await handed_out(queue) == []
    queue.rewind()
    assert await handed_out(queue) == [3]
    assert not queue.has_rewound


async def test_who_is_given_back_comes_next(world: World, campaign: CampaignId):
    queue = RecipientQueue(campaign, world.ledger, world.clock, ALWAYS)
    first, second = await queue.next(), await queue.next()
    assert first is not None
    assert second is not None
    queue.give_back(first)
    assert await queue.next() == first


async def test_a_retry_whose_time_has_come_goes_first_and_is_asked_for_once_a_second(
    world: World, campaign: CampaignId
):
    queue = RecipientQueue(campaign, world.ledger, world.clock, ALWAYS)
    await queue.next()
    row = world.rows.recipients[RecipientId(90)]
    world.rows.move(row, RecipientStatus.SENDING, None)
    world.rows.move(row, RecipientStatus.RETRYING, "busy")
    row.next_attempt_at = world.clock.now()
    queue.done(row.id)
    following = await queue.next()
    assert following is not None
    assert following.id == 2
    await world.clock.sleep(1)
    retry = await queue.next()
    assert retry is not None
    assert (retry.id, retry.status) == (90, RecipientStatus.RETRYING)


async def test_who_is_postponed_is_read_again_when_the_zone_opens(world: World, campaign: CampaignId):
    queue = RecipientQueue(campaign, world.ledger, world.clock, open_until(world, 60))
    first, second = await queue.next(), await queue.next()
    assert first is not None
    assert second is not None
    await world.clock.sleep(61)
    queue.postpone(second)
    queue.postpone(first)
    while candidate := await queue.next():
        queue.postpone(candidate)
    world.clock.suspend(86400 - 3600)
    assert await handed_out(queue) == list(world.rows.recipients)


@pytest.mark.parametrize("has_window", [False, True])
async def test_what_is_mended_of_a_person_counts_within_a_minute(world: World, campaign: CampaignId, has_window: bool):
    """At the pace of a person a page lasts for hours."""
    hours = open_until(world, 3600) if has_window else ALWAYS
    queue = RecipientQueue(campaign, world.ledger, world.clock, hours)
    first = await queue.next()
    assert first is not None
    world.rows.recipients[RecipientId(2)].contact.name = "Zoé"
    await world.clock.sleep(FRESH_S)
    second = await queue.next()
    assert second is not None
    assert (second.id, second.name) == (2, "Zoé")
    assert await handed_out(queue) == list(world.rows.recipients)[2:]
