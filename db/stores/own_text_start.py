"""What a start does to the texts of people's own: each is tied to its recipient, and never changes again."""

import sqlalchemy as sa

from db.queries.own_texts import IS_SENDABLE
from db.tables.metadata import literal
from db.tables.own_text import own_text, own_text_plan
from db.tables.recipient import recipient
from desktop.domain.campaign import Campaign
from desktop.domain.errors import KnownError
from desktop.domain.own_text import Otherwise, OwnTextState
from desktop.domain.recipient import Reason, RecipientStatus


def freeze_own_texts(conn: sa.Connection, campaign: Campaign) -> None:
    """Give each recipient their accepted text, and do with the others what the operator said.

    The checklist has asked all of this before; a schedule starts without it, and people come and go.

    Raises:
        KnownError: `own_texts_template`, `own_texts_unread`, `own_texts_missing`, `audience_empty`.
    """
    chosen = sa.select(own_text_plan.c.otherwise).where(own_text_plan.c.campaign_id == campaign.id)
    word = conn.execute(chosen).scalar()
    if word is None:
        return
    if any(message.template is not None for message in campaign.draft.messages):
        raise KnownError(
            "own_texts_template",
            "A template of Meta cannot be replaced by a text for each person.",
            "Discard the texts, or choose a message without a template.",
        )
    waits = (recipient.c.campaign_id == campaign.id) & (recipient.c.status == literal(RecipientStatus.PENDING))
    # The sums lead the planner to the indexes of people, of whom each has a few rows: by those of the campaign it would
    # go through all its recipients for each of its texts (89 s for 20,000).
    of_them = (own_text.c.campaign_id + 0 == campaign.id) & (own_text.c.contact_id == recipient.c.contact_id)
    unread = own_text.c.state == OwnTextState.NEW.value
    n = _count(conn, waits & sa.exists().where(of_them, unread).correlate(recipient))
    if n:
        raise KnownError("own_texts_unread", f"{n} texts have not been read.", "Accept or refuse them.", n=n)
    theirs = sa.select(recipient.c.id).where(
        recipient.c.campaign_id + 0 == campaign.id,
        recipient.c.status == literal(RecipientStatus.PENDING),
        recipient.c.contact_id == own_text.c.contact_id,
    )
    frozen = own_text.c.recipient_id.is_not(None)
    mine = (own_text.c.campaign_id == campaign.id) & IS_SENDABLE
    tied = sa.update(own_text).where(mine).values(recipient_id=theirs.correlate(own_text).scalar_subquery())
    conn.execute(tied)
    without = waits & sa.not_(sa.exists().where(of_them, frozen).correlate(recipient))
    n = _count(conn, without)
    if n and word == Otherwise.UNDECIDED.value:
        raise KnownError(
            "own_texts_missing",
            f"{n} people have no accepted text.",
            "Say whether they get the ordinary message or are left out.",
            n=n,
        )
    if n and word == Otherwise.LEAVE_OUT.value:
        left_out = {"status": RecipientStatus.SKIPPED.value, "reason": Reason.NO_OWN_TEXT.value}
        conn.execute(sa.update(recipient).where(without).values(left_out))
        if not _count(conn, waits):
            raise KnownError("audience_empty", "Nobody is left to send to.", "Accept texts, or choose otherwise.")


def _count(conn: sa.Connection, who: sa.ColumnElement[bool]) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(recipient).where(who)).scalar_one()
