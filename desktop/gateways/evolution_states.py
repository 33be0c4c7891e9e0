"""What Evolution's words for a connection mean. Pure."""

from desktop.domain.instance import ConnectionState
from desktop.domain.outcome import NotSent, Rejected, Unknown
from desktop.engine.ports import InstanceStatus
from desktop.gateways import client_certificate
from desktop.gateways.evolution_records import Fields, fields_of, text_of
from desktop.gateways.http import Answer
from desktop.gateways.jids import phone_of
from desktop.gateways.outcome import evolution_outcome

_STATES = {
    "open": ConnectionState.CONNECTED,
    "connecting": ConnectionState.CONNECTING,
    "close": ConnectionState.DISCONNECTED,
    "closed": ConnectionState.DISCONNECTED,
    "refused": ConnectionState.NEEDS_QR,
}
_UNAUTHORISED = frozenset({"unauthorised", "forbidden", "licence_required"}) | client_certificate.CODES
_MISSING = frozenset({"instance_missing", "wrong_version", "not_evolution", "redirected"})

# No automatic reconnect after these: somebody must scan again. 2.4 adds 408. Source: gateways.md §2.E.
NEEDS_QR_REASONS = frozenset({401, 402, 403, 406, 408})


def connection_state(word: object, reason: object = None) -> ConnectionState:
    """Return our state for Evolution's. An absent one means that the server has not loaded the instance: closed."""
    state = _STATES.get(word, ConnectionState.DISCONNECTED) if isinstance(word, str) else ConnectionState.DISCONNECTED
    if state is ConnectionState.DISCONNECTED and isinstance(reason, int) and reason in NEEDS_QR_REASONS:
        return ConnectionState.NEEDS_QR
    return state


def row_phone(row: Fields) -> str | None:
    """Return the phone of a row of the instance list."""
    owner = text_of(row.get("ownerJid")) or text_of(row.get("number"))
    return phone_of(owner) if owner else None


def row_state(row: Fields) -> ConnectionState:
    """Return the state of a row of the instance list."""
    state = connection_state(row.get("connectionStatus"), row.get("disconnectionReasonCode"))
    return _paired_or_not(state, row)


def status_of(answer: Answer | NotSent | Unknown, row: Fields | None = None) -> InstanceStatus | None:
    """Read the answer of connectionState, with the instance's row of the list where there is one.

    Returns:
        None when the answer says nothing about the instance: not reached, a proxy's error, not JSON.
    """
    outcome = evolution_outcome(answer)
    if isinstance(answer, Answer) and answer.status < 300:
        instance = fields_of(answer.json).get("instance")
        if not isinstance(instance, dict):
            return None
        row = row or {}
        reason = row.get("disconnectionReasonCode")
        state = _paired_or_not(
            connection_state(fields_of(fields_of(answer.json)["instance"]).get("state"), reason), row
        )
        shown = str(reason) if isinstance(reason, int) and state is not ConnectionState.CONNECTED else None
        return InstanceStatus(state, row_phone(row), shown)
    if isinstance(outcome, Rejected | NotSent) and outcome.code in _UNAUTHORISED:
        return InstanceStatus(ConnectionState.UNAUTHORISED, reason=outcome.code)
    if isinstance(outcome, Rejected) and outcome.code in _MISSING:
        return InstanceStatus(ConnectionState.MISSING, reason=outcome.code)
    return None


def _paired_or_not(state: ConnectionState, row: Fields) -> ConnectionState:
    """A Baileys instance that is not connected and has no owner was never paired."""
    is_paired = bool(row.get("ownerJid")) or row.get("integration") != "WHATSAPP-BAILEYS"
    return state if state is ConnectionState.CONNECTED or is_paired else ConnectionState.NEEDS_QR
