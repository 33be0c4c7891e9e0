"""What comes back: written in batches, none lost; and asked for, seldom, when it did not come."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

import pytest

from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import BugError, KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.receipt import (
    GapEnded,
    Inbound,
    NumberChanged,
    Preference,
    Receipt,
    ReceiptKind,
    Reply,
    StateChanged,
)
from desktop.domain.recipient import RecipientStatus
from desktop.engine import inbound
from desktop.engine.engine import Receive
from desktop.engine.inbound import Inbox, ReceiptPoller
from desktop.policy import poll_budget
from tests.conftest import LogWatch
from tests.desktop.engine.world import World, phone
from tests.fakes.gateway import Behaviour


async def _nobody_opts_out(_text: str) -> bool:
    return False


async def is_sair(text: str) -> bool:
    return text == "sair"


async def sent(world: World, people: int) -> None:
    campaign = world.campaign(people, [world.instance()])
    world.start()
    await world.until(lambda: world.status(campaign) is CampaignStatus.COMPLETED)


async def test_a_flood_is_written_in_batches(world: World):
    await sent(world, 40)
    written = 0

    def count(moment: str) -> None:
        nonlocal written
        written += moment == "apply_receipts:before"

    world.on_step = count
    for kind in (ReceiptKind.DELIVERED, ReceiptKind.READ):
        for left in world.gateway.left:
            world.gateway.receipt(left, kind)
    await world.pass_time(1)
    assert len(world.recipients(RecipientStatus.READ)) == 40
    assert written <= 2


async def test_more_than_a_batch_is_all_written(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inbound, "BATCH", 7)
    await sent(world, 40)
    for left in world.gateway.left:
        world.gateway.receipt(left, ReceiptKind.DELIVERED)
    await world.pass_time(1)
    assert len(world.recipients(RecipientStatus.DELIVERED)) == 40


async def test_a_batch_under_way_is_written_to_its_end_when_the_engine_stops(world: World):
    """Receipts are written, and the reply that is behind them in the same batch too."""
    await sent(world, 2)
    (one,) = world.rows.instances
    apply = world.ledger.apply_receipts

    async def slow_apply(receipts: Sequence[Receipt]) -> None:
        await world.clock.sleep(5)
        await apply(receipts)

    world.ledger.apply_receipts = slow_apply  # type: ignore[method-assign]
    world.gateway.receipt(world.gateway.left[0], ReceiptKind.DELIVERED)
    world.gateway.reply(phone(1), "sair", one)
    await world.pass_time(1)
    await world.stop()
    assert len(world.recipients(RecipientStatus.DELIVERED)) == 1
    assert world.contact(phone(1)).opted_out_at is not None


async def test_what_comes_while_a_batch_is_written_is_drained_at_the_end(world: World):
    inbox = Inbox(world.ledger, _nobody_opts_out, lambda _change: None, lambda _receipt: None)
    await inbox.drain()
    await sent(world, 1)
    await world.stop()
    left = world.gateway.left[0]
    inbox.deliver([Receipt(left.instance_id, left.message_id, ReceiptKind.READ, world.clock.now())])
    await inbox.drain()
    assert len(world.recipients(RecipientStatus.READ)) == 1


async def test_an_opt_out_outlives_a_database_that_takes_nothing(world: World, log_watch: LogWatch):
    """The gateway tells of it once. The engine ends with the database's error, and another one begins later."""
    log_watch.expect("not written yet")
    await sent(world, 2)
    await world.stop()
    (one,) = world.rows.instances
    is_locked, unwritten = True, deque[Inbound]()
    apply = world.ledger.apply_receipts

    async def locked_apply(receipts: Sequence[Receipt]) -> None:
        if is_locked:
            raise KnownError("database_busy", "Another program keeps the database locked.")
        await apply(receipts)

    def made() -> Inbox:
        return Inbox(world.ledger, is_sair, lambda _change: None, lambda _receipt: None, unwritten=unwritten)

    world.ledger.apply_receipts = locked_apply  # type: ignore[method-assign]
    inbox = made()
    left, now = world.gateway.left[0], world.clock.now()
    inbox.deliver([Receipt(one, left.message_id, ReceiptKind.READ, now)])
    inbox.deliver([Reply(one, "R1", phone(1), phone(1), "sair", now)])
    with pytest.raises(KnownError):
        await inbox.run()
    await inbox.drain()
    is_locked = False
    await made().drain()
    assert world.contact(phone(1)).opted_out_at is not None
    assert len(world.recipients(RecipientStatus.READ)) == 1
    assert not unwritten


async def test_what_cannot_be_written_by_our_own_mistake_does_not_end_every_engine(world: World):
    await sent(world, 1)
    await world.stop()
    (one,) = world.rows.instances
    unwritten = deque[Inbound]()

    async def fails(_text: str) -> bool:
        raise BugError("a mistake")

    inbox = Inbox(world.ledger, fails, lambda _change: None, lambda _receipt: None, unwritten=unwritten)
    inbox.deliver([Reply(one, "R1", phone(1), phone(1), "sair", world.clock.now())])
    with pytest.raises(BugError):
        await inbox.run()
    assert not unwritten


async def test_receipts_that_never_came_are_asked_for_less_and_less(world: World):
    await sent(world, 3)
    await world.pass_time(15)
    assert world.gateway.polled == []
    await world.pass_time(30)
    assert sorted(world.gateway.polled) == ["M1", "M2", "M3"]
    world.gateway.receipts_of = {"M1": ReceiptKind.READ, "M2": ReceiptKind.DELIVERED}
    await world.pass_time(300)
    assert [row.status.value for row in world.rows.recipients.values()] == ["read", "delivered", "sent"]
    asked = {message: world.gateway.polled.count(message) for message in ("M1", "M2", "M3")}
    assert asked["M1"] == 2
    assert asked["M2"] <= asked["M3"] <= 4


async def test_nothing_is_asked_of_a_gateway_that_is_away(world: World):
    await sent(world, 3)
    world.gateway.is_reachable = False
    world.gateway.report(world.gateway.left[0].instance_id, ConnectionState.CONNECTED)  # makes the engine ask
    await world.pass_time(60)
    assert world.gateway.polled == []


async def test_nothing_is_asked_of_an_instance_that_is_gone(world: World):
    await sent(world, 3)
    world.remove_instance(next(iter(world.rows.instances)))
    await world.pass_time(60)
    assert world.gateway.polled == []


async def test_many_messages_are_polled_page_by_page_and_forgotten_when_read(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(inbound, "PAGE", 10)
    monkeypatch.setattr(inbound, "POLL_PAGE", 4)
    await sent(world, 35)
    await world.pass_time(35 / 4 * 15 + 60)
    assert {f"M{n}" for n in range(1, 36)} == set(world.gateway.polled)
    for left in world.gateway.left:
        world.gateway.receipt(left, ReceiptKind.READ)
    await world.pass_time(60)
    poller = world.engine._poller  # type: ignore[union-attr]
    assert (poller._polls, poller._seen) == ({}, set())


async def test_pages_without_anything_due_are_passed_at_once(world: World, monkeypatch: pytest.MonkeyPatch):
    """A message that has just become due must not wait behind thousands that are asked for in hours."""
    monkeypatch.setattr(inbound, "PAGE", 5)
    await sent(world, 30)
    await world.stop()
    inbox = Inbox(world.ledger, _nobody_opts_out, lambda _change: None, lambda _receipt: None)
    lane = world.engine.lanes[world.gateway.left[0].instance_id]  # type: ignore[union-attr]
    lane.client = world.gateway.client(lane.instance)
    poller = ReceiptPoller(world.ledger, world.clock, lambda _item: lane, inbox)
    world.clock.jump(60)
    for _ in range(6):
        await poller.poll_due()
    world.gateway.polled.clear()
    last = max(world.rows.recipients)
    poller._polls[last] = (world.clock.monotonic(), 1, world.clock.monotonic())
    await poller.poll_due()
    await poller.poll_due()
    assert world.gateway.polled == ["M30"]


async def test_one_turn_looks_through_so_many_pages_and_the_next_goes_on(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(inbound, "PAGE", 5)
    monkeypatch.setattr(inbound, "PAGES_AT_ONCE", 3)
    await sent(world, 30)
    await world.stop()
    asked = 0

    def count(moment: str) -> None:
        nonlocal asked
        asked += moment == "unconfirmed:before"

    inbox = Inbox(world.ledger, _nobody_opts_out, lambda _change: None, lambda _receipt: None)
    poller = ReceiptPoller(world.ledger, world.clock, lambda _item: None, inbox)
    world.on_step = count
    await poller.poll_due()
    assert asked == 3
    await poller.poll_due()
    assert asked == 6


async def test_a_number_that_is_gone_before_its_turn_is_not_asked(world: World):
    await sent(world, 1)
    await world.stop()
    inbox = Inbox(world.ledger, _nobody_opts_out, lambda _change: None, lambda _receipt: None)
    lane = world.engine.lanes[world.gateway.left[0].instance_id]  # type: ignore[union-attr]
    answers = iter((lane, None))
    poller = ReceiptPoller(world.ledger, world.clock, lambda _item: next(answers), inbox)
    world.clock.jump(60)
    await poller.poll_due()
    assert world.gateway.polled == []
    assert next(answers, "all asked") == "all asked"


@pytest.mark.usefixtures("patient")
async def test_after_a_gap_everything_is_asked_for_at_once(world: World):
    await sent(world, 3)
    await world.pass_time(3600)
    (one,) = world.rows.instances
    world.gateway.polled.clear()
    world.gateway.deliver(GapEnded(InstanceId(99)))
    await world.pass_time(30)
    assert world.gateway.polled == []
    world.gateway.deliver(GapEnded(one))
    await world.pass_time(5)
    assert sorted(world.gateway.polled) == ["M1", "M2", "M3"]
    world.gateway.polled.clear()
    await world.pass_time(90)
    assert sorted(world.gateway.polled) == ["M1", "M2", "M3"], "again as often as after the sending"


@pytest.mark.usefixtures("patient")
async def test_a_gateway_that_was_away_is_asked_when_it_is_back(world: World):
    await sent(world, 3)
    world.gateway.is_reachable = False
    world.gateway.report(world.gateway.left[0].instance_id, ConnectionState.CONNECTED)  # makes the engine ask
    await world.pass_time(3600)
    assert world.gateway.polled == []
    world.gateway.is_reachable = True
    await world.pass_time(60)
    assert sorted(world.gateway.polled) == ["M1", "M2", "M3"]


async def test_questions_stay_within_the_budget_of_the_account(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(poll_budget.PER_MINUTE, Gateway.EVOLUTION, 10)  # type: ignore[arg-type]
    await sent(world, 40)
    await world.pass_time(60)
    assert 10 <= len(world.gateway.polled) <= 20
    await world.pass_time(240)
    assert len(world.gateway.polled) <= 60
    assert {f"M{n}" for n in range(1, 41)} <= set(world.gateway.polled)


async def test_only_messages_of_the_last_days_are_polled(world: World):
    await sent(world, 2)
    await world.stop()
    for row in world.rows.recipients.values():
        assert row.sent_at is not None
        row.sent_at -= timedelta(hours=73)
    world.start()
    await world.pass_time(60)
    assert world.gateway.polled == []


async def test_an_opt_out_is_recognised_by_the_words_of_the_home(world: World):
    await sent(world, 2)
    (one,) = world.rows.instances
    world.gateway.reply(phone(0), "quero saber mais", one)
    world.gateway.reply(phone(1), "Sair", one)
    await world.pass_time(1)
    assert [world.contact(phone(n)).opted_out_at is not None for n in (0, 1)] == [False, True]
    assert all(row.replied_at is not None for row in world.rows.recipients.values())


async def test_early_receipts_survive_a_crash(world: World):
    campaign = world.campaign(1, [world.instance()])
    behaviour = Behaviour(takes_s=10, early_receipts=(ReceiptKind.DELIVERED,))
    world.gateway.expect(phone(0), behaviour)
    world.start()
    await world.pass_time(5)
    await world.crash()
    await asyncio.sleep(0)
    await world.finish(campaign)
    assert world.counts(campaign).delivered == 1


async def test_what_a_companion_hands_over_is_written_when_it_returns_and_it_ends_before_the_engine(world: World):
    is_given, has_ended = asyncio.Event(), asyncio.Event()

    async def companion(receive: Receive) -> None:
        try:
            await is_given.wait()
            left = world.gateway.left[0]
            at = world.clock.now()
            state = StateChanged(left.instance_id, ConnectionState.NEEDS_QR.value)
            await receive([state, Receipt(left.instance_id, left.message_id, ReceiptKind.READ, at)])
            assert len(world.recipients(RecipientStatus.READ)) == 1
            assert world.engine is not None
            assert world.engine.lanes[left.instance_id].state is ConnectionState.NEEDS_QR
            await asyncio.Event().wait()
        finally:
            has_ended.set()

    world.parts["companions"] = {"receiver": companion}
    await sent(world, 1)
    is_given.set()
    await world.pass_time(1)
    assert len(world.recipients(RecipientStatus.READ)) == 1
    assert not has_ended.is_set()
    await world.stop()
    assert has_ended.is_set()


async def test_who_tells_whatsapp_to_stop_is_opted_out_and_news_of_others_changes_nothing(world: World):
    await sent(world, 2)
    (one,) = world.rows.instances
    at = world.clock.now()
    world.gateway.deliver(
        Preference(one, phone(0)[1:], phone(0), True, at),
        Preference(one, phone(1)[1:], phone(1), False, at),
        NumberChanged(one, at, quality="RED"),
    )
    await world.pass_time(1)
    assert world.contact(phone(0)).opted_out_at == at
    assert world.contact(phone(1)).opted_out_at is None
