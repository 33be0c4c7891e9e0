"""What WAHA's words for a session mean, and what keeps an account from writing. Pure."""

from dataclasses import dataclass

from desktop.domain.instance import ConnectionState
from desktop.gateways.evolution_records import Fields, epoch_seconds, fields_of, text_of
from desktop.gateways.jids import phone_of

# Source: gateways.md §2.W; the passkey ones are of GOWS since 2026.7.
_STATES = {
    "STOPPED": ConnectionState.STOPPED,
    "STARTING": ConnectionState.CONNECTING,
    "SCAN_QR_CODE": ConnectionState.NEEDS_QR,
    "PASSKEY_REQUIRED": ConnectionState.NEEDS_QR,
    "PASSKEY_CONFIRMATION_REQUIRED": ConnectionState.NEEDS_QR,
    "WORKING": ConnectionState.CONNECTED,
    "FAILED": ConnectionState.FAILED,
}


@dataclass(frozen=True, slots=True)
class Brake:
    """Why an account may not start conversations, and until when (epoch seconds; None: nobody knows)."""

    code: str  # account_restricted, or messaging_limit
    until: float | None = None


def session_state(word: object) -> ConnectionState:
    """Return our state for a session's status; one that is not known here is unknown."""
    return _STATES.get(word, ConnectionState.UNKNOWN) if isinstance(word, str) else ConnectionState.UNKNOWN


def session_phone(session: Fields) -> str | None:
    """Return the phone of a session (E.164), or None while nobody is logged in."""
    own = text_of(fields_of(session.get("me")).get("id"))
    return phone_of(own) if own else None


def brake_of(me: Fields) -> Brake | None:
    """Read the account's health that 2026.8.1 and later put into `me`: a reach-out lock, or a used-up quota."""
    lock = fields_of(me.get("reachoutTimelock"))
    if lock.get("isActive") is True:
        return Brake("account_restricted", _moment(lock.get("timeEnforcementEnds")))
    cap = fields_of(me.get("messageCapping"))
    if cap.get("cappingStatus") == "CAPPED":
        return Brake("messaging_limit", _moment(cap.get("cycleEnd")))
    return None


def _moment(value: object) -> float | None:
    seconds = epoch_seconds(value)
    return seconds if seconds and seconds > 0 else None
