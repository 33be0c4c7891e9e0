"""Which files messages need."""

from collections.abc import Iterable, Mapping
from typing import cast

import sqlalchemy as sa

from db.tables.campaign import campaign, variation
from db.tables.saved_message import saved_message


def paths(conn: sa.Connection) -> set[str]:
    """Return the files of drafts, started campaigns and saved messages of all workspaces: they share the folder."""
    found: set[str] = set()
    drafts = sa.select(campaign.c.draft).where(campaign.c.deleted_at.is_(None))
    media = (
        sa.select(variation.c.media)
        .join(campaign, campaign.c.id == variation.c.campaign_id)
        .where(variation.c.media.is_not(None), campaign.c.deleted_at.is_(None))
    )
    for query in (drafts, media, sa.select(saved_message.c.messages)):
        for document in conn.execute(query).scalars():
            found.update(paths_in(document))
    return found


def paths_in(value: object) -> Iterable[str]:
    """Yield the path of each `{"kind": …, "path": …}` in a JSON value."""
    if isinstance(value, Mapping):
        members = cast(Mapping[str, object], value)
        path = members.get("path")
        if "kind" in members and isinstance(path, str):
            yield path
        for member in members.values():
            yield from paths_in(member)
    elif isinstance(value, list):
        for member in cast("list[object]", value):
            yield from paths_in(member)
