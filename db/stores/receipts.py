"""What comes back later: receipts move a recipient upwards, and prove a doubtful attempt.

Receipts come early, twice, out of order or never. They are matched by message id only; what matches nothing yet is
kept (`receipt_inbox.py`). Moving is idempotent: a lower or equal status changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from db.hot import Hot, HotRow, given
from db.moments import to_ms
from db.stores import billing, progress, receipt_inbox
from db.stores.later import wait_again
from db.stores.refusals import BY_PROVIDER, opt_out
from db.stores.second_try import skip_in_others
from db.tables.attempt import AttemptOutcome, attempt
from db.tables.metadata import literal, literals
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.domain.recipient import STEPS, Reason, RecipientStatus, step

# Where a recipient stands: `standing_of` reads it.
STANDING = (
    recipient.c.id,
    recipient.c.campaign_id,
    recipient.c.contact_id,
    recipient.c.instance_id,
    recipient.c.status,
    recipient.c.sent_at.is_not(None),
)
_BY_MESSAGE = Hot(sa.select(*STANDING).where(recipient.c.message_id == given("message")))
# Where the gateway uses the id that we chose, a receipt proves the send although its answer was lost, or was a refusal.
_BY_CLIENT_REF = Hot(
    sa.select(*STANDING)
    .join(attempt, attempt.c.recipient_id == recipient.c.id)
    .where(
        attempt.c.client_ref == given("message"),
        # Of several attempts only the doubtful one leads out of doubt. Who waits again, or failed and may be tried
        # again, must not be sent to a second time, whichever of the attempts it was that left.
        sa.or_(
            sa.and_(
                attempt.c.outcome == literal(AttemptOutcome.UNKNOWN),
                recipient.c.status == literal(RecipientStatus.IN_DOUBT),
            ),
            recipient.c.status.in_(literals(RecipientStatus.PENDING, RecipientStatus.RETRYING)),
            # Of who was erased nothing is learned any more.
            sa.and_(recipient.c.status == literal(RecipientStatus.FAILED), recipient.c.contact_id.is_not(None)),
        ),
    )
)
# An attempt that was taken not to have left, or decided by the operator, of who was written to again.
_BY_EARLIER_REF = Hot(
    sa.select(*STANDING, attempt.c.id)
    .join(attempt, attempt.c.recipient_id == recipient.c.id)
    .where(
        attempt.c.client_ref == given("message"),
        attempt.c.outcome.in_(
            literals(AttemptOutcome.REJECTED, AttemptOutcome.NOT_SENT, AttemptOutcome.UNKNOWN),
        ),
        recipient.c.status.in_(literals(RecipientStatus.SENT, RecipientStatus.DELIVERED, RecipientStatus.READ)),
        recipient.c.contact_id.is_not(None),
    )
)
_ADOPT_ID = Hot(
    sa.update(recipient)
    .where(recipient.c.id == given("of_recipient"), recipient.c.message_id.is_(None))
    .values(message_id=given("message"))
)
_BY_ID = Hot(sa.select(*STANDING).where(recipient.c.id == given("of_recipient")))

# The attempt that a proof names, or else the last one of unknown fate.
_is_named = attempt.c.client_ref == given("tag", type_=sa.Text)
_PROVEN_ATTEMPT = Hot(
    sa.select(attempt.c.id, attempt.c.started_at, attempt.c.outcome == literal(AttemptOutcome.ACCEPTED))
    .where(
        attempt.c.recipient_id == given("of_recipient"),
        sa.or_(attempt.c.outcome == literal(AttemptOutcome.UNKNOWN), _is_named),
    )
    .order_by(
        sa.case((_is_named, sa.literal_column("0", sa.Integer)), else_=sa.literal_column("1", sa.Integer)),
        attempt.c.number.desc(),
    )
    .limit(sa.literal_column("1"))
)
_PROVE_ATTEMPT = Hot(
    sa.update(attempt)
    .where(attempt.c.id == given("of_attempt"))
    # What had been said against it is refuted.
    .values(outcome=literal(AttemptOutcome.ACCEPTED), message_id=given("message"), error_class=None, code=None)
)
_PROVE_SENT = Hot(
    sa.update(recipient)
    .where(recipient.c.id == given("of_recipient"))
    .values(
        status=literal(RecipientStatus.SENT),
        reason=given("why"),
        detail=None,
        message_id=sa.func.coalesce(given("message"), recipient.c.message_id),
        address=sa.func.coalesce(given("found_address"), recipient.c.address),
        sent_at=given("sent"),
        next_attempt_at=None,
    )
)
_RAISE = Hot(
    sa.update(recipient)
    .where(recipient.c.id == given("of_recipient"))
    .values(
        status=given("to"),
        reason=sa.case((recipient.c.status == literal(RecipientStatus.FAILED), sa.null()), else_=recipient.c.reason),
        delivered_at=sa.func.coalesce(recipient.c.delivered_at, given("moment")),
        read_at=sa.func.coalesce(recipient.c.read_at, given("seen")),
    )
)
_FAIL = Hot(
    sa.update(recipient)
    .where(recipient.c.id == given("of_recipient"))
    .values(
        status=literal(RecipientStatus.FAILED),
        reason=given("why"),
        message_id=sa.func.coalesce(given("message"), recipient.c.message_id),
    )
)

_WAITING = frozenset({RecipientStatus.PENDING, RecipientStatus.RETRYING})
_LISTENING = frozenset(
    {
        RecipientStatus.IN_DOUBT,
        RecipientStatus.SENT,
        RecipientStatus.DELIVERED,
        RecipientStatus.READ,
        RecipientStatus.FAILED,
    }
)

# The order in which kept ones are applied: what has arrived does not fail any more, and who is taken to have failed
# would be written to a second time. Source: gateways.md §0.2.
_RANK = {ReceiptKind.SENT: 0, ReceiptKind.DELIVERED: 1, ReceiptKind.READ: 2, ReceiptKind.FAILED: 3}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a recipient stands, as far as receipts care."""

    recipient_id: RecipientId
    campaign_id: CampaignId
    contact_id: ContactId | None
    instance_id: InstanceId | None
    status: RecipientStatus
    was_sent: bool = False  # a message of theirs is known to have left


def apply(context: WriteContext, workspace_id: WorkspaceId, receipts: Iterable[Receipt]) -> None:
    """Apply receipts in their order; keep those that match nothing yet."""
    oldest: datetime | None = None
    for receipt in receipts:
        standing = _find(context.conn, receipt)
        if standing is None:
            standing = _prove_late(context, workspace_id, receipt)
        if standing is not None:
            advance(context, workspace_id, standing, receipt)
            billing.note(context.conn, workspace_id, standing.recipient_id, receipt)
        else:
            receipt_inbox.keep(context.conn, receipt)
            oldest = receipt.at
    if oldest is not None:
        receipt_inbox.forget_old(context.conn, oldest)


def apply_early(context: WriteContext, workspace_id: WorkspaceId, named: Mapping[str, RecipientId]) -> None:
    """Apply the receipts that came before their message ids were known.

    Args:
        named: whose message each name is: our own tag, and the gateway's id where the answer has told it.
    """
    kept: dict[RecipientId, list[Receipt]] = {}
    for receipt in receipt_inbox.take_named(context.conn, named):
        name = receipt.message_id if receipt.message_id in named else receipt.client_ref
        assert name is not None
        kept.setdefault(named[name], []).append(receipt)
    for recipient_id, own in kept.items():
        _apply_kept(context, workspace_id, recipient_id, own)


def apply_to_waiting(context: WriteContext, workspace_id: WorkspaceId, recipient_id: RecipientId) -> None:
    """Apply to a recipient that waits again the receipts for any of its attempts: one may have left all the same."""
    early = receipt_inbox.take_of(context.conn, recipient_id)
    _apply_kept(context, workspace_id, recipient_id, early)


def apply_to_earlier(context: WriteContext, workspace_id: WorkspaceId, recipient_id: RecipientId) -> None:
    """Apply what came for earlier attempts while a later one was under way, which has its answer now."""
    apply(context, workspace_id, receipt_inbox.take_of(context.conn, recipient_id))


def _apply_kept(
    context: WriteContext, workspace_id: WorkspaceId, recipient_id: RecipientId, early: Sequence[Receipt]
) -> None:
    for receipt in sorted(early, key=lambda each: (_RANK[each.kind], each.at)):
        found = _BY_ID.one(context.conn, {"of_recipient": recipient_id})
        if found is not None:
            advance(context, workspace_id, standing_of(found), receipt)
            billing.note(context.conn, workspace_id, recipient_id, receipt)


def _find(conn: sa.Connection, receipt: Receipt) -> Standing | None:
    key = {"message": receipt.message_id}
    rows = _BY_MESSAGE.all(conn, key) or _BY_CLIENT_REF.all(conn, {"message": _tag(receipt)})
    found = [standing_of(row) for row in rows]
    # Two practice gateways may count their ids alike; then the instance tells whose it is.
    own = [standing for standing in found if standing.instance_id == receipt.instance_id]
    if own:
        return own[0]
    return found[0] if len(found) == 1 else None


def _prove_late(context: WriteContext, workspace_id: WorkspaceId, receipt: Receipt) -> Standing | None:
    """Record that an earlier attempt had left after all, although the person was written to again, or sent by word.

    The proof of a campaign has to know of it: then somebody was sent to twice.
    """
    row = _BY_EARLIER_REF.one(context.conn, {"message": _tag(receipt)})
    if row is None or receipt.kind is ReceiptKind.FAILED:
        return None
    *columns, attempt_id = row
    standing = standing_of(tuple(columns))
    _PROVE_ATTEMPT.run(context.conn, {"of_attempt": attempt_id, "message": receipt.message_id})
    _ADOPT_ID.run(context.conn, {"of_recipient": standing.recipient_id, "message": receipt.message_id})
    _emit(context, workspace_id, standing, EventType.RECONCILED, receipt.at, {"proof": "receipt"})
    return standing


def standing_of(row: HotRow) -> Standing:
    """Return what a row of `STANDING` says."""
    recipient_id, campaign_id, contact_id, instance_id, status, was_sent = row
    return Standing(
        RecipientId(recipient_id),
        CampaignId(campaign_id),
        None if contact_id is None else ContactId(contact_id),
        None if instance_id is None else InstanceId(instance_id),
        RecipientStatus(status),
        bool(was_sent),
    )


def advance(context: WriteContext, workspace_id: WorkspaceId, standing: Standing, receipt: Receipt) -> None:
    """Move a recipient to what a receipt says, when that is upwards; otherwise change nothing."""
    target, proof = RecipientStatus(receipt.kind.value), {"proof": "receipt"}
    is_waiting = standing.status in _WAITING
    if is_waiting and target is RecipientStatus.FAILED:
        return  # that the refused attempt failed is known
    if not is_waiting and (standing.status not in _LISTENING or target not in STEPS[standing.status]):
        return
    if standing.was_sent and target is RecipientStatus.SENT:
        return  # it failed after that
    if not standing.was_sent:
        if target is RecipientStatus.FAILED:
            _prove_attempt(context.conn, standing, receipt.message_id, _tag(receipt))
            _emit(context, workspace_id, standing, EventType.RECONCILED, receipt.at, dict(proof))
        else:
            ids = (receipt.message_id, receipt.address)
            prove_sent(context, workspace_id, standing, *ids, receipt.at, dict(proof), tag=_tag(receipt))
    if standing.status is RecipientStatus.FAILED and standing.contact_id is not None:
        skip_in_others(context, workspace_id, standing.campaign_id, standing.contact_id, receipt.at)
    if target is RecipientStatus.FAILED:
        _fail(context, workspace_id, standing, receipt)
    elif target is not RecipientStatus.SENT:
        _raise(context, workspace_id, standing, target, receipt)


def prove_sent(
    context: WriteContext,
    workspace_id: WorkspaceId,
    standing: Standing,
    message_id: str | None,
    address: str | None,
    at: datetime,
    details: dict[str, object],
    reason: str | None = None,
    tag: str | None = None,
) -> None:
    """Move a recipient to sent: its message did leave. `message_id` is None when only the operator says so."""
    step(standing.status, RecipientStatus.SENT)
    started_ms, is_told = _prove_attempt(context.conn, standing, message_id, tag)
    _PROVE_SENT.run(
        context.conn,
        {
            "of_recipient": standing.recipient_id,
            "message": message_id,
            "found_address": address,
            "sent": to_ms(at) if started_ms is None else started_ms,
            "why": reason,
        },
    )
    share = progress.of(context.conn, standing.campaign_id)
    _emit(context, workspace_id, standing, EventType.RECONCILED, at, details, share)
    if is_told:
        return
    sent: dict[str, object] = {"message_id": message_id, "reconciled": True}
    _emit(context, workspace_id, standing, EventType.MESSAGE_SENT, at, sent, share)


def _tag(receipt: Receipt) -> str:
    """Return what may be our own tag."""
    return receipt.client_ref or receipt.message_id


def _prove_attempt(
    conn: sa.Connection, standing: Standing, message_id: str | None, tag: str | None
) -> tuple[int | None, bool]:
    """Record that an attempt was accepted, when there is proof; return when it started, and whether that was known."""
    found = _PROVEN_ATTEMPT.one(conn, {"of_recipient": standing.recipient_id, "tag": tag})
    if found is None:
        return None, False
    attempt_id, started_ms, was_accepted = found
    if message_id is not None:
        _PROVE_ATTEMPT.run(conn, {"of_attempt": attempt_id, "message": message_id})
    return started_ms, bool(was_accepted)


def _raise(
    context: WriteContext, workspace_id: WorkspaceId, standing: Standing, target: RecipientStatus, receipt: Receipt
) -> None:
    at, moment = receipt.at, to_ms(receipt.at)
    is_read = target is RecipientStatus.READ
    _RAISE.run(
        context.conn,
        {
            "of_recipient": standing.recipient_id,
            "to": target.value,
            "moment": moment,
            "seen": moment if is_read else None,
        },
    )
    if is_read and standing.status is not RecipientStatus.DELIVERED:
        # Who has read it has received it: the gateway only skipped a step.
        implied: dict[str, object] = {"implied_by": "read"}
        _emit(context, workspace_id, standing, EventType.MESSAGE_DELIVERED, at, implied)
    event_type = EventType.MESSAGE_READ if is_read else EventType.MESSAGE_DELIVERED
    price: dict[str, object] = {} if receipt.pricing is None else {"pricing": receipt.pricing.details()}
    _emit(context, workspace_id, standing, event_type, at, price)


def _fail(context: WriteContext, workspace_id: WorkspaceId, standing: Standing, receipt: Receipt) -> None:
    reason = receipt.code or Reason.DELIVERY_FAILED.value
    if standing.was_sent and wait_again(context, workspace_id, standing.recipient_id, standing.campaign_id, receipt):
        return
    _FAIL.run(
        context.conn,
        {"of_recipient": standing.recipient_id, "why": reason, "message": receipt.message_id},
    )
    share = progress.of(context.conn, standing.campaign_id)
    details: dict[str, object] = {"reason": reason, "after": standing.status.value}
    _emit(context, workspace_id, standing, EventType.MESSAGE_FAILED, receipt.at, details, share)
    if reason == Reason.OPTED_OUT and standing.contact_id is not None:
        opt_out(
            context,
            workspace_id,
            standing.contact_id,
            receipt.at,
            BY_PROVIDER,
            None,
            standing.campaign_id,
            standing.instance_id,
        )


def _emit(
    context: WriteContext,
    workspace_id: WorkspaceId,
    standing: Standing,
    event_type: EventType,
    at: datetime,
    details: dict[str, object],
    share: float | None = None,
) -> None:
    context.emit(
        workspace_id,
        NewEvent(
            event_type,
            at,
            Severity.ERROR if event_type is EventType.MESSAGE_FAILED else Severity.INFO,
            details,
            campaign_id=standing.campaign_id,
            instance_id=standing.instance_id,
            contact_id=standing.contact_id,
            recipient_id=standing.recipient_id,
            progress=share,
        ),
    )
