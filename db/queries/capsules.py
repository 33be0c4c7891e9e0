"""What a capsule takes along of a campaign: its people as they are now, and what became of them if it was started."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.draft_document import to_document
from db.queries import audience as audiences
from db.queries import own_texts, proof
from db.rows import load_campaign, load_counts
from db.tables.contact import contact
from db.tables.own_text import own_text
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.moments import iso_or_none
from desktop.domain.own_text import WRITTEN
from desktop.domain.proof import RecipientFacts

_PAGE = 1_000


def head(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> dict[str, Any]:
    """Return what a campaign is, ready for JSON: draft, status, counts.

    Raises:
        KnownError: `campaign_not_found`.
    """
    found = load_campaign(conn, workspace_id, campaign_id)
    counts = load_counts(conn, campaign_id)
    return {
        "name": found.name,
        "status": found.status.value,
        "started_at": iso_or_none(found.started_at),
        "finished_at": iso_or_none(found.finished_at),
        "counts": {
            word: getattr(counts, word)
            for word in (
                "total",
                "pending",
                "sending",
                "retrying",
                "sent",
                "delivered",
                "read",
                "failed",
                "skipped",
                "in_doubt",
                "replied",
            )
        },
        "draft": to_document(found.draft),
        "own_texts": _wish(conn, workspace_id, campaign_id),
    }


def _wish(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> dict[str, object] | None:
    """Return what is written for each person of a campaign; that somebody agreed to it here counts for nobody else."""
    plan = own_texts.plan(conn, workspace_id, campaign_id)
    if plan is None:
        return None
    wish = plan.wish
    return {
        "base": wish.base,
        "wish": wish.wish,
        "fields": list(wish.fields),
        "most_people": wish.most_people,
        "otherwise": plan.otherwise.value,
    }


def people(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, now: datetime
) -> Iterator[dict[str, object]]:
    """Yield each person, ready for JSON: the recipients of a started campaign, else the audience of now."""
    found = load_campaign(conn, workspace_id, campaign_id)
    if found.started_at is None:
        yield from _audience(conn, workspace_id, campaign_id, found.draft.audience, now)
        return
    page: list[RecipientFacts] = []
    for each in proof.facts(conn, workspace_id, campaign_id):
        page.append(each)
        if len(page) == _PAGE:
            yield from _with_fields(conn, workspace_id, page)
            page = []
    yield from _with_fields(conn, workspace_id, page)


def _audience(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, audience: Any, now: datetime
) -> Iterator[dict[str, object]]:
    if audience is None:
        return
    told: set[str] = set()
    for condition in audiences.conditions(conn, workspace_id, audience, now):
        theirs = (own_text.c.contact_id == contact.c.id) & (own_text.c.campaign_id == campaign_id) & _IS_WRITTEN
        query = (
            sa.select(contact.c.phone, contact.c.name, contact.c.custom, contact.c.opted_out_at, *_OWN_TEXT)
            .outerjoin(own_text, theirs)
            .where(condition)
        )
        for phone, name, custom, opted_out_at, *own in conn.execute(query.order_by(contact.c.id)):
            told.add(phone)
            person = {"phone": phone, "name": name, "custom": custom, "opted_out": opted_out_at is not None}
            yield person | _own_text(*own)
    # Phones of a typed list that are no contacts yet.
    for phone in dict.fromkeys(audience.values if audience.kind.value == "phones" else ()):
        if phone not in told:
            yield {"phone": phone, "name": "", "custom": {}, "opted_out": False}


def _with_fields(
    conn: sa.Connection, workspace_id: WorkspaceId, page: list[RecipientFacts]
) -> Iterator[dict[str, object]]:
    phones = [each.row.phone for each in page]
    query = sa.select(contact.c.phone, contact.c.custom, contact.c.opted_out_at).where(
        contact.c.workspace_id == workspace_id, contact.c.phone.in_(phones)
    )
    known = {phone: (custom, opted_out_at is not None) for phone, custom, opted_out_at in conn.execute(query)}
    ids = [each.row.id for each in page]
    written = sa.select(own_text.c.recipient_id, *_OWN_TEXT).where(own_text.c.recipient_id.in_(ids))
    own = {recipient_id: _own_text(*values) for recipient_id, *values in conn.execute(written)}
    for each in page:
        row = each.row
        custom, opted_out = known.get(row.phone, ({}, False))
        yield {
            "phone": row.phone,
            "name": row.name,
            "custom": custom,
            "opted_out": opted_out,
            "status": row.status.value,
            "reason": row.reason,
            "instance": row.instance,
            "message_id": row.message_id,
            "sent_at": iso_or_none(row.sent_at),
            "delivered_at": iso_or_none(row.delivered_at),
            "read_at": iso_or_none(row.read_at),
            "replied_at": iso_or_none(row.replied_at),
            "attempts": [
                {
                    "number": attempt.number,
                    "instance": attempt.instance,
                    "started_at": iso_or_none(attempt.started_at),
                    "outcome": attempt.outcome,
                    "code": attempt.code,
                    "message_id": attempt.message_id,
                }
                for attempt in each.attempts
            ],
        } | own.get(row.id, {})


_OWN_TEXT = (own_text.c.state, own_text.c.text, own_text.c.units, own_text.c.problems)
_IS_WRITTEN = own_text.c.state.in_(sorted(state.value for state in WRITTEN))


def _own_text(state: str | None, text: str, units: int, problems: str) -> dict[str, object]:
    if state is None:
        return {}
    return {"own_text": {"state": state, "text": text, "units": units, "problems": problems}}
