"""A new draft to the people of an ended or paused campaign who failed for a reason that can pass."""

from collections.abc import Collection
from dataclasses import replace

import sqlalchemy as sa

from db.tables.contact import contact
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind, Campaign, CampaignStatus, Draft
from desktop.domain.errors import KnownError
from desktop.domain.recipient import RecipientStatus

# Source: product.md §2.
ALLOWED_FROM = frozenset({CampaignStatus.COMPLETED, CampaignStatus.PAUSED, CampaignStatus.CANCELLED})


def draft_of(conn: sa.Connection, original: Campaign, reasons: Collection[str], name: str) -> Draft:
    """Return the draft: the same messages, instances and pace, to exactly those people, ascending by recipient.

    Who was erased or has opted out since is not among them.

    Raises:
        KnownError: `action_not_allowed`, `nothing_to_retry`.
    """
    if original.status not in ALLOWED_FROM:
        hint = "Pause the campaign first." if original.status is CampaignStatus.RUNNING else ""
        text = f"A {original.status} campaign cannot retry its failures."
        raise KnownError("action_not_allowed", text, hint, status=original.status.value, action="retry_failed")
    failed = (
        sa.select(recipient.c.phone)
        .join(contact, contact.c.id == recipient.c.contact_id)
        .where(
            recipient.c.campaign_id == original.id,
            recipient.c.status == RecipientStatus.FAILED.value,
            recipient.c.reason.in_(sorted(reasons)),
            contact.c.opted_out_at.is_(None),
        )
        .order_by(recipient.c.id)
    )
    phones = tuple(conn.execute(failed).scalars())
    if not phones:
        raise KnownError(
            "nothing_to_retry", "Nobody failed for a reason that can pass.", "See its recipients with status failed."
        )
    return replace(original.draft, name=name, audience=Audience(AudienceKind.PHONES, phones), schedule_at=None)
