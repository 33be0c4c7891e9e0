"""What an event tells of a request and its answer: enough to look into a problem, never a key, a text only on wish.

It says what the client was asked for and what it understood. Whole bodies are not kept: they hold people's texts, and
would make the log many times larger.
"""

from desktop.domain.outcome import Accepted, Outcome
from desktop.engine.ports import OutgoingMessage

_SHOWN_BEFORE, _SHOWN_AFTER = 5, 2


def request_facts(message: OutgoingMessage, gateway: str, *, keeps_text: bool) -> dict[str, object]:
    """Return what was asked of a gateway, JSON-ready; the phone is masked.

    Args:
        keeps_text: with the message's words; otherwise only how many characters it has.
    """
    template = message.template
    kind = "template" if template else message.media.kind if message.media else "text"
    facts: dict[str, object] = {
        "gateway": gateway,
        "kind": kind,
        "to": masked(message.phone),
        "client_ref": message.client_ref,
        "characters": len(message.text),
    }
    if template:
        facts["template"] = f"{template.name} ({template.language})"
    if keeps_text:
        facts["text"] = message.text
    return facts


def response_facts(outcome: Outcome) -> dict[str, object]:
    """Return what was understood of the answer, JSON-ready; the gateway's own words have been redacted before."""
    if isinstance(outcome, Accepted):
        facts: dict[str, object] = {"message_id": outcome.message_id}
        if outcome.address is not None:
            facts["address"] = masked(outcome.address)
        if outcome.note is not None:
            facts["note"] = outcome.note
        return facts
    return {"code": outcome.code, "text": outcome.text} if outcome.text else {"code": outcome.code}


def masked(address: str) -> str:
    """Leave of a phone, or of an address with one in it, what tells country and area, and the end."""
    person, at, host = address.partition("@")
    if len(person) <= _SHOWN_BEFORE + _SHOWN_AFTER:
        return address
    return f"{person[:_SHOWN_BEFORE]}…{person[-_SHOWN_AFTER:]}{at}{host}"
