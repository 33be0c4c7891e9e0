"""Keeps the texts that people of a campaign get each for themselves: wished for, written and read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.connection import Database
from db.queries import own_texts
from db.queries.audience import conditions
from db.queries.sendable import may_be_sent_to
from db.rows import load_campaign
from db.tables.ai import ai_request
from db.tables.contact import contact
from db.tables.metadata import Id
from db.tables.own_text import IS_NOT_SENT, IS_OPEN, own_text, own_text_plan
from db.writer import WriteContext
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, ContactId, WorkspaceId
from desktop.domain.own_text import (
    AiConsent,
    Otherwise,
    OwnTextFilter,
    OwnTextState,
    OwnTextWish,
)

_S = OwnTextState
_UNWRITTEN = own_text.c.state.in_([_S.WAITING.value, _S.FAILED.value])
_DECIDED = frozenset({_S.ACCEPTED, _S.REFUSED, _S.NEW})


class OwnTextStore:
    """Writes the texts of one workspace. Nothing changes once the campaign was started.

    Every method that changes something raises KnownError `campaign_not_found`, or `own_texts_started` for a campaign
    that is neither a draft nor scheduled.
    """

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def agree(
        self, campaign_id: CampaignId, wish: OwnTextWish, consent: AiConsent, people: int, now: datetime
    ) -> None:
        """Keep what is to be written, and that an operator agreed to send it, with the line that says so.

        Texts that are there stay; so does what becomes of people without one.
        """

        def agree(context: WriteContext) -> None:
            self._refuse_started(context.conn, campaign_id)
            values: dict[str, Any] = {
                "base": wish.base,
                "wish": wish.wish,
                "fields": list(wish.fields),
                "most_people": wish.most_people,
                "most_cost": wish.most_cost,
                "consent_at": consent.at,
                "consent_by": consent.by,
                "consent_url": consent.url,
                "consent_model": consent.model,
                "updated_at": now,
            }
            mine = own_text_plan.c.campaign_id == campaign_id
            if not context.conn.execute(sa.update(own_text_plan).where(mine).values(values)).rowcount:
                add_plan(context.conn, self._workspace_id, campaign_id, values)
            facts: dict[str, object] = {
                "url": consent.url,
                "model": consent.model,
                "fields": list(wish.fields),
                "n": people,
                "most_people": wish.most_people,
                "most_cost": wish.most_cost,
            }
            event = NewEvent(EventType.AI_CONSENTED, now, Severity.WARNING, facts, campaign_id, operator=consent.by)
            context.emit(self._workspace_id, event)

        await self._database.write(agree)

    async def prepare(self, campaign_id: CampaignId, now: datetime, *, again: bool) -> int:
        """Make a text to be written for everybody in the audience of now who has none; return how many wait.

        Who waits but is in the audience no more goes. There are never more texts than the operator allowed.

        Args:
            again: those that failed wait once more.
        """

        def prepare(context: WriteContext) -> int:
            conn = context.conn
            self._refuse_started(conn, campaign_id)
            current = load_campaign(conn, self._workspace_id, campaign_id)
            plan = own_texts.plan(conn, self._workspace_id, campaign_id)
            if plan is None or current.draft.audience is None:
                return 0
            mine = own_text.c.campaign_id == campaign_id
            if again:
                failed = mine & (own_text.c.state == _S.FAILED.value)
                conn.execute(sa.update(own_text).where(failed).values(state=_S.WAITING.value, reason=None))
            wanted = conditions(conn, self._workspace_id, current.draft.audience, now)
            may = may_be_sent_to(conn, self._workspace_id)
            theirs = [sa.select(contact.c.id).where(condition, may) for condition in wanted]
            is_in = sa.or_(sa.false(), *(own_text.c.contact_id.in_(query) for query in theirs))
            conn.execute(sa.delete(own_text).where(mine, _UNWRITTEN, sa.not_(is_in)))
            present = conn.execute(sa.select(sa.func.count()).select_from(own_text).where(mine)).scalar_one()
            for condition in wanted:
                present += self._add_waiting(conn, campaign_id, condition & may, plan.wish.most_people - present, now)
            waiting = mine & (own_text.c.state == _S.WAITING.value)
            return conn.execute(sa.select(sa.func.count()).select_from(own_text).where(waiting)).scalar_one()

        return await self._database.write(prepare)

    def _add_waiting(
        self, conn: sa.Connection, campaign_id: CampaignId, who: sa.ColumnElement[bool], room: int, now: datetime
    ) -> int:
        if room <= 0:
            return 0
        has_one = sa.exists().where(
            own_text.c.campaign_id == campaign_id, own_text.c.contact_id == contact.c.id, IS_OPEN
        )
        people = (
            sa.select(
                sa.literal(self._workspace_id, Id),
                sa.literal(campaign_id, Id),
                contact.c.id,
                sa.literal(_S.WAITING.value),
                sa.literal(""),
                sa.literal(0),
                sa.literal(""),
                sa.literal(now, own_text.c.updated_at.type),
            )
            .where(who, sa.not_(has_one.correlate(contact)))
            .order_by(contact.c.id)
            .limit(room)
        )
        columns = ["workspace_id", "campaign_id", "contact_id", "state", "text", "units", "problems", "updated_at"]
        return conn.execute(sa.insert(own_text).from_select(columns, people, include_defaults=False)).rowcount

    async def renew(self, campaign_id: CampaignId, text_id: int, now: datetime) -> bool:
        """Let one text wait to be written anew; what it was is gone."""

        def renew(context: WriteContext) -> bool:
            self._refuse_started(context.conn, campaign_id)
            one = (own_text.c.id == text_id) & (own_text.c.campaign_id == campaign_id) & IS_OPEN
            fresh = {"state": _S.WAITING.value, "text": "", "units": 0, "problems": "", "reason": None}
            return bool(context.conn.execute(sa.update(own_text).where(one).values(**fresh, updated_at=now)).rowcount)

        return await self._database.write(renew)

    async def drop_waiting(self, campaign_id: CampaignId) -> int:
        """Want no text any more for those who wait for one; return how many."""

        def drop(context: WriteContext) -> int:
            self._refuse_started(context.conn, campaign_id)
            waiting = (own_text.c.campaign_id == campaign_id) & (own_text.c.state == _S.WAITING.value)
            return context.conn.execute(sa.delete(own_text).where(waiting)).rowcount

        return await self._database.write(drop)

    async def keep(
        self,
        campaign_id: CampaignId,
        contact_id: ContactId,
        text: str,
        problems: Sequence[str],
        units: int,
        now: datetime,
    ) -> bool:
        """Keep a text that was written for one person, to be read; tell whether there was a place for it.

        A text that somebody erased, or has written themselves meanwhile, is not written over.
        """
        values: dict[str, object] = {
            "state": _S.NEW.value,
            "text": text,
            "units": units,
            "problems": ",".join(problems),
            "reason": None,
            "updated_at": now,
        }
        return await self._database.write(
            lambda context: self._change(context, campaign_id, contact_id, values, _UNWRITTEN)
        )

    async def fail(self, campaign_id: CampaignId, contact_id: ContactId, reason: str, now: datetime) -> bool:
        """Keep that a text was asked for in vain; one that is written already stays."""
        values: dict[str, object] = {"state": _S.FAILED.value, "reason": reason, "updated_at": now}
        return await self._database.write(
            lambda context: self._change(context, campaign_id, contact_id, values, _UNWRITTEN)
        )

    def _change(
        self,
        context: WriteContext,
        campaign_id: CampaignId,
        contact_id: ContactId,
        values: dict[str, object],
        where: sa.ColumnElement[bool] | None = None,
    ) -> bool:
        self._refuse_started(context.conn, campaign_id)
        theirs = (own_text.c.campaign_id == campaign_id) & (own_text.c.contact_id == contact_id) & IS_OPEN
        changed = sa.update(own_text).where(theirs if where is None else theirs & where).values(values)
        return bool(context.conn.execute(changed).rowcount)

    async def note_request(
        self,
        campaign_id: CampaignId,
        model: str,
        tokens_in: int,
        tokens_out: int,
        cost: float,
        error: str | None,
        now: datetime,
    ) -> None:
        """Add a request to what was spent, of the campaign and of the workspace; `error` is the code of a failure.

        Kept whatever becomes of the text, also when the campaign is gone: it was paid for.
        """

        def note(context: WriteContext) -> None:
            conn = context.conn
            mine = (own_text_plan.c.campaign_id == campaign_id) & (own_text_plan.c.workspace_id == self._workspace_id)
            counted = (
                sa.update(own_text_plan)
                .where(mine)
                .values(
                    requests=own_text_plan.c.requests + 1,
                    failures=own_text_plan.c.failures + (0 if error is None else 1),
                    tokens_in=own_text_plan.c.tokens_in + tokens_in,
                    tokens_out=own_text_plan.c.tokens_out + tokens_out,
                    cost=own_text_plan.c.cost + cost,
                )
            )
            is_there = conn.execute(counted).rowcount
            row = {
                "workspace_id": self._workspace_id,
                "campaign_id": campaign_id if is_there else None,
                "at": now,
                "model": model,
                "tokens_in": tokens_in,
                "tokens_out": tokens_out,
                "cost": cost,
                "error": error,
            }
            conn.execute(sa.insert(ai_request).values(row))

        await self._database.write(note)

    async def note_end(
        self, campaign_id: CampaignId, facts: dict[str, object], now: datetime, operator: str | None
    ) -> None:
        """Leave the line that says what one go of writing brought: texts, failures, tokens, cost, why it ended."""
        severity = Severity.WARNING if facts.get("code") else Severity.INFO
        event = NewEvent(EventType.AI_ASKED, now, severity, facts, campaign_id, operator=operator)

        def note(context: WriteContext) -> None:
            if own_texts.plan(context.conn, self._workspace_id, campaign_id) is not None:
                context.emit(self._workspace_id, event)

        await self._database.write(note)

    async def decide(
        self, campaign_id: CampaignId, ids: Sequence[int] | OwnTextFilter, state: OwnTextState, now: datetime
    ) -> int:
        """Accept or refuse texts, or all that a filter finds; return how many.

        By a filter only those that nobody has decided about, and in which nothing is to be looked at.

        Args:
            state: accepted, refused, or new to take either back.
        """
        assert state in _DECIDED

        def decide(context: WriteContext) -> int:
            self._refuse_started(context.conn, campaign_id)
            mine = (own_text.c.campaign_id == campaign_id) & IS_NOT_SENT
            written = own_text.c.state.in_([_S.NEW.value, _S.ACCEPTED.value, _S.EDITED.value, _S.REFUSED.value])
            if isinstance(ids, OwnTextFilter):
                found = sa.select(own_text.c.id).join(contact, contact.c.id == own_text.c.contact_id)
                chosen = own_text.c.id.in_(found.where(mine, *own_texts.filtered(ids)))
                written = (own_text.c.state == _S.NEW.value) & (own_text.c.problems == "")
            else:
                chosen = own_text.c.id.in_(list(ids))
            if state is _S.ACCEPTED:
                # Codes of `content.own_text.UNACCEPTABLE`: with commas around, no code is a part of another.
                listed = sa.literal(",") + own_text.c.problems + ","
                written &= sa.not_(listed.like("%,empty,%") | listed.like("%,too_long,%"))
            changed = sa.update(own_text).where(mine, chosen, written).values(state=state.value, updated_at=now)
            return context.conn.execute(changed).rowcount

        return await self._database.write(decide)

    async def edit(
        self,
        campaign_id: CampaignId,
        contact_id: ContactId,
        text: str,
        problems: Sequence[str],
        units: int,
        now: datetime,
    ) -> bool:
        """Keep a text as the operator has written it: with that it is read and accepted."""
        values: dict[str, object] = {
            "state": _S.EDITED.value,
            "text": text,
            "units": units,
            "problems": ",".join(problems),
            "reason": None,
            "updated_at": now,
        }
        return await self._database.write(lambda context: self._change(context, campaign_id, contact_id, values))

    async def choose(self, campaign_id: CampaignId, otherwise: Otherwise, now: datetime) -> None:
        """Keep what becomes of people without an accepted text."""

        def choose(context: WriteContext) -> None:
            self._refuse_started(context.conn, campaign_id)
            mine = own_text_plan.c.campaign_id == campaign_id
            context.conn.execute(sa.update(own_text_plan).where(mine).values(otherwise=otherwise.value, updated_at=now))

        await self._database.write(choose)

    async def discard(self, campaign_id: CampaignId, now: datetime, operator: str | None = None) -> None:
        """Remove all texts and what was wished: the campaign has only its ordinary message again."""

        def discard(context: WriteContext) -> None:
            self._refuse_started(context.conn, campaign_id)
            if own_texts.plan(context.conn, self._workspace_id, campaign_id) is None:
                return
            for table in (own_text, own_text_plan):
                context.conn.execute(sa.delete(table).where(table.c.campaign_id == campaign_id))
            facts: dict[str, object] = {"own_texts": "discarded"}
            event = NewEvent(EventType.EDITED, now, details=facts, campaign_id=campaign_id, operator=operator)
            context.emit(self._workspace_id, event)

        await self._database.write(discard)

    def _refuse_started(self, conn: sa.Connection, campaign_id: CampaignId) -> None:
        load_campaign(conn, self._workspace_id, campaign_id)
        if not own_texts.is_open(conn, self._workspace_id, campaign_id):
            raise KnownError(
                "own_texts_started",
                "The campaign was started: its texts stay as they are.",
                "Duplicate it to write others.",
            )


def add_plan(conn: sa.Connection, workspace_id: WorkspaceId, campaign_id: CampaignId, values: dict[str, Any]) -> None:
    """Add the plan of a campaign; what `values` do not say is as if nobody had decided, agreed or spent."""
    usual: dict[str, Any] = {
        "workspace_id": workspace_id,
        "campaign_id": campaign_id,
        "otherwise": Otherwise.UNDECIDED.value,
        "consent_url": "",
        "consent_model": "",
        "requests": 0,
        "failures": 0,
        "tokens_in": 0,
        "tokens_out": 0,
        "cost": 0.0,
    }
    conn.execute(sa.insert(own_text_plan).values(usual | values))
