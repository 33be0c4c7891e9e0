"""What was `sending` when the engine died is in doubt, and only proof or the operator leads out of it."""

from datetime import datetime

import pytest

from db.queries import recipients
from db.stores import ledger
from desktop.domain.campaign import CampaignAction
from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId
from desktop.domain.outcome import Absent, Accepted, Found, NotProvable, Unknown
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import Candidate, RecipientStatus
from tests.db.world import World


async def crashed(world: World) -> tuple[CampaignId, Candidate]:
    """Leave one recipient in `sending`, and begin a new run."""
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.claim(candidate)
    world.later(10)
    world.run_id = await world.ledger.begin_run(world.now, "host", 2)
    return campaign_id, candidate


async def test_a_new_run_puts_in_doubt_what_the_dead_one_was_sending(world: World, published: list[Event]) -> None:
    campaign_id, candidate = await crashed(world)
    row = world.row(candidate.id)
    assert (row.status, row.reason) == ("in_doubt", "crashed")
    assert published[-1].type is EventType.IN_DOUBT
    [doubt] = await world.ledger.doubts(10)
    assert (doubt.recipient_id, doubt.phone, doubt.client_ref, doubt.tries) == (
        candidate.id,
        candidate.phone,
        "REF0",
        0,
    )
    assert (doubt.since - doubt.started_at).total_seconds() == 10
    assert not await world.ledger.finish_if_done(campaign_id, world.now)


async def test_a_run_that_ended_properly_is_not_closed_again(world: World) -> None:
    await world.ledger.end_run(world.run_id, world.now)
    world.later()
    await world.ledger.begin_run(world.now, "host", 2)
    await world.ledger.begin_run(world.now, "host", 3)
    rows = world.database.read_sync(
        lambda conn: conn.exec_driver_sql("SELECT has_crashed, ended_at IS NULL FROM run ORDER BY id").fetchall()
    )
    assert [tuple(row) for row in rows] == [(0, 0), (1, 0), (0, 1)]


async def test_found_means_sent_or_further(world: World, published: list[Event]) -> None:
    _, candidate = await crashed(world)
    [doubt] = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Found("M1", "111@lid", "delivered"), world.later())
    row = world.row(candidate.id)
    assert (row.status, row.message_id, row.sent_at, row.reason) == ("delivered", "M1", doubt.started_at, None)
    assert [event.type for event in published[-3:]] == [
        EventType.RECONCILED,
        EventType.MESSAGE_SENT,
        EventType.MESSAGE_DELIVERED,
    ]
    assert await world.ledger.departures(world.numbers["one"].id, doubt.started_at) == [doubt.started_at]


async def test_receipts_that_waited_for_the_id_are_applied_when_it_is_found(world: World) -> None:
    _, candidate = await crashed(world)
    await world.receipt("M1", ReceiptKind.READ)
    [doubt] = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Found("M1"), world.now)
    assert world.row(candidate.id).status == "read"


async def test_proven_absent_waits_again_and_burns_no_attempt(world: World) -> None:
    campaign_id, candidate = await crashed(world)
    [doubt] = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Absent(), world.now)
    assert candidate.id in [each.id for each in await world.waiting(campaign_id)]
    assert world.row(candidate.id).attempts == 0
    assert await world.ledger.departures(world.numbers["one"].id, doubt.started_at) == []
    await world.send(candidate, "M2")
    assert world.row(candidate.id).status == "sent"


async def test_not_provable_stays_in_doubt_and_goes_to_the_end_of_the_queue(world: World) -> None:
    campaign_id = await world.started()
    for candidate in (await world.waiting(campaign_id))[:2]:
        await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
        world.later()
    first, second = await world.ledger.doubts(10)
    await world.ledger.record_verdict(first, NotProvable("unreachable"), world.now)
    again = await world.ledger.doubts(10)
    assert [(doubt.recipient_id, doubt.tries) for doubt in again] == [
        (second.recipient_id, 0),
        (first.recipient_id, 1),
    ]
    assert len(await world.ledger.doubts(1)) == 1


async def test_a_verdict_that_comes_too_late_changes_nothing(world: World) -> None:
    _, candidate = await crashed(world)
    [doubt] = await world.ledger.doubts(10)
    await world.receipt(doubt.client_ref, ReceiptKind.DELIVERED)
    await world.ledger.record_verdict(doubt, Absent(), world.now)
    assert world.row(candidate.id).status == "delivered"


async def test_absent_in_a_cancelled_campaign_fails_instead_of_waiting_for_ever(world: World) -> None:
    campaign_id, candidate = await crashed(world)
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", None)
    assert world.row(candidate.id).status == "in_doubt"
    [doubt] = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Absent(), world.now)
    row = world.row(candidate.id)
    assert (row.status, row.reason) == ("failed", "cancelled")


async def test_who_opted_out_in_doubt_does_not_wait_again(world: World) -> None:
    _, candidate = await crashed(world)
    await world.contacts.opt_out(candidate.phone, world.now)
    [doubt] = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Absent(), world.now)
    assert (world.row(candidate.id).status, world.row(candidate.id).reason) == ("skipped", "opted_out")


async def test_the_operator_decides_one_by_one_or_all(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    for candidate in people[:4]:
        await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    assert await world.ledger.resolve_doubts([people[0].id, people[4].id], True, world.now, "ana") == 1
    sent = world.row(people[0].id)
    assert (sent.status, sent.reason, sent.message_id) == ("sent", "resolved_by_operator", None)
    assert published[-2].fact.details["operator"] == "ana"
    assert await world.ledger.resolve_doubts(campaign_id, False, world.now) == 3
    assert [world.row(each.id).status for each in people[1:4]] == ["pending"] * 3
    assert await world.ledger.resolve_doubts(campaign_id, False, world.now) == 0


async def test_many_doubts_are_decided_in_several_transactions(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_DOUBTS_AT_ONCE", 2)
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    for candidate in people[:5]:
        await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    assert await world.ledger.resolve_doubts([each.id for each in people[:3]], True, world.now) == 3
    assert await world.ledger.resolve_doubts(campaign_id, True, world.now) == 2
    assert [world.row(each.id).status for each in people[:5]] == ["sent"] * 5


async def test_a_doubt_is_listed_with_when_it_was_tried_and_why_it_cannot_be_proven(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    intent = await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")

    async def listed() -> tuple[datetime | None, str | None]:
        [row] = await world.database.read(
            lambda conn: recipients.page(conn, world.workspace_id, campaign_id, "in_doubt", None, 10, "")
        )
        return row.tried_at, row.doubt

    assert await listed() == (intent.started_at, "timeout")
    [doubt] = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, NotProvable("not_stored"), world.now)
    assert await listed() == (intent.started_at, "not_stored")


async def test_the_newest_attempt_is_the_doubtful_one(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.ledger.resolve_doubts(campaign_id, False, world.now)
    world.later(60)
    intent = await world.settle(candidate, Unknown("cut"), RecipientStatus.IN_DOUBT, "answer_lost")
    [doubt] = await world.ledger.doubts(10)
    assert (doubt.client_ref, doubt.started_at) == (intent.client_ref, world.now)


async def test_deleted_campaigns_have_no_doubts(world: World) -> None:
    campaign_id, _ = await crashed(world)
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", None)
    await world.campaigns.delete(campaign_id, world.now)
    assert await world.ledger.doubts(10) == []


async def test_an_answer_after_the_deletion_is_recorded_with_its_attempt(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    attempt_id, _ = await world.claim(candidate)
    assert attempt_id is not None
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", None)
    await world.campaigns.delete(campaign_id, world.now)
    await world.ledger.settle(world.settlement(attempt_id, candidate, Accepted("M1"), RecipientStatus.SENT))
    outcome = world.database.read_sync(lambda conn: conn.exec_driver_sql("SELECT outcome FROM attempt").scalar())
    assert outcome == "accepted"


async def test_who_was_erased_before_the_crash_does_not_wait_again(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    await world.claim(candidate)
    await world.contacts.erase(candidate.phone, world.now)
    await world.ledger.begin_run(world.later(), "host", 2)
    [doubt] = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Absent(), world.later(200))
    row = world.row(candidate.id)
    assert (row.status, row.reason) == ("failed", "contact_erased")


async def test_a_message_that_is_known_to_be_another_ones_proves_nothing(world: World) -> None:
    """Two campaigns had the same words for one person, and the program was started anew in between."""
    first, second = await world.started(), await world.started(name="Again")
    await world.send((await world.waiting(first))[0], "M1")
    candidate = (await world.waiting(second))[0]
    await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    [doubt] = await world.ledger.doubts(10)
    verdict = await world.ledger.record_verdict(doubt, Found("M1"), world.later())
    assert verdict == NotProvable("ambiguous")
    assert world.row(candidate.id).status == "in_doubt"
    assert (await world.ledger.doubts(10))[0].tries == 1
    # Another number may count its ids alike.
    assert await world.ledger.record_verdict(doubt, Found("M2"), world.later()) == Found("M2")
