"""The whole schema: importing this module has defined every table and trigger on `metadata`."""

from db.tables import (
    attempt,
    campaign,
    clock_mark,
    consent,
    contact,
    counts,
    event,
    hook,
    identity,
    instance,
    provider,
    receipt,
    recipient,
    run,
    setting,
    triggers,
    workspace,
)
from db.tables.metadata import metadata

__all__ = [
    "attempt",
    "campaign",
    "clock_mark",
    "consent",
    "contact",
    "counts",
    "event",
    "hook",
    "identity",
    "instance",
    "metadata",
    "provider",
    "receipt",
    "recipient",
    "run",
    "setting",
    "triggers",
    "workspace",
]
