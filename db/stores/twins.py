"""People who are in a list twice, under a phone with and without the digit that Brazil, Mexico and Argentina added.

The forms are those of `desktop/domain/identity.py`, here as expressions: a million phones are not read for it. Decision
25 says that two such phones are one person.
"""

import sqlalchemy as sa

from db.tables.contact import contact
from db.tables.metadata import literal
from db.tables.recipient import recipient
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.recipient import Reason, RecipientStatus

_MEXICO, _ARGENTINA, _BRAZIL = "+52", "+54", "+55"
_SHORT = 13  # characters of all three without the digit, plus included


def skip_twins(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId) -> None:
    """Skip who waits in a campaign under the shorter form as well, or has opted out under the other form."""
    is_ours = contact.c.workspace_id == workspace_id
    if conn.execute(sa.select(contact.c.id).where(is_ours, _is_short(contact.c.phone)).limit(1)).first() is None:
        return  # as nearly always: an import writes the digit
    waits = (recipient.c.campaign_id == campaign_id) & (recipient.c.status == literal(RecipientStatus.PENDING))
    has_refused = is_ours & contact.c.opted_out_at.is_not(None)
    by_longer = sa.exists().where(has_refused, contact.c.phone == _longer(recipient.c.phone)).correlate(recipient)
    by_shorter = recipient.c.phone.in_(
        sa.select(_longer(contact.c.phone)).where(has_refused, _is_short(contact.c.phone))
    )
    other = recipient.alias("other")
    is_double = (
        sa.exists()
        .where(
            other.c.campaign_id == campaign_id,
            other.c.phone == _longer(recipient.c.phone),
            other.c.status == literal(RecipientStatus.PENDING),
        )
        .correlate(recipient)
    )
    is_short = _is_short(recipient.c.phone)
    for which, reason in (
        (is_short & by_longer, Reason.OPTED_OUT),
        (by_shorter, Reason.OPTED_OUT),
        (is_short & is_double, Reason.DUPLICATE),
    ):
        skipped = {"status": RecipientStatus.SKIPPED.value, "reason": reason.value}
        conn.execute(sa.update(recipient).where(waits, which).values(skipped))


def _is_short(phone: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Tell whether a phone lacks the digit."""
    country, first = sa.func.substr(phone, 1, 3), sa.func.substr(phone, 6, 1)
    is_mobile = (country == _BRAZIL) & (first >= "6")  # the others are landlines
    return (sa.func.length(phone) == _SHORT) & (is_mobile | country.in_([_MEXICO, _ARGENTINA]))


def _longer(phone: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """Return a phone that lacks the digit with it."""
    country, rest = sa.func.substr(phone, 1, 3), _text(sa.func.substr(phone, 4))
    area, subscriber = _text(sa.func.substr(phone, 1, 5)), _text(sa.func.substr(phone, 6))
    return sa.case(
        (country == _BRAZIL, area + "9" + subscriber),
        (country == _ARGENTINA, sa.literal(f"{_ARGENTINA}9") + rest),
        else_=sa.literal(f"{_MEXICO}1") + rest,
    )


def _text(value: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    return sa.type_coerce(value, sa.Text)
