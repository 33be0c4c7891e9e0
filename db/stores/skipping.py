"""Skipping one recipient that waits: used wherever somebody may no longer be sent to."""

from datetime import datetime

import sqlalchemy as sa

from db.hot import Hot, given
from db.stores import progress
from db.tables.contact import contact
from db.tables.metadata import literal, literals
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, RecipientId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus

_WAITING = (RecipientStatus.PENDING, RecipientStatus.RETRYING)

_SKIP = Hot(
    sa.update(recipient)
    .where(recipient.c.id == given("of_recipient"), recipient.c.status.in_(literals(*_WAITING)))
    .values(status=literal(RecipientStatus.SKIPPED), reason=given("why"), next_attempt_at=None)
    .returning(recipient.c.campaign_id, recipient.c.contact_id)
)

_REFUSAL = Hot(
    sa.select(contact.c.id)
    .join(recipient, recipient.c.contact_id == contact.c.id)
    .where(recipient.c.id == given("of_recipient"), contact.c.opted_out_at.is_not(None))
)


def skip(
    context: WriteContext, workspace_id: WorkspaceId, recipient_id: RecipientId, reason: str, now: datetime
) -> bool:
    """Skip a recipient that waits; tell whether it did."""
    skipped = _SKIP.one(context.conn, {"of_recipient": recipient_id, "why": str(reason)})
    if skipped is None:
        return False
    campaign_id = CampaignId(skipped[0])
    context.emit(
        workspace_id,
        NewEvent(
            EventType.SKIPPED,
            now,
            details={"reason": str(reason)},
            campaign_id=campaign_id,
            contact_id=skipped[1],
            recipient_id=recipient_id,
            progress=progress.of(context.conn, campaign_id),
        ),
    )
    return True


def skip_if_refused(context: WriteContext, workspace_id: WorkspaceId, recipient_id: RecipientId, now: datetime) -> None:
    """Skip a recipient that waits again, when its person has opted out meanwhile."""
    if _REFUSAL.one(context.conn, {"of_recipient": recipient_id}) is not None:
        skip(context, workspace_id, recipient_id, Reason.OPTED_OUT, now)
