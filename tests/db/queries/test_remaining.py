"""Who is still to be written to, and which campaigns run beside: what forecasts ask."""

from datetime import timedelta

import pytest

from db.queries.library import SqlLibrary
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.ids import CampaignId
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.recipient import RecipientStatus
from tests.db.world import World, draft, phone


@pytest.fixture
def library(world: World) -> SqlLibrary:
    return SqlLibrary(world.database, world.workspace_id, lambda: world.now)


async def test_the_last_retry_is_the_one_that_is_waited_for(world: World, library: SqlLibrary) -> None:
    campaign = await world.started()
    assert await library.last_retry_at(campaign) is None
    first, second = (await world.waiting(campaign))[:2]
    busy = Rejected(ErrorClass.TRANSIENT, "busy")
    for one in (second, first):
        world.later(600)
        await world.settle(one, busy, RecipientStatus.RETRYING, "busy")
    assert await library.last_retry_at(campaign) == world.now + timedelta(minutes=1)
    assert await library.last_retry_at(CampaignId(99)) is None


async def test_those_who_wait_are_counted_by_time_zone(world: World, library: SqlLibrary) -> None:
    campaign = await world.started()
    await world.send((await world.waiting(campaign))[0], "M1")
    assert await library.waiting_zones(campaign) == [("", 4)]
    world.database.write_sync(
        lambda ctx: ctx.conn.exec_driver_sql("UPDATE recipient SET zone = 'America/Manaus' WHERE id IN (1, 2, 3)")
    )
    assert await library.waiting_zones(campaign) == [("", 2), ("America/Manaus", 2)]
    assert await library.waiting_zones(CampaignId(99)) == []


async def test_an_audience_is_counted_by_the_beginning_of_the_phones(world: World, library: SqlLibrary) -> None:
    found = await library.audience_areas(Audience(AudienceKind.ALL))
    assert found == {phone(0)[:5]: 5}


async def test_campaigns_that_run_are_told_without_the_others(world: World, library: SqlLibrary) -> None:
    running = await world.started()
    await world.campaigns.save_draft(None, draft("Draft", instances=("two",)), world.now)
    (found,) = await library.running_campaigns()
    assert (found.id, found.instance_names, found.counts.unfinished) == (running, ("one", "two"), 5)
