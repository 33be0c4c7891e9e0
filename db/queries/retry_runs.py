"""The runs of one campaign: itself, and each "retry failed" of it or of one of those (`db/stores/second_try.py`)."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from db.queries.audience import conditions
from db.queries.sendable import may_be_sent_to
from db.tables.campaign import campaign_retry
from db.tables.contact import contact
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.recipient import RecipientStatus


def first_run(conn: sa.Connection, campaign_id: CampaignId) -> int:
    """Return the first run of a campaign, by which all of them are known."""
    query = sa.select(campaign_retry.c.first_id).where(campaign_retry.c.campaign_id == campaign_id)
    return conn.execute(query).scalar() or campaign_id


def other_runs(conn: sa.Connection, campaign_id: CampaignId) -> list[int]:
    """Return the other runs of the same campaign, the first among them."""
    first = first_run(conn, campaign_id)
    again = conn.execute(sa.select(campaign_retry.c.campaign_id).where(campaign_retry.c.first_id == first)).scalars()
    return [run for run in (first, *again) if run != campaign_id]


def is_reached(person: sa.Column[int], runs: Collection[int]) -> sa.ColumnElement[bool]:
    """Tell whether a message of some runs has left for a person, may have, or may yet.

    Args:
        person: the column with the contact's id, of the table that is asked.
    """
    other = recipient.alias("other")
    unreached = [RecipientStatus.FAILED.value, RecipientStatus.SKIPPED.value]
    theirs = (other.c.contact_id == person) & other.c.campaign_id.in_(runs)
    return sa.exists().where(theirs, other.c.status.not_in(unreached)).correlate(person.table)


def audience_reached(
    conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, audience: Audience, now: datetime
) -> int:
    """Return how many people of the audience who may be sent to another run of the campaign has reached, or may."""
    runs = other_runs(conn, campaign_id)
    if not runs:
        return 0
    total = 0
    for condition in conditions(conn, workspace_id, audience, now):
        people = sa.select(sa.func.count()).select_from(contact)
        query = people.where(condition, may_be_sent_to(conn, workspace_id), is_reached(contact.c.id, runs))
        total += conn.execute(query).scalar_one()
    return total
