"""Takes in the texts that a capsule brings for each person, as far as they were read there. Nothing is agreed by it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.stores.own_texts import add_plan
from db.tables.contact import contact
from db.tables.own_text import own_text
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.own_text import WRITTEN, Otherwise, OwnTextState

_LOOK_UP = 500


def take_in_own_texts(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    wish: Mapping[str, Any],
    texts: Mapping[str, Mapping[str, Any]],
    now: datetime,
) -> None:
    """Keep what a capsule says of a campaign's texts; of strangers, and of states that it cannot have, nothing.

    Args:
        texts: by phone.

    Raises:
        KnownError: `capsule_damaged`.
    """
    try:
        values = {
            "base": str(wish["base"]),
            "wish": str(wish["wish"]),
            "fields": [str(each) for each in wish["fields"]],
            "most_people": int(wish["most_people"]),
            "otherwise": Otherwise(wish["otherwise"]).value,
            "updated_at": now,
        }
        add_plan(conn, workspace_id, campaign_id, values)
        phones = list(texts)
        for start in range(0, len(phones), _LOOK_UP):
            _add(
                conn,
                workspace_id,
                campaign_id,
                {phone: texts[phone] for phone in phones[start : start + _LOOK_UP]},
                now,
            )
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError(
            "capsule_damaged", "The capsule is damaged or not complete.", "Ask for it once more."
        ) from error


def _add(
    conn: sa.Connection,
    workspace_id: WorkspaceId,
    campaign_id: CampaignId,
    texts: Mapping[str, Mapping[str, Any]],
    now: datetime,
) -> None:
    query = sa.select(contact.c.phone, contact.c.id).where(
        contact.c.workspace_id == workspace_id, contact.c.phone.in_(list(texts))
    )
    rows = [
        {
            "workspace_id": workspace_id,
            "campaign_id": campaign_id,
            "contact_id": contact_id,
            "state": state.value,
            "text": str(found["text"]),
            "units": int(found["units"]),
            "problems": str(found["problems"]),
            "updated_at": now,
        }
        for phone, contact_id in conn.execute(query.order_by(contact.c.id))
        if (state := OwnTextState((found := texts[phone])["state"])) in WRITTEN
    ]
    if rows:
        conn.execute(sa.insert(own_text), rows)
