"""The texts that people of a campaign get each for themselves: to be written, to be read, and how they stand."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.contact_rows import contacts_of
from db.queries.audience import conditions
from db.queries.sendable import may_be_sent_to
from db.queries.text import contains
from db.rows import load_campaign
from db.tables.campaign import campaign
from db.tables.contact import contact
from db.tables.own_text import IS_NOT_SENT, own_text, own_text_plan
from desktop.domain.contact import Contact
from desktop.domain.ids import CampaignId, ContactId, RecipientId, WorkspaceId
from desktop.domain.own_text import (
    SENDABLE,
    AiConsent,
    Otherwise,
    OwnText,
    OwnTextCounts,
    OwnTextFilter,
    OwnTextPlan,
    OwnTextSpent,
    OwnTextStanding,
    OwnTextState,
    OwnTextWish,
)

IS_SENDABLE = own_text.c.state.in_(sorted(state.value for state in SENDABLE))


def plan(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> OwnTextPlan | None:
    """Return what is to be written for a campaign's people; None where nothing is."""
    query = sa.select(own_text_plan).where(
        own_text_plan.c.workspace_id == workspace_id, own_text_plan.c.campaign_id == campaign_id
    )
    row = conn.execute(query).first()
    if row is None:
        return None
    consent = None
    if row.consent_at is not None:
        consent = AiConsent(row.consent_at, row.consent_by, row.consent_url, row.consent_model)
    return OwnTextPlan(
        CampaignId(row.campaign_id),
        OwnTextWish(row.base, row.wish, tuple(row.fields), row.most_people, row.most_cost),
        Otherwise(row.otherwise),
        consent,
        OwnTextSpent(row.requests, row.failures, row.tokens_in, row.tokens_out, row.cost),
    )


def page_statement(
    workspace_id: WorkspaceId, campaign_id: CampaignId, where: OwnTextFilter, after: int | None, limit: int
) -> sa.Select[*tuple[Any, ...]]:
    """Return the statement of a page, ascending by id, of the rows behind `after`."""
    query = (
        sa.select(own_text, contact.c.name, contact.c.phone)
        .join(contact, contact.c.id == own_text.c.contact_id)
        .where(
            own_text.c.workspace_id == workspace_id,
            own_text.c.campaign_id == campaign_id,
            own_text.c.id > (after or 0),
        )
        .order_by(own_text.c.id)
        .limit(limit)
    )
    return query.where(*filtered(where))


def filtered(where: OwnTextFilter) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a filter on `own_text` joined with `contact`."""
    found: list[sa.ColumnElement[bool]] = []
    if where.state is not None:
        found.append(own_text.c.state == where.state.value)
    if where.has_problems:
        found.append(own_text.c.problems != "")
    if where.text.strip():
        found.append(contains(where.text, contact.c.name, contact.c.phone, own_text.c.text))
    return found


def page(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    where: OwnTextFilter,
    after: int | None,
    limit: int,
) -> list[OwnText]:
    """Return a page of texts, ascending by id."""
    return [_text(row) for row in conn.execute(page_statement(workspace_id, campaign_id, where, after, limit))]


def of_contact(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, contact_id: ContactId
) -> OwnText | None:
    """Return the text of one person in one campaign."""
    query = (
        sa.select(own_text, contact.c.name, contact.c.phone)
        .join(contact, contact.c.id == own_text.c.contact_id)
        .where(
            own_text.c.workspace_id == workspace_id,
            own_text.c.campaign_id == campaign_id,
            own_text.c.contact_id == contact_id,
        )
    )
    row = conn.execute(query.order_by(own_text.c.id)).first()
    return None if row is None else _text(row)


def of_recipient(conn: sa.Connection, workspace_id: WorkspaceId, recipient_id: RecipientId) -> str | None:
    """Return the text of a recipient's own; None for who gets, or got, the campaign's message."""
    query = sa.select(own_text.c.text).where(
        own_text.c.recipient_id == recipient_id, own_text.c.workspace_id == workspace_id
    )
    return conn.execute(query).scalar()


def counts(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> OwnTextCounts:
    """Count the texts of a campaign by state."""
    query = (
        sa.select(own_text.c.state, sa.func.count(), sa.func.sum(sa.case((own_text.c.problems != "", 1), else_=0)))
        .where(own_text.c.workspace_id == workspace_id, own_text.c.campaign_id == campaign_id)
        .group_by(own_text.c.state)
    )
    found = {state: (n, int(faulty or 0)) for state, n, faulty in conn.execute(query)}
    by_state = {state.value: found.get(state.value, (0, 0))[0] for state in OwnTextState}
    return OwnTextCounts(**by_state, with_problems=sum(faulty for _n, faulty in found.values()))


def standing(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, now: datetime
) -> OwnTextStanding | None:
    """Return how the texts stand towards the audience of now; None where nobody gets one.

    Raises:
        KnownError: `campaign_not_found`, `segment_not_found`.
    """
    found = plan(conn, workspace_id, campaign_id)
    if found is None:
        return None
    audience = load_campaign(conn, workspace_id, campaign_id).draft.audience
    ready = unread = longest = 0
    for condition in conditions(conn, workspace_id, audience, now) if audience else ():
        query = (
            sa.select(
                sa.func.sum(sa.case((IS_SENDABLE, 1), else_=0)),
                sa.func.sum(sa.case((own_text.c.state == OwnTextState.NEW.value, 1), else_=0)),
                sa.func.max(sa.case((IS_SENDABLE, own_text.c.units), else_=0)),
            )
            .select_from(own_text)
            .join(contact, contact.c.id == own_text.c.contact_id)
            .where(own_text.c.campaign_id == campaign_id, IS_NOT_SENT, condition, may_be_sent_to(conn, workspace_id))
        )
        sums = conn.execute(query).one()
        ready, unread, longest = ready + (sums[0] or 0), unread + (sums[1] or 0), max(longest, sums[2] or 0)
    return OwnTextStanding(found.otherwise, int(ready), int(unread), int(longest))


def to_write(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, after: int, limit: int, now: datetime
) -> list[tuple[int, Contact]]:
    """Return whose text is still to be written, behind the text `after`: its id and the person as they are now.

    Nobody who left the audience or opted out since is among them: nothing of theirs leaves.
    """
    audience = load_campaign(conn, workspace_id, campaign_id).draft.audience
    ids: dict[int, int] = {}
    for condition in conditions(conn, workspace_id, audience, now) if audience else ():
        query = (
            sa.select(own_text.c.contact_id, own_text.c.id)
            .join(contact, contact.c.id == own_text.c.contact_id)
            .where(
                own_text.c.campaign_id == campaign_id,
                own_text.c.state == OwnTextState.WAITING.value,
                own_text.c.id > after,
                condition,
                may_be_sent_to(conn, workspace_id),
            )
            .order_by(own_text.c.id)
            .limit(limit)
        )
        ids.update((contact_id, text_id) for contact_id, text_id in conn.execute(query))
    first = sorted(ids, key=lambda contact_id: ids[contact_id])[:limit]
    people = contacts_of(conn, list(conn.execute(sa.select(contact).where(contact.c.id.in_(first))).all()))
    return sorted(((ids[person.id], person) for person in people), key=lambda pair: pair[0])


def is_open(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> bool:
    """Tell whether a campaign's texts may still change: it is the workspace's, and was not started."""
    query = sa.select(campaign.c.status).where(
        campaign.c.workspace_id == workspace_id, campaign.c.id == campaign_id, campaign.c.deleted_at.is_(None)
    )
    return conn.execute(query).scalar() in ("draft", "scheduled")


def _text(row: sa.Row[Any]) -> OwnText:
    return OwnText(
        row.id,
        ContactId(row.contact_id),
        row.name,
        row.phone,
        row.text,
        OwnTextState(row.state),
        tuple(row.problems.split(",")) if row.problems else (),
        row.reason,
    )
