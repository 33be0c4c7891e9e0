"""What the proof reads: every recipient once, in order, with its attempts and how its doubts ended."""

import asyncio
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from db.checks import check
from db.queries.library import SqlLibrary
from db.queries.proof import facts
from desktop.domain.ids import CampaignId
from desktop.domain.outcome import Absent, Accepted, Found, NotSent, Unknown
from desktop.domain.proof import RecipientFacts
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import CampaignSummary
from desktop.policy.proof import Evidence, ProofTally
from tests.db.world import World


async def _facts(world: World, campaign_id: CampaignId) -> list[RecipientFacts]:
    library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)

    def read(summary: CampaignSummary, recipients: Iterator[RecipientFacts]) -> list[RecipientFacts]:
        assert summary.id == campaign_id
        return list(recipients)

    return await library.proof(campaign_id, read)


async def test_each_attempt_comes_with_what_its_fate_is_known_by(world: World) -> None:
    campaign_id = await world.started()
    await world.started(name="another")
    found, by_receipt, absent, answered, offline = (await world.waiting(campaign_id))[:5]
    intents = {}
    for candidate in (found, by_receipt, absent):
        intents[candidate.id] = await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT)
    await world.send(answered, "M1")
    await world.settle(offline, NotSent("unreachable"), RecipientStatus.PENDING, counts_as_attempt=False)
    await world.receipt(intents[by_receipt.id].client_ref, ReceiptKind.DELIVERED)
    for doubt in await world.ledger.doubts(10):
        verdict = Found("M2") if doubt.recipient_id == found.id else Absent()
        await world.ledger.record_verdict(doubt, verdict, world.later())
    await world.settle(absent, Accepted("M3", None, 201), RecipientStatus.SENT)

    rows = await _facts(world, campaign_id)
    assert [each.row.id for each in rows] == [each.id for each in (found, by_receipt, absent, answered, offline)]
    tally = ProofTally()
    known_by = {each.row.id: tally.add(each)[0] for each in rows}
    assert known_by == {
        found.id: (Evidence.FOUND,),
        by_receipt.id: (Evidence.RECEIPT,),
        absent.id: (Evidence.ABSENT, Evidence.ANSWER),
        answered.id: (Evidence.ANSWER,),
        offline.id: (Evidence.NOTHING_LEFT,),
    }
    assert tally.verdict == "proven"
    assert [attempt.number for attempt in rows[2].attempts] == [1, 2]
    assert rows[3].attempts[0].message_id == "M1"


async def test_sent_again_at_the_operators_word_is_not_proof(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT)
    assert await world.ledger.resolve_doubts([candidate.id], False, world.now) == 1
    await world.send(candidate, "M1")
    tally = ProofTally()
    for each in await _facts(world, campaign_id):
        tally.add(each)
    assert (tally.verdict, [(who.id, who.why) for who in tally.not_provable]) == (
        "not_provable",
        [(candidate.id, "operator_word")],
    )


async def test_pages_leave_nobody_out(world: World) -> None:
    campaign_id = await world.started()
    whole, paged = await asyncio.gather(
        *(
            world.database.read(lambda conn, size=size: list(facts(conn, world.workspace_id, campaign_id, size)))
            for size in (500, 2)
        )
    )
    assert paged == whole
    assert len(whole) == 5


async def test_no_page_goes_through_what_others_have_done(world: World) -> None:
    plans: list[str] = []

    def ask(conn: sa.Connection) -> None:
        def explain(_conn: object, cursor: object, statement: str, parameters: Any, *_: object) -> None:
            if not statement.startswith("EXPLAIN"):
                raw = conn.connection.cursor()
                plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

        sa.event.listen(conn, "before_cursor_execute", explain)
        list(facts(conn, world.workspace_id, campaign_id))

    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT)
    (doubt,) = await world.ledger.doubts(1)
    await world.ledger.record_verdict(doubt, Found("M1"), world.now)
    await world.database.read(ask)
    assert any("ix_event_recipient_id" in plan for plan in plans), plans
    assert not [plan for plan in plans if plan.startswith("SCAN") or "TEMP B-TREE" in plan], plans


async def test_a_receipt_for_an_attempt_that_was_taken_for_lost_shows_that_somebody_was_sent_to_twice(
    world: World,
) -> None:
    """The gateway hid the message, or the operator was wrong; the second one had left when its receipt came."""
    campaign_id = await world.started()
    by_search, by_word, under_way = (await world.waiting(campaign_id))[:3]
    first = {}
    for candidate in (by_search, by_word, under_way):
        first[candidate.id] = await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT)
    for doubt in await world.ledger.doubts(10):
        if doubt.recipient_id == by_search.id:
            await world.ledger.record_verdict(doubt, Absent(), world.later())
    await world.ledger.resolve_doubts([by_word.id, under_way.id], False, world.now)
    await world.send(by_search, "M1")
    await world.send(by_word, "M2")
    attempt_id, _intent = await world.claim(under_way)
    assert attempt_id is not None
    for candidate in (by_search, by_word, under_way):
        await world.receipt(first[candidate.id].client_ref, ReceiptKind.SENT)
        await world.receipt(first[candidate.id].client_ref, ReceiptKind.DELIVERED)
    await world.ledger.settle(world.settlement(attempt_id, under_way, Accepted("M3"), RecipientStatus.SENT))
    tally = ProofTally()
    for each in await _facts(world, campaign_id):
        tally.add(each)
    assert [(each.id, each.why) for each in tally.violated] == [
        (each.id, "left_twice") for each in (by_search, by_word, under_way)
    ]
    assert world.row(by_search.id).message_id == "M1"
    assert [problem.code for problem in await world.database.read(check)] == ["sent_twice"] * 3


async def test_a_receipt_for_who_was_sent_to_by_the_operators_word_is_the_proof(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    intent = await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT)
    await world.ledger.resolve_doubts([candidate.id], True, world.now)
    await world.receipt(intent.client_ref, ReceiptKind.DELIVERED)
    await world.receipt(intent.client_ref, ReceiptKind.READ)
    row = world.row(candidate.id)
    assert (row.status, row.message_id) == ("read", intent.client_ref)
    tally = ProofTally()
    for each in await _facts(world, campaign_id):
        tally.add(each)
    assert (tally.verdict, tally.sent_once, tally.unknown) == ("proven", 1, 0)


async def test_a_failure_told_of_an_earlier_attempt_is_no_failure_of_the_later_one(world: World) -> None:
    campaign_id = await world.started()
    candidate = (await world.waiting(campaign_id))[0]
    intent = await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT)
    await world.ledger.resolve_doubts([candidate.id], False, world.now)
    await world.send(candidate, "M1")
    await world.receipt(intent.client_ref, ReceiptKind.FAILED)
    assert world.row(candidate.id).status == "sent"
