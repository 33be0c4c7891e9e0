"""Who was not delivered to because WhatsApp wants this person left alone for a while: they wait again, not fail.

The failure is the provider's word that nothing arrived. It is kept beside the attempt, whose outcome stays "accepted":
it counts against limits like any other that left, and the proof reads that it did not arrive.
"""

from datetime import datetime

import sqlalchemy as sa

from db.draft_document import from_document
from db.hot import Hot, given
from db.moments import document, to_ms
from db.stores import progress
from db.stores.skipping import skip_if_refused
from db.tables.attempt import AttemptOutcome, attempt
from db.tables.campaign import campaign
from db.tables.metadata import literal
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, RecipientId, WorkspaceId
from desktop.domain.outcome import ErrorClass
from desktop.domain.receipt import Receipt, again_at
from desktop.domain.recipient import RecipientStatus

# The attempt that the failure names must be the last one, and one that the gateway had accepted. Of who was erased, or
# whose campaign does not run any more, nobody waits.
_NAMED = Hot(
    sa.select(attempt.c.id, attempt.c.number, recipient.c.attempts, campaign.c.draft)
    .join(recipient, recipient.c.id == attempt.c.recipient_id)
    .join(campaign, campaign.c.id == recipient.c.campaign_id)
    .where(
        attempt.c.recipient_id == given("of_recipient"),
        attempt.c.client_ref == given("tag"),
        attempt.c.outcome == literal(AttemptOutcome.ACCEPTED),
        recipient.c.contact_id.is_not(None),
        campaign.c.status == literal(CampaignStatus.RUNNING),
        campaign.c.deleted_at.is_(None),
    )
)
_IS_LAST = Hot(sa.select(sa.func.max(attempt.c.number)).where(attempt.c.recipient_id == given("of_recipient")))
_BLAME = Hot(
    sa.update(attempt)
    .where(attempt.c.id == given("of_attempt"))
    .values(error_class=literal(ErrorClass.RECIPIENT_LATER), code=given("why"))
)
# Neither message nor moment of sending stay: what is told of this message later finds the person by our own tag, and
# must not be taken for news of the next one.
_WAIT = Hot(
    sa.update(recipient)
    .where(recipient.c.id == given("of_recipient"))
    .values(
        status=literal(RecipientStatus.RETRYING),
        reason=given("why"),
        message_id=None,
        sent_at=None,
        next_attempt_at=given("moment"),
    )
)


def wait_again(
    context: WriteContext,
    workspace_id: WorkspaceId,
    recipient_id: RecipientId,
    campaign_id: CampaignId,
    receipt: Receipt,
) -> datetime | None:
    """Let a recipient wait for another attempt, where a failed receipt allows one; return until when, else None.

    Only a receipt that names our own tag: what is told later of that message has to find its way to the same person.
    """
    at = again_at(receipt)
    if at is None or receipt.client_ref is None:
        return None
    found = _NAMED.one(context.conn, {"of_recipient": recipient_id, "tag": receipt.client_ref})
    if found is None:
        return None
    attempt_id, number, attempts, draft = found
    last = _IS_LAST.one(context.conn, {"of_recipient": recipient_id})
    if last is None or last[0] != number or attempts >= from_document(document(draft) or {}).retry.attempts:
        return None
    why = {"why": receipt.code}
    _BLAME.run(context.conn, {"of_attempt": attempt_id, **why})
    _WAIT.run(context.conn, {"of_recipient": recipient_id, "moment": to_ms(at), **why})
    details = {"attempt": number, "reason": receipt.code, "after": "sent", "next_attempt_at": at.isoformat()}
    event = NewEvent(
        EventType.RETRY_SCHEDULED,
        receipt.at,
        Severity.WARNING,
        details,
        campaign_id=campaign_id,
        instance_id=receipt.instance_id,
        recipient_id=recipient_id,
        progress=progress.of(context.conn, campaign_id),
    )
    context.emit(workspace_id, event)
    skip_if_refused(context, workspace_id, recipient_id, receipt.at)
    return at
