"""One message: claimed once, recorded before and after, never settled twice, never moved backwards."""

import asyncio

import pytest

from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import IllegalStepError
from desktop.domain.events import Event, EventType, Severity
from desktop.domain.ids import AttemptId
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected, Unknown
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import RecipientStatus
from tests.db.world import Gate, World


async def test_of_many_claims_of_one_recipient_exactly_one_succeeds(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    claims = await asyncio.gather(*(world.claim(candidate) for _ in range(20)))
    assert [attempt_id for attempt_id, _ in claims if attempt_id is not None] == [1]
    assert world.row(candidate.id).status == "sending"


async def test_an_accepted_message_is_recorded_with_all_that_is_known(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.send(candidate, "M1", address="5511900000000@s.whatsapp.net")
    row = world.row(candidate.id)
    assert (row.status, row.message_id, row.attempts, row.sent_at) == ("sent", "M1", 1, world.now)
    selected, sent = published[-2:]
    assert (selected.type, selected.fact.severity) == (EventType.INSTANCE_SELECTED, Severity.DEBUG)
    assert selected.fact.details == {"rule": "round_robin"}
    assert (sent.type, sent.fact.duration_ms, sent.fact.http_status) == (EventType.MESSAGE_SENT, 120, 201)
    assert sent.fact.progress == 0.2
    assert sent.fact.details == {"attempt": 1, "message_id": "M1"}


async def test_the_returned_address_is_known_the_next_time(world: World) -> None:
    first, second = await world.started(), await world.started(name="Again")
    await world.send((await world.waiting(first))[0], "M1", address="111@lid")
    assert (await world.waiting(second))[0].address == "111@lid"


async def test_nothing_is_claimed_while_the_campaign_is_paused(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.ledger.act(campaign_id, CampaignAction.PAUSE, world.now, "operator", "ana")
    assert (await world.claim(candidate))[0] is None
    assert world.row(candidate.id).status == "pending"
    await world.ledger.act(campaign_id, CampaignAction.RESUME, world.now, None, "ana")
    assert (await world.claim(candidate))[0] is not None


async def test_who_opted_out_after_the_page_was_read_is_skipped_instead_of_claimed(
    world: World, published: list[Event]
) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    # Straight into the row: the store would have skipped the recipient by itself.
    world.database.write_sync(
        lambda context: context.conn.exec_driver_sql("UPDATE contact SET opted_out_at = 1 WHERE id = 1")
    )
    assert (await world.claim(candidate))[0] is None
    row = world.row(candidate.id)
    assert (row.status, row.reason) == ("skipped", "opted_out")
    assert published[-1].type is EventType.SKIPPED


async def test_who_opts_out_while_their_message_is_under_way_does_not_wait_for_another(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    await world.contacts.opt_out(candidate.phone, world.now)
    retry = world.settlement(attempt_id, candidate, NotSent("dns"), RecipientStatus.RETRYING, "dns")
    await world.ledger.settle(retry)
    row = world.row(candidate.id)
    assert (row.status, row.reason, row.next_attempt_at) == ("skipped", "opted_out", None)


async def test_a_retry_waits_for_its_time(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    busy = Rejected(ErrorClass.TRANSIENT, "connection_closed", "Connection Closed", 500)
    await world.settle(candidate, busy, RecipientStatus.RETRYING, "connection_closed")
    assert published[-1].type is EventType.RETRY_SCHEDULED
    assert await world.ledger.due_retries(campaign_id, world.now, 10) == []
    due_at = await world.ledger.next_retry_at(campaign_id)
    assert due_at is not None
    [due] = await world.ledger.due_retries(campaign_id, due_at, 10)
    assert (due.id, due.attempts, due.status) == (candidate.id, 1, RecipientStatus.RETRYING)
    await world.send(due, "M1")
    row = world.row(candidate.id)
    assert (row.status, row.attempts, row.reason, row.detail, row.next_attempt_at) == ("sent", 2, None, None, None)


async def test_being_offline_burns_no_attempt_but_stays_on_record(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    for _ in range(3):
        await world.settle(
            candidate, NotSent("unreachable"), RecipientStatus.PENDING, "unreachable", counts_as_attempt=False
        )
    assert world.row(candidate.id).attempts == 0
    numbers = world.database.read_sync(
        lambda conn: conn.exec_driver_sql("SELECT number FROM attempt ORDER BY id").scalars().all()
    )
    assert list(numbers) == [1, 2, 3]


async def test_a_failure_has_a_reason_and_the_gateways_words(world: World, published: list[Event]) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    gone = Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp", "exists: false", 400)
    await world.settle(candidate, gone, RecipientStatus.FAILED, "not_on_whatsapp")
    row = world.row(candidate.id)
    assert (row.status, row.reason, row.detail) == ("failed", "not_on_whatsapp", "exists: false")
    assert published[-1].type is EventType.MESSAGE_FAILED
    assert published[-1].fact.details["error_class"] == "recipient_permanent"
    assert published[-1].fact.http_status == 400


async def test_an_attempt_is_settled_once(world: World, published: list[Event]) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    await world.ledger.settle(world.settlement(attempt_id, candidate, Accepted("M1"), RecipientStatus.SENT))
    before = len(published)
    late = world.settlement(attempt_id, candidate, Rejected(ErrorClass.TRANSIENT, "late"), RecipientStatus.FAILED)
    await world.ledger.settle(late)
    assert (world.row(candidate.id).status, len(published)) == ("sent", before)


async def test_an_answer_that_comes_after_the_doubt_is_proof(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    lost = world.settlement(attempt_id, candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.ledger.settle(lost)
    await world.ledger.settle(world.settlement(attempt_id, candidate, Accepted("M1"), RecipientStatus.SENT))
    row = world.row(candidate.id)
    assert (row.status, row.message_id) == ("sent", "M1")


async def test_a_late_answer_does_not_settle_the_attempt_that_came_after_it(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    first, _ = await world.claim(candidate)
    assert first is not None
    await world.ledger.settle(world.settlement(first, candidate, Unknown("cut"), RecipientStatus.IN_DOUBT, "cut"))
    await world.ledger.resolve_doubts(campaign_id, False, world.now)
    second, _ = await world.claim(candidate)
    assert second is not None
    await world.ledger.settle(world.settlement(first, candidate, Accepted("M1"), RecipientStatus.SENT))
    assert world.row(candidate.id).status == "sending"
    await world.ledger.settle(world.settlement(second, candidate, Accepted("M2"), RecipientStatus.SENT))
    assert world.row(candidate.id).message_id == "M2"


async def test_what_a_receipt_has_proved_is_not_taken_back_by_the_answer(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, intent = await world.claim(candidate)
    assert attempt_id is not None
    lost = world.settlement(attempt_id, candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.ledger.settle(lost)
    await world.receipt(intent.client_ref, ReceiptKind.READ)
    await world.ledger.settle(world.settlement(attempt_id, candidate, Accepted("M1"), RecipientStatus.SENT))
    assert world.row(candidate.id).status == "read"


async def test_nobody_waits_in_a_campaign_that_was_cancelled_while_their_message_was_under_way(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", "ana")
    assert world.row(candidate.id).status == "sending"
    retry = world.settlement(attempt_id, candidate, NotSent("dns"), RecipientStatus.RETRYING, "dns")
    await world.ledger.settle(retry)
    row = world.row(candidate.id)
    assert (row.status, row.reason, row.next_attempt_at) == ("failed", "cancelled", None)


async def test_an_impossible_step_is_a_bug_and_changes_nothing(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    with pytest.raises(IllegalStepError):
        await world.ledger.settle(world.settlement(attempt_id, candidate, Accepted("M1"), RecipientStatus.READ))
    assert world.row(candidate.id).status == "sending"


async def test_what_left_or_may_have_left_counts_as_departed(world: World) -> None:
    campaign_id = await world.started()
    began = world.now
    people = await world.waiting(campaign_id)
    await world.send(people[0], "M1")
    world.later()
    await world.settle(people[1], Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    world.later()
    await world.settle(people[2], NotSent("dns"), RecipientStatus.RETRYING, "dns")
    world.later()
    await world.claim(people[3])
    under_way = world.now
    instance_id = world.numbers["one"].id
    departed = await world.ledger.departures(instance_id, began)
    assert [(at - began).total_seconds() for at in departed] == [0, 1, 3]
    assert await world.ledger.campaign_departures(campaign_id, began) == departed
    assert await world.ledger.departures(instance_id, under_way) == [under_way]
    assert await world.ledger.last_departure(campaign_id) == under_way
    assert await world.ledger.departures(world.numbers["two"].id, began) == []


async def test_a_deleted_campaign_still_counts_against_the_limits(world: World) -> None:
    campaign_id = await world.started()
    began = world.now
    for number, candidate in enumerate(await world.waiting(campaign_id)):
        await world.send(candidate, f"M{number}")
    assert await world.ledger.finish_if_done(campaign_id, world.now)
    await world.campaigns.delete(campaign_id, world.now)
    assert len(await world.ledger.departures(world.numbers["one"].id, began)) == 5


async def test_what_waits_together_is_recorded_as_if_one_came_after_the_other(
    world: World, published: list[Event]
) -> None:
    await world.add_people(5, 10)
    campaign_id, other_id = await world.started(), await world.started(name="Other")
    people, others = await world.waiting(campaign_id), await world.waiting(other_id)
    world.database.write_sync(
        lambda context: context.conn.exec_driver_sql(
            "UPDATE contact SET opted_out_at = 1 WHERE id = ?", (people[3].contact_id,)
        )
    )
    async with Gate().holding(world.database):
        claiming = [asyncio.ensure_future(world.claim(each)) for each in [*people[:5], *others[:2]]]
        await asyncio.sleep(0)
    claims = await asyncio.gather(*claiming)
    assert [attempt_id is None for attempt_id, _ in claims] == [False, False, False, True, False, False, False]
    assert world.row(people[3].id).status == "skipped"
    await world.receipt("M1", ReceiptKind.DELIVERED)  # before the answer
    published.clear()
    ids = [attempt_id for attempt_id, _ in claims]
    outcomes = (
        (ids[0], people[0], Accepted("M0", "1@lid", 201), RecipientStatus.SENT),
        (ids[1], people[1], Accepted("M1", None, 201), RecipientStatus.SENT),
        (ids[2], people[2], Rejected(ErrorClass.TRANSIENT, "busy"), RecipientStatus.RETRYING),
        (ids[4], people[4], Rejected(ErrorClass.RECIPIENT_PERMANENT, "opted_out"), RecipientStatus.FAILED),
        (ids[5], others[0], Accepted("M5", None, 201), RecipientStatus.SENT),
        (ids[6], others[1], Unknown("timeout"), RecipientStatus.IN_DOUBT),
    )
    async with Gate().holding(world.database):
        settled = [world.ledger.settle(world.settlement(*each)) for each in outcomes]  # type: ignore[arg-type]
    await asyncio.gather(*settled)
    assert [world.row(each.id).status for each in [*people[:5], *others[:2]]] == [
        "sent",
        "delivered",
        "retrying",
        "skipped",
        "failed",
        "sent",
        "in_doubt",
    ]
    told = [(event.type, event.fact.recipient_id, event.fact.progress) for event in published[:6]]
    assert told == [
        (EventType.MESSAGE_SENT, people[0].id, 0.2),
        (EventType.MESSAGE_SENT, people[1].id, 0.3),
        (EventType.RETRY_SCHEDULED, people[2].id, 0.3),
        (EventType.MESSAGE_FAILED, people[4].id, 0.4),
        (EventType.MESSAGE_SENT, others[0].id, 0.1),
        (EventType.IN_DOUBT, others[1].id, 0.1),
    ]
    assert EventType.MESSAGE_DELIVERED in {event.type for event in published[6:]}
    counts = await world.ledger.counts(campaign_id)
    assert (counts.sent, counts.delivered, counts.retrying, counts.failed) == (1, 1, 1, 1)
    assert world.row(people[0].id).address == "1@lid"


async def test_a_person_who_is_twice_in_a_group_is_recorded_in_that_order(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    doubt = world.settlement(attempt_id, candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT)
    proof = world.settlement(attempt_id, candidate, Accepted("M1", None, 201), RecipientStatus.SENT)
    async with Gate().holding(world.database):
        settled = [world.ledger.settle(doubt), world.ledger.settle(proof)]
    await asyncio.gather(*settled)
    assert (world.row(candidate.id).status, world.row(candidate.id).message_id) == ("sent", "M1")


async def test_a_refusal_holds_for_the_claims_that_waited_beside_it(world: World) -> None:
    first, second = await world.started(), await world.started(name="Again")
    refusing = (await world.waiting(first))[0]
    same_person = next(each for each in await world.waiting(second) if each.contact_id == refusing.contact_id)
    attempt_id, _ = await world.claim(refusing)
    assert attempt_id is not None
    opted_out = Rejected(ErrorClass.RECIPIENT_PERMANENT, "opted_out")
    async with Gate().holding(world.database):
        claiming = asyncio.ensure_future(world.claim(same_person))  # asked for before the refusal is told
        await asyncio.sleep(0)
        settling = world.ledger.settle(world.settlement(attempt_id, refusing, opted_out, RecipientStatus.FAILED))
    await settling
    assert (await claiming)[0] is None
    assert world.row(same_person.id).status == "skipped"


async def test_of_two_with_one_message_id_the_first_to_be_answered_has_what_came_early(world: World) -> None:
    one, two = (await world.waiting(await world.started()))[:2]
    claims = [(await world.claim(each))[0] for each in (one, two)]
    await world.receipt("M1", ReceiptKind.DELIVERED)
    async with Gate().holding(world.database):
        settled = [
            world.ledger.settle(
                world.settlement(AttemptId(claim or 0), each, Accepted("M1", None, 201), RecipientStatus.SENT)
            )
            for claim, each in zip(claims, (one, two), strict=True)
        ]
    await asyncio.gather(*settled)
    assert [world.row(each.id).status for each in (one, two)] == ["delivered", "sent"]


async def test_who_is_erased_while_their_message_is_under_way_does_not_wait_for_another(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    await world.contacts.erase(candidate.phone, world.now)
    busy = Rejected(ErrorClass.THROTTLE, "rate_limited", f"slow down, {candidate.phone}", 429)
    await world.ledger.settle(world.settlement(attempt_id, candidate, busy, RecipientStatus.PENDING, "rate_limited"))
    row = world.row(candidate.id)
    assert (row.status, row.reason, row.detail) == ("skipped", "contact_erased", None)
    # The engine still has them in memory.
    assert (await world.claim(candidate))[0] is None


async def test_the_answer_to_a_message_to_who_was_erased_brings_nothing_of_them_back(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    await world.contacts.erase(candidate.phone, world.now)
    accepted = Accepted(f"true_{candidate.phone[1:]}@c.us_AAA", f"{candidate.phone[1:]}@c.us", 201)
    await world.ledger.settle(world.settlement(attempt_id, candidate, accepted, RecipientStatus.SENT))
    row = world.row(candidate.id)
    assert (row.status, row.message_id, row.address) == ("sent", f"erased-{candidate.id}", None)
    rows = world.database.read_sync(lambda conn: conn.exec_driver_sql("SELECT * FROM attempt").all())
    assert candidate.phone[1:] not in str(rows)


@pytest.mark.parametrize("outcome", [NotSent("dns"), Unknown("cut")])
async def test_of_who_was_erased_nothing_is_asked_afterwards(world: World, outcome: NotSent | Unknown) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    await world.contacts.erase(candidate.phone, world.now)
    status = RecipientStatus.PENDING if isinstance(outcome, NotSent) else RecipientStatus.IN_DOUBT
    await world.ledger.settle(world.settlement(attempt_id, candidate, outcome, status, outcome.code))
    assert await world.ledger.doubts(10) == []
    assert (await world.ledger.counts(campaign_id)).unfinished == 4
