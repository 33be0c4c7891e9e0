"""The verdict: at most one attempt that may have left is proof, two that left are a violation, the rest is doubt."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ids import RecipientId
from desktop.domain.proof import AttemptFacts, RecipientFacts
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import RecipientRow
from desktop.policy.proof import LEFT, Evidence, Judgement, ProofTally, ProofVerdict, evidences, judge

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_S, _V, _E = RecipientStatus, ProofVerdict, Evidence


def attempt(number: int, outcome: str | None, *, doubtful: bool = False, proof: str | None = None) -> AttemptFacts:
    message_id = "M" if outcome == "accepted" else None
    return AttemptFacts(number, "one", NOW, 10, outcome, None, None, message_id, doubtful, proof)


def person(status: RecipientStatus, *attempts: AttemptFacts, number: int = 1) -> RecipientFacts:
    row = RecipientRow(
        RecipientId(number), "+5511970000001", "Ana", status, None, None, None, len(attempts), None, None, None, None
    )
    return RecipientFacts(row, attempts)


def judged(recipient: RecipientFacts) -> Judgement:
    return judge(recipient, evidences(recipient))


@pytest.mark.parametrize(
    ("status", "facts", "known_by"),
    [
        (_S.SENT, attempt(1, "accepted"), _E.ANSWER),
        (_S.READ, attempt(1, "accepted", doubtful=True, proof="found"), _E.FOUND),
        (_S.SENT, attempt(1, "accepted", doubtful=True, proof="receipt"), _E.RECEIPT),
        (_S.SENT, attempt(1, "accepted", doubtful=True), _E.RECONCILED),
        (_S.FAILED, attempt(1, "rejected"), _E.REFUSED),
        (_S.PENDING, attempt(1, "not_sent"), _E.NOTHING_LEFT),
        (_S.PENDING, attempt(1, "not_sent", doubtful=True), _E.ABSENT),
        (_S.IN_DOUBT, attempt(1, "unknown", doubtful=True), _E.NONE),
        (_S.SENT, attempt(1, "unknown", doubtful=True), _E.OPERATOR),
        (_S.PENDING, attempt(1, "unknown", doubtful=True), _E.OPERATOR),
        (_S.SENDING, attempt(1, None), _E.NONE),
    ],
)
def test_evidence_of_an_attempt(status: RecipientStatus, facts: AttemptFacts, known_by: Evidence) -> None:
    assert evidences(person(status, facts)) == (known_by,)


def test_a_message_that_did_not_arrive_by_the_provider_s_word_is_no_second_one() -> None:
    undelivered = replace(attempt(1, "accepted"), was_undelivered=True)
    for status, attempts, left in (
        (_S.RETRYING, (undelivered,), 0),
        (_S.FAILED, (undelivered,), 0),
        (_S.DELIVERED, (undelivered, attempt(2, "accepted")), 1),
        (_S.IN_DOUBT, (undelivered, attempt(2, "unknown", doubtful=True)), 0),
    ):
        recipient = person(status, *attempts)
        assert evidences(recipient)[0] is _E.UNDELIVERED
        assert (judged(recipient).verdict, judged(recipient).left) == (_V.PROVEN, left)
    twice = person(_S.SENT, undelivered, attempt(2, "accepted"), attempt(3, "accepted"))
    assert judged(twice).verdict is _V.VIOLATED


def test_an_earlier_unknown_attempt_was_decided_by_a_person() -> None:
    twice = person(_S.IN_DOUBT, attempt(1, "unknown", doubtful=True), attempt(2, "unknown", doubtful=True))
    assert evidences(twice) == (_E.OPERATOR, _E.NONE)


@pytest.mark.parametrize(
    ("recipient", "verdict", "why"),
    [
        (person(_S.PENDING), _V.PROVEN, None),
        (person(_S.SKIPPED), _V.PROVEN, None),
        (person(_S.DELIVERED, attempt(1, "accepted")), _V.PROVEN, None),
        (person(_S.SENT, attempt(1, "rejected"), attempt(2, "accepted")), _V.PROVEN, None),
        (person(_S.SENT, attempt(1, "not_sent", doubtful=True), attempt(2, "accepted")), _V.PROVEN, None),
        (person(_S.SENDING, attempt(1, None)), _V.PROVEN, None),
        (person(_S.IN_DOUBT, attempt(1, "unknown", doubtful=True)), _V.PROVEN, None),
        (person(_S.SENT, attempt(1, "unknown", doubtful=True)), _V.PROVEN, None),
        (person(_S.SENT, attempt(1, "accepted"), attempt(2, "accepted")), _V.VIOLATED, "left_twice"),
        (person(_S.SENT, attempt(1, "unknown"), attempt(2, "accepted")), _V.NOT_PROVABLE, "operator_word"),
        (person(_S.SENDING, attempt(1, None), attempt(2, None)), _V.NOT_PROVABLE, "fate_unknown"),
        (person(_S.PENDING, attempt(1, "accepted")), _V.NOT_PROVABLE, "left_but_waits"),
        (person(_S.RETRYING, attempt(1, "accepted")), _V.NOT_PROVABLE, "left_but_waits"),
        (person(_S.READ), _V.NOT_PROVABLE, "no_attempt"),
        (person(_S.SENT, attempt(1, "rejected")), _V.NOT_PROVABLE, "no_attempt"),
    ],
)
def test_the_claim_for_one_recipient(recipient: RecipientFacts, verdict: ProofVerdict, why: str | None) -> None:
    found = judged(recipient)
    assert (found.verdict, found.why) == (verdict, why)


def test_the_verdict_of_a_campaign_is_the_worst_of_its_recipients_and_says_who() -> None:
    tally = ProofTally()
    assert tally.verdict is _V.PROVEN
    tally.add(person(_S.SENT, attempt(1, "accepted"), number=1))
    tally.add(person(_S.IN_DOUBT, attempt(1, "unknown", doubtful=True), number=2))
    tally.add(person(_S.FAILED, attempt(1, "rejected"), number=3))
    assert tally.verdict is _V.PROVEN
    tally.add(person(_S.SENT, attempt(1, "unknown"), attempt(2, "accepted"), number=4))
    assert tally.verdict is _V.NOT_PROVABLE
    tally.add(person(_S.SENT, attempt(1, "accepted"), attempt(3, "accepted"), number=5))
    assert tally.verdict is _V.VIOLATED
    assert [(who.id, who.why, who.attempts) for who in tally.not_provable] == [(4, "operator_word", (1, 2))]
    assert [(who.id, who.why, who.attempts) for who in tally.violated] == [(5, "left_twice", (1, 3))]
    counts = tally.counts
    assert counts["attempts"] == 7
    assert (counts["answer"], counts["operator"], counts["refused"], counts["none"]) == (4, 1, 1, 1)
    assert [counts[name] for name in ("sent_once", "unknown", "not_sent", "not_provable", "violated")] == [1] * 5


OUTCOMES = st.sampled_from(["accepted", "rejected", "not_sent", "unknown", None])


@given(st.sampled_from(RecipientStatus), st.lists(st.tuples(OUTCOMES, st.booleans()), max_size=5))
def test_proven_is_never_said_of_two_that_may_have_left(
    status: RecipientStatus, attempts: list[tuple[str | None, bool]]
) -> None:
    facts = [attempt(n, outcome, doubtful=doubtful) for n, (outcome, doubtful) in enumerate(attempts, 1)]
    recipient = person(status, *facts)
    found = judged(recipient)
    possible = sum(outcome in ("accepted", "unknown", None) for outcome, _ in attempts)
    certain = sum(outcome == "accepted" for outcome, _ in attempts)
    assert (found.verdict is _V.VIOLATED) == (certain > 1)
    assert found.verdict is not _V.PROVEN or possible <= 1
    assert found.left == certain == sum(kind in LEFT for kind in evidences(recipient))
    tally = ProofTally()
    tally.add(recipient)
    counts = tally.counts
    names = ("sent_once", "not_sent", "unknown", "not_provable", "violated")
    assert sum(counts[name] for name in names) == counts["recipients"] == 1
