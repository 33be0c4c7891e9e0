"""The recipients of a campaign with their attempts and what became of doubts, for the proof: page by page."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from db.queries.recipients import page
from db.tables.attempt import attempt
from db.tables.event import event
from db.tables.instance import instance
from desktop.domain.events import EventType
from desktop.domain.ids import CampaignId, RecipientId, WorkspaceId
from desktop.domain.outcome import ErrorClass
from desktop.domain.proof import AttemptFacts, RecipientFacts
from desktop.domain.summaries import RecipientRow

PAGE = 500


def facts(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, page_size: int = PAGE
) -> Iterator[RecipientFacts]:
    """Yield every recipient of a campaign, ascending by id, holding one page at a time.

    All pages are of one state of the database: the reader's transaction lasts as long as the iteration.
    """
    after: RecipientId | None = None
    while rows := page(conn, workspace_id, campaign_id, None, after, page_size, ""):
        attempts = _attempts(conn, rows)
        for row in rows:
            yield RecipientFacts(row, tuple(attempts.get(row.id, ())))
        if len(rows) < page_size:
            return
        after = rows[-1].id


def _attempts(conn: sa.Connection, rows: list[RecipientRow]) -> dict[int, list[AttemptFacts]]:
    """Return the attempts of a page's recipients, by recipient."""
    query = (
        sa.select(attempt, instance.c.name.label("instance"))
        .join(instance, instance.c.id == attempt.c.instance_id)
        .where(attempt.c.recipient_id.in_([row.id for row in rows]))
        .order_by(attempt.c.recipient_id, attempt.c.number)
    )
    found = conn.execute(query).all()
    doubtful = [row.recipient_id for row in found if row.doubt_since is not None and row.outcome == "accepted"]
    proofs = _proofs(conn, doubtful) if doubtful else {}
    attempts: dict[int, list[AttemptFacts]] = {}
    for row in found:
        attempts.setdefault(row.recipient_id, []).append(_attempt(row, proofs.get(row.recipient_id)))
    return attempts


def _proofs(conn: sa.Connection, recipient_ids: list[int]) -> dict[int, str]:
    """Return how the doubt about each recipient ended that led to a sent message."""
    # Found by recipient and sorted out here: asked for the type as well, SQLite would go through all doubts of all
    # campaigns for every page.
    query = sa.select(event.c.recipient_id, event.c.type, event.c.details).where(
        event.c.recipient_id.in_(recipient_ids)
    )
    proofs: dict[int, str] = {}
    for recipient_id, event_type, details in conn.execute(query.order_by(event.c.recipient_id, event.c.id)):
        if event_type == EventType.RECONCILED and details.get("proof") in ("found", "receipt"):
            proofs[recipient_id] = details["proof"]
    return proofs


def _attempt(row: Any, proof: str | None) -> AttemptFacts:
    was_doubtful = row.doubt_since is not None
    return AttemptFacts(
        number=row.number,
        instance=row.instance,
        started_at=row.started_at,
        duration_ms=row.duration_ms,
        outcome=row.outcome,
        code=row.code,
        http_status=row.http_status,
        message_id=row.message_id,
        was_doubtful=was_doubtful,
        was_undelivered=row.outcome == "accepted" and row.error_class == ErrorClass.RECIPIENT_LATER,
        proof=proof if was_doubtful and row.outcome == "accepted" else None,
    )
