"""Meta's word that a marketing message was not delivered: the person waits a day, and nobody gets it twice.

Held against both ledgers: the one of the engine's tests, and the database.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.checks import check
from db.queries import proof
from desktop.domain.campaign import CampaignAction
from desktop.domain.events import EventType
from desktop.domain.outcome import Accepted, Unknown
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.policy.proof import Evidence, ProofTally, ProofVerdict
from tests.desktop.engine.subjects import Home, SqlHome, Subject
from tests.desktop.engine.test_ledger_contract import empty_database as empty_database
from tests.desktop.engine.test_ledger_contract import home as home
from tests.desktop.engine.test_ledger_contract import subject as subject

DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def sound(home: Home) -> Iterator[None]:
    """After each test the database agrees with itself: events, counts, and nobody accepted twice."""
    yield
    if isinstance(home, SqlHome):
        assert home._database.read_sync(check) == []


def verdict(subject: Subject, candidate: Candidate) -> tuple[ProofVerdict, list[Evidence]]:
    """Return what the proof of the campaign says; for the database only."""
    assert isinstance(subject.home, SqlHome)
    workspace_id = subject.home.ledger.workspace_id
    (found,) = subject.home._database.read_sync(
        lambda conn: list(proof.facts(conn, workspace_id, candidate.campaign_id))
    )
    tally = ProofTally()
    known_by, _judgement = tally.add(found)
    return tally.verdict, list(known_by)


async def sent(subject: Subject, candidate: Candidate, message_id: str) -> str:
    """Send to somebody; return our tag."""
    attempt_id, tag = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.settle(candidate, attempt_id, Accepted(message_id, None), RecipientStatus.SENT)
    return tag


async def told(
    subject: Subject, kind: ReceiptKind, message_id: str, tag: str | None, code: str | None = "marketing_limit"
) -> None:
    code = code if kind is ReceiptKind.FAILED else None
    receipt = Receipt(subject.one, message_id, kind, subject.later(), code=code, client_ref=tag)
    await subject.ledger.apply_receipts([receipt])


async def due(subject: Subject, candidate: Candidate) -> list[Candidate]:
    return list(await subject.ledger.due_retries(candidate.campaign_id, subject.now, 10))


async def first(subject: Subject) -> Candidate:
    return (await subject.waiting(await subject.started(1)))[0]


async def test_who_may_be_tried_again_waits_a_day_and_not_less(subject: Subject) -> None:
    candidate = await first(subject)
    tag = await sent(subject, candidate, "M1")
    await told(subject, ReceiptKind.FAILED, "M1", tag)
    assert subject.status(candidate) == ("retrying", "marketing_limit")
    assert await subject.ledger.next_retry_at(candidate.campaign_id) == subject.now + DAY
    assert subject.told(EventType.MESSAGE_FAILED, EventType.RETRY_SCHEDULED) == [EventType.RETRY_SCHEDULED]
    assert not await subject.ledger.finish_if_done(candidate.campaign_id, subject.now)
    subject.now += DAY - timedelta(seconds=1)
    assert await due(subject, candidate) == []
    subject.now += timedelta(seconds=1)
    (again,) = await due(subject, candidate)
    assert again.attempts == 1
    tag = await sent(subject, again, "M2")
    await told(subject, ReceiptKind.DELIVERED, "M2", tag)
    assert subject.status(candidate)[0] == "delivered"
    if isinstance(subject.home, SqlHome):
        assert verdict(subject, candidate) == (ProofVerdict.PROVEN, [Evidence.UNDELIVERED, Evidence.ANSWER])
    assert await subject.ledger.finish_if_done(candidate.campaign_id, subject.now)


async def test_as_often_as_the_campaign_tries_and_not_more(subject: Subject) -> None:
    candidate = await first(subject)
    for number in (1, 2, 3):  # the usual plan
        tag = await sent(subject, candidate, f"M{number}")
        await told(subject, ReceiptKind.FAILED, f"M{number}", tag)
        subject.now += DAY
        if number < 3:
            (candidate,) = await due(subject, candidate)
    assert subject.status(candidate) == ("failed", "marketing_limit")


@pytest.mark.parametrize("action", [CampaignAction.PAUSE, CampaignAction.CANCEL])
async def test_where_the_campaign_does_not_run_any_more_it_has_failed(subject: Subject, action: CampaignAction) -> None:
    candidate = await first(subject)
    tag = await sent(subject, candidate, "M1")
    await subject.act(candidate.campaign_id, action)
    await told(subject, ReceiptKind.FAILED, "M1", tag)
    assert subject.status(candidate) == ("failed", "marketing_limit")


async def test_other_failures_and_those_without_our_tag_stay_failures(subject: Subject) -> None:
    campaign = await subject.started(2)
    one, two = await subject.waiting(campaign)
    tag = await sent(subject, one, "M1")
    await told(subject, ReceiptKind.FAILED, "M1", tag, "not_on_whatsapp")
    await sent(subject, two, "M2")
    await told(subject, ReceiptKind.FAILED, "M2", None)
    assert [subject.status(each)[0] for each in (one, two)] == ["failed", "failed"]


@pytest.mark.parametrize("kind", [ReceiptKind.DELIVERED, ReceiptKind.READ])
async def test_whom_it_reached_after_all_is_not_written_to_again(subject: Subject, kind: ReceiptKind) -> None:
    candidate = await first(subject)
    tag = await sent(subject, candidate, "M1")
    await told(subject, ReceiptKind.FAILED, "M1", tag)
    await told(subject, kind, "M1", tag)
    assert subject.status(candidate) == (kind.value, None)
    if isinstance(subject.home, SqlHome):
        assert verdict(subject, candidate) == (ProofVerdict.PROVEN, [Evidence.ANSWER])
    subject.now += DAY
    assert await due(subject, candidate) == []


async def test_whom_it_had_reached_before_is_left_alone(subject: Subject) -> None:
    candidate = await first(subject)
    tag = await sent(subject, candidate, "M1")
    await told(subject, ReceiptKind.DELIVERED, "M1", tag)
    await told(subject, ReceiptKind.FAILED, "M1", tag)
    assert subject.status(candidate)[0] == "delivered"


async def test_a_failure_that_is_told_again_says_nothing_of_the_next_message(subject: Subject) -> None:
    """Meta repeats its webhooks for up to seven days."""
    candidate = await first(subject)
    old = await sent(subject, candidate, "M1")
    for _ in range(2):
        await told(subject, ReceiptKind.FAILED, "M1", old)
    waits_until = await subject.ledger.next_retry_at(candidate.campaign_id)
    assert waits_until is not None
    subject.now += DAY
    (again,) = await due(subject, candidate)
    attempt_id, tag = await subject.claim(again)
    assert attempt_id is not None
    await told(subject, ReceiptKind.FAILED, "M1", old)
    assert subject.status(candidate)[0] == "sending"
    await subject.settle(again, attempt_id, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    await told(subject, ReceiptKind.FAILED, "M1", old)
    assert subject.status(candidate)[0] == "in_doubt", "whether the second left is not known"
    await told(subject, ReceiptKind.SENT, "M2", tag)
    await told(subject, ReceiptKind.FAILED, "M1", old)
    assert subject.status(candidate)[0] == "sent"
    await told(subject, ReceiptKind.DELIVERED, "M2", tag)
    assert subject.status(candidate)[0] == "delivered"


async def test_a_doubt_that_such_a_failure_settles_has_failed(subject: Subject) -> None:
    candidate = await first(subject)
    attempt_id, tag = await subject.claim(candidate)
    assert attempt_id is not None
    await subject.settle(candidate, attempt_id, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    await told(subject, ReceiptKind.FAILED, "M1", tag)
    assert subject.status(candidate) == ("failed", "marketing_limit")
    assert await subject.ledger.doubts(10) == []


async def test_who_opted_out_meanwhile_does_not_wait(subject: Subject) -> None:
    candidate = await first(subject)
    tag = await sent(subject, candidate, "M1")
    subject.home.opt_out_silently(candidate.phone)
    await told(subject, ReceiptKind.FAILED, "M1", tag)
    assert subject.status(candidate) == ("skipped", "opted_out")
