"""A new draft to the people of an ended or paused campaign who failed for a reason that can pass."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from db.tables.contact import contact
from db.tables.metadata import Id
from db.tables.own_text import own_text, own_text_plan
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind, Campaign, CampaignStatus, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
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
    failed = sa.select(recipient.c.phone).join(contact, contact.c.id == recipient.c.contact_id)
    phones = tuple(conn.execute(failed.where(_may_pass(original.id, reasons)).order_by(recipient.c.id)).scalars())
    if not phones:
        raise KnownError(
            "nothing_to_retry", "Nobody failed for a reason that can pass.", "See its recipients with status failed."
        )
    return replace(original.draft, name=name, audience=Audience(AudienceKind.PHONES, phones), schedule_at=None)


def carry_own_texts(
    conn: sa.Connection, original: CampaignId, reasons: Collection[str], made: CampaignId, now: datetime
) -> None:
    """Give those people, in the draft that was made, the texts that were accepted for them; nothing is agreed anew."""
    plan = own_text_plan.c
    kept = [plan.workspace_id, plan.base, plan.wish, plan.fields, plan.most_people, plan.most_cost, plan.otherwise]
    kept += [plan.consent_url, plan.consent_model]
    nothing = [sa.literal(0).label(name) for name in ("requests", "failures", "tokens_in", "tokens_out", "cost")]
    moment = sa.literal(now, plan.updated_at.type)
    columns = ["campaign_id", *(each.name for each in (*kept, *nothing)), "updated_at"]
    source = sa.select(sa.literal(made, Id), *kept, *nothing, moment).where(plan.campaign_id == original)
    conn.execute(sa.insert(own_text_plan).from_select(columns, source, include_defaults=False))
    text = own_text.c
    same = [text.workspace_id, text.contact_id, text.state, text.text, text.units, text.problems]
    texts = (
        sa.select(sa.literal(made, Id), *same, moment)
        .join(recipient, recipient.c.id == text.recipient_id)
        .join(contact, contact.c.id == recipient.c.contact_id)
        .where(text.campaign_id == original, _may_pass(original, reasons))
        .order_by(text.id)
    )
    columns = ["campaign_id", *(each.name for each in same), "updated_at"]
    conn.execute(sa.insert(own_text).from_select(columns, texts, include_defaults=False))


def _may_pass(campaign_id: CampaignId, reasons: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.and_(
        recipient.c.campaign_id == campaign_id,
        recipient.c.status == RecipientStatus.FAILED.value,
        recipient.c.reason.in_(sorted(reasons)),
        contact.c.opted_out_at.is_(None),
    )
