"""Recipients of a campaign, page by page, and the attempts of one."""

from typing import Any

import sqlalchemy as sa

from db.queries.text import contains
from db.tables.attempt import attempt
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.instance import instance
from db.tables.recipient import recipient
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId, RecipientId, WorkspaceId
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import AttemptRow, RecipientRow, RecipientSituation


def page_statement(
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    status: str | None,
    after: RecipientId | None,
    limit: int,
    text: str,
) -> sa.Select[*tuple[Any, ...]]:
    """Return the statement of a page, ascending by id, of the rows behind `after`."""
    query = (
        sa.select(
            recipient,
            sa.func.coalesce(contact.c.name, "").label("name"),
            instance.c.name.label("instance"),
            _of_last_attempt(attempt.c.started_at).label("tried_at"),
            _of_last_attempt(attempt.c.code).label("doubt"),
        )
        .outerjoin(contact, contact.c.id == recipient.c.contact_id)
        .outerjoin(instance, instance.c.id == recipient.c.instance_id)
        .where(
            recipient.c.campaign_id == campaign_id,
            # Nobody reads another tenant's recipients by guessing a number.
            sa.exists().where(campaign.c.id == campaign_id, campaign.c.workspace_id == workspace_id),
            recipient.c.id > (after or 0),
        )
        .order_by(recipient.c.id)
        .limit(limit)
    )
    if status is not None:
        query = query.where(recipient.c.status == status)
    if text.strip():
        query = query.where(contains(text, recipient.c.phone, contact.c.name))
    return query


def _of_last_attempt(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return a column of a recipient's last attempt, which the unique key on recipient and number finds."""
    newest = sa.select(column).where(attempt.c.recipient_id == recipient.c.id).order_by(attempt.c.number.desc())
    return newest.limit(1).correlate(recipient).scalar_subquery()


def page(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    status: str | None,
    after: RecipientId | None,
    limit: int,
    text: str,
) -> list[RecipientRow]:
    statement = page_statement(workspace_id, campaign_id, status, after, limit, text)
    return [_row(row) for row in conn.execute(statement)]


def situation(conn: sa.Connection, workspace_id: WorkspaceId, recipient_id: RecipientId) -> RecipientSituation:
    """Return what decides when a recipient's message may leave.

    Raises:
        KnownError: `recipient_not_found`.
    """
    query = (
        sa.select(recipient, contact.c.opted_out_at)
        .join(campaign, campaign.c.id == recipient.c.campaign_id)
        .outerjoin(contact, contact.c.id == recipient.c.contact_id)
        .where(recipient.c.id == recipient_id, campaign.c.workspace_id == workspace_id)
    )
    row = conn.execute(query).first()
    if row is None:
        raise KnownError("recipient_not_found", "That recipient is not there any more.", "Look at the list again.")
    return RecipientSituation(
        RecipientId(row.id),
        CampaignId(row.campaign_id),
        row.phone,
        RecipientStatus(row.status),
        row.reason,
        row.opted_out_at is not None,
        row.next_attempt_at,
        row.zone,
        None if row.contact_id is None else ContactId(row.contact_id),
    )


def attempts(conn: sa.Connection, recipient_id: RecipientId) -> list[AttemptRow]:
    """Return the attempts of one recipient in their order."""
    query = (
        sa.select(attempt, instance.c.name.label("instance"))
        .join(instance, instance.c.id == attempt.c.instance_id)
        .where(attempt.c.recipient_id == recipient_id)
        .order_by(attempt.c.number)
    )
    return [
        AttemptRow(
            number=row.number,
            instance=row.instance,
            started_at=row.started_at,
            duration_ms=row.duration_ms,
            http_status=row.http_status,
            outcome=row.outcome,
            code=row.code,
            text=row.text,
        )
        for row in conn.execute(query)
    ]


def _row(row: Any) -> RecipientRow:
    return RecipientRow(
        id=RecipientId(row.id),
        phone=row.phone,
        name=row.name,
        status=RecipientStatus(row.status),
        reason=row.reason,
        instance=row.instance,
        message_id=row.message_id,
        attempts=row.attempts,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        read_at=row.read_at,
        replied_at=row.replied_at,
        next_attempt_at=row.next_attempt_at,
        detail=row.detail,
        tried_at=row.tried_at,
        doubt=row.doubt,
    )
