"""What is known of Meta's side: templates of an account, judgements of numbers."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from db.tables.provider import message_template, number_facts
from desktop.domain.ids import InstanceId, WorkspaceId
from desktop.domain.template import MessageTemplate, NumberFacts

_FACTS = frozenset(each.name for each in fields(NumberFacts))


def templates(conn: sa.Connection, workspace_id: WorkspaceId, waba_id: str | None = None) -> Sequence[MessageTemplate]:
    """Return the templates of one account, or of all (None), by name and language."""
    query = (
        sa.select(message_template)
        .where(message_template.c.workspace_id == workspace_id)
        .order_by(message_template.c.waba_id, message_template.c.name, message_template.c.language)
    )
    if waba_id is not None:
        query = query.where(message_template.c.waba_id == waba_id)
    return [_template(row) for row in conn.execute(query)]


def number(conn: sa.Connection, instance_id: InstanceId) -> NumberFacts | None:
    """Return what the provider said last of a number; None when it was never asked."""
    query = sa.select(number_facts.c.facts).where(number_facts.c.instance_id == instance_id)
    stored: dict[str, Any] | None = conn.execute(query).scalar()
    return None if stored is None else NumberFacts(**{name: stored[name] for name in stored if name in _FACTS})


def _template(row: sa.Row[Any]) -> MessageTemplate:
    return MessageTemplate(
        waba_id=row.waba_id,
        name=row.name,
        language=row.language,
        status=row.status,
        category=row.category,
        parameter_format=row.parameter_format,
        components=tuple(row.components),
        synced_at=row.synced_at,
        quality=row.quality,
        rejected_reason=row.rejected_reason,
    )
