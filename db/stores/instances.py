"""Instances: adding, changing, pausing, removing, and what their gateways say of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.connection import Database
from db.rows import load_instance, select_instances
from db.stores.campaign_life import touch
from db.tables.campaign import campaign, campaign_instance
from db.tables.instance import instance
from db.writer import WriteContext
from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity
from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance, InstanceLimits

BY_OPERATOR = "operator"


class InstanceStore:
    """Writes instances of one workspace. The engine writes its part of them through the ledger."""

    def __init__(self, database: Database, workspace_id: WorkspaceId) -> None:
        self._database = database
        self._workspace_id = workspace_id

    async def add(
        self,
        name: str,
        gateway: Gateway,
        base_url: str,
        remote_name: str,
        timezone: str,
        limits: InstanceLimits,
        now: datetime,
        *,
        warmup: str = "off",
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
        operator: str | None = None,
    ) -> Instance:
        """Add an instance whose state is not known yet.

        A number that was removed comes back with its past: what left through it counts against its limits.

        Raises:
            KnownError: `instance_exists`, or `number_exists` when it is here under another name.
        """
        same = {
            "workspace_id": self._workspace_id,
            "gateway": gateway.value,
            "base_url": base_url.rstrip("/"),
            "remote_name": remote_name,
        }
        values: dict[str, Any] = {
            "name": name,
            "base_url": base_url,
            "timezone": timezone,
            "state": ConnectionState.UNKNOWN.value,
            "warmup": warmup,
            "phone_id": phone_id,
            "waba_id": waba_id,
            "options": (options or ConnectionOptions()).stored(),
            **_limit_values(limits),
        }

        def add(context: WriteContext) -> Instance:
            conn = context.conn
            if select_instances(conn, self._workspace_id, instance.c.name == name):
                raise KnownError("instance_exists", f"There is already an instance {name}.", "Choose another name.")
            if found := select_instances(conn, self._workspace_id, *_is_same(same)):
                text = f"This number is here already, as {found[0].name}."
                raise KnownError("number_exists", text, "Change that one, or remove it first.", name=found[0].name)
            added = _bring_back(conn, same, values)
            if added is None:
                new = sa.insert(instance).values({**same, **values, "created_at": now})
                added = InstanceId(conn.execute(new.returning(instance.c.id)).scalar_one())
            touch(conn, self._workspace_id)
            self._emit(context, EventType.ROTATION_CHANGED, added, now, {"added": name}, operator)
            return load_instance(conn, self._workspace_id, added)

        return await self._database.write(add)

    async def update(
        self,
        instance_id: InstanceId,
        limits: InstanceLimits,
        timezone: str,
        now: datetime,
        operator: str | None = None,
        warmup: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> Instance:
        """Change the limits and the time zone; `warmup` and `options` None leave them as they are."""

        def update(context: WriteContext) -> Instance:
            before = load_instance(context.conn, self._workspace_id, instance_id)
            values = {**_limit_values(limits), "timezone": timezone, "warmup": warmup or before.warmup}
            stored = (options or before.options).stored()
            change = sa.update(instance).where(instance.c.id == instance_id)
            context.conn.execute(change.values({**values, "options": stored}))
            touch(context.conn, self._workspace_id)
            details: dict[str, object] = {"changed": before.name, **values}
            self._emit(context, EventType.EDITED, instance_id, now, details, operator)
            return load_instance(context.conn, self._workspace_id, instance_id)

        return await self._database.write(update)

    async def remove(self, instance_id: InstanceId, now: datetime, operator: str | None = None) -> Instance:
        """Remove an instance; its row stays, because attempts and events name it.

        Raises:
            KnownError: `instance_in_use`, when a campaign that runs or waits would be left without any.
        """

        def remove(context: WriteContext) -> Instance:
            before = load_instance(context.conn, self._workspace_id, instance_id)
            if used_by := _only_instance_of(context.conn, instance_id):
                raise KnownError(
                    "instance_in_use",
                    f"The campaign {used_by} sends through this instance only.",
                    "Cancel the campaign first, or give it another instance.",
                    campaign=used_by,
                )
            context.conn.execute(sa.update(instance).where(instance.c.id == instance_id).values(removed_at=now))
            touch(context.conn, self._workspace_id)
            self._emit(context, EventType.ROTATION_CHANGED, instance_id, now, {"removed": before.name}, operator)
            return before

        return await self._database.write(remove)

    async def pause(self, instance_id: InstanceId, now: datetime, operator: str | None = None) -> None:
        """Pause an instance on the operator's wish, which also stands above a rule's pause."""
        await self._database.write(
            lambda context: pause(context, self._workspace_id, instance_id, BY_OPERATOR, now, {}, operator)
        )

    async def resume(self, instance_id: InstanceId, now: datetime, operator: str | None = None) -> None:
        await self._database.write(lambda context: resume(context, self._workspace_id, instance_id, now, {}, operator))

    def _emit(
        self,
        context: WriteContext,
        event_type: EventType,
        instance_id: InstanceId,
        now: datetime,
        details: dict[str, object],
        operator: str | None,
    ) -> None:
        context.emit(
            self._workspace_id,
            NewEvent(event_type, now, details=details, instance_id=instance_id, operator=operator),
        )


def _is_same(number: Mapping[str, object]) -> list[sa.ColumnElement[bool]]:
    """Tell which rows are one and the same number of a gateway."""
    return [
        (sa.func.rtrim(column, "/") if column is instance.c.base_url else column) == number[column.name]
        for column in (instance.c.workspace_id, instance.c.gateway, instance.c.base_url, instance.c.remote_name)
    ]


def _bring_back(conn: sa.Connection, number: Mapping[str, object], values: Mapping[str, object]) -> InstanceId | None:
    """Take up the row of a number that was removed, the newest one; None when there is none."""
    removed = sa.select(sa.func.max(instance.c.id)).where(*_is_same(number), instance.c.removed_at.is_not(None))
    found = conn.execute(removed).scalar()
    if found is None:
        return None
    not_paused = dict.fromkeys(("removed_at", "paused_at", "pause_reason", "paused_until"))
    conn.execute(sa.update(instance).where(instance.c.id == found).values({**values, **not_paused}))
    return InstanceId(found)


def pause(
    context: WriteContext,
    workspace_id: WorkspaceId,
    instance_id: InstanceId,
    reason: str,
    now: datetime,
    details: Mapping[str, object],
    operator: str | None = None,
    until: datetime | None = None,
) -> None:
    """Pause an instance, until a moment where that is known.

    A rule does not take over the operator's pause; the same pause twice is one.
    """
    before = load_instance(context.conn, workspace_id, instance_id)
    if before.pause_reason is not None and (reason != BY_OPERATOR or before.pause_reason == BY_OPERATOR):
        return
    context.conn.execute(
        sa.update(instance)
        .where(instance.c.id == instance_id)
        .values(paused_at=now, pause_reason=reason, paused_until=until)
    )
    severity = Severity.INFO if reason == BY_OPERATOR else Severity.WARNING
    facts = {"reason": reason, **details}
    context.emit(
        workspace_id,
        NewEvent(EventType.INSTANCE_PAUSED, now, severity, facts, instance_id=instance_id, operator=operator),
    )


def resume(
    context: WriteContext,
    workspace_id: WorkspaceId,
    instance_id: InstanceId,
    now: datetime,
    details: Mapping[str, object],
    operator: str | None = None,
) -> None:
    """End a pause; an instance that is not paused stays as it is."""
    before = load_instance(context.conn, workspace_id, instance_id)
    if before.pause_reason is None:
        return
    context.conn.execute(
        sa.update(instance)
        .where(instance.c.id == instance_id)
        .values(paused_at=None, pause_reason=None, paused_until=None)
    )
    facts = {"reason": before.pause_reason, **details}
    context.emit(
        workspace_id,
        NewEvent(EventType.INSTANCE_RESUMED, now, details=facts, instance_id=instance_id, operator=operator),
    )


def set_state(
    context: WriteContext,
    workspace_id: WorkspaceId,
    instance_id: InstanceId,
    state: ConnectionState,
    now: datetime,
    phone: str | None,
) -> None:
    """Record what the gateway says of an instance; an event when that has changed."""
    before = load_instance(context.conn, workspace_id, instance_id)
    values: dict[str, Any] = {"state": state.value, "checked_at": now, "phone": phone or before.phone}
    context.conn.execute(sa.update(instance).where(instance.c.id == instance_id).values(values))
    if before.state is state:
        return
    is_well = state in (ConnectionState.CONNECTED, ConnectionState.CONNECTING)
    details: dict[str, object] = {"state": state.value, "was": before.state.value}
    severity = Severity.INFO if is_well else Severity.WARNING
    context.emit(workspace_id, NewEvent(EventType.HEALTH_ISSUE, now, severity, details, instance_id=instance_id))


def _limit_values(limits: InstanceLimits) -> dict[str, Any]:
    return {
        "per_day": limits.per_day,
        "per_hour": limits.per_hour,
        "per_minute": limits.per_minute,
        "min_gap_s": limits.min_gap_s,
        "max_in_flight": limits.max_in_flight,
    }


def _only_instance_of(conn: sa.Connection, instance_id: InstanceId) -> str | None:
    """Return the name of a campaign that runs or is paused and has no other instance."""
    others = sa.exists().where(
        campaign_instance.c.campaign_id == campaign.c.id,
        campaign_instance.c.instance_id != instance_id,
        campaign_instance.c.instance_id.in_(sa.select(instance.c.id).where(instance.c.removed_at.is_(None))),
    )
    used = sa.exists().where(
        campaign_instance.c.campaign_id == campaign.c.id, campaign_instance.c.instance_id == instance_id
    )
    query = sa.select(campaign.c.name).where(
        campaign.c.status.in_([CampaignStatus.RUNNING.value, CampaignStatus.PAUSED.value]),
        campaign.c.deleted_at.is_(None),
        used,
        sa.not_(others),
    )
    return conn.execute(query).scalar()
