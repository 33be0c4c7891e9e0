"""What is recorded around one request: the intent before it, the outcome after it. The hot path of all writing.

Each function is a part of one transaction. Nothing here decides what happens next: the settlement carries that.
"""

from datetime import datetime

import sqlalchemy as sa

from db.hot import Hot, given
from db.moments import ms_or_none, to_ms
from db.stores import progress
from db.stores.receipts import apply_early, apply_to_waiting
from db.stores.refusals import BY_PROVIDER, opt_out
from db.stores.skipping import skip
from db.tables.attempt import AttemptOutcome, attempt
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.metadata import literal, literals
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import AttemptId, ContactId, RecipientId, WorkspaceId
from desktop.domain.outcome import Accepted, NotSent, Outcome, Rejected
from desktop.domain.recipient import STEPS, Reason, RecipientStatus, step
from desktop.engine.ports import Intent, Settlement

_WAITING = (RecipientStatus.PENDING, RecipientStatus.RETRYING)
_ENDED = frozenset({CampaignStatus.CANCELLED, CampaignStatus.FAILED})

_may_leave = (
    sa.exists()
    .where(
        campaign.c.id == recipient.c.campaign_id,
        campaign.c.status == literal(CampaignStatus.RUNNING),
        campaign.c.deleted_at.is_(None),
        # Whatever the campaign says: an opt-out always wins.
        sa.not_(
            sa.exists()
            .where(contact.c.id == recipient.c.contact_id, contact.c.opted_out_at.is_not(None))
            .correlate(recipient)
        ),
    )
    .correlate(recipient)
)

# The claim: guarded, so that of several askers exactly one gets the recipient.
CLAIM = Hot(
    sa.update(recipient)
    .where(
        recipient.c.id == given("of_recipient"),
        recipient.c.campaign_id == given("of_campaign"),
        recipient.c.status.in_(literals(*_WAITING)),
        _may_leave,
    )
    .values(
        status=literal(RecipientStatus.SENDING),
        reason=None,
        instance_id=given("instance"),
        variation_id=given("variation"),
        next_attempt_at=None,
    )
    .returning(recipient.c.contact_id)
)

# Numbered by what is recorded: an attempt that did not count (offline) has used its number too.
_ADD_ATTEMPT = Hot(
    sa.insert(attempt)
    .values(
        recipient_id=given("recipient"),
        campaign_id=given("campaign"),
        instance_id=given("instance"),
        variation_id=given("variation"),
        run_id=given("run"),
        number=sa.select(
            sa.func.coalesce(sa.func.max(attempt.c.number), sa.literal_column("0")) + sa.literal_column("1")
        )
        .where(attempt.c.recipient_id == given("recipient"))
        .scalar_subquery(),
        started_at=given("started"),
        client_ref=given("ref"),
        text_digest=given("digest"),
        doubt_tries=sa.literal_column("0"),
        category=given("charged_as"),
        market=given("market_of"),
        price_micros=given("price"),
    )
    .returning(attempt.c.id)
)

_REFUSAL = Hot(
    sa.select(contact.c.id)
    .join(recipient, recipient.c.contact_id == contact.c.id)
    .where(recipient.c.id == given("of_recipient"), contact.c.opted_out_at.is_not(None))
)

# Why a claim failed.
_REFUSED = Hot(
    sa.select(recipient.c.status, campaign.c.status, recipient.c.campaign_id)
    .join(campaign, campaign.c.id == recipient.c.campaign_id)
    .where(recipient.c.id == given("of_recipient"), campaign.c.deleted_at.is_(None))
)

_READ_ATTEMPT = Hot(
    sa.select(
        attempt.c.outcome,
        attempt.c.number,
        attempt.c.client_ref,
        recipient.c.status,
        recipient.c.contact_id,
        campaign.c.status,
    )
    .join(recipient, recipient.c.id == attempt.c.recipient_id)
    .join(campaign, campaign.c.id == recipient.c.campaign_id)
    .where(attempt.c.id == given("of_attempt"), recipient.c.campaign_id == given("of_campaign"))
)

_END_ATTEMPT = Hot(
    sa.update(attempt)
    .where(attempt.c.id == given("of_attempt"), attempt.c.campaign_id == given("of_campaign"))
    .values(
        outcome=given("word"),
        error_class=given("blamed"),
        code=given("why"),
        text=given("words"),
        http_status=given("http"),
        message_id=given("message"),
        finished_at=given("finished"),
        duration_ms=given("duration"),
        doubt_since=given("doubtful"),
    )
)

_MOVE = Hot(
    sa.update(recipient)
    .where(recipient.c.id == given("of_recipient"))
    .values(
        status=given("to"),
        reason=given("why"),
        detail=given("words"),
        message_id=sa.func.coalesce(given("message"), recipient.c.message_id),
        address=sa.func.coalesce(given("found_address"), recipient.c.address),
        sent_at=sa.func.coalesce(recipient.c.sent_at, given("sent")),
        attempts=recipient.c.attempts + given("counted"),
        next_attempt_at=given("next"),
    )
)

_LEARN_ADDRESS = Hot(
    sa.update(contact)
    .where(contact.c.id == given("of_contact"), contact.c.address.is_distinct_from(given("found_address")))
    .values(address=given("found_address"))
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


def record_intent(context: WriteContext, workspace_id: WorkspaceId, intent: Intent) -> AttemptId | None:
    """Claim the recipient and add the attempt, or return None (see `Ledger.record_intent`)."""
    claimed = CLAIM.one(
        context.conn,
        {
            "of_recipient": intent.recipient_id,
            "of_campaign": intent.campaign_id,
            "instance": intent.instance_id,
            "variation": intent.variation_id,
        },
    )
    if claimed is None:
        _skip_if_opted_out(context, workspace_id, intent)
        return None
    added = _ADD_ATTEMPT.one(
        context.conn,
        {
            "recipient": intent.recipient_id,
            "campaign": intent.campaign_id,
            "instance": intent.instance_id,
            "variation": intent.variation_id,
            "run": intent.run_id,
            "started": to_ms(intent.started_at),
            "ref": intent.client_ref,
            "digest": intent.text_digest,
            "charged_as": intent.price.category.value,
            "market_of": intent.price.market,
            "price": intent.price.micros,
        },
    )
    assert added is not None
    context.emit(
        workspace_id,
        NewEvent(
            EventType.INSTANCE_SELECTED,
            intent.started_at,
            Severity.DEBUG,
            intent.choice,
            campaign_id=intent.campaign_id,
            instance_id=intent.instance_id,
            contact_id=ContactId(claimed[0]),
            recipient_id=intent.recipient_id,
        ),
    )
    return AttemptId(added[0])


def _skip_if_opted_out(context: WriteContext, workspace_id: WorkspaceId, intent: Intent) -> None:
    """Skip the recipient when nothing but an opt-out stood in the way of its claim."""
    found = _REFUSED.one(context.conn, {"of_recipient": intent.recipient_id})
    if found is not None and found[0] in _WAITING and found[1] == CampaignStatus.RUNNING:
        skip(context, workspace_id, intent.recipient_id, Reason.OPTED_OUT, intent.started_at)


def skip_if_refused(context: WriteContext, workspace_id: WorkspaceId, recipient_id: RecipientId, now: datetime) -> None:
    """Skip a recipient that waits again, when its person has opted out meanwhile."""
    if _REFUSAL.one(context.conn, {"of_recipient": recipient_id}) is not None:
        skip(context, workspace_id, recipient_id, Reason.OPTED_OUT, now)


def settle(context: WriteContext, workspace_id: WorkspaceId, settlement: Settlement) -> None:
    """Record the outcome of an attempt and move its recipient (see `Ledger.settle`)."""
    key = {"of_attempt": settlement.attempt_id, "of_campaign": settlement.campaign_id}
    found = _READ_ATTEMPT.one(context.conn, key)
    if found is None:
        # The campaign was deleted while the answer was on its way: the attempt still counts against limits.
        _end_attempt(context.conn, settlement)
        return
    outcome, number, client_ref, status_word, contact_id, campaign_status = found
    current = RecipientStatus(status_word)
    if outcome is not None and not _is_late_proof(outcome, current, settlement):
        return
    _end_attempt(context.conn, settlement)
    target, reason = _target(settlement, CampaignStatus(campaign_status))
    if current is RecipientStatus.SENDING:
        step(current, target)
    elif target not in STEPS[current]:
        # Something proved more meanwhile (a receipt, the operator): never backwards.
        return
    _move(context.conn, settlement, target, reason)
    accepted = settlement.outcome if isinstance(settlement.outcome, Accepted) else None
    if accepted is not None and accepted.address is not None and contact_id is not None:
        _LEARN_ADDRESS.run(context.conn, {"of_contact": contact_id, "found_address": accepted.address})
    _emit_outcome(context, workspace_id, settlement, target, reason, number)
    if _is_refusal(settlement.outcome) and contact_id is not None:
        opt_out(
            context,
            workspace_id,
            ContactId(contact_id),
            settlement.finished_at,
            BY_PROVIDER,
            None,
            settlement.campaign_id,
            settlement.instance_id,
        )
    if target in _WAITING:
        skip_if_refused(context, workspace_id, settlement.recipient_id, settlement.finished_at)
    if target in _WAITING:
        apply_to_waiting(context, workspace_id, settlement.recipient_id)
        return
    apply_early(
        context, workspace_id, settlement.recipient_id, (client_ref, accepted.message_id if accepted else client_ref)
    )


def _is_refusal(outcome: Outcome) -> bool:
    """Tell whether the gateway answered that this person does not want our messages."""
    return isinstance(outcome, Rejected) and outcome.code == Reason.OPTED_OUT


def _is_late_proof(outcome: str, current: RecipientStatus, settlement: Settlement) -> bool:
    """Tell whether an answer that comes after its attempt was given up as unknown still proves something."""
    is_doubtful = outcome == AttemptOutcome.UNKNOWN and current is RecipientStatus.IN_DOUBT
    return is_doubtful and isinstance(settlement.outcome, Accepted)


def _target(settlement: Settlement, campaign_status: CampaignStatus) -> tuple[RecipientStatus, str | None]:
    """Return where the recipient goes and why: nobody waits in a campaign that was cancelled meanwhile."""
    if settlement.next_status in _WAITING and campaign_status in _ENDED:
        return RecipientStatus.FAILED, Reason.CANCELLED.value
    reason = settlement.reason
    return settlement.next_status, None if reason is None else str(reason)


def _end_attempt(conn: sa.Connection, settlement: Settlement) -> None:
    outcome = settlement.outcome
    word, code, text, http_status = _facts(outcome)
    finished_ms = to_ms(settlement.finished_at)
    _END_ATTEMPT.run(
        conn,
        {
            "of_attempt": settlement.attempt_id,
            "of_campaign": settlement.campaign_id,
            "word": word.value,
            "blamed": outcome.error_class.value if isinstance(outcome, Rejected) else None,
            "why": code,
            "words": text,
            "http": http_status,
            "message": outcome.message_id if isinstance(outcome, Accepted) else None,
            "finished": finished_ms,
            "duration": settlement.duration_ms,
            "doubtful": finished_ms if word is AttemptOutcome.UNKNOWN else None,
        },
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


def _move(conn: sa.Connection, settlement: Settlement, target: RecipientStatus, reason: str | None) -> None:
    outcome = settlement.outcome
    accepted = outcome if isinstance(outcome, Accepted) else None
    is_retrying = target is RecipientStatus.RETRYING
    _MOVE.run(
        conn,
        {
            "of_recipient": settlement.recipient_id,
            "to": target.value,
            "why": reason,
            "words": None if isinstance(outcome, Accepted) else outcome.text or None,
            "message": accepted.message_id if accepted else None,
            "found_address": accepted.address if accepted else None,
            "sent": to_ms(settlement.finished_at) if target is RecipientStatus.SENT else None,
            "counted": int(settlement.counts_as_attempt),
            "next": ms_or_none(settlement.next_attempt_at) if is_retrying else None,
        },
    )


def _emit_outcome(
    context: WriteContext,
    workspace_id: WorkspaceId,
    settlement: Settlement,
    target: RecipientStatus,
    reason: str | None,
    number: int,
) -> None:
    event_type, severity = _EVENT_OF[target]
    context.emit(
        workspace_id,
        NewEvent(
            event_type,
            settlement.finished_at,
            severity,
            _details(settlement, target, reason, number),
            campaign_id=settlement.campaign_id,
            instance_id=settlement.instance_id,
            contact_id=settlement.contact_id,
            recipient_id=settlement.recipient_id,
            duration_ms=settlement.duration_ms,
            http_status=_facts(settlement.outcome)[3],
            progress=progress.of(context.conn, settlement.campaign_id),
            health_score=settlement.health_score,
            request=settlement.request,
            response=settlement.response,
        ),
    )


def _details(settlement: Settlement, target: RecipientStatus, reason: str | None, number: int) -> dict[str, object]:
    details: dict[str, object] = {"attempt": number, **settlement.details}
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
    if reason is not None:
        details["reason"] = reason
    if target is RecipientStatus.RETRYING and settlement.next_attempt_at is not None:
        details["next_attempt_at"] = settlement.next_attempt_at.isoformat()
    return details
