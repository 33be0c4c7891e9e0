"""The event object of the contract (product.md §7), made from a line of the timeline."""

from desktop.cli.output import iso
from desktop.cli.words import Words
from desktop.domain.summaries import EventRow


def event_object(row: EventRow, words: Words) -> dict[str, object]:
    """Return an event with all its fields; `message` is in the language of the command line."""
    return {
        "id": row.id,
        "type": row.type,
        "severity": row.severity.value,
        "message": words.event(row),
        "details": dict(row.details),
        "campaign": row.campaign_id,
        "campaign_name": row.campaign,
        "instance": row.instance,
        "contact": row.contact,
        "phone": row.phone,
        "recipient": row.recipient_id,
        "duration_ms": row.duration_ms,
        "progress": row.progress,
        "health_score": row.health_score,
        "request": row.request,
        "response": row.response,
        "http_status": row.http_status,
        "time": iso(row.at),
        "operator": row.operator,
    }
