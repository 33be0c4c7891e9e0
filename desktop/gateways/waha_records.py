"""Reads what WAHA answers, stores and emits: ids, acknowledgements, messages. Pure, and trusts no type it is given.

Its four engines (WEBJS, WPP, NOWEB, GOWS) spell the same things differently; what leaves here is spelled in one way.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from desktop.domain.receipt import ReceiptKind
from desktop.gateways.evolution_records import (
    Fields,
    StoredMessage,
    epoch_seconds,
    fields_of,
    id_of,
    message_text,
    text_of,
)
from desktop.gateways.jids import is_lid, phone_of

MAX_ID: Final = 128

# Source: gateways.md §0.2; names and numbers of `ack`. 0 (PENDING) and an unknown one say nothing.
_ACKS: Mapping[int, ReceiptKind] = {
    -1: ReceiptKind.FAILED,
    1: ReceiptKind.SENT,
    2: ReceiptKind.DELIVERED,
    3: ReceiptKind.READ,
    4: ReceiptKind.READ,
}
_ACK_NAMES: Mapping[str, ReceiptKind] = {
    "ERROR": ReceiptKind.FAILED,
    "SERVER": ReceiptKind.SENT,
    "DEVICE": ReceiptKind.DELIVERED,
    "READ": ReceiptKind.READ,
    "PLAYED": ReceiptKind.READ,
}
_LATEST_S = 253_402_300_800.0  # the year 10000
_RESTRICTED = "463"  # WhatsApp's error for a restricted account. Source: gateways.md §5.W


def raw_id(value: object) -> str | None:
    """Return the id that all forms of one message share: the third part of `true_<chat>_<RAWID>[_<participant>]`.

    WEBJS and WPP may give an object; how its serialised member is called has changed (#2157).
    """
    if fields := fields_of(value):
        own = text_of(fields.get("id"))
        return _plain_id(own) if own else next(filter(None, map(_serialised_id, fields.values())), None)
    return _plain_id(value) if isinstance(value, str) else None


def _plain_id(text: str) -> str | None:
    parts = text.split("_")
    if parts[0] in ("true", "false"):
        text = parts[2] if len(parts) > 2 else ""
    is_usable = 0 < len(text) <= MAX_ID and text.isprintable() and " " not in text
    return text if is_usable else None


def _serialised_id(value: object) -> str | None:
    is_serialised = isinstance(value, str) and value.startswith(("true_", "false_"))
    return _plain_id(value) if isinstance(value, str) and is_serialised else None


def id_of_answer(body: object) -> str | None:
    """Return the raw id in the answer of a send, whichever engine gave it (gateways.md §3.W); None: there is none."""
    fields = fields_of(body)
    data = fields_of(fields.get("_data"))
    candidates = (
        fields_of(fields.get("key")).get("id"),  # NOWEB
        fields.get("id"),  # WEBJS an object, GOWS and WPP text
        fields_of(data.get("Info")).get("ID"),  # GOWS
        data.get("id"),
    )
    return next(filter(None, map(raw_id, candidates)), None)


def ack_kind(fields: Fields) -> ReceiptKind | None:
    """Return our word for the `ack` of a message or an event; None when it says nothing about delivery."""
    ack = fields.get("ack")
    if isinstance(ack, int) and not isinstance(ack, bool) and ack in _ACKS:
        return _ACKS[ack]
    name = fields.get("ackName")
    return _ACK_NAMES.get(name.upper()) if isinstance(name, str) else None


def failure_code(fields: Fields) -> str:
    """Return our code for a message that WhatsApp refused."""
    error = fields_of(fields.get("error"))
    is_restricted = error.get("reason") == "account_restricted" or str(error.get("code")) == _RESTRICTED
    return "account_restricted" if is_restricted else "refused_by_whatsapp"


def restricted_until(fields: Fields) -> datetime | None:
    """Return until when a refused message's account is restricted; None where the engine does not tell."""
    seconds = epoch_seconds(fields_of(fields.get("error")).get("until"))
    return datetime.fromtimestamp(seconds, UTC) if seconds and 0 < seconds < _LATEST_S else None


def addresses_of(payload: Fields) -> tuple[str, ...]:
    """Return the addresses of the person a message is with: the chat's own first, then what the engine adds.

    `from` is the chat; for own messages newer versions put it into `to`. A `@lid` hides the phone, and some engines
    show it elsewhere in their raw object.
    """
    key = fields_of(fields_of(payload.get("_data")).get("key"))
    info = fields_of(fields_of(payload.get("_data")).get("Info"))
    is_own = payload.get("fromMe") is True
    serialised = text_of(payload.get("id")) or ""
    given = (
        payload.get("to") if is_own else None,
        serialised.split("_")[1] if serialised.startswith("true_") else None,
        payload.get("from"),
        key.get("remoteJid"),
        key.get("remoteJidAlt"),
        key.get("senderPn"),
        info.get("Chat"),
        info.get("RecipientAlt" if is_own else "SenderAlt"),
    )
    return tuple(dict.fromkeys(chat_id(address) for each in given if (address := id_of(each)) and "@" in address))


def hidden_in(payload: Fields) -> str | None:
    """Return the `@lid` of whom a message of ours went to. `from` may be our own where there is a `to` beside it."""
    shown = {**payload, "from": None} if payload.get("to") is not None else payload
    return next(filter(is_lid, addresses_of(shown)), None)


def phone_in(addresses: tuple[str, ...]) -> str | None:
    """Return the phone (E.164) that one of several addresses of a person shows."""
    return next(filter(None, (phone_of(address) for address in addresses if not is_lid(address))), None)


def chat_id(jid: str) -> str:
    """Return an address the way WAHA wants it: without a device, and never `@s.whatsapp.net`."""
    user, _, server = jid.partition("@")
    user = user.partition(":")[0]
    return f"{user}@c.us" if server == "s.whatsapp.net" else f"{user}@{server}"


def stored_message(payload: object) -> StoredMessage | None:
    """Read a message of the history or of an event; None when it has no id."""
    fields = fields_of(payload)
    message_id = raw_id(fields.get("id"))
    if message_id is None:
        return None
    body = fields.get("body")
    has_media = fields.get("hasMedia") is True
    return StoredMessage(
        message_id=message_id,
        from_me=fields.get("fromMe") is True,
        addresses=addresses_of(fields),
        at=epoch_seconds(fields.get("timestamp")),
        # An engine that shows no caption of a file leaves `body` out or empty: then nobody knows what it said.
        text=body if isinstance(body, str) and (body or not has_media) else message_text(_content(fields)),
        status=ack_kind(fields),
    )


def is_written(payload: Fields) -> bool:
    """Tell whether a person wrote this: not one of the protocol's own messages, and no reaction."""
    content = _content(payload)
    if any(name in content for name in ("protocolMessage", "reactionMessage")):
        return False
    return "senderKeyDistributionMessage" not in content or bool(written_text(payload))


def written_text(payload: Fields) -> str:
    """Return what a person wrote, or chose.

    NOWEB leaves `body` out of answers to buttons and lists, and of what is wrapped (messages that disappear, files with
    a caption); then the engine's own object has it.
    """
    return text_of(payload.get("body")) or message_text(_content(payload)) or ""


def _content(payload: Fields) -> Fields:
    """Return the content in the engine's own object: of NOWEB, or of GOWS."""
    data = fields_of(payload.get("_data"))
    return fields_of(data.get("message")) or fields_of(data.get("Message"))
