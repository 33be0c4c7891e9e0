"""What is known of who is on WhatsApp."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from db.queries.audience import conditions, everybody, tagged
from db.queries.sendable import may_be_sent_to
from db.tables.contact import contact
from db.tables.number_check import number_check
from desktop.domain.campaign import Audience
from desktop.domain.ids import ContactId, WorkspaceId
from desktop.domain.numbers import KnownNumbers


def is_absent(since: datetime) -> sa.ColumnElement[bool]:
    """Tell who was not on WhatsApp when a gateway was asked at or after `since`."""
    return _answered(since, is_there=False)


def _answered(since: datetime, *, is_there: bool | None = None) -> sa.ColumnElement[bool]:
    found = (
        sa.exists().where(number_check.c.contact_id == contact.c.id, number_check.c.checked_at >= since)
    ).correlate(contact)
    return found if is_there is None else found.where(number_check.c.is_there.is_(is_there))


def unchecked(
    conn: sa.Connection, workspace_id: WorkspaceId, tag_name: str | None, since: datetime, after: int, limit: int
) -> Sequence[tuple[ContactId, str]]:
    """Return id and phone of people behind `after` of whom no answer of `since` or later is known, ascending."""
    query = (
        sa.select(contact.c.id, contact.c.phone)
        .where(*_people(workspace_id, tag_name), contact.c.id > after, sa.not_(_answered(since)))
        .order_by(contact.c.id)
        .limit(limit)
    )
    return [(ContactId(row.id), row.phone) for row in conn.execute(query)]


def known(conn: sa.Connection, workspace_id: WorkspaceId, tag_name: str | None, since: datetime) -> tuple[int, int]:
    """Return of how many people an answer of `since` or later is known, and of how many none is."""
    people = sa.select(sa.func.count()).select_from(contact).where(*_people(workspace_id, tag_name))
    answered = conn.execute(people.where(_answered(since))).scalar_one()
    return answered, conn.execute(people).scalar_one() - answered


def overview(conn: sa.Connection, workspace_id: WorkspaceId, tag_name: str | None, since: datetime) -> KnownNumbers:
    """Return what is known of people (with a tag) from answers of `since` or later, and how old the oldest is."""
    people = sa.select(sa.func.count()).select_from(contact).where(*_people(workspace_id, tag_name))
    answers = (
        sa.select(number_check.c.is_there, sa.func.count(), sa.func.min(number_check.c.checked_at))
        .join(contact, contact.c.id == number_check.c.contact_id)
        .where(*_people(workspace_id, tag_name), number_check.c.checked_at >= since)
        .group_by(number_check.c.is_there)
    )
    found = {bool(is_there): (int(count), oldest) for is_there, count, oldest in conn.execute(answers)}
    there, absent = (found.get(is_there, (0, None))[0] for is_there in (True, False))
    oldest = min((at for _count, at in found.values()), default=None)
    return KnownNumbers(there, absent, conn.execute(people).scalar_one() - there - absent, oldest)


def of_audience(
    conn: sa.Connection, workspace_id: WorkspaceId, audience: Audience, since: datetime, now: datetime
) -> tuple[int, int]:
    """Return how many people of the audience who may be sent to are there, and how many are not."""
    there = absent = 0
    for condition in conditions(conn, workspace_id, audience, now):
        people = sa.select(sa.func.count()).select_from(contact).where(condition, may_be_sent_to(conn, workspace_id))
        there += conn.execute(people.where(_answered(since, is_there=True))).scalar_one()
        absent += conn.execute(people.where(_answered(since, is_there=False))).scalar_one()
    return there, absent


def _people(workspace_id: WorkspaceId, tag_name: str | None) -> list[sa.ColumnElement[bool]]:
    """Who refused to hear from us is not asked about either."""
    own = [everybody(workspace_id), contact.c.opted_out_at.is_(None)]
    return own if tag_name is None else [*own, contact.c.id.in_(tagged(workspace_id, tag_name))]
