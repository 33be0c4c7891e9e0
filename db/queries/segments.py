"""Segments as conditions on contacts. Every value is a parameter: what an operator typed never becomes SQL."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from db.moments import AsDocument
from db.queries.sendable import is_consented
from db.tables.campaign import campaign
from db.tables.consent import segment
from db.tables.contact import contact, contact_tag, tag
from db.tables.metadata import literals
from db.tables.recipient import recipient
from desktop.domain.errors import KnownError
from desktop.domain.ids import WorkspaceId
from desktop.domain.recipient import RecipientStatus
from desktop.domain.segment import (
    Comparison,
    Consent,
    ConsentRule,
    Deed,
    FieldRule,
    Group,
    HistoryRule,
    Match,
    Rule,
    Segment,
    TagRule,
    from_document,
)

Condition = sa.ColumnElement[bool]

_CUSTOM = "custom."


def all_segments(conn: sa.Connection, workspace_id: WorkspaceId) -> list[Segment]:
    """Return the saved segments by name."""
    query = sa.select(segment).where(segment.c.workspace_id == workspace_id).order_by(segment.c.name)
    return [Segment(row.id, row.name, from_document(row.rules), row.updated_at) for row in conn.execute(query)]


def named(conn: sa.Connection, workspace_id: WorkspaceId, name: str) -> Segment:
    """Return one segment.

    Raises:
        KnownError: `segment_not_found`.
    """
    query = sa.select(segment).where(segment.c.workspace_id == workspace_id, segment.c.name == name)
    row = conn.execute(query).first()
    if row is None:
        raise KnownError(
            "segment_not_found", f"There is no saved segment {name}.", "Choose tags or all contacts.", segment=name
        )
    return Segment(row.id, row.name, from_document(row.rules), row.updated_at)


def condition(workspace_id: WorkspaceId, rule: Rule, now: datetime) -> Condition:
    """Return the condition that a contact meets a rule; "the last days" end at `now`."""
    match rule:
        case Group(Match.ALL, rules):
            return sa.and_(*(condition(workspace_id, part, now) for part in rules))
        case Group(_, rules):
            return sa.or_(*(condition(workspace_id, part, now) for part in rules))
        case TagRule(name, has):
            tagged = (
                sa.select(contact_tag.c.contact_id)
                .join(tag, tag.c.id == contact_tag.c.tag_id)
                .where(tag.c.workspace_id == workspace_id, tag.c.name == name)
            )
            return contact.c.id.in_(tagged) if has else contact.c.id.not_in(tagged)
        case ConsentRule(consent):
            return _consent(consent)
        case FieldRule():
            return _field(rule)
        case HistoryRule():
            return _history(workspace_id, rule, now)


def _consent(consent: Consent) -> Condition:
    if consent is Consent.OPTED_OUT:
        return contact.c.opted_out_at.is_not(None)
    is_recorded = is_consented()
    return contact.c.opted_out_at.is_(None) & (is_recorded if consent is Consent.AGREED else sa.not_(is_recorded))


def _field(rule: FieldRule) -> Condition:
    stored: sa.ColumnElement[str] = (
        AsDocument(contact.c.custom)[rule.field.removeprefix(_CUSTOM)].as_string()
        if rule.field.startswith(_CUSTOM)
        else contact.c[rule.field]
    )
    text = sa.func.coalesce(stored, "")
    match rule.comparison:
        case Comparison.EQUALS:
            return sa.func.lower(text) == rule.value.lower()
        case Comparison.DIFFERS:
            return sa.func.lower(text) != rule.value.lower()
        case Comparison.CONTAINS:
            return text.icontains(rule.value, autoescape=True)
        case Comparison.STARTS:
            return text.istartswith(rule.value, autoescape=True)
        case Comparison.EMPTY:
            return sa.func.trim(text) == ""
        case Comparison.FILLED:
            return sa.func.trim(text) != ""
        case Comparison.GREATER:
            return _number(text) > float(rule.value)
        case Comparison.LESS:
            return (sa.func.trim(text) != "") & (_number(text) < float(rule.value))


def _number(text: sa.ColumnElement[str]) -> sa.ColumnElement[float]:
    """Read a text as a number, with a decimal comma too; a text that is none makes no row fail on either database."""
    plain = sa.func.replace(text, ",", ".")
    is_number = plain.regexp_match(r"^\s*-?[0-9]+([.][0-9]+)?\s*$")
    return sa.case((is_number, sa.cast(plain, sa.Float)), else_=None)


_DONE = {
    Deed.CONTACTED: recipient.c.sent_at,
    Deed.DELIVERED: recipient.c.delivered_at,
    Deed.READ: recipient.c.read_at,
    Deed.REPLIED: recipient.c.replied_at,
}


def _history(workspace_id: WorkspaceId, rule: HistoryRule, now: datetime) -> Condition:
    since = None if rule.days is None else now - timedelta(days=rule.days)
    happened: Condition
    if rule.deed is Deed.FAILED:
        happened = recipient.c.status.in_(literals(RecipientStatus.FAILED))
        # A failure has no time of its own: that of its campaign's start stands for it.
        if since is not None:
            started = sa.select(campaign.c.id).where(campaign.c.started_at >= since)
            happened = happened & recipient.c.campaign_id.in_(started)
    else:
        moment = _DONE[rule.deed]
        happened = moment.is_not(None) if since is None else moment >= since
    theirs = sa.exists().where(recipient.c.contact_id == contact.c.id, happened)
    if rule.campaign:
        named_so = sa.select(campaign.c.id).where(
            campaign.c.workspace_id == workspace_id, campaign.c.name == rule.campaign
        )
        theirs = theirs.where(recipient.c.campaign_id.in_(named_so))
    found = theirs.correlate(contact)
    return found if rule.has else sa.not_(found)
