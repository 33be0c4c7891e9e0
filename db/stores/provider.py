"""What Meta tells of its side, by our asking or by itself: templates, judgements of numbers, uploaded files."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from db.connection import Database
from db.stores import instances
from db.stores.campaign_life import touch
from db.stores.replies import apply_preference
from db.tables.instance import instance
from db.tables.provider import message_template, number_facts, uploaded_media
from db.writer import WriteContext
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.receipt import NumberChanged, Preference, ProviderNews, TemplateChanged
from desktop.domain.template import SENDABLE, MessageTemplate, NumberFacts

QUALITY_LOW = "quality_low"
"""Why a number is paused whose quality fell to the lowest step. Only the operator ends this pause."""
_LOWEST = "RED"


class ProviderStore:
    """Writes what the Cloud API's clients have found out; remembers uploaded files (`engine.ports.MediaIds`)."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def replace_templates(self, waba_id: str, templates: Sequence[MessageTemplate], now: datetime) -> None:
        """Put an account's list in place of the one that was known."""
        rows = [
            {
                "workspace_id": self._workspace_id,
                "waba_id": waba_id,
                "name": template.name,
                "language": template.language,
                "status": template.status,
                "category": template.category,
                "parameter_format": template.parameter_format,
                "components": list(template.components),
                "quality": template.quality,
                "rejected_reason": template.rejected_reason,
                "synced_at": now,
            }
            for template in {(each.name, each.language): each for each in templates}.values()
        ]

        def replace(context: WriteContext) -> None:
            known = sa.and_(
                message_template.c.workspace_id == self._workspace_id, message_template.c.waba_id == waba_id
            )
            context.conn.execute(sa.delete(message_template).where(known))
            if rows:
                context.conn.execute(sa.insert(message_template), rows)

        await self._database.write(replace)

    async def keep_facts(self, instance_id: InstanceId, facts: NumberFacts, now: datetime) -> None:
        """Keep what the provider says of a number; pause it when its quality has fallen to the lowest step."""

        def keep(context: WriteContext) -> None:
            before = _facts(context.conn, instance_id)
            _write_facts(context.conn, instance_id, asdict(facts), now)
            _keep_limits(context, self._workspace_id, instance_id, facts)
            if facts.quality == _LOWEST and before.get("quality") != _LOWEST:
                details: dict[str, object] = {"quality": facts.quality}
                instances.pause(context, self._workspace_id, instance_id, QUALITY_LOW, now, details)

        await self._database.write(keep)

    async def media_id(self, phone_id: str, digest: str, now: datetime) -> str | None:
        query = sa.select(uploaded_media.c.media_id).where(
            uploaded_media.c.phone_id == phone_id, uploaded_media.c.digest == digest, uploaded_media.c.expires_at > now
        )
        return await self._database.read(lambda conn: conn.execute(query).scalar())

    async def keep_media_id(self, phone_id: str, digest: str, media_id: str, expires_at: datetime) -> None:
        """Remember an uploaded file, in place of an older upload of the same."""

        def keep(context: WriteContext) -> None:
            same = sa.and_(uploaded_media.c.phone_id == phone_id, uploaded_media.c.digest == digest)
            context.conn.execute(sa.delete(uploaded_media).where(same))
            row = {"phone_id": phone_id, "digest": digest, "media_id": media_id, "expires_at": expires_at}
            context.conn.execute(sa.insert(uploaded_media).values(row))

        await self._database.write(keep)


def apply_news(context: WriteContext, workspace_id: WorkspaceId, news: Sequence[ProviderNews]) -> None:
    """Take what the provider says by itself (see `Ledger.apply_news`)."""
    for item in news:
        match item:
            case Preference():
                apply_preference(context, workspace_id, item)
            case TemplateChanged():
                _apply_template(context, workspace_id, item)
            case NumberChanged():
                _apply_number(context, workspace_id, item)


def _apply_template(context: WriteContext, workspace_id: WorkspaceId, change: TemplateChanged) -> None:
    told = {
        "status": change.status,
        "quality": change.quality,
        "category": change.category,
        "rejected_reason": change.reason,
    }
    values = {name: value for name, value in told.items() if value is not None}
    if not values:
        return
    same = (
        message_template.c.workspace_id == workspace_id,
        message_template.c.waba_id == change.waba_id,
        message_template.c.name == change.name,
        message_template.c.language == change.language,
    )
    context.conn.execute(sa.update(message_template).where(*same).values(values))
    is_bad = (change.status or SENDABLE) != SENDABLE or change.quality == _LOWEST
    details: dict[str, object] = {"template": change.name, "language": change.language, **values}
    severity = Severity.WARNING if is_bad else Severity.INFO
    context.emit(workspace_id, NewEvent(EventType.HEALTH_ISSUE, change.at, severity, details))


def _apply_number(context: WriteContext, workspace_id: WorkspaceId, change: NumberChanged) -> None:
    known = sa.select(instance.c.id).where(
        instance.c.id == change.instance_id,
        instance.c.workspace_id == workspace_id,
        instance.c.removed_at.is_(None),
    )
    told = {"quality": change.quality, "messaging_limit": change.messaging_limit}
    values: dict[str, object] = {name: value for name, value in told.items() if value is not None}
    before = _facts(context.conn, change.instance_id)
    is_new = any(before.get(name) != value for name, value in values.items())
    if context.conn.execute(known).scalar() is None or not is_new:
        return
    _write_facts(context.conn, change.instance_id, before | values, change.at)
    severity = Severity.WARNING if change.quality == _LOWEST else Severity.INFO
    details: dict[str, object] = {"event": change.event, **values}
    fact = NewEvent(EventType.HEALTH_ISSUE, change.at, severity, details, instance_id=change.instance_id)
    context.emit(workspace_id, fact)
    if change.messaging_limit is not None:
        account = _account_of(context.conn, change.instance_id)
        _set_limits(context, workspace_id, account, {"messaging_limit": change.messaging_limit})
    if change.quality == _LOWEST:
        instances.pause(context, workspace_id, change.instance_id, QUALITY_LOW, change.at, values)


def _facts(conn: sa.Connection, instance_id: InstanceId) -> dict[str, object]:
    query = sa.select(number_facts.c.facts).where(number_facts.c.instance_id == instance_id)
    return conn.execute(query).scalar() or {}


def _write_facts(conn: sa.Connection, instance_id: InstanceId, facts: dict[str, object], now: datetime) -> None:
    conn.execute(sa.delete(number_facts).where(number_facts.c.instance_id == instance_id))
    conn.execute(sa.insert(number_facts).values(instance_id=instance_id, facts=facts, checked_at=now))


def _keep_limits(context: WriteContext, workspace_id: WorkspaceId, instance_id: InstanceId, facts: NumberFacts) -> None:
    """Keep what the engine goes by. Numbers of one account are of one portfolio, whichever of them was asked."""
    waba_id = _waba_id(context.conn, instance_id)
    _set_limits(context, workspace_id, instance.c.id == instance_id, {"per_second": facts.per_second})
    # Where Meta does not name the portfolio, the account stands for it: others may share it, its own numbers do.
    shared: dict[str, object] = {"portfolio_id": facts.portfolio_id or f"waba:{waba_id}"}
    if facts.messaging_limit is not None:
        shared["messaging_limit"] = facts.messaging_limit
    of_account = _account_of(context.conn, instance_id)
    _set_limits(context, workspace_id, of_account, shared)
    if facts.messaging_limit is not None:
        of_portfolio = instance.c.portfolio_id == shared["portfolio_id"]
        _set_limits(context, workspace_id, of_portfolio, {"messaging_limit": facts.messaging_limit})


def _waba_id(conn: sa.Connection, instance_id: InstanceId) -> str | None:
    return conn.execute(sa.select(instance.c.waba_id).where(instance.c.id == instance_id)).scalar()


def _account_of(conn: sa.Connection, instance_id: InstanceId) -> sa.ColumnElement[bool]:
    """Return the condition that finds all numbers of a number's account, removed ones too: they have used its limit."""
    waba_id = _waba_id(conn, instance_id)
    return instance.c.id == instance_id if waba_id is None else instance.c.waba_id == waba_id


def _set_limits(
    context: WriteContext, workspace_id: WorkspaceId, which: sa.ColumnElement[bool], values: dict[str, object]
) -> None:
    """Write what is new; engines hear of it only then."""
    is_new = sa.or_(*(instance.c[name].is_distinct_from(value) for name, value in values.items()))
    changed = sa.update(instance).where(instance.c.workspace_id == workspace_id, which, is_new).values(values)
    if context.conn.execute(changed).rowcount:
        touch(context.conn, workspace_id)
