"""What forecasts are told of replies: of the campaign itself one by one, of those before it in all."""

from datetime import timedelta

import pytest

from db.queries.library import SqlLibrary
from desktop.domain.ids import CampaignId
from desktop.domain.receipt import Reply
from desktop.domain.summaries import ReplyHistory
from tests.db.world import World, phone


@pytest.fixture
def library(world: World) -> SqlLibrary:
    return SqlLibrary(world.database, world.workspace_id, lambda: world.now)


async def replies(world: World, number: int) -> None:
    jid = f"{phone(number)[1:]}@s.whatsapp.net"
    await world.ledger.apply_reply(
        Reply(world.numbers["one"].id, f"R{world.now}", jid, phone(number), "oi", world.now), False
    )


async def test_a_campaign_tells_its_departures_replies_and_how_long_they_took(
    world: World, library: SqlLibrary
) -> None:
    campaign = await world.started()
    people = await world.waiting(campaign)
    begun = world.now
    for number, one in enumerate(people[:3]):
        await world.send(one, f"M{number}")
        world.later(60)
    world.later(600)
    await replies(world, 1)
    answered = world.now
    history = await library.reply_history(campaign, begun - timedelta(days=3))
    assert (history.before, history.sent_total, history.replied_total) == ((0, 0), 3, 1)
    assert sum(n for _at, n in history.sent) == 3
    assert history.replies == (answered,)
    assert history.lags_s == (pytest.approx((answered - begun).total_seconds() - 60, abs=2),)
    later = await library.reply_history(campaign, world.now + timedelta(hours=1))
    assert (later.sent, later.replies, later.replied_total) == ((), (), 1)


async def test_others_are_told_of_it_as_a_campaign_before(world: World, library: SqlLibrary) -> None:
    campaign = await world.started()
    for number, one in enumerate((await world.waiting(campaign))[:2]):
        await world.send(one, f"M{number}")
    await replies(world, 0)
    others = ReplyHistory(before=(2, 1), lags_before_s=(0.0,))
    assert await library.reply_history(None, world.now) == others
    assert await library.reply_history(CampaignId(99), world.now) == others
