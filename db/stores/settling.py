"""What is recorded after a request: its outcome, and where that leaves the recipient. Half of the hot path of writing.

Many at once, as parts of one transaction. Nothing here decides what happens next: the settlement carries that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from db.given_rows import Gathered, for_each_row, rows_in, rows_of
from db.hot import Hot
from db.moments import ms_or_none, to_ms
from db.stores.progress import Shares
from db.stores.receipts import apply_early, apply_to_earlier, apply_to_waiting
from db.stores.refusals import BY_PROVIDER, opt_out
from db.stores.skipping import skip_if_refused
from db.tables.attempt import AttemptOutcome, attempt
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.metadata import Id
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import ContactId, RecipientId, WorkspaceId
from desktop.domain.outcome import Accepted, NotSent, Outcome, Rejected
from desktop.domain.recipient import STEPS, Reason, RecipientStatus, step
from desktop.engine.ports import Settlement

_WAITING = (RecipientStatus.PENDING, RecipientStatus.RETRYING)
_ENDED = frozenset({CampaignStatus.CANCELLED, CampaignStatus.FAILED})
_TEXT, _NUMBER = sa.Text(), sa.BigInteger()

_READ_ATTEMPTS = Hot(
    for_each_row(
        {"of_attempt": Id, "of_campaign": Id},
        lambda row: (
            sa.select(
                Gathered(
                    attempt.c.id,
                    attempt.c.outcome,
                    attempt.c.number,
                    attempt.c.client_ref,
                    recipient.c.status,
                    recipient.c.contact_id,
                    campaign.c.status,
                )
            )
            .select_from(row)
            .join(attempt, attempt.c.id == row.c.of_attempt)
            .join(recipient, recipient.c.id == attempt.c.recipient_id)
            .join(campaign, campaign.c.id == recipient.c.campaign_id)
            .where(recipient.c.campaign_id == row.c.of_campaign)
        ),
    )
)

_END_ATTEMPTS = Hot(
    for_each_row(
        {
            "of_attempt": Id,
            "of_campaign": Id,
            "word": _TEXT,
            "blamed": _TEXT,
            "why": _TEXT,
            "words": _TEXT,
            "http": _NUMBER,
            "message": _TEXT,
            "finished": _NUMBER,
            "duration": _NUMBER,
            "doubtful": _NUMBER,
        },
        lambda row: (
            sa.update(attempt)
            .where(attempt.c.id == row.c.of_attempt, attempt.c.campaign_id == row.c.of_campaign)
            .values(
                outcome=row.c.word,
                error_class=row.c.blamed,
                code=row.c.why,
                text=row.c.words,
                http_status=row.c.http,
                message_id=row.c.message,
                finished_at=row.c.finished,
                duration_ms=row.c.duration,
                doubt_since=row.c.doubtful,
            )
        ),
    )
)

_MOVE = Hot(
    for_each_row(
        {
            "of_recipient": Id,
            "moved_to": _TEXT,
            "why": _TEXT,
            "words": _TEXT,
            "message": _TEXT,
            "found_address": _TEXT,
            "sent": _NUMBER,
            "counted": _NUMBER,
            "next_at": _NUMBER,
        },
        lambda row: (
            sa.update(recipient)
            .where(recipient.c.id == row.c.of_recipient)
            .values(
                status=row.c.moved_to,
                reason=row.c.why,
                detail=row.c.words,
                message_id=sa.func.coalesce(row.c.message, recipient.c.message_id),
                address=sa.func.coalesce(row.c.found_address, recipient.c.address),
                sent_at=sa.func.coalesce(recipient.c.sent_at, row.c.sent),
                attempts=recipient.c.attempts + row.c.counted,
                next_attempt_at=row.c.next_at,
            )
        ),
    )
)

_LEARN_ADDRESSES = Hot(
    for_each_row(
        {"of_contact": Id, "found_address": _TEXT},
        lambda row: (
            sa.update(contact)
            .where(contact.c.id == row.c.of_contact, contact.c.address.is_distinct_from(row.c.found_address))
            .values(address=row.c.found_address)
        ),
    )
)


_EVENT_OF: dict[RecipientStatus, tuple[EventType, Severity]] = {
    RecipientStatus.SENT: (EventType.MESSAGE_SENT, Severity.INFO),
    RecipientStatus.FAILED: (EventType.MESSAGE_FAILED, Severity.ERROR),
    RecipientStatus.RETRYING: (EventType.RETRY_SCHEDULED, Severity.WARNING),
    # Back to waiting without an attempt burnt: offline, or the instance went away.
    RecipientStatus.PENDING: (EventType.RETRY_SCHEDULED, Severity.WARNING),
    RecipientStatus.IN_DOUBT: (EventType.IN_DOUBT, Severity.WARNING),
    RecipientStatus.SKIPPED: (EventType.SKIPPED, Severity.INFO),
}


@dataclass(frozen=True, slots=True)
class _Move:
    """A settlement that moves its recipient, and what was found of its attempt."""

    settlement: Settlement
    current: RecipientStatus
    target: RecipientStatus
    reason: str | None
    number: int
    client_ref: str
    contact_id: ContactId | None


def settle_all(context: WriteContext, workspace_id: WorkspaceId, settlements: Sequence[Settlement]) -> None:
    """Record the outcomes of attempts and move their recipients, each of whom is here once (see `Ledger.settle`)."""
    conn = context.conn
    read = _READ_ATTEMPTS.one(conn, rows_of([(each.attempt_id, each.campaign_id) for each in settlements]))
    found = {row[0]: row for row in rows_in(read[0] if read else None)}
    ending: list[tuple[object, ...]] = []
    moves: list[_Move] = []
    for settlement in settlements:
        row = found.get(settlement.attempt_id)
        if row is not None and row[1] is not None and not _is_late_proof(row[1], row[4], settlement):
            continue
        is_erased = row is not None and row[5] is None
        known = _nameless(settlement) if is_erased else settlement
        # Without a row the campaign was deleted while the answer was on its way: the attempt still counts for limits.
        ending.append(_end(known))
        if row is not None and (move := _move_of(known, row)) is not None:
            moves.append(move)
    if ending:
        _END_ATTEMPTS.run(conn, rows_of(ending))
    if moves:
        _carry_out(context, workspace_id, moves)


def _move_of(settlement: Settlement, row: Sequence[Any]) -> _Move | None:
    """Return where a settlement moves its recipient; None when something has proved more meanwhile."""
    _id, _outcome, number, client_ref, status_word, contact_id, campaign_status = row
    current = RecipientStatus(status_word)
    target, reason = _target(settlement, CampaignStatus(campaign_status), is_erased=contact_id is None)
    if current is RecipientStatus.SENDING:
        step(current, target)
    elif target not in STEPS[current]:
        # A receipt, or the operator: never backwards.
        return None
    person = None if contact_id is None else ContactId(contact_id)
    return _Move(settlement, current, target, reason, number, client_ref, person)


def _carry_out(context: WriteContext, workspace_id: WorkspaceId, moves: Sequence[_Move]) -> None:
    conn = context.conn
    shares = Shares(conn, {move.settlement.campaign_id for move in moves})
    _MOVE.run(conn, rows_of([_moved(move) for move in moves]))
    learned = [
        (move.contact_id, outcome.address)
        for move in moves
        if isinstance(outcome := move.settlement.outcome, Accepted)
        and outcome.address is not None
        and move.contact_id is not None
    ]
    if learned:
        _LEARN_ADDRESSES.run(conn, rows_of(learned))
    for move in moves:
        share = shares.after(move.settlement.campaign_id, move.current, move.target)
        _emit_outcome(context, workspace_id, move, share)
    named: dict[str, RecipientId] = {}
    for move in moves:
        settlement = move.settlement
        if _is_refusal(settlement.outcome) and move.contact_id is not None:
            opt_out(
                context,
                workspace_id,
                move.contact_id,
                settlement.finished_at,
                BY_PROVIDER,
                None,
                settlement.campaign_id,
                settlement.instance_id,
            )
        if move.target in _WAITING:
            skip_if_refused(context, workspace_id, settlement.recipient_id, settlement.finished_at)
            apply_to_waiting(context, workspace_id, settlement.recipient_id)
            continue
        named[move.client_ref] = settlement.recipient_id
        if isinstance(settlement.outcome, Accepted):
            # Two practice gateways may count their ids alike: then the first to be answered has what came early.
            named.setdefault(settlement.outcome.message_id, settlement.recipient_id)
    apply_early(context, workspace_id, named)
    for move in moves:
        if move.number > 1 and move.target not in _WAITING:
            apply_to_earlier(context, workspace_id, move.settlement.recipient_id)


def _is_refusal(outcome: Outcome) -> bool:
    """Tell whether the gateway answered that this person does not want our messages."""
    return isinstance(outcome, Rejected) and outcome.code == Reason.OPTED_OUT


def _is_late_proof(outcome: str, status: str, settlement: Settlement) -> bool:
    """Tell whether an answer that comes after its attempt was given up as unknown still proves something."""
    is_doubtful = outcome == AttemptOutcome.UNKNOWN and status == RecipientStatus.IN_DOUBT
    return is_doubtful and isinstance(settlement.outcome, Accepted)


def _nameless(settlement: Settlement) -> Settlement:
    """Leave out what tells of a person who was erased while their message was under way."""
    outcome = settlement.outcome
    if isinstance(outcome, Accepted):
        message_id = f"erased-{settlement.recipient_id}"  # as the erasure wrote it elsewhere
        return replace(settlement, outcome=replace(outcome, message_id=message_id, address=None))
    return replace(settlement, outcome=replace(outcome, text=""))


def _target(
    settlement: Settlement, campaign_status: CampaignStatus, *, is_erased: bool
) -> tuple[RecipientStatus, str | None]:
    """Return where the recipient goes and why.

    Nobody waits in a campaign that was cancelled meanwhile, and nobody who was erased waits or is asked about.
    """
    if is_erased and settlement.next_status in _WAITING:
        return RecipientStatus.SKIPPED, Reason.CONTACT_ERASED.value
    if is_erased and settlement.next_status is RecipientStatus.IN_DOUBT:
        return RecipientStatus.FAILED, Reason.CONTACT_ERASED.value
    if settlement.next_status in _WAITING and campaign_status in _ENDED:
        return RecipientStatus.FAILED, Reason.CANCELLED.value
    reason = settlement.reason
    return settlement.next_status, None if reason is None else str(reason)


def _end(settlement: Settlement) -> tuple[object, ...]:
    """Return a row for `_END_ATTEMPTS`."""
    outcome = settlement.outcome
    word, code, text, http_status = _facts(outcome)
    finished_ms = to_ms(settlement.finished_at)
    return (
        settlement.attempt_id,
        settlement.campaign_id,
        word.value,
        outcome.error_class.value if isinstance(outcome, Rejected) else None,
        code,
        text,
        http_status,
        outcome.message_id if isinstance(outcome, Accepted) else None,
        finished_ms,
        settlement.duration_ms,
        finished_ms if word is AttemptOutcome.UNKNOWN else None,
    )


def _facts(outcome: Outcome) -> tuple[AttemptOutcome, str | None, str | None, int | None]:
    """Return word, code, text and HTTP status of an outcome."""
    if isinstance(outcome, Accepted):
        return AttemptOutcome.ACCEPTED, None, None, outcome.http_status
    if isinstance(outcome, Rejected):
        return AttemptOutcome.REJECTED, outcome.code, outcome.text, outcome.http_status
    if isinstance(outcome, NotSent):
        return AttemptOutcome.NOT_SENT, outcome.code, outcome.text, None
    return AttemptOutcome.UNKNOWN, outcome.code, outcome.text, outcome.http_status


def _moved(move: _Move) -> tuple[object, ...]:
    """Return a row for `_MOVE`."""
    settlement, outcome = move.settlement, move.settlement.outcome
    accepted = outcome if isinstance(outcome, Accepted) else None
    return (
        settlement.recipient_id,
        move.target.value,
        move.reason,
        None if isinstance(outcome, Accepted) else outcome.text or None,
        accepted.message_id if accepted else None,
        accepted.address if accepted else None,
        to_ms(settlement.finished_at) if move.target is RecipientStatus.SENT else None,
        int(settlement.counts_as_attempt),
        ms_or_none(settlement.next_attempt_at) if move.target is RecipientStatus.RETRYING else None,
    )


def _emit_outcome(context: WriteContext, workspace_id: WorkspaceId, move: _Move, share: float) -> None:
    settlement = move.settlement
    event_type, severity = _EVENT_OF[move.target]
    context.emit(
        workspace_id,
        NewEvent(
            event_type,
            settlement.finished_at,
            severity,
            _details(move),
            campaign_id=settlement.campaign_id,
            instance_id=settlement.instance_id,
            contact_id=settlement.contact_id,
            recipient_id=settlement.recipient_id,
            duration_ms=settlement.duration_ms,
            http_status=_facts(settlement.outcome)[3],
            progress=share,
            health_score=settlement.health_score,
            request=settlement.request,
            response=settlement.response,
        ),
    )


def _details(move: _Move) -> dict[str, object]:
    settlement = move.settlement
    details: dict[str, object] = {"attempt": move.number, **settlement.details}
    outcome = settlement.outcome
    if isinstance(outcome, Accepted):
        details["message_id"] = outcome.message_id
        if outcome.note is not None:
            details["note"] = outcome.note
    else:
        details["code"] = outcome.code
        if outcome.text:
            details["text"] = outcome.text
    if isinstance(outcome, Rejected):
        details["error_class"] = outcome.error_class.value
    if move.reason is not None:
        details["reason"] = move.reason
    if move.target is RecipientStatus.RETRYING and settlement.next_attempt_at is not None:
        details["next_attempt_at"] = settlement.next_attempt_at.isoformat()
    return details
