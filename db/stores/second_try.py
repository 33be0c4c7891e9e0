"""A new draft to the people of an ended or paused campaign who failed for a reason that can pass.

Such a run belongs to the campaign whose failures it tries again, and so does a run of its own failures. Whoever one of
them has reached, or may still reach, gets nothing from another: not when "retry failed" is pressed twice, and not when
a receipt shows late that the first message arrived.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from db.queries.retry_runs import first_run, is_reached, other_runs
from db.stores.skipping import skip
from db.tables.campaign import campaign_retry
from db.tables.contact import contact
from db.tables.metadata import Id
from db.tables.own_text import own_text, own_text_plan
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import Audience, AudienceKind, Campaign, CampaignStatus, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId, RecipientId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus

# Source: product.md §2.
ALLOWED_FROM = frozenset({CampaignStatus.COMPLETED, CampaignStatus.PAUSED, CampaignStatus.CANCELLED})


def draft_of(conn: sa.Connection, original: Campaign, reasons: Collection[str], name: str) -> Draft:
    """Return the draft: the same messages, instances and pace, to exactly those people, ascending by recipient.

    Who was erased or has opted out since is not among them, nor whom another run has reached.

    Raises:
        KnownError: `action_not_allowed`, `nothing_to_retry`.
    """
    if original.status not in ALLOWED_FROM:
        hint = "Pause the campaign first." if original.status is CampaignStatus.RUNNING else ""
        text = f"A {original.status} campaign cannot retry its failures."
        raise KnownError("action_not_allowed", text, hint, status=original.status.value, action="retry_failed")
    failed = sa.select(recipient.c.phone).join(contact, contact.c.id == recipient.c.contact_id)
    failed = failed.where(_may_pass(conn, original.id, reasons)).order_by(recipient.c.id)
    phones = tuple(conn.execute(failed).scalars())
    if not phones:
        raise KnownError(
            "nothing_to_retry", "Nobody failed for a reason that can pass.", "See its recipients with status failed."
        )
    return replace(original.draft, name=name, audience=Audience(AudienceKind.PHONES, phones), schedule_at=None)


def belong(conn: sa.Connection, made: CampaignId, original: CampaignId) -> None:
    """Note that a draft is another run of a campaign."""
    conn.execute(sa.insert(campaign_retry).values(campaign_id=made, first_id=first_run(conn, original)))


def skip_reached(conn: sa.Connection, campaign_id: CampaignId) -> None:
    """Skip who waits in a run that starts, and was reached by another since its draft was made.

    Raises:
        KnownError: `nothing_to_retry`, when nobody is left.
    """
    others = other_runs(conn, campaign_id)
    if not others:
        return
    waits = (recipient.c.campaign_id == campaign_id) & (recipient.c.status == RecipientStatus.PENDING.value)
    skipped = {"status": RecipientStatus.SKIPPED.value, "reason": Reason.ALREADY_REACHED.value}
    conn.execute(sa.update(recipient).where(waits, is_reached(recipient.c.contact_id, others)).values(skipped))
    if conn.execute(sa.select(recipient.c.id).where(waits).limit(1)).first() is None:
        raise KnownError(
            "nothing_to_retry",
            "Nobody is left: other runs of this campaign have reached them all.",
            "See the recipients of those.",
        )


def skip_in_others(
    context: WriteContext, workspace_id: WorkspaceId, campaign_id: CampaignId, person: ContactId, now: datetime
) -> None:
    """Skip somebody who still waits in other runs of a campaign: one of its messages has arrived after all."""
    others = other_runs(context.conn, campaign_id)
    if not others:
        return
    waits = recipient.c.status.in_([RecipientStatus.PENDING.value, RecipientStatus.RETRYING.value])
    theirs = (recipient.c.contact_id == person) & recipient.c.campaign_id.in_(others)
    for waiting in context.conn.execute(sa.select(recipient.c.id).where(theirs, waits)).scalars().all():
        skip(context, workspace_id, RecipientId(waiting), Reason.ALREADY_REACHED, now)


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
        .where(text.campaign_id == original, _may_pass(conn, original, reasons))
        .order_by(text.id)
    )
    columns = ["campaign_id", *(each.name for each in same), "updated_at"]
    conn.execute(sa.insert(own_text).from_select(columns, texts, include_defaults=False))


def _may_pass(conn: sa.Connection, campaign_id: CampaignId, reasons: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.and_(
        recipient.c.campaign_id == campaign_id,
        recipient.c.status == RecipientStatus.FAILED.value,
        recipient.c.reason.in_(sorted(reasons)),
        contact.c.opted_out_at.is_(None),
        sa.not_(is_reached(recipient.c.contact_id, other_runs(conn, campaign_id))),
    )
