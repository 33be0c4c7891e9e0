"""Confirmations to who opted out: asked for in the transaction that records the refusal, and never given twice.

The row is the ledger: `due` → `sending` is committed before a byte leaves. What a crash finds in `sending` may have
left and is not sent again.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.hot import insert_missing
from db.stores import suppression
from db.tables.contact import contact
from db.tables.opt_out_reply import opt_out_reply
from db.tables.setting import setting
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import ContactId, InstanceId, WorkspaceId
from desktop.domain.opt_out import REPLY_SETTING, REPLY_WITHIN, DueReply, ReplyState, read_reply

_IS_DUE = opt_out_reply.c.state == ReplyState.DUE.value


def ask_for_reply(
    context: WriteContext,
    workspace_id: WorkspaceId,
    contact_id: ContactId,
    instance_id: InstanceId,
    address: str,
    now: datetime,
) -> None:
    """Let a person who has just opted out be answered, when the setting says so and it was not done before."""
    wanted = sa.select(setting.c.value).where(setting.c.workspace_id == workspace_id, setting.c.key == REPLY_SETTING)
    reply = read_reply(context.conn.execute(wanted).scalar())
    if not reply.is_enabled:
        return
    phone = context.conn.execute(sa.select(contact.c.phone).where(contact.c.id == contact_id)).scalar_one()
    row = {
        "workspace_id": workspace_id,
        "phone_hash": suppression.hash_of(context.conn, workspace_id, phone),
        "contact_id": contact_id,
        "instance_id": instance_id,
        "address": address,
        "text": reply.text,
        "state": ReplyState.DUE.value,
        "requested_at": now,
    }
    insert = insert_missing(opt_out_reply, ["workspace_id", "phone_hash"], row)
    context.conn.execute(insert(context.conn.dialect.name))


def leave_unsure(conn: sa.Connection) -> None:
    """After a restore: what was due then may have been sent since."""
    conn.execute(sa.update(opt_out_reply).where(_IS_DUE).values(state=ReplyState.UNSURE.value, address=None))


class OptOutReplyStore:
    """The confirmations of one workspace. Implements `desktop.engine.ports.OptOutReplies`."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def begin(self, now: datetime) -> None:
        """Give up what an earlier run was sending when it ended: nobody knows whether it left."""

        def begin(context: WriteContext) -> None:
            cut = sa.select(opt_out_reply.c.id).where(self._own(), opt_out_reply.c.state == ReplyState.SENDING.value)
            for number in context.conn.execute(cut).scalars().all():
                self._settle(context, number, ReplyState.UNSURE, "crashed", now)

        await self._database.write(begin)

    async def due(self, now: datetime, limit: int) -> Sequence[DueReply]:
        """Those that wait, who asked first first; those that would come too late are given up."""
        await self._expire(now)

        def read(conn: sa.Connection) -> list[DueReply]:
            query = (
                sa.select(
                    opt_out_reply.c.id,
                    opt_out_reply.c.instance_id,
                    contact.c.phone,
                    opt_out_reply.c.address,
                    opt_out_reply.c.text,
                    opt_out_reply.c.requested_at,
                )
                .join(contact, contact.c.id == opt_out_reply.c.contact_id)
                .where(self._own(), _IS_DUE)
                .order_by(opt_out_reply.c.id)
                .limit(limit)
            )
            return [
                DueReply(number, InstanceId(instance_id), *rest)
                for number, instance_id, *rest in conn.execute(query).all()
            ]

        return await self._database.read(read)

    async def claim(self, number: int, now: datetime) -> bool:
        """Record that it leaves now; tell whether nobody else has claimed it, and its person is still there."""

        def claim(context: WriteContext) -> bool:
            change = (
                sa.update(opt_out_reply)
                .where(opt_out_reply.c.id == number, self._own(), _IS_DUE, opt_out_reply.c.contact_id.is_not(None))
                .values(state=ReplyState.SENDING.value, started_at=now)
            )
            return context.conn.execute(change).rowcount == 1

        return await self._database.write(claim)

    async def settle(self, number: int, state: ReplyState, reason: str | None, now: datetime) -> None:
        """Record what became of it; `due` when it is certain that nothing left, to be tried again."""
        await self._database.write(lambda context: self._settle(context, number, state, reason, now))

    async def _expire(self, now: datetime) -> None:
        late = (self._own(), _IS_DUE, opt_out_reply.c.requested_at < now - REPLY_WITHIN)

        def find(conn: sa.Connection) -> Sequence[int]:
            return conn.execute(sa.select(opt_out_reply.c.id).where(*late)).scalars().all()

        def expire(context: WriteContext) -> None:
            for number in find(context.conn):
                self._settle(context, number, ReplyState.EXPIRED, "too_late", now)

        if await self._database.read(find):
            await self._database.write(expire)

    def _settle(self, context: WriteContext, number: int, state: ReplyState, reason: str | None, now: datetime) -> None:
        change = sa.update(opt_out_reply).where(opt_out_reply.c.id == number, self._own()).values(state=state.value)
        if state is ReplyState.DUE:
            context.conn.execute(change.values(started_at=None))
            return
        if not context.conn.execute(change.values(reason=reason, address=None)).rowcount:
            return  # not one of ours
        query = sa.select(opt_out_reply.c.contact_id, opt_out_reply.c.instance_id).where(opt_out_reply.c.id == number)
        contact_id, instance_id = context.conn.execute(query).one()
        severity = Severity.INFO if state is ReplyState.SENT else Severity.WARNING
        details: dict[str, object] = {"state": state.value, **({"reason": reason} if reason else {})}
        context.emit(
            self._workspace_id,
            NewEvent(
                EventType.OPT_OUT_CONFIRMED, now, severity, details, instance_id=instance_id, contact_id=contact_id
            ),
        )

    def _own(self) -> sa.ColumnElement[bool]:
        return opt_out_reply.c.workspace_id == self._workspace_id
