"""What is recorded before a request leaves: the claim and the attempt. Half of the hot path of writing.

Many at once, as parts of one transaction. Nothing here decides whom to send to.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.sql.base import Executable

from db.given_rows import for_each_row, rows_of
from db.hot import Hot, given
from db.moments import to_ms
from db.stores.skipping import skip
from db.tables.attempt import attempt
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.metadata import Id, literal, literals
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import AttemptId, ContactId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus
from desktop.engine.ports import Intent

_WAITING = (RecipientStatus.PENDING, RecipientStatus.RETRYING)
_TEXT, _NUMBER = sa.Text(), sa.BigInteger()

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
    for_each_row(
        {"of_recipient": Id, "of_campaign": Id, "by_instance": Id, "with_variation": Id},
        lambda row: (
            sa.update(recipient)
            .where(
                recipient.c.id == row.c.of_recipient,
                recipient.c.campaign_id == row.c.of_campaign,
                recipient.c.status.in_(literals(*_WAITING)),
                recipient.c.contact_id.is_not(None),  # erased
                _may_leave,
            )
            .values(
                status=literal(RecipientStatus.SENDING),
                reason=None,
                instance_id=row.c.by_instance,
                variation_id=row.c.with_variation,
                next_attempt_at=None,
            )
            .returning(recipient.c.id, recipient.c.contact_id)
        ),
    )
)

_ATTEMPT = {
    "recipient_id": Id,
    "campaign_id": Id,
    "instance_id": Id,
    "variation_id": Id,
    "run_id": Id,
    "started_at": _NUMBER,
    "client_ref": _TEXT,
    "text_digest": _TEXT,
    "category": _TEXT,
    "market": _TEXT,
    "price_micros": _NUMBER,
}


def _add_attempts(row: sa.FromClause) -> Executable:
    # Numbered by what is recorded: an attempt that did not count (offline) has used its number too.
    earlier = attempt.alias()
    newest = sa.select(sa.func.max(earlier.c.number)).where(earlier.c.recipient_id == row.c.recipient_id)
    number = sa.func.coalesce(newest.scalar_subquery(), sa.literal_column("0")) + sa.literal_column("1")
    return (
        sa.insert(attempt)
        .from_select(
            [*_ATTEMPT, "number", "doubt_tries"],
            sa.select(*row.c, number, sa.literal_column("0")),
            include_defaults=False,
        )
        .returning(attempt.c.id, attempt.c.recipient_id)
    )


_ADD_ATTEMPTS = Hot(for_each_row(_ATTEMPT, _add_attempts))

# Recorded by a process that has ended before it could say so: the same run asks again.
_RECORDED = Hot(
    sa.select(attempt.c.id).where(
        attempt.c.client_ref == given("by_reference"),
        attempt.c.run_id == given("of_run"),
        attempt.c.recipient_id == given("of_recipient"),
        attempt.c.outcome.is_(None),
    )
)

# Why a claim failed.
_REFUSED = Hot(
    sa.select(recipient.c.status, campaign.c.status, recipient.c.campaign_id)
    .join(campaign, campaign.c.id == recipient.c.campaign_id)
    .where(recipient.c.id == given("of_recipient"), campaign.c.deleted_at.is_(None))
)


def record_intents(
    context: WriteContext, workspace_id: WorkspaceId, intents: Sequence[Intent]
) -> list[AttemptId | None]:
    """Claim the recipients, each of whom is in `intents` once, and add the attempts (see `Ledger.record_intent`).

    Returns:
        For each intent its attempt; None where the recipient could not be claimed.
    """
    conn = context.conn
    claims = [(each.recipient_id, each.campaign_id, each.instance_id, each.variation_id) for each in intents]
    claimed: dict[int, int | None] = dict(CLAIM.all(conn, rows_of(claims)))
    rows = [_row(each) for each in intents if each.recipient_id in claimed]
    added: dict[int, int] = (
        {of: attempt_id for attempt_id, of in _ADD_ATTEMPTS.all(conn, rows_of(rows))} if rows else {}
    )
    for intent in intents:
        if intent.recipient_id in claimed:
            _emit_choice(context, workspace_id, intent, claimed[intent.recipient_id])
        elif (attempt_id := _recorded_before(context, intent)) is not None:
            added[intent.recipient_id] = attempt_id
        else:
            _skip_if_opted_out(context, workspace_id, intent)
    return [AttemptId(added[each.recipient_id]) if each.recipient_id in added else None for each in intents]


def _recorded_before(context: WriteContext, intent: Intent) -> int | None:
    row = _RECORDED.one(
        context.conn,
        {"by_reference": intent.client_ref, "of_run": intent.run_id, "of_recipient": intent.recipient_id},
    )
    return None if row is None else row[0]


def _row(intent: Intent) -> tuple[object, ...]:
    """Return the values of an attempt in the order of `_ATTEMPT`."""
    return (
        intent.recipient_id,
        intent.campaign_id,
        intent.instance_id,
        intent.variation_id,
        intent.run_id,
        to_ms(intent.started_at),
        intent.client_ref,
        intent.text_digest,
        intent.price.category.value,
        intent.price.market,
        intent.price.micros,
    )


def _emit_choice(context: WriteContext, workspace_id: WorkspaceId, intent: Intent, contact_id: int | None) -> None:
    context.emit(
        workspace_id,
        NewEvent(
            EventType.INSTANCE_SELECTED,
            intent.started_at,
            Severity.DEBUG,
            intent.choice,
            campaign_id=intent.campaign_id,
            instance_id=intent.instance_id,
            contact_id=None if contact_id is None else ContactId(contact_id),
            recipient_id=intent.recipient_id,
        ),
    )


def _skip_if_opted_out(context: WriteContext, workspace_id: WorkspaceId, intent: Intent) -> None:
    """Skip the recipient when nothing but an opt-out stood in the way of its claim."""
    found = _REFUSED.one(context.conn, {"of_recipient": intent.recipient_id})
    if found is not None and found[0] in _WAITING and found[1] == CampaignStatus.RUNNING:
        skip(context, workspace_id, intent.recipient_id, Reason.OPTED_OUT, intent.started_at)
