"""Receipts only move upwards, twice equals once, early ones wait, and one that names our message ends a doubt."""

import itertools

import pytest

from db.checks import check
from desktop.domain.campaign import CampaignAction
from desktop.domain.events import Event, EventType
from desktop.domain.outcome import ErrorClass, Rejected, Unknown
from desktop.domain.receipt import Receipt, ReceiptKind, Reply
from desktop.domain.recipient import RecipientStatus
from tests.db.world import World, phone

S, D, R, F = ReceiptKind.SENT, ReceiptKind.DELIVERED, ReceiptKind.READ, ReceiptKind.FAILED

# Receipts in the order they come → where the recipient ends. Source: gateways.md §0.2.
MATRIX = [
    ([], "sent"),
    ([S], "sent"),
    ([D], "delivered"),
    ([R], "read"),
    ([F], "failed"),
    ([D, S], "delivered"),
    ([R, D], "read"),
    ([R, S], "read"),
    ([D, F], "delivered"),
    ([R, F], "read"),
    ([F, S], "failed"),
    ([F, D], "delivered"),
    ([F, R], "read"),
    ([F, F], "failed"),
    ([S, D, R], "read"),
    ([D, D, R, R], "read"),
]


@pytest.mark.parametrize(("kinds", "end"), MATRIX, ids=lambda value: str(value))
async def test_receipts_lead_where_the_table_says(world: World, kinds: list[ReceiptKind], end: str) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    await world.send(candidate, "M1")
    for kind in kinds:
        world.later()
        await world.receipt("M1", kind)
    row = world.row(candidate.id)
    assert row.status == end
    assert (row.delivered_at is not None) == (end in ("delivered", "read"))
    assert (row.read_at is not None) == (end == "read")
    assert await world.database.read(check) == []


@pytest.mark.parametrize(("kinds", "end"), MATRIX, ids=lambda value: str(value))
async def test_receipts_before_the_answer_are_applied_when_it_comes(
    world: World, kinds: list[ReceiptKind], end: str
) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    for kind in kinds:
        await world.receipt("M1", kind)
    await world.send(candidate, "M1")
    row = world.row(candidate.id)
    assert row.status == end
    assert await world.database.read(check) == []


@pytest.mark.parametrize("kinds", list(itertools.permutations([S, D, R])))
async def test_any_order_ends_at_read_and_tells_each_step_once(
    world: World, kinds: list[ReceiptKind], published: list[Event]
) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    await world.send(candidate, "M1")
    for kind in [*kinds, *kinds]:
        await world.receipt("M1", kind)
    told = [event.type for event in published if event.fact.recipient_id == candidate.id]
    assert told.count(EventType.MESSAGE_DELIVERED) == 1
    assert told.count(EventType.MESSAGE_READ) == 1


async def test_a_failure_has_its_reason(world: World, published: list[Event]) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    await world.send(candidate, "M1")
    await world.receipt("M1", F, code="account_restricted")
    assert world.row(candidate.id).reason == "account_restricted"
    assert published[-1].type is EventType.MESSAGE_FAILED


@pytest.mark.parametrize(("kind", "end"), [(S, "sent"), (D, "delivered"), (R, "read"), (F, "failed")])
async def test_a_receipt_for_the_id_that_we_chose_ends_the_doubt(
    world: World, kind: ReceiptKind, end: str, published: list[Event]
) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    began = world.now
    intent = await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    world.later(60)
    await world.receipt(intent.client_ref, kind)
    row = world.row(candidate.id)
    assert (row.status, row.message_id) == (end, intent.client_ref)
    assert row.sent_at == (None if kind is F else began)
    assert EventType.RECONCILED in [event.type for event in published]
    assert await world.ledger.doubts(10) == []
    assert await world.database.read(check) == []


async def test_a_receipt_that_came_while_the_answer_was_awaited_ends_the_doubt_at_once(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, intent = await world.claim(candidate)
    assert attempt_id is not None
    await world.receipt(intent.client_ref, D)
    assert world.row(candidate.id).status == "sending"
    lost = world.settlement(attempt_id, candidate, Unknown("cut"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.ledger.settle(lost)
    assert world.row(candidate.id).status == "delivered"


async def test_who_waits_for_another_attempt_does_not_fail_by_the_receipt_of_the_one_before(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    attempt_id, intent = await world.claim(candidate)
    assert attempt_id is not None
    await world.receipt(intent.client_ref, F)
    closed = Rejected(ErrorClass.TRANSIENT, "connection_closed")
    retry = world.settlement(attempt_id, candidate, closed, RecipientStatus.RETRYING, "connection_closed")
    await world.ledger.settle(retry)
    assert world.row(candidate.id).status == "retrying"


async def test_receipts_that_match_nothing_are_forgotten_after_a_day(world: World) -> None:
    await world.receipt("OLD", D)
    world.later(25 * 3600)
    await world.receipt("NEW", D)
    kept = world.database.read_sync(
        lambda conn: conn.exec_driver_sql("SELECT message_id FROM receipt_inbox").scalars().all()
    )
    assert list(kept) == ["NEW"]


async def test_two_gateways_that_count_their_ids_alike_are_told_apart(world: World) -> None:
    people = await world.waiting(await world.started())
    await world.send(people[0], "M1", "one")
    await world.send(people[1], "M1", "two")
    await world.receipt("M1", D, "two")
    assert [world.row(person.id).status for person in people[:2]] == ["sent", "delivered"]


async def test_a_batch_of_receipts_is_applied_whole(world: World) -> None:
    await world.add_people(5, 1300)
    people = await world.ledger.pending(await world.started(), type(world.run_id)(0), 2000)  # type: ignore[arg-type]
    for number, candidate in enumerate(people[:20]):
        await world.send(candidate, f"M{number}")
    receipts = [Receipt(world.numbers["one"].id, f"M{n % 20}", D, world.now) for n in range(1200)]
    await world.ledger.apply_receipts(receipts)
    assert (await world.ledger.counts(people[0].campaign_id)).delivered == 20


def reply(world: World, **changes: object) -> Reply:
    values: dict[str, object] = {
        "instance_id": world.numbers["one"].id,
        "message_id": "IN1",
        "address": "unknown@lid",
        "phone": None,
        "text": "oi",
        "at": world.now,
    }
    return Reply(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "who",
    [
        {"address": "111@lid"},
        {"phone": phone(0)},
        {"phone": phone(0).replace("+55119", "+5511")},
        {"quoted_message_id": "M1"},
    ],
    ids=["address", "phone", "without the ninth digit", "quoted message"],
)
async def test_a_reply_finds_its_recipient(world: World, who: dict[str, object], published: list[Event]) -> None:
    # A Brazilian mobile whose eight digits begin with 9, so that both forms are mobiles.
    world.database.write_sync(
        lambda ctx: ctx.conn.exec_driver_sql("UPDATE contact SET phone = ? WHERE id = 1", (phone(90_000_000),))
    )
    if "phone" in who:
        who = {"phone": str(who["phone"]).replace(phone(0)[-8:], "90000000")}
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.send(candidate, "M1", address="111@lid")
    world.later(60)
    for _ in range(2):
        await world.ledger.apply_reply(reply(world, **who), is_opt_out=False)
    row = world.row(candidate.id)
    assert (row.status, row.replied_at) == ("sent", world.now)
    assert [event.type for event in published].count(EventType.REPLIED) == 1
    assert (await world.ledger.counts(campaign_id)).replied == 1
    assert await world.database.read(check) == []


async def test_a_reply_belongs_to_the_campaign_that_was_sent_last(world: World) -> None:
    first, second, third = [await world.started(name=name) for name in "abc"]
    for number, campaign_id in enumerate((first, second)):
        await world.send((await world.waiting(campaign_id))[0], f"M{number}")
        world.later(60)
    await world.ledger.apply_reply(reply(world, phone=phone(0)), is_opt_out=False)
    replied = [(await world.ledger.counts(each)).replied for each in (first, second, third)]
    assert replied == [0, 1, 0]


async def test_a_stranger_changes_nothing(world: World, published: list[Event]) -> None:
    before = len(published)
    await world.ledger.apply_reply(reply(world), is_opt_out=False)
    await world.ledger.apply_reply(reply(world, phone="+5511988887777"), is_opt_out=False)
    assert len(published) == before


async def test_the_refusal_of_a_stranger_is_kept_for_the_next_import(world: World) -> None:
    await world.ledger.apply_reply(reply(world, phone=phone(70)), is_opt_out=True)
    await world.add_people(70, 71)
    counts = await world.ledger.counts(await world.started())
    assert (counts.pending, counts.skipped) == (5, 1)


async def test_an_opt_out_by_reply_holds_everywhere_at_once(world: World, published: list[Event]) -> None:
    first, second = await world.started(name="a"), await world.started(name="b", respect_opt_out=False)
    await world.send((await world.waiting(first))[0], "M1")
    await world.ledger.apply_reply(reply(world, phone=phone(0)), is_opt_out=True)
    assert phone(0) not in [candidate.phone for candidate in await world.waiting(second)]
    assert (await world.ledger.counts(second)).skipped == 1
    told = [event for event in published if event.type is EventType.OPTED_OUT]
    assert [(event.fact.campaign_id, event.fact.details) for event in told] == [(first, {"source": "reply"})]
    assert await world.database.read(check) == []


@pytest.mark.parametrize(("kind", "end"), [(S, "sent"), (D, "delivered"), (R, "read"), (F, "failed")])
async def test_who_failed_although_the_message_left_is_not_tried_again(
    world: World, kind: ReceiptKind, end: str
) -> None:
    """The gateway refused, the campaign was cancelled, and then a receipt shows that the message had left."""
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    refused = Rejected(ErrorClass.INSTANCE_DOWN, "connection_closed")
    intent = await world.settle(candidate, refused, RecipientStatus.PENDING, "connection_closed")
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, None, None)
    await world.receipt(intent.client_ref, kind)
    row = world.row(candidate.id)
    assert (row.status, row.reason) == (end, "cancelled" if kind is F else None)
    assert await world.database.read(check) == []


async def test_of_who_was_erased_no_receipt_tells_anything(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    intent = await world.settle(candidate, Unknown("cut"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.contacts.erase(candidate.phone, world.now)
    await world.receipt(intent.client_ref, D)
    row = world.row(candidate.id)
    assert (row.status, row.message_id) == ("failed", None)
