"""Out of doubt: by the gateway's proof, or by the operator's word. Never by guessing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.stores import receipts
from db.stores.receipts import STANDING, Standing, standing_of
from db.stores.skipping import skip_if_refused
from db.tables.attempt import AttemptOutcome, attempt
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, RecipientId, WorkspaceId
from desktop.domain.outcome import LOST_THAT_FAIL, Absent, Found, NotProvable, Verdict
from desktop.domain.receipt import Receipt, ReceiptKind
from desktop.domain.recipient import Reason, RecipientStatus, step
from desktop.engine.ports import Doubt

_IDS_AT_ONCE = 500  # bound parameters of one statement
_ENDED = frozenset({CampaignStatus.CANCELLED, CampaignStatus.FAILED})


def record_verdict(
    context: WriteContext, workspace_id: WorkspaceId, doubt: Doubt, verdict: Verdict, now: datetime
) -> Verdict | None:
    """Record what looking for the message of a doubtful attempt has shown (see `Ledger.record_verdict`)."""
    standing = _standing(context.conn, doubt.recipient_id)
    if standing is None or standing.status is not RecipientStatus.IN_DOUBT:
        return None
    if isinstance(verdict, Found) and _is_of_another(context.conn, doubt, verdict.message_id):
        verdict = NotProvable("ambiguous")
    if isinstance(verdict, Found):
        _record_found(context, workspace_id, standing, doubt, verdict, now)
    elif isinstance(verdict, Absent):
        context.conn.execute(
            sa.update(attempt)
            .where(attempt.c.id == doubt.attempt_id)
            .values(outcome=AttemptOutcome.NOT_SENT.value, code="absent")
        )
        # An attempt that is proven not to have happened burns none.
        gives_up = _times_lost(context.conn, doubt.recipient_id) >= LOST_THAT_FAIL
        _send_back(context, workspace_id, standing, now, {"proof": "absent"}, burnt=False, gives_up=gives_up)
    else:
        context.conn.execute(
            sa.update(attempt)
            .where(attempt.c.id == doubt.attempt_id)
            .values(doubt_tries=attempt.c.doubt_tries + 1, code=verdict.code)
        )
    return verdict


def resolve(
    context: WriteContext,
    workspace_id: WorkspaceId,
    recipient_ids: Sequence[RecipientId],
    as_sent: bool,
    now: datetime,
    operator: str | None,
) -> int:
    """Take the operator's word for a few hundred doubtful recipients at most; return how many were in doubt."""
    resolved = 0
    for standing in _doubtful(context.conn, workspace_id, recipient_ids):
        details: dict[str, object] = {"proof": "operator", "as_sent": as_sent}
        if operator is not None:
            details["operator"] = operator
        if as_sent:
            reason = Reason.RESOLVED_BY_OPERATOR.value
            receipts.prove_sent(context, workspace_id, standing, None, None, now, details, reason)
        else:
            _send_back(context, workspace_id, standing, now, details, burnt=True)
        resolved += 1
    return resolved


def _is_of_another(conn: sa.Connection, doubt: Doubt, message_id: str) -> bool:
    """Tell whether a message of this number is known to be somebody else's, or another campaign's.

    Who searches knows only what was sent since the program started.
    """
    others = sa.select(recipient.c.id).where(
        recipient.c.message_id == message_id,
        recipient.c.instance_id == doubt.instance_id,
        recipient.c.id != doubt.recipient_id,
    )
    return conn.execute(others.limit(1)).first() is not None


def _record_found(
    context: WriteContext, workspace_id: WorkspaceId, standing: Standing, doubt: Doubt, verdict: Found, now: datetime
) -> None:
    proof: dict[str, object] = {"proof": "found", "tries": doubt.tries + 1}
    receipts.prove_sent(context, workspace_id, standing, verdict.message_id, verdict.address, now, proof)
    if verdict.address is not None:
        context.conn.execute(
            sa.update(contact).where(contact.c.id == standing.contact_id).values(address=verdict.address)
        )
    if verdict.status is not None:
        sent = _standing(context.conn, doubt.recipient_id)
        assert sent is not None
        shown = Receipt(doubt.instance_id, verdict.message_id, ReceiptKind(verdict.status), now)
        receipts.advance(context, workspace_id, sent, shown)
    named = dict.fromkeys((doubt.client_ref, verdict.message_id), doubt.recipient_id)
    receipts.apply_early(context, workspace_id, named)


def _send_back(
    context: WriteContext,
    workspace_id: WorkspaceId,
    standing: Standing,
    now: datetime,
    details: dict[str, object],
    *,
    burnt: bool,
    gives_up: bool = False,
) -> None:
    """Let a doubtful recipient wait again.

    It fails instead in a campaign that has ended, where one gives up, and when the person was erased meanwhile.
    """
    status = context.conn.execute(
        sa.select(campaign.c.status).where(campaign.c.id == standing.campaign_id)
    ).scalar_one()
    has_ended, is_erased = CampaignStatus(status) in _ENDED, standing.contact_id is None
    fails = has_ended or gives_up or is_erased
    reason = Reason.CANCELLED if has_ended else Reason.RETRIES_EXHAUSTED
    if is_erased:
        reason = Reason.CONTACT_ERASED
    target = step(standing.status, RecipientStatus.FAILED if fails else RecipientStatus.PENDING)
    unburnt = sa.case((recipient.c.attempts > 0, recipient.c.attempts - 1), else_=0)
    context.conn.execute(
        sa.update(recipient)
        .where(recipient.c.id == standing.recipient_id)
        .values(
            status=target.value,
            reason=reason.value if fails else None,
            detail=None,
            attempts=recipient.c.attempts if burnt else unburnt,
        )
    )
    context.emit(
        workspace_id,
        NewEvent(
            EventType.RECONCILED,
            now,
            details={**details, "to": target.value},
            campaign_id=standing.campaign_id,
            instance_id=standing.instance_id,
            contact_id=standing.contact_id,
            recipient_id=standing.recipient_id,
        ),
    )
    if not fails:
        receipts.apply_to_waiting(context, workspace_id, standing.recipient_id)
        skip_if_refused(context, workspace_id, standing.recipient_id, now)


def _times_lost(conn: sa.Connection, recipient_id: RecipientId) -> int:
    """Count the attempts of lost answers that were proven absent; those that a crash cut off have no duration."""
    lost = (attempt.c.recipient_id == recipient_id, attempt.c.code == "absent", attempt.c.duration_ms.is_not(None))
    return conn.execute(sa.select(sa.func.count()).where(*lost)).scalar_one()


def _standing(conn: sa.Connection, recipient_id: RecipientId) -> Standing | None:
    row = conn.execute(sa.select(*STANDING).where(recipient.c.id == recipient_id)).first()
    return None if row is None else standing_of(tuple(row))


def doubtful_ids(
    conn: sa.Connection, workspace_id: WorkspaceId, recipient_ids: Sequence[RecipientId] | CampaignId
) -> Sequence[RecipientId]:
    """Return those that are in doubt now, of some recipients or of a campaign, ascending."""
    query = _in_doubt(workspace_id, recipient.c.id)
    if isinstance(recipient_ids, int):
        query = query.where(recipient.c.campaign_id == recipient_ids)
        return [RecipientId(found) for found in conn.execute(query).scalars()]
    found: list[RecipientId] = []
    for start in range(0, len(recipient_ids), _IDS_AT_ONCE):
        part = query.where(recipient.c.id.in_(recipient_ids[start : start + _IDS_AT_ONCE]))
        found += [RecipientId(each) for each in conn.execute(part).scalars()]
    return found


def _doubtful(conn: sa.Connection, workspace_id: WorkspaceId, recipient_ids: Sequence[RecipientId]) -> list[Standing]:
    query = _in_doubt(workspace_id, *STANDING).where(recipient.c.id.in_(recipient_ids))
    return [standing_of(tuple(row)) for row in conn.execute(query)]


def _in_doubt(workspace_id: WorkspaceId, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .join(campaign, campaign.c.id == recipient.c.campaign_id)
        .where(
            campaign.c.workspace_id == workspace_id,
            campaign.c.deleted_at.is_(None),
            recipient.c.status == RecipientStatus.IN_DOUBT.value,
        )
        .order_by(recipient.c.id)
    )
