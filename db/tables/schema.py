"""The whole schema: importing this module has defined every table and trigger on `metadata`."""

from sqlalchemy.util import OrderedSet

from db.tables import (
    ai,
    attempt,
    campaign,
    capsule,
    clock_mark,
    consent,
    contact,
    counts,
    event,
    hook,
    identity,
    instance,
    number_check,
    operator,
    opt_out_reply,
    own_text,
    provider,
    receipt,
    recipient,
    run,
    saved_message,
    setting,
    trial_message,
    triggers,
    workspace,
)
from db.tables.metadata import metadata

__all__ = [
    "ai",
    "attempt",
    "campaign",
    "capsule",
    "clock_mark",
    "consent",
    "contact",
    "counts",
    "event",
    "hook",
    "identity",
    "instance",
    "metadata",
    "number_check",
    "operator",
    "opt_out_reply",
    "own_text",
    "provider",
    "receipt",
    "recipient",
    "run",
    "saved_message",
    "setting",
    "trial_message",
    "triggers",
    "workspace",
]

# SQLAlchemy keeps a table's indexes in a set, and SQLite chooses between two that look equally good by the order in
# which they were made: without one order two new databases would answer the same question in different ways.
for _table in metadata.tables.values():
    _table.indexes = OrderedSet(sorted(_table.indexes, key=lambda index: str(index.name)))
    for _index in _table.indexes:
        # A partial index is as partial in PostgreSQL. Told here, where a database is made: an argument
        # `postgresql_where` of a table's file would load that dialect at each start, for a database that is not there.
        if (_where := _index.dialect_options["sqlite"]["where"]) is not None:
            _index.dialect_options["postgresql"]["where"] = _where
