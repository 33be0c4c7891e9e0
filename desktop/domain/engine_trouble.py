"""Why an engine stopped although nobody asked it to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent, Severity


@dataclass(frozen=True, slots=True)
class EngineTrouble:
    """`again_at` is when it is started by itself; `error` is what is known of the cause, None for a mistake of ours."""

    kind: str
    error: KnownError | None
    at: datetime
    again_at: datetime


def trouble_of(error: BaseException, at: datetime, again_s: float) -> EngineTrouble:
    """Return what is to be told of an error that stopped the engine at `at`; it starts again `again_s` later."""
    known = error if isinstance(error, KnownError) else None
    return EngineTrouble(type(error).__name__, known, at, at + timedelta(seconds=again_s))


def stop_event(trouble: EngineTrouble) -> NewEvent:
    """Return the line of the timeline: whoever looks in the morning sees when nothing was sent, and why."""
    cause = trouble.error.code if trouble.error else trouble.kind
    return NewEvent(EventType.ERROR, trouble.at, Severity.ERROR, {"code": "engine_stopped", "cause": cause})
