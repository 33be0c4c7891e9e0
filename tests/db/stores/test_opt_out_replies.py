"""A confirmation is asked for with the refusal, once for each person ever, and never leaves twice."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from db.backup import hold_back
from db.stores.opt_out_replies import OptOutReplyStore
from db.stores.settings import SettingStore
from db.tables.opt_out_reply import opt_out_reply
from desktop.domain.opt_out import REPLY_SETTING, REPLY_WITHIN, OptOutReply, ReplyState
from desktop.domain.receipt import Reply
from tests.db.world import World, phone


@pytest.fixture
async def store(world: World) -> OptOutReplyStore:
    settings = SettingStore(world.database, world.workspace_id)
    await settings.put(REPLY_SETTING, OptOutReply(True, "Pronto.").stored(), world.now)
    return OptOutReplyStore(world.database, world.workspace_id)


async def says_stop(world: World, number: int = 1, instance: str = "one", is_opt_out: bool = True) -> None:
    jid = f"{phone(number)[1:]}@s.whatsapp.net"
    reply = Reply(world.numbers[instance].id, f"R{next(world.refs)}", jid, phone(number), "sair", world.later())
    await world.ledger.apply_reply(reply, is_opt_out)


async def states(world: World) -> list[tuple[str, str | None]]:
    query = sa.select(opt_out_reply.c.state, opt_out_reply.c.reason).order_by(opt_out_reply.c.id)
    return [(row.state, row.reason) for row in await world.database.read(lambda conn: conn.execute(query).all())]


async def test_nothing_is_asked_for_while_it_is_off(world: World) -> None:
    await says_stop(world)
    assert await OptOutReplyStore(world.database, world.workspace_id).due(world.now, 9) == []


async def test_who_opts_out_is_due_through_the_number_that_got_the_word(world: World, store: OptOutReplyStore) -> None:
    await says_stop(world, 2, is_opt_out=False)
    await says_stop(world, 1, "two")
    (due,) = await store.due(world.now, 9)
    assert (due.phone, due.instance_id, due.text) == (phone(1), world.numbers["two"].id, "Pronto.")
    assert due.address == f"{phone(1)[1:]}@s.whatsapp.net"


async def test_a_person_is_answered_once_ever(world: World, store: OptOutReplyStore) -> None:
    await says_stop(world)
    await says_stop(world, instance="two")
    (due,) = await store.due(world.now, 9)
    assert await store.claim(due.id, world.now)
    assert not await store.claim(due.id, world.now)
    await store.settle(due.id, ReplyState.SENT, None, world.now)
    await world.contacts.erase(phone(1), world.now)
    await says_stop(world)  # as a stranger
    assert await store.due(world.now, 9) == []
    assert await states(world) == [("sent", None)]


async def test_what_a_crash_interrupts_is_not_sent_again(world: World, store: OptOutReplyStore) -> None:
    await says_stop(world)
    (due,) = await store.due(world.now, 9)
    await store.claim(due.id, world.now)
    await store.begin(world.later())
    assert await store.due(world.now, 9) == []
    assert await states(world) == [("unsure", "crashed")]


async def test_what_would_come_too_late_is_given_up(world: World, store: OptOutReplyStore) -> None:
    await says_stop(world)
    assert await store.due(world.now + REPLY_WITHIN, 9)
    assert await store.due(world.now + REPLY_WITHIN + timedelta(seconds=1), 9) == []
    assert await states(world) == [("expired", "too_late")]


async def test_who_is_erased_meanwhile_gets_nothing(world: World, store: OptOutReplyStore) -> None:
    await says_stop(world)
    (due,) = await store.due(world.now, 9)
    await world.contacts.erase(phone(1), world.now)
    assert await store.due(world.now, 9) == []
    assert not await store.claim(due.id, world.now)


async def test_what_leaves_counts_against_the_number(world: World, store: OptOutReplyStore) -> None:
    await says_stop(world)
    (due,) = await store.due(world.now, 9)
    one, since = world.numbers["one"].id, world.now - timedelta(hours=1)
    assert await world.ledger.departures(one, since) == []
    await store.claim(due.id, world.now)
    assert await world.ledger.departures(one, since) == [world.now]
    await store.settle(due.id, ReplyState.DUE, "unreachable", world.now)
    assert await world.ledger.departures(one, since) == []
    assert len(await store.due(world.now, 9)) == 1


async def test_departures_of_both_kinds_are_in_order(world: World, store: OptOutReplyStore) -> None:
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    await world.claim(people[3])
    first = world.now
    await says_stop(world, 1)
    (due,) = await store.due(world.now, 9)
    await store.claim(due.id, world.now)
    second = world.now
    world.later()
    await world.claim(people[4])
    departures = await world.ledger.departures(world.numbers["one"].id, first - timedelta(hours=1))
    assert departures == [first, second, world.now]


async def test_after_a_restore_nothing_is_sent_that_may_have_been_sent_since(
    world: World, store: OptOutReplyStore
) -> None:
    await says_stop(world)
    hold_back(world.database, world.now, world.now)
    assert await store.due(world.now, 9) == []
    assert await states(world) == [("unsure", None)]
