"""What a hook is told of an event: pure. No message text and no token ever leaves by this way.

A body is `{"id", "type", "at", "sequence", "data"}`: `id` is the delivery's key (a receiver that sees it twice has been
told once), `at` is when it happened (UTC), `sequence` is the event's place in the order of commits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from desktop.domain.events import EventType
from desktop.domain.hook import Hook, HookKind, NewDelivery
from desktop.domain.ids import CampaignId
from desktop.domain.moments import iso
from desktop.domain.summaries import EventRow

# A campaign tells of its progress after so many messages, or after so long, whichever is first. Source: product.md §11.
PROGRESS_EVERY = 5
PROGRESS_AFTER = timedelta(seconds=1)

_KINDS: Mapping[str, HookKind] = {
    EventType.CREATED: HookKind.CAMPAIGN_CREATED,
    EventType.STARTED: HookKind.CAMPAIGN_STARTED,
    EventType.MESSAGE_SENT: HookKind.MESSAGE_SENT,
    EventType.MESSAGE_FAILED: HookKind.MESSAGE_ERROR,
    EventType.COMPLETED: HookKind.CAMPAIGN_COMPLETE,
    EventType.CANCELLED: HookKind.CAMPAIGN_COMPLETE,
    EventType.REPLIED: HookKind.REPLY,
}
_STEPS = frozenset({EventType.MESSAGE_SENT.value, EventType.MESSAGE_FAILED.value, EventType.SKIPPED.value})

NEEDED = tuple(sorted({*_KINDS, *_STEPS}))
"""Types of the events that become deliveries."""

# Of an event's details, what another program may know. Texts of gateways may repeat what was sent.
_OPEN_DETAILS = ("code", "reason", "attempt", "counts", "total", "skipped", "name", "message_id", "variation")


@dataclass(frozen=True, slots=True)
class Progress:
    """What of a campaign has not been told yet: messages since the last progress, and when that was."""

    untold: int
    told_at: datetime


Standing = Mapping[CampaignId, Progress]


def deliveries(
    hook: Hook, events: Sequence[EventRow], standing: Standing
) -> tuple[Sequence[NewDelivery], dict[CampaignId, Progress]]:
    """Return what a hook is to be told of `events` (ascending), and the progress that is not told yet."""
    now_standing = dict(standing)
    found: list[NewDelivery] = []
    for event in events:
        kind = _KINDS.get(event.type)
        if kind is not None and kind in hook.kinds:
            found.append(_delivery(hook, kind, event, _facts(kind, event)))
        if event.campaign_id is not None and HookKind.PROGRESS in hook.kinds:
            told, now_standing[event.campaign_id] = _progress(event, now_standing.get(event.campaign_id))
            if told:
                facts: dict[str, object] = {"campaign": _campaign(event), "progress": event.progress}
                found.append(_delivery(hook, HookKind.PROGRESS, event, facts))
            if kind is HookKind.CAMPAIGN_COMPLETE:
                del now_standing[event.campaign_id]
    return found, now_standing


def test_delivery(hook: Hook, now: datetime, number: int) -> NewDelivery:
    """Return a delivery that proves that the address is reached. `number` makes it another one each time."""
    key = uuid5(NAMESPACE_URL, f"cadencia:hook:{hook.id}:test:{number}:{now.isoformat()}")
    return NewDelivery(
        str(key), HookKind.TEST, None, None, _body(key, HookKind.TEST, now, None, {"message": "Cadência"})
    )


def _progress(event: EventRow, before: Progress | None) -> tuple[bool, Progress]:
    # Counted from the first message: the campaign's start tells the rest.
    current = before or Progress(0, event.at)
    if event.type in _STEPS:
        current = replace(current, untold=current.untold + 1)
    is_due = current.untold >= PROGRESS_EVERY or (current.untold and event.at - current.told_at >= PROGRESS_AFTER)
    is_last = bool(current.untold) and event.type in (EventType.COMPLETED, EventType.CANCELLED)
    return (True, Progress(0, event.at)) if is_due or is_last else (False, current)


def _facts(kind: HookKind, event: EventRow) -> dict[str, object]:
    facts: dict[str, object] = {"campaign": _campaign(event)}
    if event.recipient_id is not None:
        facts["recipient"] = {"id": event.recipient_id, "phone": event.phone, "name": event.contact}
    if event.instance is not None:
        facts["instance"] = event.instance
    if kind is HookKind.CAMPAIGN_COMPLETE:
        facts["status"] = event.type
    if event.progress is not None:
        facts["progress"] = event.progress
    if event.duration_ms is not None:
        facts["duration_ms"] = event.duration_ms
    return facts | {name: event.details[name] for name in _OPEN_DETAILS if name in event.details}


def _campaign(event: EventRow) -> dict[str, object]:
    return {"id": event.campaign_id, "name": event.campaign}


def _delivery(hook: Hook, kind: HookKind, event: EventRow, facts: Mapping[str, object]) -> NewDelivery:
    # Named by what it tells: made again after a crash it has the same key, and is stored once.
    key = uuid5(NAMESPACE_URL, f"cadencia:hook:{hook.id}:{kind}:{event.id}")
    return NewDelivery(str(key), kind, event.id, event.recipient_id, _body(key, kind, event.at, event.id, facts))


def _body(
    key: UUID, kind: HookKind, at: datetime, sequence: int | None, facts: Mapping[str, object]
) -> Mapping[str, object]:
    return {"id": str(key), "type": kind.value, "at": iso(at), "sequence": sequence, "data": dict(facts)}
