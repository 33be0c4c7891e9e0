"""The outbox of webhooks, and what the operator does with their addresses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.connection import Database
from db.event_rows import last_event_id
from db.tables.event import event
from db.tables.hook import hook, hook_delivery
from db.tables.metadata import literal
from db.writer import WriteContext
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.hook import Delivery, DeliveryState, Hook, HookKind, HookStanding, NewDelivery
from desktop.domain.ids import CampaignId, DeliveryId, EventId, HookId, WorkspaceId

_WAITING = hook_delivery.c.state == literal(DeliveryState.WAITING)
_CHUNK = 500
_AHEAD = 2_000  # deliveries that are looked at for what may be told now


class HookStore:
    """Implements `webhooks.ports.Outbox` and `HookWrites` for one workspace."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id
        own = sa.select(hook.c.id).where(hook.c.workspace_id == workspace_id)
        self._is_own = hook_delivery.c.hook_id.in_(own)

    # The outbox ----------------------------------------------------------------------------------------------------

    async def hooks(self) -> Sequence[Hook]:
        query = sa.select(hook).where(hook.c.workspace_id == self._workspace_id).order_by(hook.c.id)
        return await self._database.read(lambda conn: [_hook(row) for row in conn.execute(query)])

    async def enqueue(self, of: Hook, deliveries: Sequence[NewDelivery], cursor: EventId, now: datetime) -> bool:
        """Store deliveries and the cursor, in one transaction; False when the hook is gone or another has read on."""
        rows = [
            {
                "hook_id": of.id,
                "key": delivery.key,
                "kind": delivery.kind.value,
                "event_id": delivery.event_id,
                "recipient_id": delivery.recipient_id,
                "body": dict(delivery.body),
                "state": DeliveryState.WAITING.value,
                "created_at": now,
                "next_try_at": now,
            }
            for delivery in deliveries
        ]

        def enqueue(context: WriteContext) -> bool:
            moved = context.conn.execute(
                sa.update(hook)
                .where(hook.c.id == of.id, hook.c.workspace_id == self._workspace_id, hook.c.cursor == of.cursor)
                .values(cursor=cursor)
            )
            if not moved.rowcount:
                return False
            for begin in range(0, len(rows), _CHUNK):
                context.conn.execute(sa.insert(hook_delivery), rows[begin : begin + _CHUNK])
            return True

        return await self._database.write(enqueue)

    async def due(self, hook_id: HookId, now: datetime, limit: int) -> Sequence[Delivery]:
        """Return what a hook is to be told now, in the order in which it happened; nothing of a paused hook.

        Of a campaign nothing is told before what is tried again. Looked at are the oldest `_AHEAD`.
        """
        ahead = (
            sa.select(hook_delivery.c.id, hook_delivery.c.next_try_at, event.c.campaign_id)
            .join(hook, hook.c.id == hook_delivery.c.hook_id)
            .outerjoin(event, event.c.id == hook_delivery.c.event_id)
            .where(
                _WAITING,
                hook_delivery.c.hook_id == hook_id,
                hook.c.workspace_id == self._workspace_id,
                hook.c.paused_at.is_(None),
            )
            .order_by(hook_delivery.c.id)
            .limit(_AHEAD)
        )

        def due(conn: sa.Connection) -> list[Delivery]:
            campaigns: dict[int, int | None] = {}
            held: set[int] = set()
            for delivery_id, next_try_at, campaign_id in conn.execute(ahead):
                if campaign_id is not None and (campaign_id in held or next_try_at > now):
                    held.add(campaign_id)
                elif next_try_at <= now:
                    campaigns[delivery_id] = campaign_id
                    if len(campaigns) == limit:
                        break
            query = sa.select(hook_delivery).where(hook_delivery.c.id.in_(list(campaigns)))
            return [
                replace(_delivery(row), campaign_id=None if of is None else CampaignId(of))
                for row in conn.execute(query.order_by(hook_delivery.c.id))
                for of in (campaigns[row.id],)
            ]

        return await self._database.read(due)

    async def note_delivered(self, delivery_id: DeliveryId, http_status: int, now: datetime) -> None:
        await self._end(delivery_id, DeliveryState.DELIVERED, http_status, None, None, now, body=None)

    async def note_failed(
        self, delivery_id: DeliveryId, http_status: int | None, error: str, next_try_at: datetime | None, now: datetime
    ) -> None:
        state = DeliveryState.WAITING if next_try_at else DeliveryState.DEAD
        await self._end(delivery_id, state, http_status, error, next_try_at, now)

    async def _end(
        self,
        delivery_id: DeliveryId,
        state: DeliveryState,
        http_status: int | None,
        error: str | None,
        next_try_at: datetime | None,
        now: datetime,
        **more: object,
    ) -> None:
        statement = (
            sa.update(hook_delivery)
            .where(hook_delivery.c.id == delivery_id, _WAITING, self._is_own)
            .values(
                state=state.value,
                tries=hook_delivery.c.tries + 1,
                http_status=http_status,
                error=error,
                next_try_at=next_try_at,
                finished_at=None if state is DeliveryState.WAITING else now,
                **more,
            )
        )
        await self._database.write(lambda context: context.conn.execute(statement).rowcount)

    async def forget_before(self, delivered: datetime, dead: datetime) -> int:
        def forget(context: WriteContext) -> int:
            return sum(
                context.conn.execute(
                    sa.delete(hook_delivery).where(
                        self._is_own, hook_delivery.c.state == state.value, hook_delivery.c.finished_at < before
                    )
                ).rowcount
                for state, before in ((DeliveryState.DELIVERED, delivered), (DeliveryState.DEAD, dead))
            )

        return await self._database.write(forget)

    # The operator --------------------------------------------------------------------------------------------------

    async def add(self, url: str, kinds: Sequence[HookKind], now: datetime, operator: str | None = None) -> Hook:
        words = [kind.value for kind in dict.fromkeys(kinds)]

        def add(context: WriteContext) -> Hook:
            known = sa.select(hook.c.id).where(hook.c.workspace_id == self._workspace_id, hook.c.url == url)
            if context.conn.execute(known).first() is not None:
                raise KnownError("hook_exists", f"{url} is told already.", "Remove it first, or use another address.")
            cursor = last_event_id(context.conn)
            row = {
                "workspace_id": self._workspace_id,
                "url": url,
                "kinds": words,
                "created_at": now,
                "cursor": cursor,
            }
            made = context.conn.execute(sa.insert(hook).values(row).returning(hook)).one()
            self._audit(context, now, operator, "added", made.id)
            return _hook(made)

        return await self._database.write(add)

    async def remove(self, hook_id: HookId, now: datetime, operator: str | None = None) -> Hook:
        def remove(context: WriteContext) -> Hook:
            found = self._own(context.conn, hook_id)
            context.conn.execute(sa.delete(hook_delivery).where(hook_delivery.c.hook_id == hook_id))
            context.conn.execute(sa.delete(hook).where(hook.c.id == hook_id))
            self._audit(context, now, operator, "removed", hook_id)
            return found

        return await self._database.write(remove)

    async def pause(self, hook_id: HookId, reason: str, now: datetime, operator: str | None = None) -> None:
        def pause(context: WriteContext) -> None:
            self._own(context.conn, hook_id)
            context.conn.execute(sa.update(hook).where(hook.c.id == hook_id).values(paused_at=now, pause_reason=reason))
            self._audit(context, now, operator, "paused", hook_id, reason)

        await self._database.write(pause)

    async def resume(self, hook_id: HookId, now: datetime, operator: str | None = None) -> None:
        def resume(context: WriteContext) -> None:
            self._own(context.conn, hook_id)
            # What happened during the pause is told as well: the cursor has stayed where it was.
            context.conn.execute(sa.update(hook).where(hook.c.id == hook_id).values(paused_at=None, pause_reason=None))
            self._audit(context, now, operator, "resumed", hook_id)

        await self._database.write(resume)

    async def retry_dead(self, hook_id: HookId, now: datetime, operator: str | None = None) -> int:
        """Try everything again that was given up, with an audit event; return how many."""

        def retry(context: WriteContext) -> int:
            self._own(context.conn, hook_id)
            again = sa.update(hook_delivery).where(
                hook_delivery.c.hook_id == hook_id, hook_delivery.c.state == DeliveryState.DEAD.value
            )
            waiting = {"state": DeliveryState.WAITING.value, "tries": 0, "next_try_at": now, "finished_at": None}
            n = context.conn.execute(again.values(waiting)).rowcount
            if n:
                self._audit(context, now, operator, "retried", hook_id)
            return n

        return await self._database.write(retry)

    async def standings(self) -> Sequence[HookStanding]:
        return await self._database.read(self._standings)

    async def dead(self, hook_id: HookId, limit: int) -> Sequence[Delivery]:
        """Return deliveries that were given up, the newest first."""
        query = (
            sa.select(hook_delivery)
            .join(hook, hook.c.id == hook_delivery.c.hook_id)
            .where(
                hook.c.workspace_id == self._workspace_id,
                hook_delivery.c.hook_id == hook_id,
                hook_delivery.c.state == DeliveryState.DEAD.value,
            )
            .order_by(hook_delivery.c.id.desc())
            .limit(limit)
        )
        return await self._database.read(lambda conn: [_delivery(row) for row in conn.execute(query)])

    def _standings(self, conn: sa.Connection) -> list[HookStanding]:
        query = sa.select(hook).where(hook.c.workspace_id == self._workspace_id).order_by(hook.c.id)
        return [self._standing(conn, _hook(row)) for row in conn.execute(query).all()]

    def _standing(self, conn: sa.Connection, of: Hook) -> HookStanding:
        own = hook_delivery.c.hook_id == of.id

        def count(state: DeliveryState) -> int:
            query = sa.select(sa.func.count()).where(own, hook_delivery.c.state == state.value)
            return conn.execute(query).scalar_one()

        last: datetime | None = conn.execute(
            sa.select(hook_delivery.c.finished_at)
            .where(own, hook_delivery.c.state == DeliveryState.DELIVERED.value)
            .order_by(hook_delivery.c.id.desc())
            .limit(1)
        ).scalar()
        failing = (
            sa.select(hook_delivery.c.error)
            .where(own, hook_delivery.c.state != DeliveryState.DELIVERED.value, hook_delivery.c.error.is_not(None))
            .order_by(hook_delivery.c.id.desc())
            .limit(1)
        )
        return HookStanding(
            of, count(DeliveryState.WAITING), count(DeliveryState.DEAD), last, conn.execute(failing).scalar()
        )

    def _own(self, conn: sa.Connection, hook_id: HookId) -> Hook:
        query = sa.select(hook).where(hook.c.id == hook_id, hook.c.workspace_id == self._workspace_id)
        row = conn.execute(query).first()
        if row is None:
            raise KnownError("hook_not_found", f"There is no webhook {hook_id}.", "See hooks list.")
        return _hook(row)

    def _audit(
        self, context: WriteContext, now: datetime, operator: str | None, what: str, hook_id: int, reason: str = ""
    ) -> None:
        facts: dict[str, object] = {"hook": hook_id, "what": what}
        if reason:
            facts["reason"] = reason
        context.emit(self._workspace_id, NewEvent(EventType.EDITED, now, details=facts, operator=operator))


def forget_person(conn: sa.Connection, recipient_ids: Sequence[int]) -> None:
    """Remove what is still to be told of recipients whose person is being erased."""
    conn.execute(sa.delete(hook_delivery).where(hook_delivery.c.recipient_id.in_(recipient_ids)))


def _hook(row: Any) -> Hook:
    return Hook(
        id=HookId(row.id),
        workspace_id=WorkspaceId(row.workspace_id),
        url=row.url,
        # A word of a newer version is not told, and not lost.
        kinds=tuple(HookKind(word) for word in row.kinds if word in set(HookKind)),
        created_at=row.created_at,
        cursor=EventId(row.cursor),
        paused_at=row.paused_at,
        pause_reason=row.pause_reason,
    )


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        hook_id=HookId(row.hook_id),
        key=row.key,
        kind=HookKind(row.kind),
        body=row.body or {},
        state=DeliveryState(row.state),
        tries=row.tries,
        created_at=row.created_at,
        next_try_at=row.next_try_at,
        finished_at=row.finished_at,
        http_status=row.http_status,
        error=row.error,
    )
