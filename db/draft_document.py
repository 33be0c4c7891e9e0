"""A draft as the document of the campaign's row. For storage only: operators' files are read elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from db.moments import from_ms, to_ms
from desktop.domain.campaign import (
    Audience,
    AudienceKind,
    Draft,
    Goal,
    Media,
    MessageDraft,
    Optimiser,
    Pace,
    RetryPlan,
    Rotation,
    SendWindow,
)
from desktop.domain.template import FrozenTemplate, TemplateUse

Document = Mapping[str, Any]


def to_document(draft: Draft) -> dict[str, object]:
    """Return a draft as the JSON document that is stored; times in ms since 1970."""
    return {
        "name": draft.name,
        "audience": None if draft.audience is None else _audience_document(draft.audience),
        "messages": [message_document(message) for message in draft.messages],
        "instances": list(draft.instances),
        "rotation": draft.rotation.value,
        "pace": _pace_document(draft.pace),
        "retry": {"attempts": draft.retry.attempts, "base_s": draft.retry.base_s, "max_s": draft.retry.max_s},
        "window": None if draft.window is None else _window_document(draft.window),
        "schedule_at_ms": None if draft.schedule_at is None else to_ms(draft.schedule_at),
        "respect_opt_out": draft.respect_opt_out,
        "skip_active_conversations": draft.skip_active_conversations,
        "priority": draft.priority,
        "sticky": draft.sticky,
        "replies_per_hour": draft.replies_per_hour,
        "optimise": draft.optimise and {"by": draft.optimise.by.value, "floor": draft.optimise.floor},
    }


def from_document(document: Document) -> Draft:
    """Return the draft of a stored document, the inverse of `to_document`."""
    retry = document["retry"]
    schedule_ms: int | None = document["schedule_at_ms"]
    return Draft(
        name=document["name"],
        audience=None if document["audience"] is None else _audience(document["audience"]),
        messages=tuple(message_of(message) for message in document["messages"]),
        instances=tuple(document["instances"]),
        rotation=Rotation(document["rotation"]),
        pace=_pace(document["pace"]),
        retry=RetryPlan(retry["attempts"], retry["base_s"], retry["max_s"]),
        window=None if document["window"] is None else _window(document["window"]),
        schedule_at=None if schedule_ms is None else from_ms(schedule_ms),
        respect_opt_out=document["respect_opt_out"],
        skip_active_conversations=document["skip_active_conversations"],
        priority=document["priority"],
        # Drafts of before these were options lack them.
        sticky=document.get("sticky", False),
        replies_per_hour=document.get("replies_per_hour"),
        optimise=_optimiser(document.get("optimise")),
    )


def _optimiser(document: Document | None) -> Optimiser | None:
    return None if document is None else Optimiser(Goal(document["by"]), document["floor"])


def media_document(media: Media | None) -> dict[str, str] | None:
    return None if media is None else {"kind": media.kind, "path": media.path}


def media_of(document: Document | None) -> Media | None:
    return None if document is None else Media(document["kind"], document["path"])


def use_document(use: TemplateUse) -> dict[str, object]:
    return {"name": use.name, "language": use.language, "parameters": dict(use.parameters)}


def use_of(document: Document) -> TemplateUse:
    return TemplateUse(document["name"], document["language"], tuple(document["parameters"].items()))


def frozen_document(template: FrozenTemplate) -> dict[str, object]:
    """Return a template with the definition that a started campaign keeps, for the row of its variation."""
    return {
        **use_document(template.use),
        "parameter_format": template.parameter_format,
        "components": list(template.components),
        "category": template.category,
    }


def frozen_of(document: Document | None) -> FrozenTemplate | None:
    if document is None:
        return None
    frozen = FrozenTemplate(use_of(document), document["parameter_format"], tuple(document["components"]))
    return replace(frozen, category=document.get("category", frozen.category))


def _audience_document(audience: Audience) -> dict[str, object]:
    return {"kind": audience.kind.value, "values": list(audience.values)}


def _audience(document: Document) -> Audience:
    return Audience(AudienceKind(document["kind"]), tuple(document["values"]))


def message_document(message: MessageDraft) -> dict[str, object]:
    document: dict[str, object] = {
        "text": message.text,
        "weight": message.weight,
        "media": media_document(message.media),
    }
    if message.template is not None:
        document["template"] = use_document(message.template)
    return document


def message_of(document: Document) -> MessageDraft:
    use = document.get("template")
    return MessageDraft(
        document["text"], document["weight"], media_of(document["media"]), None if use is None else use_of(use)
    )


def _pace_document(pace: Pace) -> dict[str, object]:
    return {
        "delay_s": list(pace.delay_s),
        "per_hour": pace.per_hour,
        "per_second": pace.per_second,
        "burst": pace.burst,
    }


def _pace(document: Document) -> Pace:
    shortest, longest = document["delay_s"]
    return Pace((shortest, longest), document["per_hour"], document["per_second"], document["burst"])


def _window_document(window: SendWindow) -> dict[str, object]:
    return {
        "days": list(window.days),
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "holidays": window.holidays,
    }


def _window(document: Document) -> SendWindow:
    start, end = time.fromisoformat(document["start"]), time.fromisoformat(document["end"])
    return SendWindow(tuple(document["days"]), start, end, document["holidays"])
