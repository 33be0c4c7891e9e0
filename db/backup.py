"""What a backup takes from a database and does to one: a consistent copy, its facts, and what a restored one must know.

PostgreSQL has its own tools for this; here it is about the file of SQLite.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

import sqlalchemy as sa

from db.connection import Database
from db.migrate import REVISIONS
from db.queries import media
from db.rows import load_campaign
from db.stores import campaign_life
from db.stores.opt_out_replies import leave_unsure
from db.tables.campaign import campaign, variation
from db.tables.saved_message import saved_message
from db.tables.workspace import workspace
from db.writer import WriteContext
from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, WorkspaceId

RESTORED = "restored"  # the reason for which a campaign stands still after a restore

_COUNTED = ("campaign", "contact", "event", "instance")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is in a database file. `revision` is None for one without tables of ours."""

    revision: str | None
    counts: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been made in it yet."""
        return not any(self.counts.values())


def copy(database: Database, target: Path) -> None:
    """Copy the database as of now into a new file; others go on reading and writing meanwhile.

    All pages in one step: a copy that is made step by step begins anew whenever somebody writes, and would never end
    beside a busy engine.

    Raises:
        KnownError: `backup_needs_file`, when it is no SQLite file.
    """
    if database.path is None:
        raise KnownError(
            "backup_needs_file",
            "This database is on a server, which this backup cannot copy.",
            "Use the server's own backup (pg_dump).",
        )
    with closing(sqlite3.connect(database.path)) as source, closing(sqlite3.connect(target)) as made:
        source.backup(made)


def facts(path: Path) -> Facts:
    """Look into a database file.

    Raises:
        KnownError: `backup_damaged`, when it is none.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
            tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            revision = None
            if "alembic_version" in tables:
                row = conn.execute("SELECT version_num FROM alembic_version").fetchone()
                revision = str(row[0]) if row else None
            # Names of our own tables only; a question has no other way to name one.
            counts = {
                name: int(conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
                for name in _COUNTED
                if name in tables
            }
            return Facts(revision, counts)
    except sqlite3.DatabaseError as error:
        raise KnownError("backup_damaged", "The database cannot be read.", "Use another copy of it.") from error


def check(path: Path) -> Facts:
    """Return what is in a copy that came out of a backup, once it is found whole and understood.

    Raises:
        KnownError: `backup_damaged`, `backup_newer`.
    """
    found = facts(path)
    if found.revision not in REVISIONS:
        raise KnownError(
            "backup_newer",
            "This backup was made by a newer version of Cadência.",
            "Install the newer version first.",
            revision=found.revision or "",
        )
    with closing(sqlite3.connect(path)) as conn:
        said = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise KnownError("backup_damaged", "The database in the backup is damaged.", "Use another copy of it.")
    return found


def media_paths(database: Database) -> list[str]:
    """Return the files that drafts, started campaigns and saved messages send along. Blocks."""

    return sorted(database.read_sync(media.paths))


def move_media(database: Database, moved: Mapping[str, str]) -> None:
    """Let drafts, campaigns and saved messages name their files where they are now. Blocks."""

    def unit(context: WriteContext) -> None:
        places = (
            (campaign, campaign.c.draft),
            (variation, variation.c.media),
            (saved_message, saved_message.c.messages),
        )
        for table, column in places:
            for row_id, value in context.conn.execute(sa.select(table.c.id, column).where(column.is_not(None))).all():
                replaced = _replaced(value, moved)
                if replaced != value:
                    context.conn.execute(sa.update(table).where(table.c.id == row_id).values({column.name: replaced}))

    if moved:
        database.write_sync(unit)


def hold_back(database: Database, now: datetime, made_at: datetime) -> list[CampaignId]:
    """Let no campaign of a restored database send by itself, and say why. Blocks.

    Nobody knows what was sent after the backup was made: running campaigns are paused, the paused ones get the reason,
    and a schedule that may have been carried out since is taken back.
    """

    def unit(context: WriteContext) -> list[CampaignId]:
        held: list[CampaignId] = []
        rows = context.conn.execute(
            sa.select(campaign.c.id, campaign.c.workspace_id, campaign.c.status, campaign.c.schedule_at).where(
                campaign.c.deleted_at.is_(None)
            )
        ).all()
        for number, owner, status, schedule_at in rows:
            campaign_id, workspace_id = CampaignId(number), WorkspaceId(owner)
            match status:
                case CampaignStatus.RUNNING:
                    campaign_life.act(context, workspace_id, campaign_id, CampaignAction.PAUSE, now, RESTORED, None)
                case CampaignStatus.PAUSED:
                    _note(context, workspace_id, campaign_id, now)
                case CampaignStatus.SCHEDULED if schedule_at is None or schedule_at <= now:
                    action = CampaignAction.UNSCHEDULE
                    campaign_life.act(context, workspace_id, campaign_id, action, now, RESTORED, None)
                case _:
                    continue
            held.append(campaign_id)
        leave_unsure(context.conn)
        for workspace_id in sorted({WorkspaceId(row.workspace_id) for row in rows}):
            details: dict[str, object] = {"code": RESTORED, "made_at": made_at.isoformat(), "campaigns": len(held)}
            context.emit(workspace_id, NewEvent(EventType.ERROR, now, Severity.WARNING, details))
        # Nobody is signed in at a home that is not open: whoever can run a restore has the files in their hands.
        for number in context.conn.execute(sa.select(workspace.c.id).order_by(workspace.c.id)).scalars().all():
            facts: dict[str, object] = {"action": "backup_restored", "made_at": made_at.isoformat()}
            context.emit(WorkspaceId(number), NewEvent(EventType.EDITED, now, details=facts))
        return held

    return database.write_sync(unit)


def _note(context: WriteContext, workspace_id: WorkspaceId, campaign_id: CampaignId, now: datetime) -> None:
    current = load_campaign(context.conn, workspace_id, campaign_id)
    context.conn.execute(
        sa.update(campaign).where(campaign.c.id == campaign_id).values(reason=RESTORED, updated_at=now)
    )
    details: dict[str, object] = {"name": current.name, "reason": RESTORED}
    context.emit(workspace_id, NewEvent(EventType.PAUSED, now, Severity.WARNING, details, campaign_id=campaign_id))


def _replaced(value: object, moved: Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        members = {name: _replaced(member, moved) for name, member in cast(Mapping[str, object], value).items()}
        path = members.get("path")
        return members | {"path": moved.get(path, path)} if "kind" in members and isinstance(path, str) else members
    if isinstance(value, list):
        return [_replaced(member, moved) for member in cast("list[object]", value)]
    return value
