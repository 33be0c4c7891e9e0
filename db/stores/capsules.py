"""Campaigns that are handed over in capsules, and taken in from them."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.rows import load_campaign
from db.tables.capsule import Direction, capsule
from db.tables.workspace import workspace
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, WorkspaceId

# What may still be sent, and so is handed over; what has ended is evidence only.
SENDABLE = frozenset({CampaignStatus.DRAFT, CampaignStatus.PAUSED})
_MOVING = frozenset({CampaignStatus.RUNNING, CampaignStatus.SCHEDULED})


def refuse_handed_over(conn: sa.Connection, campaign_id: CampaignId) -> None:
    """Refuse a step that would send what may be sent elsewhere.

    Raises:
        KnownError: `handed_over`.
    """
    query = sa.select(capsule.c.at).where(capsule.c.campaign_id == campaign_id, capsule.c.direction == Direction.OUT)
    at = conn.execute(query).scalar()
    if at is not None:
        raise KnownError(
            "handed_over",
            "This campaign was handed over in a capsule: it may be sent there.",
            "Take it back first, when it is certain that nobody sends it there.",
            at=at.isoformat(),
        )


class CapsuleStore:
    """Remembers the capsules of one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def hand_over(self, campaign_id: CampaignId, uid: str, now: datetime, operator: str | None = None) -> bool:
        """Keep a campaign from being sent here; tell whether it still could be (one that has ended cannot).

        Raises:
            KnownError: `capsule_running`, `handed_over`, `campaign_not_found`.
        """

        def hand_over(context: WriteContext) -> bool:
            current = load_campaign(context.conn, self._workspace_id, campaign_id)
            if current.status in _MOVING:
                raise KnownError(
                    "capsule_running",
                    f"A {current.status} campaign cannot be handed over.",
                    "Pause it, or take its schedule back, first.",
                )
            if current.status not in SENDABLE:
                return False
            refuse_handed_over(context.conn, campaign_id)
            self._add(context, uid, campaign_id, Direction.OUT, now)
            self._note(context, campaign_id, {"name": current.name, "capsule": uid, "handed_over": True}, now, operator)
            return True

        return await self._database.write(hand_over)

    async def take_back(self, campaign_id: CampaignId, now: datetime, operator: str | None = None) -> None:
        """Let a campaign that was handed over be sent here again.

        Raises:
            KnownError: `not_handed_over`, `campaign_not_found`.
        """

        def take_back(context: WriteContext) -> None:
            current = load_campaign(context.conn, self._workspace_id, campaign_id)
            mine = (capsule.c.campaign_id == campaign_id) & (capsule.c.direction == Direction.OUT)
            if not context.conn.execute(sa.delete(capsule).where(mine)).rowcount:
                raise KnownError("not_handed_over", "This campaign was not handed over.", "Nothing to do.")
            self._note(context, campaign_id, {"name": current.name, "handed_over": False}, now, operator)

        await self._database.write(take_back)

    async def refuse_known(self, uid: str) -> None:
        """Refuse a capsule that was made here, or that came in already, into whichever workspace of this database.

        Raises:
            KnownError: `capsule_own`, `capsule_known`.
        """
        await self._database.read(lambda conn: self._refuse_known(conn, uid))

    async def take_in(self, uid: str, create: Callable[[WriteContext], CampaignId], now: datetime) -> CampaignId:
        """Make a campaign of a capsule, and remember that it came in, in one transaction.

        Raises:
            KnownError: `capsule_own`, `capsule_known`.
        """

        def take_in(context: WriteContext) -> CampaignId:
            self._refuse_known(context.conn, uid)
            campaign_id = create(context)
            self._add(context, uid, campaign_id, Direction.IN, now)
            return campaign_id

        return await self._database.write(take_in)

    async def handed_over(self) -> frozenset[CampaignId]:
        """Return the campaigns that may be sent elsewhere."""
        query = sa.select(capsule.c.campaign_id).where(
            capsule.c.workspace_id == self._workspace_id, capsule.c.direction == Direction.OUT
        )
        return await self._database.read(lambda conn: frozenset(map(CampaignId, conn.execute(query).scalars())))

    def _refuse_known(self, conn: sa.Connection, uid: str) -> None:
        query = sa.select(capsule.c.direction, capsule.c.campaign_id, capsule.c.workspace_id).where(
            capsule.c.uid == uid
        )
        rows = conn.execute(query).all()
        found = {Direction(way): campaign_id for way, campaign_id, of in rows if of == self._workspace_id}
        if Direction.IN not in found and any(Direction(way) is Direction.IN for way, _campaign_id, _of in rows):
            # Of the other workspace nothing is told but this: two of them would send to the same people.
            raise KnownError(
                "capsule_known", "This capsule was taken in already, in another workspace.", "It is sent from there."
            )
        if Direction.IN in found:
            raise KnownError(
                "capsule_known",
                "This capsule was taken in already.",
                "Open the campaign that was made of it.",
                campaign=found[Direction.IN],
            )
        if Direction.OUT in found:
            raise KnownError(
                "capsule_own",
                "This capsule was made here, of a campaign that is still here.",
                "Take the campaign back instead.",
                campaign=found[Direction.OUT],
            )

    def _add(
        self, context: WriteContext, uid: str, campaign_id: CampaignId, direction: Direction, now: datetime
    ) -> None:
        row = {"workspace_id": self._workspace_id, "uid": uid, "campaign_id": campaign_id, "direction": direction.value}
        context.conn.execute(sa.insert(capsule).values(**row, at=now))
        changed = sa.update(workspace).where(workspace.c.id == self._workspace_id)
        context.conn.execute(changed.values(revision=workspace.c.revision + 1))

    def _note(
        self,
        context: WriteContext,
        campaign_id: CampaignId,
        facts: dict[str, object],
        now: datetime,
        operator: str | None,
    ) -> None:
        event = NewEvent(EventType.EDITED, now, details=facts, campaign_id=campaign_id, operator=operator)
        context.emit(self._workspace_id, event)
